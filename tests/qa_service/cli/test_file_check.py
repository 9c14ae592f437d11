from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Grading, Improvement, ImprovementKind, Judgement
from index.building.reuse import Reading, read_sources
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import max_tokens
from index.storage.manifest import Failure
from qa_service.answer_json import report_json
from qa_service.cli.file_check import check_payload, check_text
from qa_service.cli.rendering import WIDTH

FIELDS = {
    "id", "file", "title", "authority", "form", "kind", "framework", "inspected_from", "inspected_to", "published",
    "sha256", "superseded_by", "published_source", "lead_inspector", "source_url", "grading", "judgements",
    "improvements", "visit", "follows_judgement", "corrected", "pages", "sections", "passages", "warnings",
}  # fmt: skip


@pytest.fixture(scope="module")
def checked(samples):
    """The sample reports as read."""
    folder = default_folder()
    return read_sources(
        find_sources([samples]),
        encoder_folder=folder,
        max_tokens=max_tokens(folder),
        on_progress=lambda stage, done, total: None,
    )


@pytest.fixture(scope="module")
def rows(checked):
    """The reports of a check as JSON, by the beginnings of their files' names."""
    return {row["file"]: row for row in json.loads(json.dumps(check_payload(checked)))["reports"]}


@pytest.fixture(scope="module")
def one(checked):
    """A full inspection, as read."""
    return next(
        read for read in checked.reports if read.report.file.startswith("westmarsh") and "2023" in read.report.file
    )


def text_of(read, **facts):
    """What is said of one report, with some of its facts changed."""
    return check_text(Reading((replace(read, report=replace(read.report, **facts)),), (), ()))


def row_named(rows, *parts):
    [row] = [row for file, row in rows.items() if all(part in file for part in parts)]
    return row


def test_every_sample_is_checked_with_every_field(checked, rows):
    assert len(rows) == 10
    assert all(set(row) == FIELDS for row in rows.values())
    assert list(rows) == sorted(rows)
    payload = check_payload(checked)
    assert (payload["left_out"], payload["duplicates"]) == ([], [])


def test_a_row_holds_the_facts_of_its_report_as_they_stand_elsewhere(checked, rows):
    for read in checked.reports:
        row = rows[read.report.file]
        assert {name: row[name] for name in report_json(read.report)} == report_json(read.report)
        assert (row["pages"], row["passages"]) == (read.report.page_count, len(read.passages))
        assert (row["sections"], row["warnings"]) == (read.sections, list(read.warnings))
        assert row["passages"] >= row["sections"] > 0


def test_a_row_holds_what_was_read_in_a_full_inspection(rows):
    row = row_named(rows, "westmarsh", "2023")
    assert (row["lead_inspector"], row["published_source"], row["grading"]) == (
        "Desmond Farrowgate",
        "file name",
        "graded",
    )
    assert {"area": "Overall effectiveness", "grade": "Good", "page": 1} in row["judgements"]
    assert [set(asked) for asked in row["improvements"]] == [{"kind", "label", "page", "section", "body", "text"}] * 4
    assert {asked["section"] for asked in row["improvements"]} == {"What needs to improve?"}
    assert {asked["kind"] for asked in row["improvements"]} == {"improvement"}
    assert row["corrected"] == []


def test_numbered_recommendations_keep_their_numbers(rows):
    row = row_named(rows, "carrowby", "2015")
    assert [(asked["label"], asked["kind"]) for asked in row["improvements"]] == [
        (str(number), "recommendation") for number in range(1, 10)
    ]


def test_the_ways_of_having_no_grade_are_told_apart(rows):
    assert row_named(rows, "northwold")["grading"] == "not-judged"
    assert row_named(rows, "kinship")["grading"] == "not-judged"
    assert row_named(rows, "news")["grading"] == "not-printed"


def test_what_was_left_out_or_is_held_twice_is_in_the_json(one):
    failure = Failure("bad.pdf", "the PDF is damaged", "Get it again.")
    payload = check_payload(Reading((one,), (failure,), (("copy.pdf", one.report.file),)))
    assert payload["left_out"] == [{"file": "bad.pdf", "reason": "the PDF is damaged", "remedy": "Get it again."}]
    assert payload["duplicates"] == [{"file": "copy.pdf", "same_as": one.report.file}]
    assert len(payload["reports"]) == 1


def test_every_sample_is_told_in_lines_that_fit_a_terminal(checked):
    text = check_text(checked)
    lines = text.splitlines()
    for read in checked.reports:
        assert read.report.file in lines
        assert f"  {read.report.page_count} pages, {read.sections} sections, {len(read.passages)} passages" in lines
    assert lines.count("-" * WIDTH) == 10
    assert max(map(len, lines)) <= WIDTH
    assert lines[-1] == f"10 reports read, {sum(bool(read.warnings) for read in checked.reports)} with warnings."


def test_a_report_is_told_with_its_facts_its_grades_and_its_warnings(one):
    told = " ".join(text_of(one).split())
    assert "Westmarsh; ilacs; report; inspected 11 September 2023 to 22 September 2023;" in told
    assert "published 3 November 2023 (from the file's name); lead inspector Desmond Farrowgate" in told
    assert "The experiences and progress of care leavers: Outstanding; Overall effectiveness: Good" in told
    assert "asks for 4 improvements, from page 1" in told
    assert one.warnings
    assert all(f"! {warning}" in told for warning in one.warnings)
    assert "from its sidecar" not in told
    assert "about:" not in told


def test_what_is_unknown_is_said_to_be(one):
    unknown = ("authority", "kind", "inspected_from", "inspected_to", "published", "published_source", "lead_inspector")
    told = " ".join(text_of(one, **dict.fromkeys(unknown)).split())
    for words in ("authority", "kind", "dates", "publication date", "lead inspector"):
        assert f"{words} not found" in told
    assert "None" not in told


def test_a_visit_of_one_day_is_told_as_one_day(one):
    day = date(2024, 2, 7)
    assert "inspected 7 February 2024;" in text_of(one, inspected_from=day, inspected_to=day)


@pytest.mark.parametrize(
    ("source", "words"),
    [("text", "(printed)"), ("sidecar", "(from its sidecar)"), ("file name", "(from the file's name)")],
)
def test_a_publication_is_told_with_where_it_was_read(one, source, words):
    assert words in " ".join(text_of(one, published_source=source).split())


@pytest.mark.parametrize(
    ("grading", "words"),
    [
        (Grading.NOT_JUDGED, "grades: none: this kind of inspection gives no grades"),
        (Grading.NOT_PRINTED, "grades: none printed here"),
        (Grading.UNREADABLE, "grades: printed, and could not be read"),
    ],
)
def test_a_report_without_grades_says_why(one, grading, words):
    assert words in text_of(one, judgements=(), grading=grading)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"visit": "second monitoring visit"}, "  about: second monitoring visit"),
        ({"follows_judgement": "inadequate in June 2022"}, "  about: follows inadequate in June 2022"),
        (
            {"visit": "second monitoring visit", "follows_judgement": "inadequate in June 2022"},
            "  about: second monitoring visit; follows inadequate in June 2022",
        ),
        ({"corrected": ("authority", "published")}, "  from its sidecar: authority, published"),
        (
            {"improvements": (Improvement(ImprovementKind.PRIORITY, "Act.", 7, "Priority actions", 0, 4),)},
            "from page 7",
        ),
        ({"judgements": (Judgement("Leaders", "Good", 1),)}, "  grades: Leaders: Good"),
    ],
)
def test_an_articles_visit_corrections_and_lists_have_lines_of_their_own(one, facts, line):
    assert [told for told in text_of(one, **facts).splitlines() if told.endswith(line)]


def test_a_report_that_asks_for_nothing_has_no_line_for_it(one):
    assert "asks for" not in text_of(one, improvements=())


def test_what_was_left_out_and_what_is_held_twice_stand_at_the_end(one):
    clean = replace(one, warnings=())
    failure = Failure("bad.pdf", "the PDF is damaged", "Get it again.")
    text = check_text(Reading((one, clean), (failure,), (("copy.pdf", "westmarsh.pdf"),)))
    assert text.splitlines()[-4:] == [
        "2 reports read, 1 with warnings.",
        "Same content as westmarsh.pdf, read once: copy.pdf",
        "1 file was not indexed:",
        "  bad.pdf: the PDF is damaged. Get it again.",
    ]


def test_where_nothing_could_be_read_the_reasons_are_all_there_is():
    failure = Failure("bad.pdf", "the PDF is damaged", "Get it again.")
    assert check_payload(Reading((), (failure,), ()))["reports"] == []
    assert check_text(Reading((), (failure,), ())).startswith(
        "0 reports read, 0 with warnings.\n1 file was not indexed:"
    )
