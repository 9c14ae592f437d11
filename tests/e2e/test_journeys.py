"""Tests of what people do on the page, in a real browser with a real server."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

CASELOADS = "How many young people does a personal adviser in Northwold work with?"
GRADE = "How was Westmarsh rated at its latest inspection?"


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")


def test_a_question_is_answered_with_a_quote_its_number_and_its_passage(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    answer = page.locator("article.turn")
    expect(answer.locator(".quotes li").first).to_contain_text("“")
    expect(answer.get_by_role("link", name=re.compile(r"^Passage 1$")).first).to_be_visible()
    marked = answer.locator("mark").first.inner_text()
    assert marked.strip() in answer.locator(".quotes").inner_text()
    assert re.fullmatch(rf"{service}/conversations/[\w-]+", page.url), "a question never stands in the address"


def test_the_quote_is_marked_in_its_place_on_the_page(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, CASELOADS)
    link = page.get_by_role("link", name=re.compile("^See this passage")).first
    page.goto(service + str(link.get_attribute("href")))
    expect(page.get_by_text("Marked on this page:")).to_be_visible()
    picture = page.locator("figure.sheet img")
    expect(picture).to_have_js_property("complete", value=True)
    assert int(picture.evaluate("image => image.naturalWidth")) >= 600
    around, inside = picture.bounding_box(), page.locator("figure.sheet rect").first.bounding_box()
    assert around is not None
    assert inside is not None
    assert around["x"] <= inside["x"]
    assert around["y"] <= inside["y"] <= around["y"] + around["height"]


def test_a_follow_up_keeps_its_subject_and_shows_what_it_carried_over(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, GRADE)
    expect(page.locator("article.turn")).to_have_count(1)
    ask(page, "and for care leavers?")
    expect(page.locator("article.turn")).to_have_count(2)
    second = page.locator("article.turn").nth(1)
    expect(second).to_contain_text("Westmarsh")
    expect(second).to_contain_text("Outstanding")


def test_the_page_says_plainly_that_the_reports_do_not_answer(page: Page, service: str) -> None:
    page.goto(service)
    ask(page, "What colour is the town hall clock in Narnia?")
    turn = page.locator("article.turn")
    expect(turn.locator(".answer.none h3")).to_be_visible()
    expect(turn.locator(".quotes")).to_have_count(0)


def test_a_person_can_ask_and_reach_a_citation_by_keyboard_alone(page: Page, service: str) -> None:
    page.goto(service)
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(CASELOADS)
    page.keyboard.press("Enter")
    expect(page.locator("article.turn")).to_have_count(1)
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if re.match(r"^/reports/[0-9a-f]{16}/pages/\d+\?quote=", focused):
            break
    else:
        pytest.fail("no citation was reached with the Tab key")


def test_everything_works_with_javascript_off(browser: Browser, service: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(service)
    page.get_by_role("textbox").fill(CASELOADS)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".quotes li").first).to_contain_text("“")
    page.get_by_role("textbox").fill("and in Aldermere?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("Aldermere")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_accessibility_violations(
    browser: Browser, service: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(service)
    problems = [Axe().run(page).generate_report()] if Axe().run(page).violations_count else []
    ask(page, CASELOADS)
    expect(page.locator("article.turn")).to_have_count(1)
    link = page.get_by_role("link", name=re.compile("^See this passage")).first.get_attribute("href")
    found = Axe().run(page)
    problems += [found.generate_report()] if found.violations_count else []
    report = str(link).split("/pages/")[0]
    for path in (
        "/reports",
        str(link),
        report,
        f"{report}/remove",
        "/reports/add",
        f"/reports/add?replaces={report[9:]}",
    ):
        page.goto(service + path)
        found = Axe().run(page)
        problems += [found.generate_report()] if found.violations_count else []
    context.close()
    assert not problems, "\n".join(problems)


def test_nothing_is_wider_than_a_narrow_screen(browser: Browser, service: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(service)
    ask(page, GRADE)
    expect(page.locator("article.turn")).to_have_count(1)
    for path in ("", "/reports"):
        if path:
            page.goto(service + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
