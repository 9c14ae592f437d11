from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.pdf.footnote_marks import join_footnote_marks
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind, Box

LETTER = 5.5
"""The width that ``pdf_line`` gives each letter at 11 points."""
WORDS = "what children say"
END = 72 + LETTER * len(WORDS)


@pytest.fixture
def mark(pdf_line):
    """A function that makes a raised number in 6-point type, two points to the right of WORDS on a line at top 100."""

    def make(number="3", *, left=END + 2, top=96, size=6):
        return pdf_line(number, top, left=left, size=size)

    return make


def texts(lines):
    return [line.text for line in lines]


def test_a_mark_after_a_line_joins_its_last_word(pdf_line, mark):
    line, note = pdf_line(WORDS, 100), mark()
    [joined] = join_footnote_marks([line, note])
    assert joined.text == f"{WORDS}³"
    assert joined.box == Box.around([line.box, note.box])
    assert (joined.left, joined.right) == (line.left, note.right)
    assert (joined.size, joined.baseline, joined.bold) == (line.size, line.baseline, line.bold)


def test_spaces_at_the_end_of_a_line_do_not_keep_a_mark_from_joining_it(pdf_line, mark):
    assert texts(join_footnote_marks([pdf_line(f"{WORDS} ", 100), mark(" 12 ", left=END + 6)])) == [f"{WORDS}¹² "]


def test_the_line_after_a_mark_stays_a_line_of_its_own(pdf_line, mark):
    after = pdf_line("and what they want", 100, left=END + 8)
    first, second = join_footnote_marks([pdf_line(WORDS, 100), mark(), after])
    assert first.text == f"{WORDS}³"
    assert second == after


def test_a_mark_that_starts_a_note_comes_before_it_with_a_space(pdf_line, mark):
    note = pdf_line("See the act.", 100, left=78, size=8)
    [joined] = join_footnote_marks([mark(left=72, top=97, size=5), note])
    assert (joined.text, joined.left, joined.right) == ("3 See the act.", 72, note.right)
    assert (joined.size, joined.baseline) == (note.size, note.baseline)


def test_a_line_may_have_a_mark_on_each_side(pdf_line, mark):
    opening, closing = mark("1", left=66), mark("2")
    assert texts(join_footnote_marks([opening, pdf_line(WORDS, 100), closing])) == [f"1 {WORDS}²"]


def test_a_mark_between_two_lines_joins_the_one_next_to_it(pdf_line, mark):
    first, second = pdf_line(WORDS, 100), pdf_line("See the act.", 200)
    assert texts(join_footnote_marks([first, mark("4", left=66, top=197), second])) == [WORDS, "4 See the act."]


@pytest.mark.parametrize(
    "style",
    [
        {"number": "113"},
        {"number": "3a"},
        {"number": "see"},
        {"size": 11},
        {"size": 9},
        {"top": 90},
        {"top": 102},
        {"top": 140},
        {"left": END + 12},
        {"left": 72},
    ],
    ids=str,
)
def test_text_that_is_long_or_not_a_number_or_full_size_or_far_away_is_not_a_mark(pdf_line, mark, style):
    lines = [pdf_line(WORDS, 100), mark(**style)]
    assert join_footnote_marks(lines) == lines


def test_a_lone_number_has_no_line_to_join(mark):
    assert join_footnote_marks([mark()]) == [mark()]
    assert join_footnote_marks([]) == []


LINES = st.lists(
    st.tuples(
        st.sampled_from(["Children", "are safe", "3", "12", "7 ", "2024", "•"]),
        st.integers(90, 110),
        st.integers(60, 200),
        st.sampled_from([6, 8, 11]),
    ),
    max_size=7,
)


# This fixture is safe to share, because pdf_line keeps nothing between examples.
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_no_letter_is_lost_or_moved_and_every_box_is_covered(pdf_line, rows):
    lines = [pdf_line(text, top, left=left, size=size) for text, top, left, size in rows]
    joined = join_footnote_marks(lines)
    assert "".join(normalize("NFKC", "".join(texts(joined))).split()) == "".join("".join(texts(lines)).split())
    assert len(joined) <= len(lines)
    if lines:
        assert Box.around([line.box for line in joined]) == Box.around([line.box for line in lines])


def test_the_marks_of_a_page_come_after_their_words_and_before_their_notes(make_pdf):
    page = [
        *((72, 100 + 14 * row, "Children in Westmarsh are safe and well cared for.") for row in range(4)),
        (72, 180, "Leaders know what children say"),
        (228, 176, "1", 6),
        (72, 700, "1", 5),
        (78, 703, "Children were asked in May.", 8),
    ]
    document = read_pdf(make_pdf(page))
    blocks = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert blocks[1:] == [
        (BlockKind.PARAGRAPH, "Leaders know what children say¹"),
        (BlockKind.FOOTNOTE, "1 Children were asked in May."),
    ]


@pytest.mark.parametrize("stop", [",", ";", ".", ")"])
def test_punctuation_after_a_mark_joins_it(pdf_line, mark, stop):
    after = pdf_line(f"{stop} and what they want", 100, left=END + 7)
    assert texts(join_footnote_marks([pdf_line(WORDS, 100), mark(), after])) == [f"{WORDS}³{stop} and what they want"]


@pytest.mark.parametrize("dots", [". . . . .", "."])
def test_dots_that_lead_to_the_next_cell_stay_apart(pdf_line, dots):
    lines = [pdf_line(WORDS, 100), pdf_line(dots, 100, left=END + 1)]
    assert join_footnote_marks(lines) == lines


def test_punctuation_on_the_next_line_stays_there(pdf_line):
    lines = [pdf_line(WORDS, 100), pdf_line(", and what they want", 114, left=END + 1)]
    assert join_footnote_marks(lines) == lines
