"""Open a browser for the proofs, and ask questions in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.harness.service import development_questions

MILLISECONDS = 60_000
"""How long to wait for an answer, in milliseconds."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Open Chromium without its background requests to the network. Prefer the system's own Chromium."""
    installed = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed, args=arguments)
        try:
            yield opened
        finally:
            opened.close()


def ask(page: Page, question: str, turn: int = 1) -> None:
    """Type a question as a person would, and wait for the answer."""
    page.locator("#question").press_sequentially(question)
    page.keyboard.press("Enter")
    expect(page.locator("article.turn")).to_have_count(turn, timeout=MILLISECONDS)
    expect(page.locator("#conversation")).to_have_attribute("aria-busy", "false")


def answerable_questions() -> list[dict[str, Any]]:
    """Return the development questions that have an answer and need no history."""
    return [question for question in development_questions() if question["gold"] and not question["history"]]
