"""Tests of the grades over time in the browser, from the list to a change and its page, and of their accessibility."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e


def test_from_the_grades_to_a_change_and_to_its_page(page: Page, service: str) -> None:
    page.goto(service)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Grades").click()
    page.get_by_label("Authority").select_option("Westmarsh")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("img", name=re.compile("^Authorities graded Good: "))).to_be_visible()
    page.get_by_role("link", name="See which grades improved and declined").click()
    page.get_by_label("Change", exact=True).select_option("better")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("status")).to_contain_text("1 pair of inspections in 1 authority")
    page.get_by_role("link", name=re.compile("page 1$")).last.click()
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f]{16}/pages/1$"))
    expect(page.locator("main")).to_contain_text("Overall effectiveness")


def test_the_table_can_be_downloaded_for_excel(page: Page, service: str) -> None:
    page.goto(f"{service}/grades?area=leaders")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "grades-leaders.xlsx"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_accessibility_violations(
    browser: Browser, service: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    problems = []
    for path in (
        "/grades",
        "/grades?area=care-leavers&order=longest",
        "/grades?area=adoption&authority=Westmarsh",
        "/grades/movements",
        "/grades/movements?change=worse&to=1999",
        "/authorities/Westmarsh",
    ):
        page.goto(service + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        found = Axe().run(page)
        problems += [found.generate_report()] if found.violations_count else []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert not problems, "\n".join(problems)
