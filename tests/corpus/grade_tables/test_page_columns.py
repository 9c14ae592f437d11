from __future__ import annotations

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.grade_tables.judgements import read_grades
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=10, leading=13)
BODY = ParagraphStyle("body", parent=CELL, spaceAfter=12)
IMPACT = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"
THEN = [RI, "Inadequate", "Good", "Not judged", RI]
NOW = [(IMPACT, "Good"), (PROTECTION, RI), (CARE, "Good"), (LEAVERS, "Outstanding"), (OVERALL, "Good")]
HOME = [
    ("Overall experiences and progress of children and young people", "Good"),
    ("How well children and young people are helped and protected", RI),
    ("The effectiveness of leaders and managers", "Good"),
]
AFTER = "Thornby is a place where children are safe and well cared for, and where leaders listen to them."


@pytest.fixture
def make_report(tmp_path):
    def make(*story):
        path = tmp_path / "report.pdf"
        parts = [Paragraph(part, BODY) if isinstance(part, str) else part for part in (*story, Spacer(1, 14), AFTER)]
        SimpleDocTemplate(str(path)).build(parts)
        return read_pdf(path)

    return make


def table(rows, widths, align="TOP"):
    cells = [[Paragraph(cell, CELL) for cell in row] for row in rows]
    return Table(
        cells,
        colWidths=widths,
        style=[("VALIGN", (0, 0), (-1, -1), align), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    )


def grades(document):
    return [(judgement.area, judgement.grade) for judgement in document.judgements]


def two_columns(heads, *, swapped=False):
    rows = [("Judgement", *heads), *((area, then, now) for (area, now), then in zip(NOW, THEN, strict=True))]
    return [(a, c, b) if swapped else (a, b, c) for a, b, c in rows]


@pytest.mark.parametrize(
    "heads", [("Previous inspection", "This inspection"), ("Grade at the last inspection (May 2019)", "Grade")]
)
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("align", ["TOP", "MIDDLE"])
@pytest.mark.parametrize("widths", [(220, 110, 110), (180, 90, 160)], ids=str)
def test_the_column_whose_head_says_this_inspection_is_read(make_report, heads, swapped, align, widths):
    document = make_report("Inspection of Thornby", table(two_columns(heads, swapped=swapped), widths, align))
    assert set(grades(document)) <= set(NOW)
    assert grades(document) == NOW or (align == "MIDDLE" and document.unread_grades)


@pytest.mark.parametrize("heads", [("2019", "2024"), ("Grade", "Grade"), ("Panel A", "Panel B"), ("Earlier", "Before")])
def test_no_grade_is_read_and_we_say_so_if_no_head_says_which_are_those_of_this_inspection(make_report, heads):
    document = make_report("Inspection of Thornby", table(two_columns(heads), (220, 110, 110)))
    assert (grades(document), document.unread_grades) == ([], True)


def test_each_row_of_such_a_table_is_one_block_with_the_grade_of_this_inspection_first(make_report):
    document = make_report("Thornby", table(two_columns(("Previous grade", "Current grade")), (220, 110, 110)))
    rows = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TABLE]
    assert rows[0] == "Judgement Previous grade Current grade"
    assert rows[1] == f"{IMPACT} Good {RI}"
    assert len(rows) == 1 + len(NOW)


def test_a_single_column_of_earlier_grades_gives_none(make_report):
    rows = [("Judgement", "Grade at the previous inspection"), *NOW]
    assert grades(make_report("Inspection of Thornby", table(rows, (240, 180)))) == []
    for title in ("Previous judgements", "Judgements made in May 2019"):
        own = table([("Judgement", "Grade"), *NOW], (240, 180))
        assert grades(make_report(AFTER, Paragraph(title, BODY), own)) == []


def test_the_areas_of_a_home_are_read_without_a_head_and_without_the_history_below(make_report):
    history = [("02/03/2022", "Full", "Outstanding"), ("05/06/2021", "Full", "Good"), ("07/08/2020", "Full", "Good")]
    document = make_report(
        "Inspection of a children’s home",
        table(HOME, (300, 130)),
        "Overall judgement at the last inspection: Outstanding",
        table(history, (140, 140, 140)),
    )
    assert grades(document) == HOME


@pytest.mark.parametrize("rows", [NOW, HOME, NOW[:2]])
def test_areas_may_be_the_heads_of_columns(make_report, rows):
    document = make_report("Inspection of Thornby", table([*zip(*rows, strict=True)], [450 / len(rows)] * len(rows)))
    if rows is not NOW[:2] and len(rows) > 2:  # a grade has two lines
        assert set(grades(document)) <= set(rows)
    else:
        assert grades(document) == rows


def test_two_rows_of_grades_below_areas_give_none(make_report):
    rows = [("", *(area for area, _ in HOME)), ("2022", "Good", "Good", "Good"), ("2024", *(g for _, g in HOME))]
    assert grades(make_report("Inspection of Thornby", table(rows, (60, 130, 130, 130)))) == []
    rows[1] = ("Last", "Good", "Good", "Good")
    assert set(grades(make_report("Inspection of Thornby", table(rows, (60, 130, 130, 130))))) <= set(HOME)


def test_a_page_of_very_many_grades_is_read_fast_and_gives_none(pdf_line):
    lines = [pdf_line("Good", 20 + 3 * (n // 8), left=60 * (n % 8)) for n in range(2000)]
    page = read_grades(lines)
    assert (page.judgements, page.unread) == ((), False)
    assert read_grades([pdf_line("Good", 100, left=n / 4) for n in range(2000)]).judgements == ()
