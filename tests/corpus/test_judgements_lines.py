from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.drafts import Draft
from corpus.judgements import read_grades

IMPACT = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"
AFTER = "Westmarsh has improved since 2018, when services were judged good. Children are safe and well cared for here."


def grades(read):
    return [(judgement.area, judgement.grade) for judgement in read.judgements]


def test_grades_in_lower_case_are_read_alone_in_a_cell_or_after_a_row_number(pdf_line):
    lines = [
        pdf_line("1. Children who need help and protection", 100),
        pdf_line("requires improvement", 100, left=340),
        pdf_line("3. Leadership inadequate", 122),
    ]
    assert grades(read_grades(lines)) == [
        ("Children who need help and protection", "requires improvement"),
        ("Leadership", "inadequate"),
    ]


@pytest.mark.parametrize("head", ["Judgement", "Judgment"])
@pytest.mark.parametrize(
    "area",
    [
        ("The experiences and progress of care", "leavers"),
        ("The experiences and", "progress of care", "leavers"),
        ("The experiences and progress of care leavers",),
    ],
    ids=["a word", "two lines", "nothing"],
)
def test_the_rest_of_the_last_area_below_its_grade_belongs_to_its_row(pdf_line, head, area):
    lines = [
        pdf_line(head, 100),
        pdf_line("Grade", 100, left=340),
        pdf_line("Good", 122, left=340),
        *(pdf_line(text, 122 + 13 * row) for row, text in enumerate(area)),
        pdf_line("All of this is said of Westmarsh.", 170),
    ]
    page = read_grades(lines)
    assert grades(page) == [(LEAVERS, "Good")]
    assert [line.text for line in page.flow if not isinstance(line, Draft)] == ["All of this is said of Westmarsh."]


@pytest.mark.parametrize(
    ("below", "top", "left"),
    [("leavers", 160, 72), ("leavers", 135, 90), ("Leavers", 135, 72), ("they said.", 135, 72)],
    ids=["further down", "further right", "a capital", "a sentence"],
)
def test_another_line_below_the_last_row_stays_in_the_text(pdf_line, below, top, left):
    lines = [
        pdf_line("Judgement", 80),
        pdf_line("Grade", 80, left=340),
        pdf_line("Care", 122),
        pdf_line("Good", 122, left=340),
        pdf_line(below, top, left=left),
    ]
    page = read_grades(lines)
    assert grades(page) == [("Care", "Good")]
    assert page.flow[-1] == lines[-1]


def test_numbered_prose_that_starts_like_the_numbered_block_is_not_an_unread_table(pdf_line):
    lines = (
        pdf_line("1. Children who need help and protection are", 100),
        pdf_line("seen often.", 114),
        pdf_line("2. Plans are clear.", 142),
    )
    page = read_grades(lines)
    assert (page.judgements, page.flow, page.unread) == ((), lines, False)


# This fixture is safe to share, because pdf_line keeps nothing between examples.
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_row_is_read_and_every_line_stays_once_at_any_width(pdf_line, data):
    areas = [*data.draw(st.permutations([IMPACT, PROTECTION, CARE, LEAVERS])), OVERALL]
    rows = [(area, data.draw(st.sampled_from(["Good", "Inadequate", RI]))) for area in areas]
    widths = data.draw(st.integers(22, 44)), data.draw(st.integers(11, 32))
    lines = [pdf_line("Judgement", 80, left=80), pdf_line("Grade", 80, left=340)]
    top = 100
    for area, grade in rows:
        left, right = (textwrap.wrap(text, width) for text, width in zip((area, grade), widths, strict=True))
        lines += [pdf_line(text, top + 13 * row, left=80) for row, text in enumerate(left)]
        lines += [pdf_line(text, top + 13 * row, left=340) for row, text in enumerate(right)]
        top += 13 * max(len(left), len(right)) + data.draw(st.sampled_from([9, 13, 18]))
    below = pdf_line(AFTER, top + 20, size=8)

    page = read_grades([*lines, below])
    assert (grades(page), page.unread) == (rows, False)
    assert page.flow[-1] == below
    pieces = [piece for draft in page.flow[:-1] if isinstance(draft, Draft) for piece in draft.pieces]
    assert sorted(piece.text for piece in pieces) == sorted(line.text for line in lines)


def test_a_page_without_a_table_is_unchanged_and_has_nothing_unread(pdf_line):
    lines = (pdf_line("Children are safe here.", 100), pdf_line("Practice was judged to be Good", 120))
    page = read_grades(lines)
    assert (page.judgements, page.flow, page.unread) == ((), lines, False)
    assert read_grades([]).flow == ()


@pytest.mark.parametrize(
    "rows",
    [
        [("Overall effectiveness", "Good"), ("The impact of leaders", ""), ("Care leavers", "Good")],
        [("Overall effectiveness", "Requires improvement to be")],
    ],
    ids=["a grade is missing", "a grade is cut short"],
)
def test_a_table_whose_rows_cannot_be_told_apart_is_unread_and_loses_no_line(pdf_line, rows):
    cells = [
        (text, 100 + 20 * n, left) for n, row in enumerate(rows) for text, left in zip(row, (80, 340), strict=True)
    ]
    heads = [pdf_line("Judgement", 80, left=80), pdf_line("Grade", 80, left=340)]
    lines = (*heads, *(pdf_line(text, top, left=left) for text, top, left in cells if text))
    page = read_grades(lines)
    assert (page.judgements, page.flow, page.unread) == ((), lines, True)
