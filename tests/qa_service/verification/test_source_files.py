from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from corpus.errors import UnreadableReport
from corpus.types import Box, Reading, RecognisedPage, RecognisedWord, SecondReading
from index.errors import NoReports
from qa_service.verification.quote_check import FaultKind, reading_faults
from qa_service.verification.source_files import SourceFiles

TEXT = """Inspection of Westmarsh local authority children’s services

Care leavers in Westmarsh wait seven weeks for a flat.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "westmarsh.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "copy.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    return tmp_path


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def test_a_file_is_found_by_its_content_in_any_subfolder(folder):
    files = SourceFiles.below([folder])
    assert sha256(TEXT.encode()) in files
    assert sha256(TEXT.encode() + b" ") not in files
    report = files.report(sha256(TEXT.encode()))
    assert (dict(report.labels), report.facts.media_type) == ({1: None}, "text/plain")
    assert report.page_of("wait seven weeks") == 1
    assert report.page_of("wait eight weeks") is None


def test_a_file_that_is_not_a_report_raises_the_same_error_each_time(folder):
    files = SourceFiles.below([folder])
    for _ in range(2):
        with pytest.raises(UnreadableReport, match="damaged"):
            files.report(sha256(b"%PDF-1.7\n1 0 obj"))


def test_a_folder_that_is_missing_or_empty_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(NoReports):
            SourceFiles.below([folder])


def test_a_second_program_reads_the_file_again(folder):
    report = SourceFiles.below([folder]).report(sha256(TEXT.encode()))
    assert report.reading("Care leavers in Westmarsh wait seven weeks for a flat.", 1) is Reading.CONFIRMED


@pytest.mark.parametrize(
    ("second", "kind", "why"),
    [
        (SecondReading(same=True), None, ""),
        (
            SecondReading(same=False, text=TEXT.replace("seven", "nine")),
            FaultKind.CONTRADICTED,
            "reads different words",
        ),
        (SecondReading(same=False, text="Other words."), FaultKind.NOT_CONFIRMED, "did not find"),
        (SecondReading(same=False, problem="it failed"), FaultKind.NOT_CONFIRMED, "because it failed"),
    ],
)
def test_words_are_proved_only_if_the_second_program_reads_them(folder, second, kind, why):
    report = SourceFiles.below([folder]).report(sha256(TEXT.encode()))
    read_otherwise = replace(report, _second={1: second})
    faults = list(reading_faults(["Care leavers in Westmarsh wait seven weeks for a flat."], 1, read_otherwise))
    assert [fault.kind for fault in faults] == ([kind] if kind else [])
    assert all(why in fault.why for fault in faults)


@pytest.mark.parametrize("second", [SecondReading(same=True), SecondReading(same=False, text="Other words.")])
def test_words_on_a_page_that_was_read_from_its_picture_are_never_proved(folder, second):
    report = SourceFiles.below([folder]).report(sha256(TEXT.encode()))
    pictured = RecognisedPage(1, (RecognisedWord("Westmarsh", 96, Box(1, 0.1, 0.1, 0.2, 0.2)),))
    recognised = replace(report, recognised={1: pictured}, _second={1: second})
    faults = list(reading_faults(["Westmarsh"], 1, recognised))
    assert [fault.kind for fault in faults] == [FaultKind.FROM_PICTURE]
