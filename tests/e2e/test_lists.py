"""Tests of answers from facts in the browser: a long list shown in full, words that were not applied, and yes or no."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_conversation import ask
from tests.many_reports import AUTHORITIES

pytestmark = pytest.mark.e2e

GOOD = "Which authorities by the sea are rated good?"


def test_a_long_list_is_shown_whole_in_its_place(page: Page, many_service: str) -> None:
    page.goto(many_service)
    ask(page, GOOD)
    note = page.get_by_role("note")
    expect(note).to_contain_text("We could not apply these words in your question: “by the sea”.")
    rows = page.locator(".turn tbody tr")
    expect(rows).to_have_count(20)
    page.get_by_role("link", name="Show all 24").click()
    expect(rows).to_have_count(24)
    expect(page.locator("#t1-r20")).to_be_focused()
    expect(page.locator("#t1-r20")).to_be_in_viewport()
    expect(page.get_by_text("Items 1 to 24 of 24").first).to_be_visible()
    assert [row.split("\t")[0].strip() for row in rows.all_inner_texts()] == list(AUTHORITIES)
    page.get_by_role("link", name="Show only the first 20").click()
    expect(rows).to_have_count(20)
    assert not Axe().run(page).response["violations"]


def test_the_list_can_be_shown_whole_without_javascript(browser: Browser, many_service: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 740})
    page = context.new_page()
    page.goto(many_service)
    page.locator("#question").fill(GOOD)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn tbody tr")).to_have_count(20)
    page.get_by_role("link", name="Show all 24").click()
    expect(page.locator(".turn tbody tr")).to_have_count(24)
    expect(page.locator("#t1-r20")).to_be_in_viewport()
    assert page.url.endswith("?turn=1&all=1#t1-r20")
    context.close()


def test_a_question_of_yes_or_no_begins_with_yes(page: Page, many_service: str) -> None:
    page.goto(many_service)
    ask(page, "Has Dunfold ever been inadequate?")
    expect(page.locator(".summary")).to_contain_text("Yes.")
    expect(page.locator(".turn tbody")).to_contain_text("Inadequate")
    assert not Axe().run(page).response["violations"]
