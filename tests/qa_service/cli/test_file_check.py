from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Grading, Improvement, ImprovementKind, Judgement
from index.building.reuse import ReadResults, read_sources
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import max_tokens
from index.storage.manifest import Failure
from qa_service.answer_json.passages import report_json
from qa_service.cli.file_check import check_payload, check_text
from qa_service.cli.rendering import WIDTH, counted

FIELDS = {
    "id", "file", "title", "authority", "form", "kind", "framework", "inspected_from", "inspected_to",
    "inspected_as", "published",
    "sha256", "superseded_by", "converted", "published_source", "lead_inspector", "post_holder", "post_held", "source_url", "grading", "judgements",
    "missing_areas", "not_judged", "improvements", "unread_lists", "visit", "follows_judgement", "corrected", "pages", "sections", "passages", "warnings",
}  # fmt: skip


@pytest.fixture(scope="module")
def checked(samples):
    """The results of reading the sample reports."""
    folder = default_folder()
    return read_sources(
        find_sources([samples]),
        encoder_folder=folder,
        max_tokens=max_tokens(folder),
        on_progress=lambda stage, done, total: None,
    )


@pytest.fixture(scope="module")
def rows(checked):
    """The reports from a check as JSON, by file name."""
    return {row["file"]: row for row in json.loads(json.dumps(check_payload(checked)))["reports"]}


@pytest.fixture(scope="module")
def one(checked):
    """The results of reading the report of one full inspection."""
    return next(
        read for read in checked.reports if read.report.file.startswith("westmarsh") and "2023" in read.report.file
    )


def text_of(read, **facts):
    """Return the text about one report after changing some of its facts."""
    return check_text(ReadResults((replace(read, report=replace(read.report, **facts)),), (), ()))


def row_named(rows, *parts):
    [row] = [row for file, row in rows.items() if all(part in file for part in parts)]
    return row


def test_each_sample_has_every_field(checked, rows):
    assert len(rows) == 10
    assert all(set(row) == FIELDS for row in rows.values())
    assert list(rows) == sorted(rows)
    payload = check_payload(checked)
    assert (payload["left_out"], payload["duplicates"]) == ([], [])


def test_a_row_has_the_same_facts_as_the_report(checked, rows):
    for read in checked.reports:
        row = rows[read.report.file]
        assert {name: row[name] for name in report_json(read.report)} == report_json(read.report)
        assert (row["pages"], row["passages"]) == (read.report.page_count, len(read.passages))
        assert (row["sections"], row["warnings"]) == (read.sections, list(read.warnings))
        assert row["passages"] >= row["sections"] > 0


def test_a_row_has_the_facts_of_a_full_inspection(rows):
    row = row_named(rows, "westmarsh", "2023")
    assert (row["lead_inspector"], row["published_source"], row["grading"]) == (
        "Desmond Farrowgate",
        "file name",
        "graded",
    )
    assert {"area": "Overall effectiveness", "grade": "Good", "page": 1} in row["judgements"]
    assert [set(asked) for asked in row["improvements"]] == [
        {"kind", "label", "page", "section", "body", "deadline", "text"}
    ] * 4
    assert {asked["section"] for asked in row["improvements"]} == {"What needs to improve?"}
    assert {asked["kind"] for asked in row["improvements"]} == {"improvement"}
    assert row["corrected"] == []


def test_numbered_recommendations_keep_their_numbers(rows):
    row = row_named(rows, "carrowby", "2015")
    assert [(asked["label"], asked["kind"]) for asked in row["improvements"]] == [
        (str(number), "recommendation") for number in range(1, 10)
    ]


def test_a_row_says_why_a_report_has_no_grades(rows):
    assert row_named(rows, "northwold")["grading"] == "not-judged"
    assert row_named(rows, "kinship")["grading"] == "not-judged"
    assert row_named(rows, "news")["grading"] == "not-printed"


def test_the_json_lists_failures_and_duplicates(one):
    failure = Failure("bad.pdf", "the PDF is damaged", "Get it again.")
    payload = check_payload(ReadResults((one,), (failure,), (("copy.pdf", one.report.file),)))
    assert payload["left_out"] == [{"file": "bad.pdf", "reason": "the PDF is damaged", "remedy": "Get it again."}]
    assert payload["duplicates"] == [{"file": "copy.pdf", "same_as": one.report.file}]
    assert len(payload["reports"]) == 1


def test_the_text_about_each_sample_fits_a_terminal(checked):
    text = check_text(checked)
    lines = text.splitlines()
    for read in checked.reports:
        assert read.report.file in lines
        assert (
            f"  {counted(read.report.page_count, 'page')}, {counted(read.sections, 'section')}, {len(read.passages)} passages"
            in lines
        )
    assert lines.count("-" * WIDTH) == 10
    assert max(map(len, lines)) <= WIDTH
    assert lines[-1] == f"10 reports read, {sum(bool(read.warnings) for read in checked.reports)} with warnings."


def test_the_text_has_facts_grades_and_warnings(one):
    text = " ".join(text_of(one).split())
    assert "Westmarsh; ilacs; report; inspected 11 to 22 September 2023;" in text
    assert "published 3 November 2023 (from the file's name); lead inspector Desmond Farrowgate" in text
    assert "The experiences and progress of care leavers: Outstanding; Overall effectiveness: Good" in text
    assert "Lists 4 improvements, starting on page 1" in text
    assert one.warnings
    assert all(f"! {warning}" in text for warning in one.warnings)
    assert "its facts file (.toml)" not in text
    assert "About:" not in text


def test_the_text_says_which_facts_were_not_found(one):
    unknown = ("authority", "kind", "inspected_from", "inspected_to", "published", "published_source", "lead_inspector")
    text = " ".join(text_of(one, **dict.fromkeys(unknown)).split())
    for words in ("authority", "type", "dates", "publication date", "lead inspector"):
        assert f"{words} not found" in text
    assert "None" not in text


def test_a_visit_of_one_day_has_one_date(one):
    day = date(2024, 2, 7)
    assert "inspected 7 February 2024;" in text_of(one, inspected_from=day, inspected_to=day)


@pytest.mark.parametrize(
    ("source", "words"),
    [("text", "(printed)"), ("sidecar", "(from its facts file)"), ("file name", "(from the file's name)")],
)
def test_the_text_says_where_the_date_of_publication_was_read(one, source, words):
    assert words in " ".join(text_of(one, published_source=source).split())


@pytest.mark.parametrize(
    ("grading", "words"),
    [
        (Grading.NOT_JUDGED, "Grades: none, because this type of inspection gives no grades"),
        (Grading.NOT_PRINTED, "Grades: none given in this document"),
        (Grading.UNREADABLE, "Grades: printed in a table that could not be read"),
    ],
)
def test_the_text_says_why_a_report_has_no_grades(one, grading, words):
    assert words in text_of(one, judgements=(), grading=grading)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"visit": "second monitoring visit"}, "  About: second monitoring visit"),
        ({"follows_judgement": "inadequate in June 2022"}, "  About: follows inadequate in June 2022"),
        (
            {"visit": "second monitoring visit", "follows_judgement": "inadequate in June 2022"},
            "  About: second monitoring visit; follows inadequate in June 2022",
        ),
        ({"corrected": ("authority", "published")}, "  Corrected by its facts file (.toml): authority, published"),
        (
            {"improvements": (Improvement(ImprovementKind.PRIORITY, "Act.", 7, "Priority actions", 0, 4),)},
            "  Lists 1 improvement, on page 7",
        ),
        ({"judgements": (Judgement("Leaders", "Good", 1),)}, "  Grades: Leaders: Good"),
    ],
)
def test_visits_corrections_improvements_and_grades_have_their_own_lines(one, facts, line):
    assert any(text.endswith(line) for text in text_of(one, **facts).splitlines())


def test_a_report_without_improvements_has_no_line_about_them(one):
    assert "Lists" not in text_of(one, improvements=())


def test_duplicates_and_failures_are_at_the_end(one):
    clean = replace(one, warnings=())
    failure = Failure("bad.pdf", "the PDF is damaged", "Get it again.")
    text = check_text(ReadResults((one, clean), (failure,), (("copy.pdf", "westmarsh.pdf"),)))
    assert text.splitlines()[-4:] == [
        "2 reports read, 1 with warnings.",
        "copy.pdf has the same content as westmarsh.pdf, so it was read once.",
        "1 file could not be read:",
        "  bad.pdf: the PDF is damaged. Get it again.",
    ]


def test_if_no_file_could_be_read_only_the_reasons_are_shown():
    failure = Failure("bad.pdf", "the PDF is damaged", "Get it again.")
    assert check_payload(ReadResults((), (failure,), ()))["reports"] == []
    assert check_text(ReadResults((), (failure,), ())).startswith(
        "0 reports read, 0 with warnings.\n1 file could not be read:"
    )


def test_the_text_names_the_grades_that_could_not_be_read_and_the_areas_that_were_not_judged(one):
    lost = {"missing_areas": ("Care leavers", "Leadership"), "not_judged": ("Adoption performance",)}
    text = text_of(one, **lost)
    assert "Grades that could not be read: Care leavers; Leadership" in text
    assert "Adoption performance: not judged" in text
    none = text_of(one, judgements=(), grading=Grading.NOT_PRINTED, missing_areas=("Leadership",))
    assert "Grades: none that could be read" in none
    assert "could not be read:" not in text_of(one)
