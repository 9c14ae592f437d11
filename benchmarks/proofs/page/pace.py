"""How soon an answer is drawn, what the page weighs, whether anything jumps; and what five real tasks take."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Browser, Page, Response, expect

from benchmarks.harness.figures import Proof
from benchmarks.proofs.page.browsing import ask, dev_questions

_QUESTIONS, _TASKS = 10, 5
_WATCH = """
window.drawn = []; window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push(
    [entry.value, entry.hadRecentInput]))).observe({ type: "layout-shift", buffered: true });
document.addEventListener("DOMContentLoaded", () => new MutationObserver(changes => {
    if (!changes.some(change => [...change.addedNodes].some(node => node.matches?.("article.turn")))) return;
    requestAnimationFrame(() => setTimeout(() => {
        const reply = performance.getEntriesByType("resource").filter(entry => entry.name.endsWith("/ask")).pop();
        window.drawn.push(performance.now() - reply.responseEnd);
    }));
}).observe(document.getElementById("conversation"), { childList: true }));
"""


def prove(proof: Proof, url: str, chromium: Browser) -> None:
    """Measure in a wide window."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    _weigh(proof, context.new_page(), url)
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(url)
    questions = [question["question"] for question in dev_questions()]
    for turn, question in enumerate(questions[:_QUESTIONS], 1):
        ask(page, question, turn)
        page.wait_for_timeout(700)
    drawn = [float(value) for value in page.evaluate("window.drawn")]
    shifts = page.evaluate("window.shifts")
    proof.add("answers drawn", len(drawn), "=", _QUESTIONS)
    proof.add("milliseconds from the reply's arrival to the first answer drawn", drawn[0], "≤", 100)
    proof.add("milliseconds, the slowest of them", max(drawn), "≤", 100)
    proof.add("layout shift as answers come in (CLS)", sum(value for value, recent in shifts if not recent), "≤", 0.0)
    proof.add("the same with what follows a key within half a second", float(sum(value for value, _ in shifts)))
    _tasks(proof, context.new_page(), url, questions[_QUESTIONS :: len(questions) // _TASKS][:_TASKS])
    context.close()


def _weigh(proof: Proof, page: Page, url: str) -> None:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(url, wait_until="networkidle")
    ask(page, dev_questions()[0]["question"])
    page.wait_for_load_state("networkidle")
    proof.add(
        "kilobytes of the page, its script and style, and an answer, uncompressed",
        sum(len(each.body()) for each in responses) / 1000,
        "≤",
        100,
    )
    page.close()


def _tasks(proof: Proof, page: Page, url: str, questions: list[str]) -> None:
    """From the open page to a quote with its reference in the clipboard, typing left out."""
    clicks, seconds, copied = [], [], 0
    for question in questions:
        page.goto(url)
        page.locator("#question").fill(question)
        began = time.perf_counter()
        page.keyboard.press("Enter")
        copy = page.get_by_role("button", name="Copy").first
        try:
            expect(copy).to_be_visible(timeout=10_000)
        except AssertionError:
            continue  # answered by a grade's row, or not at all: nothing to copy
        copy.click()
        expect(page.locator("#progress")).to_have_text("Quote and reference copied.")
        seconds.append(time.perf_counter() - began)
        clicks.append(1)
        copied += "/reports/" in page.evaluate("navigator.clipboard.readText()")
    page.close()
    proof.add("tasks done as a user: a quote with its reference in the clipboard", copied, "≥", 1)
    proof.add("of", len(questions))
    proof.add("clicks each, after the question and Enter", statistics.mean(clicks) if clicks else 0)
    proof.add("seconds each, from Enter to the clipboard", statistics.mean(seconds) if seconds else 0)
