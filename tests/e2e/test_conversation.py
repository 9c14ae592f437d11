"""Tests of a conversation in the browser: its address, filters, the page viewer, copied quotes and downloads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

CASELOADS = "How many young people does a personal adviser in Northwold work with?"
SECONDS = 60_000


def ask(page: Page, question: str, turn: int = 1) -> None:
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("article.turn")).to_have_count(turn, timeout=SECONDS)
    expect(page.locator("#conversation")).to_have_attribute("aria-busy", "false")


def test_a_conversation_has_an_address_and_can_be_reopened(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    assert re.fullmatch(rf"{service}/conversations/[\w-]{{22}}", page.url)
    ask(page, "and in Aldermere?", 2)
    said = page.locator("article.turn .answer").all_inner_texts()
    page.reload()
    expect(page.locator("article.turn .answer")).to_have_count(2, timeout=SECONDS)
    assert page.locator("article.turn .answer").all_inner_texts() == said
    page.goto(f"{service}/conversations")
    page.get_by_role("link", name=CASELOADS).click()
    expect(page.locator("article.turn")).to_have_count(2)
    page.goto(f"{service}/conversations")
    page.get_by_text("Rename or delete").first.click()
    page.get_by_label("Title").first.fill("For the March committee")
    page.get_by_role("button", name="Rename").first.click()
    expect(page.get_by_role("link", name="For the March committee")).to_be_visible()
    page.get_by_text("Rename or delete").first.click()
    page.get_by_role("link", name=re.compile("^Delete For the March")).click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("link", name="For the March committee")).to_have_count(0)


def test_a_person_can_remove_a_part_of_the_interpretation_and_add_filters(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, "How were care leavers judged in Westmarsh in 2023?")
    page.get_by_role("button", name="Ask again without: 2023").click()
    expect(page.get_by_role("button", name="Ask again without: 2023")).to_have_count(0, timeout=SECONDS)
    expect(page.locator("article.turn")).to_have_count(1)
    page.locator("#filters summary").click()
    page.get_by_role("checkbox", name=re.compile("Aldermere")).check()
    expect(page.locator("#filters .tally")).to_have_text("2 of 10 reports")
    expect(page.get_by_role("checkbox", name=re.compile("Aldermere"))).to_be_focused()
    page.get_by_role("button", name="Remove filter: Aldermere").click()
    expect(page.locator("#filters .tally")).to_have_text("10 of 10 reports")


def test_the_page_opens_next_to_the_chat_with_the_quote_marked_and_selectable(browser: Browser, service: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(service)
    ask(page, CASELOADS)
    link = page.locator(".quotes a.onpage").first
    link.click()
    viewer = page.locator("#viewer")
    expect(viewer.get_by_role("heading", level=2)).to_be_focused()
    expect(viewer.locator("rect").first).to_be_attached()
    quote = page.locator(".quotes blockquote").first.inner_text().split("”")[0].strip("“ ")
    marked = " ".join(viewer.locator("tspan.marked").all_text_contents())
    assert re.sub(r"\s+", " ", marked).strip() == quote
    viewer.locator("tspan.marked").first.click(click_count=3)
    assert page.evaluate("getSelection().toString()").strip()
    assert page.url.startswith(f"{service}/conversations/"), "the conversation stays where it is"
    viewer.get_by_role("link", name=re.compile("^Page 3")).first.click()
    expect(viewer.locator(".pager").first).to_contain_text("Page 3 of")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(link).to_be_focused()
    context.close()


def test_a_quote_is_copied_with_its_full_reference(browser: Browser, service: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(service)
    ask(page, CASELOADS)
    page.get_by_role("button", name=re.compile("^Copy")).first.click()
    expect(page.locator("#progress")).to_have_text("Quote and reference copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(
        r"“.+” \(.+Northwold.+, \d.+ 2025, pages? \d+.*\) http://.+/reports/[0-9a-f]{16}/pages/\d+\?quote=.+", copied
    )
    page.goto(copied.rsplit(" ", 1)[1])
    expect(page.get_by_text("Marked on this page:")).to_be_visible()
    context.close()


@pytest.mark.parametrize("name", ["Word", "Plain text (Markdown)", "CSV"])
def test_a_conversation_can_be_downloaded(page: Page, service: str, tmp_path: Path, name: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    with page.expect_download() as download:
        page.locator("#takeaway").get_by_role("link", name=name).click()
    target = tmp_path / download.value.suggested_filename
    download.value.save_as(target)
    assert target.suffix == {"Word": ".docx", "Plain text (Markdown)": ".md", "CSV": ".csv"}[name]
    content = target.read_bytes()
    assert content.startswith(b"PK") if name == "Word" else b"Northwold" in content


def test_a_person_gives_feedback_without_leaving_the_answer(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    page.get_by_role("link", name="wrong").click()
    note = page.get_by_label(re.compile("What is wrong with this answer"))
    expect(note).to_be_focused()
    page.get_by_text("What we will keep").click()
    expect(page.locator(".feedback-form")).to_contain_text(CASELOADS)
    note.fill("The figure is of another team.")
    page.get_by_role("button", name="Send feedback").click()
    expect(page.get_by_text("Thank you. We have saved your feedback")).to_be_focused()


def test_the_text_around_a_passage_is_shown_on_demand(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    card = page.locator("article.passage").first
    before = len(card.inner_text())
    card.get_by_role("link", name=re.compile("^Show the text around this passage")).click()
    expect(card.locator(".around-text .here")).to_be_visible()
    assert len(card.inner_text()) > before


def test_an_earlier_question_can_be_edited_and_asked_again(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    ask(page, "and in Aldermere?", 2)
    page.locator("article.turn").first.get_by_role("link", name="Edit the question").click()
    expect(
        page.get_by_text("Your new question will replace question 1 and delete the question after it")
    ).to_be_visible()
    expect(page.locator("#question")).to_have_value(CASELOADS)
    page.locator("#question").fill("How is supervision in Carrowby?")
    page.keyboard.press("Enter")
    expect(page.locator("article.turn")).to_have_count(1, timeout=SECONDS)
    expect(page.locator("article.turn h2")).to_contain_text("How is supervision in Carrowby?")
    page.reload()
    expect(page.locator("article.turn")).to_have_count(1)


def test_a_person_finds_an_authority_and_asks_about_it(page: Page, service: str) -> None:
    page.goto(f"{service}/reports?sort=inspected&grade=good")
    page.locator("table a").first.click()
    page.get_by_role("link", name="Westmarsh", exact=True).click()
    expect(page.get_by_role("heading", name="Grades over time")).to_be_visible()
    page.get_by_label(re.compile("Ask about Westmarsh")).fill("What needs to improve?")
    page.keyboard.press("Enter")
    expect(page.locator("article.turn .chips .set")).to_contain_text("Westmarsh", timeout=SECONDS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_the_page_has_accessibility_violations(
    browser: Browser, service: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1400, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(service)
    found: list[str] = []

    def look(state: str) -> None:
        report = Axe().run(page)
        if report.violations_count:
            found.append(f"{state}: {report.generate_report()}")

    page.locator("#filters summary").click()
    page.get_by_role("checkbox", name=re.compile("Westmarsh")).check()
    expect(page.locator("#filters .tally")).to_have_text("2 of 10 reports")
    look("filters")
    ask(page, "How was Westmarsh rated in 2019 and 2023?")
    ask(page, "What do care leavers get to set up home?", 2)
    page.locator(".answer a.onpage").last.click()
    expect(page.locator("#viewer")).to_be_visible()
    page.locator("article.turn").last.get_by_role("link", name="wrong").click()
    expect(page.locator(".feedback-form")).to_be_visible()
    look("two answers, the page beside them, feedback")
    for path in ("/conversations", "/privacy", "/authorities/Westmarsh", "/reports?sort=inspected", "/nowhere"):
        page.goto(service + path)
        look(path)
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [360, 320])
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_400_per_cent_zoom(
    browser: Browser, service: str, width: int
) -> None:
    """At 400% zoom, a screen 1280 pixels wide shows only 320 pixels (WCAG 2.2, 1.4.10)."""
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(service)
    page.locator("#filters summary").click()
    ask(page, "How was Westmarsh rated in 2019 and 2023?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for path in ("/conversations", "/authorities/Westmarsh", "/reports", "/reports/add"):
        page.goto(service + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
