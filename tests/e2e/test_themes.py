"""Tests of the themes in the browser, from the list to a quote on its page, and of their accessibility."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e


def test_from_the_list_of_themes_to_a_quote_on_its_page(page: Page, service: str) -> None:
    page.goto(service)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Themes").click()
    page.get_by_label("Type").select_option("ilacs")
    page.get_by_role("button", name="Apply filters").click()
    page.get_by_role("link", name="Supervision").click()
    expect(page).to_have_url(re.compile(r"/themes/supervision\?kind=ilacs$"))
    page.get_by_label("List").select_option("weakness")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", name="Reports that criticise supervision")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^Reports that criticise supervision: "))).to_be_visible()
    quote = page.locator(".remarks blockquote").first.inner_text().strip("“” \n")
    page.locator(".remarks .source a").first.click()
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f]{16}/pages/\d+\?quote="))
    expect(page.locator(".wanted")).to_contain_text(" ".join(quote.split()))
    expect(page.locator("#marked")).to_be_attached()


def test_the_list_can_be_downloaded(page: Page, service: str) -> None:
    page.goto(f"{service}/themes/plans")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "plans.csv"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_accessibility_violations(
    browser: Browser, service: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    problems = []
    for path in (
        "/themes",
        "/themes?from=2026",
        "/themes/plans",
        "/themes/caseloads?stance=weakness&order=newest",
        "/themes/return_home?authority=Pellbrook",
        "/themes/plans?authority=Pellbrook&from=2026",
    ):
        page.goto(service + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        found = Axe().run(page)
        problems += [found.generate_report()] if found.violations_count else []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert not problems, "\n".join(problems)
