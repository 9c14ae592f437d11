"""Tests of how the page shows what we understood: the parts of a question, corrected words and other times."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_conversation import SECONDS, ask

pytestmark = pytest.mark.e2e

SEVERAL = "Which authorities are rated good? Which are inadequate? When was Dunfold inspected? Who led it in Yaxby?"


def test_each_of_several_questions_has_its_own_answer(page: Page, many_service: str) -> None:
    page.goto(many_service)
    ask(page, SEVERAL)
    parts = page.locator(".turn section.part")
    expect(parts).to_have_count(4)
    expect(parts.nth(0).locator("tbody tr")).to_have_count(20)
    parts.nth(0).get_by_role("link", name="Show all 24").click()
    expect(parts.nth(0).locator("tbody tr")).to_have_count(24)
    expect(page.locator("#t1-q1-r20")).to_be_focused()
    expect(parts.nth(1).locator(".summary")).to_contain_text("None of the 24 authorities")
    assert not Axe().run(page).response["violations"]
    parts.nth(3).get_by_role("button", name="Ask this question on its own").click()
    expect(page.locator("article.turn")).to_have_count(2, timeout=SECONDS)


def test_a_corrected_word_can_be_searched_for_as_typed(page: Page, many_service: str) -> None:
    page.goto(many_service)
    ask(page, "How is supervison in Yaxby?")
    expect(page.locator(".corrected")).to_contain_text("Showing results for “supervision”.")
    assert not Axe().run(page).response["violations"]
    page.get_by_role("button", name="Search for “supervison” instead").click()
    expect(page.locator(".chips")).to_contain_text("words as typed", timeout=SECONDS)
    expect(page.locator("article.turn")).to_have_count(1)
    expect(page.locator(".corrected")).to_have_count(0)


def test_another_time_can_be_taken_without_javascript(browser: Browser, many_service: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 740})
    page = context.new_page()
    page.goto(many_service)
    page.locator("#question").fill("Which authorities were inspected in 2022/23?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("button", name=re.compile(r"^Use “1 April 2022 to 31 March 2023 \(financial year\)”")).click()
    expect(page.locator("article.turn h2")).to_contain_text("between 1 April 2022 and 31 March 2023?")
    expect(page.locator(".chips .other")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    context.close()
