"""Check every page and state with axe, in light and dark colours and in wide and narrow windows."""

from __future__ import annotations

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.harness.figures import Proof
from benchmarks.proofs.page.browsing import answerable_questions, ask


def prove(proof: Proof, url: str, chromium: Browser) -> None:
    """Count the violations that axe finds."""
    checked, violations = 0, []
    for scheme in ("light", "dark"):
        for width in (1400, 360):
            context = chromium.new_context(
                color_scheme="dark" if scheme == "dark" else "light",
                viewport={"width": width, "height": 900},
                bypass_csp=True,  # axe runs as a script in the page
            )
            page = context.new_page()
            for state in _states(page, url, width):
                report = Axe().run(page)
                checked += 1
                if report.violations_count:
                    violations.append(f"{scheme}, {width}, {state}: {report.generate_report()[:1500]}")
            context.close()
    proof.add("pages and states checked by axe, in light and dark", checked, "≥", 40)
    proof.add("violations that axe found", len(violations), "=", 0)
    for line in violations:
        print("  ", line)


def _states(page: Page, url: str, width: int) -> Iterator[str]:
    """Put the page into each state in turn, and yield the name of the state."""
    page.goto(url)
    yield "first visit"
    page.locator("#filters summary").click()
    yield "filters open"
    page.locator("#filters summary").click()
    page.keyboard.press("Tab")
    page.locator("#question").fill("")
    page.get_by_role("button", name="Ask", exact=True).click()
    yield "an empty question"
    first, second = (question["question"] for question in answerable_questions()[:2])
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
    quote = link.get_attribute("href") or ""
    if width > 1200:
        link.click()
        expect(page.locator("#viewer")).to_be_visible()
        yield "a report's page next to the chat"
    report = quote.split("/pages/")[0]
    page.goto(url + report)
    authority = page.locator("dd a").first.get_attribute("href") or "/reports"
    paths = (
        quote,
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
