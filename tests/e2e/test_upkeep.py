"""Tests of adding, watching and removing reports, in a real browser with a real server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from benchmarks.harness.service import QA_SERVICE, run, serving

pytestmark = pytest.mark.e2e
TEXT = "# Inspectors visit {0}\n\nChildren in {0} are safe. {1}\n"
SECONDS = 60_000


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an index of one report."""
    root = tmp_path / "data"
    (root / "reports").mkdir(parents=True)
    (root / "reports" / "aldermere.md").write_text(TEXT.format("Aldermere", "Caseloads average 16."), encoding="utf-8")
    assert run([*QA_SERVICE, "build", "--quiet"], root).returncode == 0
    return root


@pytest.fixture
def url(data: Path) -> Iterator[str]:
    with serving(data, (*QA_SERVICE, "serve", "--watch")) as address:
        yield address


def test_a_report_is_added_then_quoted_then_removed(page: Page, url: str, data: Path, tmp_path: Path) -> None:
    report = tmp_path / "westmarsh.md"
    report.write_text(
        TEXT.format("Westmarsh", "Care leavers in Westmarsh wait seven weeks for a flat."), encoding="utf-8"
    )
    wrong = tmp_path / "notes.exe"
    wrong.write_bytes(b"MZ")

    page.goto(f"{url}/reports")
    page.get_by_role("link", name="Add reports").click()
    page.get_by_label("Choose files").set_input_files([report, wrong])
    expect(page.get_by_text("2 files chosen: westmarsh.md, notes.exe")).to_be_visible()
    page.get_by_role("button", name="Add reports", exact=True).click()
    expect(page.get_by_role("row", name="notes.exe")).to_contain_text("Not added")
    expect(page.get_by_role("heading", name="The index is up to date")).to_be_visible(timeout=SECONDS)
    expect(page.get_by_text("Added: westmarsh.md")).to_be_visible()
    found = Axe().run(page)
    assert not found.violations_count, found.generate_report()

    page.goto(url)
    page.get_by_label("Your question").fill("How long do care leavers in Westmarsh wait for a flat?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("wait seven weeks for a flat").first).to_be_visible(timeout=SECONDS)

    page.goto(f"{url}/reports")
    page.get_by_role("link", name="Westmarsh").first.click()
    address = page.url
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="The index is up to date")).to_be_visible(timeout=SECONDS)
    response = page.goto(address)
    assert response is not None
    assert response.status == 410
    expect(page.get_by_text("was removed on")).to_be_visible()
    assert not (data / "reports" / "westmarsh.md").exists()


def test_the_page_leads_a_person_without_an_index_to_add_the_first_report(page: Page, tmp_path: Path) -> None:
    report = tmp_path / "westmarsh.md"
    report.write_text(TEXT.format("Westmarsh", "Care leavers wait seven weeks for a flat."), encoding="utf-8")
    with serving(tmp_path / "data", probe="/healthz") as address:
        page.goto(address)
        page.get_by_role("link", name="Add reports").click()
        page.get_by_label("Choose files").set_input_files(report)
        page.get_by_role("button", name="Add reports", exact=True).click()
        expect(page.get_by_role("heading", name="The index is up to date")).to_be_visible(timeout=SECONDS)
        page.goto(address)
        page.get_by_label("Your question").fill("How long do care leavers in Westmarsh wait for a flat?")
        page.keyboard.press("Enter")
        expect(page.get_by_text("wait seven weeks for a flat").first).to_be_visible(timeout=SECONDS)


def test_a_file_put_into_the_folder_is_noticed(page: Page, url: str, data: Path) -> None:
    (data / "reports" / "carrowby.md").write_text(TEXT.format("Carrowby", "Supervision is monthly."), encoding="utf-8")
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        page.goto(f"{url}/reports")
        if page.get_by_role("link", name="Carrowby").count():
            return
        time.sleep(1)
    pytest.fail("the file was not noticed within a minute")
