"""A browser as the proofs use it: the system's own Chromium, and what is asked in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.harness.service import SHARED

SECONDS = 60_000


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, quiet about the network it does not have."""
    found = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=arguments)
        try:
            yield opened
        finally:
            opened.close()


def ask(page: Page, question: str, turn: int = 1) -> None:
    """Ask as a person does, and wait until the answer stands there."""
    page.locator("#question").press_sequentially(question)
    page.keyboard.press("Enter")
    expect(page.locator("article.turn")).to_have_count(turn, timeout=SECONDS)
    expect(page.locator("#conversation")).to_have_attribute("aria-busy", "false")


def dev_questions() -> list[dict[str, Any]]:
    """The development questions that stand alone and that the reports answer."""
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [line for line in map(json.loads, lines) if line["gold"] and not line["history"]]
