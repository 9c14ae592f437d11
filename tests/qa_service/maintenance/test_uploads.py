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


def saved_files(data: DataFolder) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in data.reports.iterdir()}


def test_a_file_is_saved_under_its_name_and_recorded(data: DataFolder, sent: Path) -> None:
    [added] = add(data, [IncomingFile("westmarsh.md", sent)], "ada")
    assert (added.file, added.outcome, added.report_id) == ("westmarsh.md", Outcome.ADDED, file_digest(sent)[:16])
    assert saved_files(data) == {"westmarsh.md": TEXT}
    assert [(entry.who, entry.what, entry.subject) for entry in entries(data)] == [
        ("ada", AuditAction.ADDED, "westmarsh.md")
    ]


def test_the_same_content_is_saved_once(data: DataFolder, sent: Path) -> None:
    first, second = add(data, [IncomingFile("a.md", sent), IncomingFile("b.md", sent)], "ada")
    assert (first.outcome, second.outcome) == (Outcome.ADDED, Outcome.DUPLICATE)
    assert "a.md" in second.detail
    assert saved_files(data) == {"a.md": TEXT}


def test_a_replacement_of_a_limited_report_has_the_same_limits(
    sample_index: DataFolder, sent: Path, tmp_path: Path
) -> None:
    data = DataFolder(Path(shutil.copytree(sample_index.root, tmp_path / "copy")))
    [draft] = find_files(data, ["westmarsh-childrens-services-inspection-03-november-2023.pdf"])
    Collections.change(
        data,
        lambda collections: collections.with_collection("drafts", ["north"]).with_contents("drafts", [draft.sha256]),
    )
    [added] = add(data, [IncomingFile("corrected.md", sent)], "ada", replaces=draft.id)
    assert added.outcome is Outcome.ADDED
    collections = Collections.read(data)
    assert not collections.may_see(added.report_id, [])
    assert collections.may_see(added.report_id, ["north"])


def test_a_sample_can_be_added_as_a_report(data: DataFolder, samples: Path) -> None:
    sample = next(samples.glob("*.txt"))
    [added] = add(data, [IncomingFile(sample.name, sample)], "ada")
    assert added.outcome is Outcome.ADDED


def test_another_file_with_the_same_name_gets_a_new_name(data: DataFolder, sent: Path) -> None:
    add(data, [IncomingFile("a.md", sent)], "ada")
    sent.write_text(TEXT + "More.\n", encoding="utf-8")
    [added] = add(data, [IncomingFile("a.md", sent)], "ada")
    assert added.file == "a (2).md"
    assert saved_files(data) == {"a.md": TEXT, "a (2).md": TEXT + "More.\n"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", "type “.exe” are not supported"),
        ("a", b"text", "name does not end in a file type"),
        ("a.pdf", b"<!doctype html><html>", "web page"),
        ("a.pdf", b"", "empty"),
        ("a.docx", b"PK\x03\x04rest", ""),
        ("a.txt", b"%PDF-1.7", "PDF"),
    ],
)
def test_a_file_that_is_not_a_report_is_refused_and_the_others_are_added(
    data: DataFolder, sent: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    bad = tmp_path / "1"
    bad.write_bytes(content)
    refused, added = add(data, [IncomingFile(name, bad), IncomingFile("good.md", sent)], "ada")
    if message:
        assert refused.outcome is Outcome.REFUSED
        assert message in refused.detail
        assert list(saved_files(data)) == ["good.md"]
    assert added.outcome is Outcome.ADDED


def test_a_removed_report_can_be_added_again(data: DataFolder, sent: Path) -> None:
    Removals.change(data, lambda removals: removals.with_contents([file_digest(sent)], date(2026, 1, 1)))
    [added] = add(data, [IncomingFile("a.md", sent)], "ada")
    assert added.outcome is Outcome.ADDED
    assert Removals.read(data).days == {}


def test_an_unknown_report_cannot_be_replaced_and_nothing_is_added(data: DataFolder, sent: Path) -> None:
    with pytest.raises(UnknownReport, match=r"gone\.pdf"):
        add(data, [IncomingFile("a.md", sent)], "ada", replaces="gone.pdf")
    assert saved_files(data) == {}


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
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300), st.sampled_from(sorted(SUFFIXES)))
def test_a_build_finds_a_file_with_any_name_made_safe(tmp_path_factory, name: str, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("names")
    path = folder / safe_name(name + suffix)
    assert path.parent == folder
    assert len(path.name) <= 120
    path.write_text("x")
    assert find_sources([folder]) == [path]
