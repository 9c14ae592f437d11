from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats import SUFFIXES
from index.building.sources import find_sources
from index.digests import file_digest
from index.errors import UnknownReport
from index.storage.audit import AuditAction, entries
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from index.storage.removal import Removals
from qa_service.maintenance.updates import find_files
from qa_service.maintenance.uploads import IncomingFile, Outcome, add, safe_name

TEXT = "# Inspectors visit Westmarsh\n\nChildren in Westmarsh are safe.\n"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder.prepare(tmp_path / "data")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "0"
    path.write_text(TEXT, encoding="utf-8")
    return path


def kept(data: DataFolder) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in data.reports.iterdir()}


def test_a_file_is_kept_under_its_name_and_written_down(data: DataFolder, sent: Path) -> None:
    [added] = add(data, [IncomingFile("westmarsh.md", sent)], "ada")
    assert (added.file, added.outcome, added.report_id) == ("westmarsh.md", Outcome.ADDED, file_digest(sent)[:16])
    assert kept(data) == {"westmarsh.md": TEXT}
    assert [(entry.who, entry.what, entry.subject) for entry in entries(data)] == [
        ("ada", AuditAction.ADDED, "westmarsh.md")
    ]


def test_the_same_content_twice_is_one_file(data: DataFolder, sent: Path) -> None:
    first, second = add(data, [IncomingFile("a.md", sent), IncomingFile("b.md", sent)], "ada")
    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.DUPLICATE)
    assert "a.md" in second.detail
    assert kept(data) == {"a.md": TEXT}


def test_what_replaces_a_limited_report_is_limited_as_that_was(
    sample_index: DataFolder, sent: Path, tmp_path: Path
) -> None:
    data = DataFolder(Path(shutil.copytree(sample_index.root, tmp_path / "copy")))
    [draft] = find_files(data, ["westmarsh-childrens-services-inspection-03-november-2023.pdf"])
    Collections.change(
        data, lambda held: held.with_collection("drafts", ["north"]).with_contents("drafts", [draft.sha256])
    )
    [added] = add(data, [IncomingFile("corrected.md", sent)], "ada", replaces=draft.id)
    assert added.outcome is Outcome.ADDED
    held = Collections.read(data)
    assert not held.may_see(added.report_id, [])
    assert held.may_see(added.report_id, ["north"])


def test_the_samples_are_no_reports_of_ones_own(data: DataFolder, samples: Path) -> None:
    sample = next(samples.glob("*.txt"))
    [added] = add(data, [IncomingFile(sample.name, sample)], "ada")
    assert added.outcome is Outcome.ADDED


def test_another_file_of_the_same_name_takes_no_ones_place(data: DataFolder, sent: Path) -> None:
    add(data, [IncomingFile("a.md", sent)], "ada")
    sent.write_text(TEXT + "More.\n", encoding="utf-8")
    [added] = add(data, [IncomingFile("a.md", sent)], "ada")
    assert added.file == "a (2).md"
    assert kept(data) == {"a.md": TEXT, "a (2).md": TEXT + "More.\n"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ", "files are not read"),
        ("a", b"text", "files are not read"),
        ("a.pdf", b"<!doctype html><html>", "web page"),
        ("a.pdf", b"", "empty"),
        ("a.docx", b"PK\x03\x04rest", ""),
        ("a.txt", b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason_and_stops_no_other(
    data: DataFolder, sent: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    bad = tmp_path / "1"
    bad.write_bytes(content)
    refused, added = add(data, [IncomingFile(name, bad), IncomingFile("good.md", sent)], "ada")
    if told:
        assert refused.outcome is Outcome.REFUSED
        assert told in refused.detail
        assert list(kept(data)) == ["good.md"]
    assert added.outcome is Outcome.ADDED


def test_what_was_removed_is_let_in_again_by_whoever_adds_it(data: DataFolder, sent: Path) -> None:
    Removals.change(data, lambda removals: removals.with_contents([file_digest(sent)], date(2026, 1, 1)))
    [added] = add(data, [IncomingFile("a.md", sent)], "ada")
    assert added.outcome is Outcome.ADDED
    assert Removals.read(data).days == {}


def test_a_report_that_is_not_there_cannot_be_replaced_and_nothing_is_added(data: DataFolder, sent: Path) -> None:
    with pytest.raises(UnknownReport, match=r"gone\.pdf"):
        add(data, [IncomingFile("a.md", sent)], "ada", replaces="gone.pdf")
    assert kept(data) == {}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\reports\\leeds.pdf", "leeds.pdf"),
        ("/srv/reports/a.pdf", "a.pdf"),
        ("a\x00b\nc.pdf", "a-b-c.pdf"),
        ('a<b>:"|?*.pdf', "a-b-.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("~$lock.docx", "lock.docx"),
        ("README.md", "report-README.md"),
        ("con.txt", "report-con.txt"),
        ("Kent – näher.pdf", "Kent – näher.pdf"),
        (".pdf", "report.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_becomes_that_of_a_plain_file(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300), st.sampled_from(sorted(SUFFIXES)))
def test_any_name_stays_in_its_folder_and_is_found_by_a_build(tmp_path_factory, name: str, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("names")
    path = folder / safe_name(name + suffix)
    assert path.parent == folder
    assert len(path.name) <= 120
    path.write_text("x")
    assert find_sources([folder]) == [path]
