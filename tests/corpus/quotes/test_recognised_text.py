from __future__ import annotations

import pytest

from corpus.quotes.recognised_text import find_recognised, lines_of
from corpus.types import Box, RecognisedPage, RecognisedWord


def word(text, x, y, *, sure=97, ends=False):
    return RecognisedWord(text, sure, Box(3, x, y, x + 0.08, y + 0.01), ends)


PAGE = RecognisedPage(
    3,
    (
        word("Leaders", 0.1, 0.1), word("did", 0.2, 0.1, sure=91), word("not", 0.3, 0.1), word("over-", 0.4, 0.1, ends=True),
        word("look", 0.1, 0.12), word("14", 0.2, 0.12, sure=88), word("cases.", 0.3, 0.12, ends=True),
    ),
)  # fmt: skip


def test_a_quote_is_found_with_a_box_for_each_line():
    found = find_recognised("Leaders did not", PAGE)
    assert found is not None
    assert PAGE.text[found.start : found.end] == "Leaders did not"
    assert [(box.y0, round(box.x1, 3)) for box in found.boxes] == [(0.1, 0.38)]
    found = find_recognised("not over- look 14 cases.", PAGE)
    assert found is not None
    assert [(box.y0, round(box.x1, 3)) for box in found.boxes] == [(0.1, 0.48), (0.12, 0.38)]


def test_words_that_the_program_was_not_sure_of_are_marked_in_the_quote():
    quote = "did not overlook 14 cases."
    found = find_recognised(quote, PAGE)
    assert found is not None
    assert [quote[slice(*span)] for span in found.unsure] == ["did", "14"]


@pytest.mark.parametrize("quote", ["Leaders did overlook", "eaders did", "Leaders did not overlook 15", ""])
def test_words_that_were_not_read_are_not_found(quote):
    assert find_recognised(quote, PAGE) is None


def test_a_tilted_line_has_several_low_boxes():
    words = tuple(word("Word", 0.1 * step, 0.1 + 0.004 * step, ends=step == 8) for step in range(1, 9))
    found = find_recognised(" ".join(["Word"] * 8), RecognisedPage(3, words))
    assert found is not None
    assert len(found.boxes) > 2
    assert all(box.y1 - box.y0 < 0.016 for box in found.boxes)


def test_lines_are_groups_of_words():
    assert [[one.word.text for one in line] for line in lines_of(PAGE)] == [
        ["Leaders", "did", "not", "over-"],
        ["look", "14", "cases."],
    ]
