from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Form, Grading, Judgement, SecondReading
from index.building.read_pool import MEMORY_LIMIT, ReadPool, ReadReport, read_all
from index.building.sources import Source
from index.digests import file_digest
from index.encoding.encoder_files import default_folder
from index.storage.manifest import Failure


def read(*paths, on_progress=lambda done, total: None):
    sources = [Source(path, file_digest(path)) for path in paths]
    return list(read_all(sources, encoder_folder=default_folder(), max_tokens=256, on_progress=on_progress))


def test_files_are_read_in_order_and_a_bad_one_does_not_stop_the_others(reports):
    (reports / "b.md").write_bytes(b"\x00\x01\x02")
    (reports / "c.pdf").write_bytes(b"%PDF-1.4 cut off")
    paths = [reports / name for name in ("a.md", "b.md", "c.pdf", "c.md")]
    progress = []
    results = read(*paths, on_progress=lambda done, total: progress.append((done, total)))
    assert [type(result) for result in results] == [ReadReport, Failure, Failure, ReadReport]
    assert progress == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [(failure.file, bool(failure.reason), bool(failure.remedy)) for failure in results[1:3]] == [
        ("b.md", True, True),
        ("c.pdf", True, True),
    ]
    first = results[0]
    assert (first.report.file, first.page_labels) == ("a.md", (None,))
    assert [passage.report_id for passage in first.passages] == [first.report.id]
    assert first.report.sha256 == file_digest(paths[0])


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces the memory limit of a process")
def test_a_file_that_needs_too_much_memory_fails_and_the_others_are_read(reports):
    with (reports / "b.txt").open("wb") as file:
        for _ in range(33):
            file.write(b"so\n" * 1_000_000)  # 99 MB is below the limit for files, but each line needs over 60 bytes
    results = read(reports / "a.md", reports / "b.txt", reports / "c.md")
    assert [type(result) for result in results] == [ReadReport, Failure, ReadReport]
    assert results[1].file == "b.txt"
    assert f"over {MEMORY_LIMIT >> 20} MB of memory" in results[1].reason
    assert results[1].remedy == "Split it."


def test_facts_of_a_sidecar_replace_those_of_the_report_and_its_text_stays(reports):
    [plain] = read(reports / "a.md")
    facts = [
        'title = "Visit to Westmarsh"',
        'authority = "Westmarsh"',
        'form = "letter"',
        "published = 2024-06-18",
        'judgements = [{area = "Leaders", grade = "Good"}]',
    ]
    (reports / "a.md.toml").write_text("\n".join(facts))
    [read_again] = read(reports / "a.md")
    report = read_again.report
    assert (report.title, report.authority, report.form) == ("Visit to Westmarsh", "Westmarsh", Form.LETTER)
    assert (report.published, report.published_source) == (date(2024, 6, 18), "sidecar")
    assert (report.judgements, report.grading) == ((Judgement("Leaders", "Good", 1),), Grading.GRADED)
    assert report.corrected == ("authority", "form", "judgements", "published", "title")
    assert (report.id, report.file) == (plain.report.id, "a.md")
    assert [passage.id for passage in read_again.passages] == [passage.id for passage in plain.passages]


def test_a_bad_sidecar_makes_only_its_own_report_fail(reports):
    (reports / "a.md.toml").write_text("published = 'soon'")
    (reports / "b.md.toml").write_text('authority = "Westmarsh"')
    bad, corrected, plain = read(reports / "a.md", reports / "b.md", reports / "c.md")
    assert (bad.file, "a.md.toml" in bad.reason, "'soon'" in bad.reason) == ("a.md", True, True)
    assert "facts file" in bad.remedy
    assert corrected.report.corrected == ("authority",)
    assert plain.report.corrected == ()


def test_each_section_is_counted_once_and_the_text_under_the_title_is_not(reports):
    (reports / "a.md").write_text(
        "# Inspectors visit Aldermere\n\nChildren are safe.\n\n## Help\n\nHelp comes early.\n\nIt comes in time.\n\n"
        "### Plans\n\nPlans are clear.\n\n## Leaders\n\nLeaders know their services.\n"
    )
    sectioned, plain = read(reports / "a.md", reports / "b.md")
    assert (sectioned.sections, plain.sections) == (3, 0)


def test_warnings_are_about_the_corrected_facts(reports):
    [plain] = read(reports / "a.md")
    assert any("No authority" in warning for warning in plain.warnings), plain.warnings
    assert any("No date of publication" in warning for warning in plain.warnings), plain.warnings
    (reports / "a.md.toml").write_text('authority = "Westmarsh"\npublished = 2024-06-18')
    [mended] = read(reports / "a.md")
    assert mended.warnings == (
        "“Westmarsh” is not in the list of authorities. If the name is wrong, correct it in a facts file (.toml).",
    )


def read_twice(pool_limit, *paths):
    sources = [Source(path, file_digest(path)) for path in paths]
    pool = ReadPool(len(sources), encoder_folder=default_folder(), max_tokens=256, time_limit=pool_limit)
    progress = []
    with pool:
        results = list(pool.read_all(sources, lambda done, total: None))
        again = list(pool.read_again(results, lambda done, total: progress.append((done, total))))
    return again, progress


def test_each_report_is_read_again_with_a_second_program(reports):
    (reports / "b.md").write_bytes(b"\x00\x01\x02")
    results, progress = read_twice(60, *(reports / name for name in ("a.md", "b.md", "c.md")))
    assert [type(result) for result in results] == [ReadReport, Failure, ReadReport]
    assert progress == [(1, 2), (2, 2)]
    for read_report in (results[0], results[2]):
        assert len(read_report.second_readings) == len(read_report.page_labels) == 1
        assert not any("second program" in warning for warning in read_report.warnings)


def test_a_second_program_that_takes_too_long_does_no_harm(reports):
    waits = [f"Children in Aldermere wait {days} days to see a social worker." for days in range(3000)]
    # Reading this takes far longer than the pool waits between two checks of its limits.
    (reports / "a.md").write_text("\n\n".join(["# Inspectors visit Aldermere", *waits]))
    [read_report] = read(reports / "a.md")
    with ReadPool(1, encoder_folder=default_folder(), max_tokens=256, time_limit=1e-6) as pool:
        [result] = pool.read_again([read_report], lambda done, total: None)
    assert isinstance(read_report, ReadReport)
    assert isinstance(result, ReadReport)
    assert [reading.problem for reading in result.second_readings] == ["it took over 3e-06 seconds"]
    assert result.warnings[-1] == (
        "A second program could not read this file: it took over 3e-06 seconds. Answers that quote from there say so."
    )
    assert (result.report, result.passages) == (read_report.report, read_report.passages)


def test_a_second_program_says_nothing_of_a_page_that_was_read_from_its_picture(reports):
    [read_report] = read(reports / "a.md")
    assert isinstance(read_report, ReadReport)
    pictured = replace(read_report, report=replace(read_report.report, recognised=(1,)))
    with ReadPool(1, encoder_folder=default_folder(), max_tokens=256) as pool:
        plain, silent = pool.read_again([read_report, pictured], lambda done, total: None)
    assert isinstance(plain, ReadReport)
    assert isinstance(silent, ReadReport)
    assert plain.second_readings == (SecondReading(same=True),)
    assert silent.second_readings == (SecondReading(same=False),)
    assert silent.warnings == read_report.warnings
