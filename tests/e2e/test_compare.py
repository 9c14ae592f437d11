"""Tests of the comparison in the browser, from the form to a quote on its page, and of its accessibility."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

CHOSEN = "authority=Westmarsh&authority=Carrowby&authority=Pellbrook&theme=caseloads&theme=plans&words=foster+carers"


def test_from_the_form_to_a_quote_on_its_page(page: Page, service: str) -> None:
    page.goto(service)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    page.get_by_label("Westmarsh").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("alert")).to_have_text("Choose at least two authorities.")
    page.get_by_label("Carrowby").check()
    page.get_by_label("Supervision").check()
    page.get_by_label("Your own words").fill("social workers")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("status")).to_have_text("2 authorities, 2 aspects")
    cell = page.get_by_role("row", name=re.compile("^Westmarsh")).get_by_role("cell").first
    quote = " ".join(cell.locator("blockquote").first.inner_text().strip("“” \n").split())
    cell.locator(".source a").first.click()
    expect(page).to_have_url(re.compile(r"/reports/[0-9a-f]{16}/pages/\d+\?quote="))
    expect(page.locator(".wanted")).to_contain_text(quote)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_accessibility_violations(
    browser: Browser, service: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    problems = []
    page.goto(f"{service}/new")
    first = page.locator("main .title a").first.get_attribute("href")
    for path in (
        first,
        "/compare",
        "/compare?authority=Westmarsh",
        f"/compare?{CHOSEN}",
        "/authorities/Westmarsh/summary",
        "/new",
    ):
        page.goto(service + path)
        found = Axe().run(page)
        problems += [found.generate_report()] if found.violations_count else []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert not problems, "\n".join(problems)
