from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.grades import GRADE_CELL
from corpus.measures import CELL_GAP
from corpus.pdf.tables import find_cells, mark_titles_in_cells
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

RIGHT = 340
"""The left edge of the second column."""


def named(lines, which):
    return [line.text for line in lines if id(line) in which]


def cells_of(lines):
    return named(lines, find_cells(lines).cells)


def column_names_of(lines):
    return named(lines, find_cells(lines).column_names)


def test_lines_on_one_baseline_with_a_wide_gap_between_them_are_cells(pdf_line):
    lines = [pdf_line("Above them", 80), pdf_line("The council", 100), pdf_line("Early help", 100, left=RIGHT)]
    assert cells_of(lines) == ["The council", "Early help"]
    assert column_names_of(lines) == []


@pytest.mark.parametrize("top", [100, 100.4, 100.5, 101.1])
@pytest.mark.parametrize(
    ("offset", "together"), [(0, True), (0.2, True), (1, True), (1.8, True), (2.2, False), (4, False), (14, False)]
)
def test_the_baselines_of_cells_may_differ_a_little(pdf_line, top, offset, together):
    lines = [pdf_line("The council", top), pdf_line("Early help", top - offset, left=RIGHT)]
    assert sorted(cells_of(lines)) == (["Early help", "The council"] if together else [])


def test_lines_that_touch_are_one_text_and_not_cells(pdf_line):
    lines = [pdf_line("The council", 100), pdf_line("and its partners", 100, left=72 + 5.5 * 11 + 4)]
    assert cells_of(lines) == []


def test_lines_that_touch_or_overlap_in_a_chain_are_not_cells(pdf_line):
    chain = [pdf_line("Area", 100), pdf_line("of the whole place", 100, left=96), pdf_line("next", 100, left=196)]
    assert cells_of(chain) == []
    covered = [pdf_line("Leaders in Westmarsh know", 100), pdf_line("a", 100, left=80), pdf_line("it", 100, left=214)]
    assert cells_of(covered) == []


def test_the_size_of_the_letters_decides_how_wide_a_gap_must_be(pdf_line):
    left = pdf_line("The council", 100)
    assert cells_of([left, pdf_line("small", 100, left=left.right + 12, size=8)]) == ["The council", "small"]
    assert cells_of([left, pdf_line("large", 100, left=left.right + 12, size=14)]) == []


def test_the_order_of_the_lines_does_not_matter(pdf_line):
    lines = [pdf_line(text, 100, left=left) for text, left in (("Third", 400), ("First", 72), ("Second", 220))]
    assert sorted(cells_of(lines)) == ["First", "Second", "Third"]


def test_bold_cells_name_columns_unless_one_is_plain_or_a_grade(pdf_line):
    def row(*cells):
        return [pdf_line(text, 100, left=72 + 200 * n, bold=bold) for n, (text, bold) in enumerate(cells)]

    assert column_names_of(row(("Body", True), ("Recommendation", True))) == ["Body", "Recommendation"]
    assert column_names_of(row(("Body", True), ("Recommendation", False))) == []
    assert column_names_of(row(("Leadership", True), ("Requires improvement to be good", True))) == []
    assert column_names_of([pdf_line("Early help", 100, bold=True)]) == []


@pytest.mark.parametrize("text", ["Good", "good", "Outstanding", "Requires improvement to be good", "INADEQUATE"])
def test_a_grade_by_itself_is_a_grade_cell(text):
    assert GRADE_CELL.match(text)


@pytest.mark.parametrize("text", ["Good practice", "Leadership: good", "Requires", "Improvement", ""])
def test_other_words_are_not_a_grade_cell(text):
    assert not GRADE_CELL.match(text)


ROWS = st.lists(
    st.tuples(
        st.sampled_from([100, 100, 100.5, 114, 130]),
        st.integers(40, 500),
        st.sampled_from(["Area", "Good", "The council"]),
        st.booleans(),
    ),
    max_size=7,
)


# This fixture is safe to share, because pdf_line keeps nothing between examples.
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_a_cell_is_never_alone_and_a_column_name_is_a_bold_cell(pdf_line, rows):
    lines = [pdf_line(text, top, left=left, bold=bold) for top, left, text, bold in rows]
    page_cells = find_cells(lines)
    assert page_cells.column_names <= page_cells.cells <= {id(line) for line in lines}
    cells = [line for line in lines if id(line) in page_cells.cells]
    for cell in cells:
        beside = [other for other in cells if other is not cell and abs(other.baseline - cell.baseline) < 2]
        gaps = [max(other.left - cell.right, cell.left - other.right) for other in beside]
        assert any(gap > CELL_GAP * 11 for gap in gaps)
    assert all(line.bold for line in lines if id(line) in page_cells.column_names)


def titled(pdf_line, *, area=("The experiences of children", "in care"), head="Judgement grade", below=190):
    """Return the lines of a table with the title of a section in plain text, and a grade in the second column."""
    return [
        pdf_line("Key judgement", 100, bold=True),
        pdf_line(head, 100, left=RIGHT, bold=True),
        *(pdf_line(text, 122 + 14 * row) for row, text in enumerate(area)),
        pdf_line("Requires improvement", 122, left=RIGHT),
        pdf_line("Children live in homes that suit them.", below),
    ]


@pytest.mark.parametrize("head", ["Judgement grade", "Judgment grade", "Inspection grade"])
def test_the_first_cell_below_key_judgement_becomes_a_title_and_the_column_names_are_removed(pdf_line, head):
    lines = titled(pdf_line, head=head)
    first, second, grade, below = mark_titles_in_cells(lines)
    assert [first.text, second.text] == ["The experiences of children", "in care"]
    assert {(line.bold, line.size) for line in (first, second)} == {(True, 12)}
    assert (first.box, first.baseline, first.left) == (lines[2].box, lines[2].baseline, lines[2].left)
    assert (grade, below) == (lines[4], lines[5])


def test_the_row_ends_at_a_large_step_or_a_bold_line(pdf_line):
    far = mark_titles_in_cells(titled(pdf_line, area=("Leadership",), below=145))
    assert [line.bold for line in far] == [True, False, False]
    bold = titled(pdf_line, area=("Leadership",))
    bold.insert(4, pdf_line("Early help", 136, bold=True))
    assert [(line.text, line.size) for line in mark_titles_in_cells(bold)][2:] == [
        ("Early help", 11),
        ("Children live in homes that suit them.", 11),
    ]


def test_each_such_table_on_a_page_starts_a_section(pdf_line):
    second = [
        pdf_line("Key judgement", 300, bold=True),
        pdf_line("Judgement grade", 300, left=RIGHT, bold=True),
        pdf_line("Leadership", 322),
        pdf_line("Good", 322, left=RIGHT),
    ]
    kept = mark_titles_in_cells([*titled(pdf_line), *second])
    assert [line.text for line in kept if line.bold] == ["The experiences of children", "in care", "Leadership"]


@pytest.mark.parametrize(
    "heads",
    [
        [("Key judgement", 100, 72)],
        [("Key judgement", 100, 72), ("Judgement grade", 120, RIGHT)],
        [("Judgement", 100, 72), ("Grade", 100, RIGHT)],
        [("Key judgement", 100, 72), ("Evidence", 100, RIGHT)],
    ],
    ids=["alone", "on two lines", "the table of grades", "another column"],
)
def test_other_column_names_change_nothing(pdf_line, heads):
    lines = [pdf_line(text, top, left=left, bold=True) for text, top, left in heads]
    lines += [pdf_line("Leadership", 140), pdf_line("Good", 140, left=RIGHT)]
    assert mark_titles_in_cells(lines) == lines


def test_column_names_at_the_foot_of_a_page_leave_no_title(pdf_line):
    assert mark_titles_in_cells(titled(pdf_line)[:2]) == []
    assert mark_titles_in_cells([]) == []


def test_the_title_below_key_judgement_is_one_heading_and_its_grade_a_cell(make_pdf):
    page = [
        *((72, 100 + 14 * row, "Children in Westmarsh are safe and well cared for.") for row in range(5)),
        (72, 200, "Key judgement", 11, True),
        (RIGHT, 200, "Judgement grade", 11, True),
        (72, 222, "The experiences of children"),
        (72, 236, "in care"),
        (RIGHT, 222, "Requires improvement"),
        *((72, 280 + 14 * row, "Children live in homes that suit them.") for row in range(2)),
    ]
    document = read_pdf(make_pdf(page))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks][1:3] == [
        (BlockKind.HEADING, "The experiences of children in care"),
        (BlockKind.TABLE, "Requires improvement"),
    ]


def test_the_cells_of_a_sample_are_blocks_of_their_own(sample_documents):
    document = sample_documents["pellbrook-send"]
    cells = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TABLE]
    assert {"Pellbrook Borough Council", "NHS Meres and Vale Integrated Care Board"} <= set(cells)
