from __future__ import annotations

import numpy as np
import pytest

from corpus.scans.recognition import SeenWord
from corpus.scans.scanned_lines import even_sizes, read_words
from corpus.scans.tilt import Straight

DPI, SHAPE = 72, (842, 595)
"""At 72 points per inch, points of the picture are points of the page."""


def seen(text, left, baseline, line, *, confidence=96, size=11.0, width=None):
    """Return a word in letters of a size, as Tesseract sees it: without tails, so that its box ends on the baseline."""
    return SeenWord(text, confidence, left, baseline - 0.73 * size, left + (width or 6.0 * len(text)), baseline, line)


def row(text, left, baseline, line, **more):
    """Return the words of a line, 4 points apart."""
    words, at = [], left
    for word in text.split():
        words.append(seen(word, at, baseline, line, **more))
        at = words[-1].right + 4
    return words


def lines_of(words, ink=None):
    picture = np.full(SHAPE, 255, dtype=np.uint8)
    ink = np.zeros(SHAPE, dtype=bool) if ink is None else ink
    return read_words(words, ink, DPI, 1, Straight(picture, 0.0, SHAPE[1], SHAPE[0]))


def texts(words):
    return [line.text for line in lines_of(words).lines]


def test_a_grade_that_tesseract_puts_after_its_row_becomes_a_cell_of_the_row():
    words = [
        *row("The Impact Of Leaders", 60, 100, (1, 1, 1)), *row("Good", 380, 101, (1, 1, 1)),
        *row("On Children", 60, 115, (1, 1, 2)), *row("Care Leavers", 60, 140, (1, 1, 3)),
        *row("Inadequate", 380, 140, (2, 1, 1)),
    ]  # fmt: skip
    assert texts(words) == ["The Impact Of Leaders", "Good", "On Children", "Care Leavers", "Inadequate"]


def test_the_number_of_a_paragraph_joins_its_first_line_even_if_it_is_in_another_block():
    words = [
        *row("1.", 60, 100, (2, 1, 1)),
        *row("Children Are Seen", 90, 100, (1, 1, 1)),
        *row("Often", 90, 115, (1, 1, 2)),
    ]
    assert texts(words) == ["1. Children Are Seen", "Often"]


def test_columns_of_running_text_are_read_one_after_the_other():
    words = []
    for number in range(6):
        words += row(f"Left Side Line L{number}", 50, 100 + 15 * number, (1, 1, number))
        words += row(f"Right Side Line R{number}", 320, 100 + 15 * number, (2, 1, number))
    words += row("Tail", 320, 190, (2, 1, 7)) + row(
        "Under Both Columns There Is One More Line Of Text Here", 50, 220, (3, 1, 1)
    )
    read = texts(words)
    assert read[:6] == [f"Left Side Line L{number}" for number in range(6)]
    assert read[6:12] == [f"Right Side Line R{number}" for number in range(6)]
    assert read[12:] == ["Tail", "Under Both Columns There Is One More Line Of Text Here"]


def test_the_lines_that_rule_a_table_are_no_words_but_dashes_are():
    words = row("Good | – Better", 60, 100, (1, 1, 1))
    words[1] = seen("|", words[1].left, 104, (1, 1, 1), size=24, width=2)
    assert texts(words) == ["Good", "– Better"]


def test_a_line_that_is_hardly_certain_is_left_out():
    words = [*row("Sil Ae Wm", 60, 60, (1, 1, 1), confidence=22), *row("Children", 60, 100, (2, 1, 1), confidence=60)]
    assert texts(words) == ["Children"]


def test_a_round_mark_is_a_bullet_whatever_tesseract_takes_it_for():
    ink = np.zeros(SHAPE, dtype=bool)
    ink[93:97, 60:64] = True
    mark = SeenWord("e", 60, 60, 93, 64, 97, (1, 1, 1))
    assert [line.text for line in lines_of([mark, *row("Plans", 80, 100, (1, 1, 1))], ink).lines] == ["• Plans"]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_on_its_side_or_upside_down_is_read_in_order(turns):
    upright = [*row("First Line Here", 60, 100, (1, 1, 1)), *row("Second Line Here", 60, 130, (1, 1, 2))]
    height, width = SHAPE
    words = upright
    for _ in range(turns):  # a quarter turn clockwise
        words = [
            SeenWord(w.text, w.confidence, height - w.bottom, w.left, height - w.top, w.right, w.line) for w in words
        ]
        height, width = width, height
    picture = np.full((height, width), 255, dtype=np.uint8)
    page = read_words(words, np.zeros((height, width), dtype=bool), DPI, 1, Straight(picture, 0.0, width, height))
    assert [line.text for line in page.lines] == ["First Line Here", "Second Line Here"]
    assert page.lines[0].baseline < page.lines[1].baseline
    assert page.page.words[0].box.x0 == pytest.approx(words[0].left / width, abs=1e-4)  # as it is on the page


def test_sizes_that_were_measured_a_little_differently_become_equal():
    words = [*row("Title", 60, 60, (1, 1, 1), size=16.3)]
    for number, size in enumerate((11.0, 11.4, 10.7, 11.1)):
        words += row("Some Text Of A Line", 60, 100 + 15 * number, (2, 1, number), size=size)
    sizes = [line.size for line in even_sizes(lines_of(words).lines)]
    assert len(set(sizes[1:])) == 1
    assert sizes[0] > 1.3 * sizes[1]


def test_the_words_of_a_page_are_in_the_order_of_its_lines():
    words = [*row("B", 60, 130, (1, 1, 1)), *row("A", 60, 100, (2, 1, 1))]
    assert lines_of(words).page.text == "A\nB\n"


def test_a_page_without_words_has_no_lines():
    assert lines_of([]).lines == ()
    assert even_sizes([]) == []
