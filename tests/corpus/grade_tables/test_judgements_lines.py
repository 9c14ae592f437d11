from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.drafts import Draft
from corpus.grade_tables.judgements import read_grades

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


SHORT, CARED_FOR = "Quality of provision", "Adoption performance"
"""Areas whose names fit on a line of a narrow column."""


def cells_of(pdf_line, rows):
    """Return the lines of a table that has a head and a row every 20 points."""
    cells = [
        (text, 100 + 20 * n, left) for n, row in enumerate(rows) for text, left in zip(row, (80, 340), strict=True)
    ]
    heads = [pdf_line("Judgement", 80, left=80), pdf_line("Grade", 80, left=340)]
    return (*heads, *(pdf_line(text, top, left=left) for text, top, left in cells if text))


def test_a_table_without_a_whole_grade_is_unread_and_loses_no_line(pdf_line):
    lines = cells_of(pdf_line, [("Overall effectiveness", "Requires improvement to be")])
    page = read_grades(lines)
    assert (page.judgements, page.flow, page.unread) == ((), lines, True)


@pytest.mark.parametrize("cell", ["", "Sufficient", "Outst", "Requires", "???"])
@pytest.mark.parametrize("place", range(3))
def test_a_row_whose_grade_cannot_be_read_is_named_and_the_others_are_read(pdf_line, cell, place):
    rows = [(OVERALL, "Good"), (SHORT, "Inadequate"), (CARED_FOR, RI)]
    lines = cells_of(pdf_line, [(area, cell if n == place else grade) for n, (area, grade) in enumerate(rows)])
    page = read_grades(lines)
    assert grades(page) == [row for n, row in enumerate(rows) if n != place]
    assert (page.unread_areas, page.not_judged, page.unread, page.is_whole) == ((rows[place][0],), (), False, False)
    pieces = [piece.text for draft in page.flow if isinstance(draft, Draft) for piece in draft.pieces]
    assert sorted(pieces) == sorted(line.text for line in lines)


def test_an_area_that_was_not_judged_has_no_grade_and_is_not_missing(pdf_line):
    page = read_grades(cells_of(pdf_line, [(OVERALL, "Good"), (CARED_FOR, "Not judged")]))
    assert (grades(page), page.not_judged, page.unread_areas) == ([(OVERALL, "Good")], (CARED_FOR,), ())


def test_a_grade_without_an_area_is_given_to_no_other_area(pdf_line):
    page = read_grades(cells_of(pdf_line, [(OVERALL, "Good"), ("", "Inadequate"), (CARED_FOR, "Outstanding")]))
    assert (grades(page), page.is_whole) == ([(OVERALL, "Good"), (CARED_FOR, "Outstanding")], False)


def test_a_title_between_the_rows_is_neither_an_area_nor_part_of_one(pdf_line):
    lines = [
        *cells_of(pdf_line, [(OVERALL, "Good"), ("", ""), (CARED_FOR, "Outstanding")]),
        pdf_line("Areas of practice", 120, left=80, bold=True),
    ]
    page = read_grades(lines)
    assert (grades(page), page.unread_areas) == ([(OVERALL, "Good"), (CARED_FOR, "Outstanding")], ())


@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
@pytest.mark.parametrize("left", [80, 340], ids=["the same column", "a column of its own"])
def test_grades_on_lines_of_their_own_belong_to_the_area_next_to_them(pdf_line, above, left):
    rows = [(OVERALL, "Good"), (SHORT, "Inadequate"), (CARED_FOR, RI)]
    lines = [pdf_line("Judgement", 80, left=80)]
    for n, (area, grade) in enumerate(rows):
        texts = [(grade, left), (area, 80)] if above else [(area, 80), (grade, left)]
        lines += [pdf_line(text, 100 + 40 * n + 13 * place, left=at) for place, (text, at) in enumerate(texts)]
    assert grades(read_grades(lines)) == rows


@pytest.mark.parametrize(
    "parts", [("Grade 3", "(adequate)"), ("Adequate", "(3)"), ("Adequate (3)",), ("3 –", "Adequate"), ("Grade 3",)]
)
def test_grades_of_the_earlier_scale_are_read_with_their_numbers(pdf_line, parts):
    lines = cells_of(pdf_line, [(OVERALL, "Grade 2 (good)"), ("", ""), ("Capacity for improvement", "Good")])
    cell = [pdf_line("Quality of provision", 120, left=80)]
    cell += [pdf_line(part, 120 + 12 * n, left=340, size=9) for n, part in enumerate(parts)]
    assert grades(read_grades([*lines[:4], *cell, *lines[4:]])) == [
        (OVERALL, "Grade 2 (good)"),
        ("Quality of provision", " ".join(parts)),
        ("Capacity for improvement", "Good"),
    ]


def test_three_known_areas_with_grades_are_a_table_without_a_head_and_two_are_not(pdf_line):
    rows = cells_of(pdf_line, [(OVERALL, "Good"), (SHORT, "Inadequate"), (CARED_FOR, RI)])[2:]
    assert len(read_grades(rows).judgements) == 3
    assert read_grades(rows[:4]).judgements == ()


def test_a_table_that_is_too_long_to_be_one_is_not_read(pdf_line):
    lines = [pdf_line("Judgement", 80), *(pdf_line("Good" if n % 2 else "Care", 90 + n / 10) for n in range(4000))]
    page = read_grades(lines)
    assert (page.judgements, page.flow) == ((), tuple(lines))
