"""Every page and state looked at by axe, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.harness.figures import Proof
from benchmarks.proofs.page.browsing import ask, dev_questions


def prove(proof: Proof, url: str, chromium: Browser) -> None:
    """All that axe finds, over all states."""
    looked, found = 0, []
    for scheme in ("light", "dark"):
        for width in (1400, 360):
            context = chromium.new_context(
                color_scheme="dark" if scheme == "dark" else "light",
                viewport={"width": width, "height": 900},
                bypass_csp=True,  # for axe itself, which is put into the page
            )
            page = context.new_page()
            for state in _states(page, url, width):
                report = Axe().run(page)
                looked += 1
                if report.violations_count:
                    found.append(f"{scheme}, {width}, {state}: {report.generate_report()[:1500]}")
            context.close()
    proof.add("pages and states looked at by axe, light and dark", looked, "≥", 40)
    proof.add("violations", len(found), "=", 0)
    for line in found:
        print("  ", line)


def _states(page: Page, url: str, width: int) -> Iterator[str]:
    page.goto(url)
    yield "first visit"
    page.locator("#filters summary").click()
    yield "filters open"
    page.locator("#filters summary").click()
    page.keyboard.press("Tab")
    page.locator("#question").fill("")
    page.get_by_role("button", name="Ask", exact=True).click()
    yield "an empty question"
    first, second = (question["question"] for question in dev_questions()[:2])
    ask(page, first)
    yield "an answer"
    ask(page, second, 2)
    page.locator("article.turn").last.locator("a.verdict").nth(1).click()
    expect(page.locator(".feedback-form")).to_be_visible()
    yield "two answers, feedback"
    ask(page, "What colour is the town hall clock in Narnia?", 3)
    yield "no answer"
    address = page.url
    link = page.locator(".answer a.onpage").first
    where = link.get_attribute("href") or ""
    if width > 1200:
        link.click()
        expect(page.locator("#viewer")).to_be_visible()
        yield "the page beside the chat"
    report = where.split("/pages/")[0]
    page.goto(url + report)
    authority = page.locator("dd a").first.get_attribute("href") or "/reports"
    paths = (
        where,
        report,
        authority,
        "/reports",
        f"{report}/remove",
        "/reports/add",
        "/conversations",
        "/privacy",
        "/x",
    )
    for path in (
        *paths,
        f"{address.removeprefix(url)}?edit=1",
        f"{address.removeprefix(url)}/turns/1/feedback?verdict=right",
    ):
        page.goto(url + path)
        yield path
