"""Measure the time to draw an answer, the size of the page, layout shifts, and the time for five real tasks."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Browser, Page, Response, expect

from benchmarks.harness.figures import Proof
from benchmarks.proofs.page.browsing import answerable_questions, ask

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
    """Take all the measurements in a window 1280 pixels wide."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    _size(proof, context.new_page(), url)
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(url)
    questions = [question["question"] for question in answerable_questions()]
    for turn, question in enumerate(questions[:_QUESTIONS], 1):
        ask(page, question, turn)
        page.wait_for_timeout(700)
    drawn = [float(value) for value in page.evaluate("window.drawn")]
    shifts = page.evaluate("window.shifts")
    proof.add("answers drawn", len(drawn), "=", _QUESTIONS)
    proof.add("milliseconds from the reply to the first answer drawn", drawn[0], "≤", 100)
    proof.add("milliseconds from the reply to the slowest answer drawn", max(drawn), "≤", 100)
    proof.add("layout shift (CLS) as answers arrive", sum(value for value, recent in shifts if not recent), "≤", 0.0)
    proof.add("layout shift, including half a second after each key", float(sum(value for value, _ in shifts)))
    _tasks(proof, context.new_page(), url, questions[_QUESTIONS :: len(questions) // _TASKS][:_TASKS])
    context.close()


def _size(proof: Proof, page: Page, url: str) -> None:
    """Add up the bytes that the browser loads for the page and one answer."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(url, wait_until="networkidle")
    ask(page, answerable_questions()[0]["question"])
    page.wait_for_load_state("networkidle")
    proof.add(
        "size of the page, script, style and one answer, uncompressed, kB",
        sum(len(response.body()) for response in responses) / 1000,
        "≤",
        100,
    )
    page.close()


def _tasks(proof: Proof, page: Page, url: str, questions: list[str]) -> None:
    """Time each task, from the moment Enter is pressed until a quote and its reference are on the clipboard."""
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
            continue  # the answer is a grade or an abstention, so there is nothing to copy
        copy.click()
        expect(page.locator("#progress")).to_have_text("Quote and reference copied.")
        seconds.append(time.perf_counter() - began)
        clicks.append(1)
        copied += "/reports/" in page.evaluate("navigator.clipboard.readText()")
    page.close()
    proof.add("tasks that put a quote with its reference in the clipboard", copied, "≥", 1)
    proof.add("tasks tried", len(questions))
    proof.add("clicks for each task after Enter", statistics.mean(clicks) if clicks else 0)
    proof.add("seconds for each task, from Enter to the clipboard", statistics.mean(seconds) if seconds else 0)
