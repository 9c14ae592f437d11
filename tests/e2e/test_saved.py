"""A reader saves a question in the browser, and finds out that its answer is different after a build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from tests.e2e.conftest import serving
from tests.growing_collection import AUTHORITY, write_reports

pytestmark = pytest.mark.e2e
QUESTION = f"How was {AUTHORITY} rated overall at its latest inspection?"
SECONDS = 60_000


@dataclass(frozen=True)
class GrowingService:
    """A running server, and the builder that adds a second report to its collection."""

    url: str
    builder: Builder
    reports: tuple[Path, ...]


@pytest.fixture
def growing(encoder: PassageEncoder, tmp_path: Path) -> Iterator[GrowingService]:
    data = DataFolder.prepare(tmp_path / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    reports = tuple(write_reports(tmp_path))
    builder.build([reports[0]])
    with serving(data, tmp_path / "log") as url:
        yield GrowingService(url, builder, reports)


def check(page: Page) -> None:
    assert Axe().run(page).violations_count == 0, Axe().run(page).generate_report()


def test_a_saved_question_is_new_after_a_build(page: Page, growing: GrowingService) -> None:
    page.goto(growing.url)
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save this question").click(timeout=SECONDS)
    expect(page).to_have_url(re.compile(r"/saved#s-"))
    check(page)
    page.goto(f"{growing.url}/new")
    expect(page.get_by_text("1 saved question has the same answer as before.")).to_be_visible()
    check(page)
    growing.builder.build(list(growing.reports))
    page.goto(f"{growing.url}/new", timeout=SECONDS)
    expect(page.get_by_text("1 of your 1 saved question has a different answer now:")).to_be_visible()
    expect(page.get_by_text(f"{AUTHORITY}, overall: Good. Before, it was Inadequate.")).to_be_visible()
    check(page)
    page.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_role("heading", name="What is different")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("1 saved question has the same answer as before.")).to_be_visible()
    page.get_by_role("link", name="See or delete your saved questions").click()
    page.get_by_role("button", name=f"Delete {QUESTION}").click()
    expect(page.get_by_text("You have no saved questions.")).to_be_visible()
    check(page)


def test_a_question_is_saved_and_deleted_without_scripts(browser: Browser, growing: GrowingService) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{growing.url}/new")
    page.get_by_label("Save a question").fill(QUESTION)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name=QUESTION)).to_be_visible(timeout=SECONDS)
    page.get_by_role("link", name="Delete all your saved questions").click()
    page.get_by_role("button", name="Delete saved questions").click()
    expect(page.get_by_text("You have no saved questions.")).to_be_visible()
