from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece
from corpus.grade_tables.tables import grades_from_tables
from corpus.reading import read
from corpus.types import BlockKind

IMPACT = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"
BOTH = [(IMPACT, "Good"), (OVERALL, RI)]


def drafts(*parts):
    """Return a draft for each text and for each row of each table. A text that starts with "# " is a heading."""
    made = []
    for number, part in enumerate(parts, 1):
        if isinstance(part, str):
            kind = BlockKind.HEADING if part.startswith("# ") else BlockKind.PARAGRAPH
            made.append(Draft(kind, (Piece(part.removeprefix("# "), 1),)))
        else:
            made += [Draft(BlockKind.TABLE, (Piece(" ".join(row), 1),), cells=row, table=number) for row in part]
    return made


def found(*parts):
    return [(judgement.area, judgement.grade) for judgement in grades_from_tables(drafts(*parts)).judgements]


def unread(*parts):
    rows = grades_from_tables(drafts(*parts))
    assert rows.judgements == ()
    return rows.unread, rows.unread_areas


def test_each_row_of_an_area_and_a_grade_is_a_judgement():
    head, rows = ("Judgement", "Grade"), [(IMPACT, "Good"), ("1. Children", RI), ("Visits", "12"), ("", "Good")]
    assert found([head, *rows]) == [(IMPACT, "Good"), ("Children", RI)]
    assert found([head, ("Work with schools", "Good")]) == [("Work with schools", "Good")]


def test_a_table_that_names_no_area_that_inspections_grade_gives_none():
    assert found([("Home", "Rating"), ("Oak Lodge", "Good"), ("Elm House", "Inadequate")]) == []
    assert found([("Oak Lodge", "Good")]) == []


def test_a_known_area_without_a_grade_is_unread_and_one_may_be_not_judged():
    rows = grades_from_tables(drafts([(IMPACT, "Good"), (CARE, "To follow"), (LEAVERS, "Not judged"), ("Age", "Good")]))
    assert [(j.area, j.grade) for j in rows.judgements] == [(IMPACT, "Good"), ("Age", "Good")]
    assert (rows.unread_areas, rows.not_judged) == ((CARE,), (LEAVERS,))
    assert unread([(LEAVERS, "To follow")]) == (False, ())


HEADS = [
    ("Previous inspection", "This inspection"),
    ("Grade in 2019 (last inspection)", "Grade"),
    ("Former judgement", "Current judgement"),
    ("Self-assessment", "Inspection grade"),
    ("Target", "Judgement"),
    ("Last inspection", "March 2024"),
    ("National average", "Our new grade now"),
]


@pytest.mark.parametrize(("other", "own"), HEADS[:-1])
@pytest.mark.parametrize("swapped", [False, True])
def test_of_two_columns_of_grades_the_one_whose_head_says_this_inspection_is_read(other, own, swapped):
    rows = [("Area", other, own), (IMPACT, "Inadequate", "Good"), (OVERALL, "Good", RI)]
    assert found([(a, c, b) if swapped else (a, b, c) for a, b, c in rows]) == BOTH


@pytest.mark.parametrize(
    "heads",
    [
        ("", ""),
        ("2019", "2024"),
        ("Grade", "Grade"),
        ("Panel A", "Panel B"),
        ("Previous inspection", "Earlier inspection"),
        ("Grade", "2024"),
        HEADS[-1],
    ],
)
def test_if_no_head_says_which_grades_are_those_of_this_inspection_none_is_read_and_we_say_so(heads):
    rows = [("Area", *heads), (IMPACT, "Inadequate", "Good"), (OVERALL, "Good", RI)]
    assert unread(rows) == (True, (IMPACT, OVERALL))


def test_heads_may_take_two_rows_and_grades_may_be_compared_in_more_columns():
    rows = [
        ("Area", "Judgements", "Judgements", "Judgements"),
        ("Area", "Previous", "Self-assessed", "Current"),
        (IMPACT, "Inadequate", "Outstanding", "Good"),
        (OVERALL, "Good", "Good", RI),
    ]
    assert found(rows) == BOTH


def test_a_single_column_of_earlier_or_expected_grades_gives_none():
    for head in ("Grade at the last inspection", "Predicted grade", "Our own view"):
        assert found([("Area", head), (IMPACT, "Good"), (OVERALL, "Good")]) == []


def test_a_column_of_other_words_next_to_the_grades_needs_a_head_above_them():
    rows = [(IMPACT, "Good", "Firm grip"), (OVERALL, RI, "Uneven")]
    assert found([("Judgement", "Grade", "Comment"), *rows]) == BOTH
    assert unread(rows) == (True, (IMPACT, OVERALL))
    assert found([("No.", "Area", "Grade"), ("1", IMPACT, "Good"), ("2", OVERALL, RI)]) == BOTH


def test_an_earlier_grade_in_a_row_of_its_own_is_none():
    rows = [(IMPACT, "Good"), (OVERALL, RI)]
    assert found([*rows, ("Overall grade at the previous inspection", "Inadequate")]) == BOTH
    assert found([*rows, ("Last inspected, May 2019", "Inadequate")]) == BOTH


@pytest.mark.parametrize(
    "above",
    [
        "# Earlier judgements",
        "# Self-evaluation",
        "At the previous inspection, the grades were:",
        "The council judged itself:",
    ],
)
def test_a_table_of_an_earlier_inspection_gives_none(above):
    old = [(IMPACT, "Inadequate"), (OVERALL, "Inadequate")]
    assert found(above, old) == []
    assert found(BOTH, above, old) == BOTH
    assert found([("Previous judgements",) * 2, *old, ("Judgements now",) * 2, *BOTH]) == BOTH


def test_a_long_text_about_an_earlier_inspection_above_the_table_does_not_take_its_grades():
    text = "Since the last inspection, leaders have put right nearly all of what was then found to be weak. "
    assert found(text + "Social workers stay for longer, and families say that they are listened to.", BOTH) == BOTH


def test_two_tables_that_disagree_on_an_area_give_none_and_we_say_so():
    rows = grades_from_tables(drafts(BOTH, "Words.", [(IMPACT, "Good"), (OVERALL, "Good")]))
    assert [(j.area, j.grade) for j in rows.judgements] == [(IMPACT, "Good")]
    assert rows.unread_areas == (OVERALL,)


def test_areas_may_be_the_heads_of_columns():
    assert found([(IMPACT, CARE, OVERALL), ("Good", "Outstanding", RI)]) == [
        (IMPACT, "Good"),
        (CARE, "Outstanding"),
        (OVERALL, RI),
    ]
    rows = [("", IMPACT, OVERALL), ("Previous", "Inadequate", "Good"), ("Current", "Good", RI)]
    assert found(rows) == BOTH
    assert unread([*rows[:2], ("2024", "Good", RI), ("2022", "Good", "Good")]) == (True, (IMPACT, OVERALL))


SCALE = ("Area", "Outstanding", "Good", "Requires improvement", "Inadequate")


@pytest.mark.parametrize(
    ("yes", "no"), [("✓", ""), ("x", ""), ("☒", "☐"), ("☑", "☐"), ("✔", "✗"), ("Yes", "No"), ("●", "–")]
)
def test_the_mark_in_a_grid_shows_the_grade(yes, no):
    rows = [SCALE, ("Care leavers", no, yes, no, no), (OVERALL, no, no, no, yes)]
    assert found(rows) == [("Care leavers", "Good"), (OVERALL, "Inadequate")]


@pytest.mark.parametrize(
    "cells",
    [("", "", "", ""), ("x", "x", "", ""), ("✓", "✗", "✓", ""), ("☒", "☑", "", ""), ("2019", "2024", "", "")],
)
def test_a_grid_whose_mark_is_missing_or_could_mean_either_is_unread(cells):
    assert unread([SCALE, (OVERALL, *cells)]) == (True, (OVERALL,))


def test_a_very_long_table_gives_none():
    assert found([(OVERALL, "Good")] * 81) == []


def test_a_grade_cell_of_a_web_page_may_go_over_two_areas_and_a_head_over_two_columns(write):
    page = (
        "<html><body><h1>Inspection of Thornby</h1><table><tr><th rowspan=2>Judgement<th colspan=2>Grade</tr>"
        f"<tr><th>Last inspection<th>This inspection</tr><tr><td>{IMPACT}<td>Inadequate<td rowspan=2>Good</tr>"
        f"<tr><td>{CARE}<td>Good</tr><tr><td>{OVERALL}<td>Good<td>{RI}</tr></table><p>Children are safe here.</p>"
    )
    document = read(write(page, "a.html"))
    assert [(j.area, j.grade) for j in document.judgements] == [(IMPACT, "Good"), (CARE, "Good"), (OVERALL, RI)]


def test_a_definition_list_gives_the_grades(write):
    rows = "".join(f"<div><dt>{area}</dt><dd><b>{grade}</b></dd></div>" for area, grade in BOTH)
    page = "<html><body><h1>Inspection of Thornby</h1>{}<dl>{}</dl><p>Children are safe here.</p>"
    document = read(write(page.format("<h2>Grades</h2>", rows), "a.html"))
    assert [(j.area, j.grade) for j in document.judgements] == BOTH
    assert read(write(page.format("<h2>Previous grades</h2>", rows), "b.html")).judgements == ()


def test_a_merged_cell_of_a_word_table_counts_for_each_of_its_rows(tmp_path):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Inspection of Thornby")
    table = document.add_table(4, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Judgements of this visit"
    for row, area in enumerate((IMPACT, CARE, OVERALL), 1):
        table.cell(row, 0).text = area
    table.cell(1, 1).merge(table.cell(2, 1)).text = "Good"
    table.cell(3, 1).text = RI
    document.add_paragraph("Children are safe here.")
    document.save(str(tmp_path / "a.docx"))
    given = [(j.area, j.grade) for j in read(tmp_path / "a.docx").judgements]
    assert given == [(IMPACT, "Good"), (CARE, "Good"), (OVERALL, RI)]


@pytest.mark.parametrize(
    "above", ["Table 2: judgements made at the inspection in May 2019", "The grades of 2019 were:", "Ratings, 2024"]
)
def test_grades_whose_lead_in_dates_them_may_be_of_another_inspection_and_are_unread(above):
    assert unread(above, BOTH) == (True, (IMPACT, OVERALL))
    assert found("Inspection dates: 3 to 7 June 2024", BOTH) == BOTH


def test_grades_of_which_the_text_below_says_that_they_were_are_unread():
    assert unread(BOTH, "These were the grades in 2019.") == (True, (IMPACT, OVERALL))
    assert found(BOTH, "These grades show how far the council has come.") == BOTH
