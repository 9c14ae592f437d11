"""Tests that copies of text are not read if a PDF draws them only to make the text look bold."""

from __future__ import annotations

import pytest

from corpus.pdf import pdf_file
from corpus.readers.pdf import read_pdf

HEADING, FIRST, SECOND = "Help and protection", "Social workers visit children often, and", "managers read each plan."


def text(words, top, *, before="", left=72, font="F1", size=11, matrix="1 0 0 1"):
    return f"q {before} BT /{font} {size} Tf {matrix} {left} {842 - top} Tm ({words}) Tj ET Q"


def texts(path):
    return [line.text.strip() for line in pdf_file.read_pages(path)[0].lines]


BODY = [text(HEADING, 300), text(FIRST, 330), text(SECOND, 344)]


@pytest.mark.parametrize(("right", "down"), [(0.35, 0), (0.9, 0), (-0.3, 0), (0.4, 0.4), (0, 0.3)])
@pytest.mark.parametrize("shade", ["", "0.5 g"], ids=["bold", "shadow"])
def test_words_drawn_twice_are_read_once(raw_pdf, right, down, shade):
    copy = text(HEADING, 300 + down, left=72 + right, before=shade)
    path = raw_pdf("\n".join([copy, *BODY]))
    assert texts(path) == [HEADING, FIRST, SECOND]


def test_words_drawn_twice_in_one_colour_are_a_bold_heading(raw_pdf):
    path = raw_pdf("\n".join([text(HEADING, 300, left=72.35), *BODY]))
    assert [line.bold for line in pdf_file.read_pages(path)[0].lines] == [True, False, False]
    assert read_pdf(path).text == f"{HEADING}\n\n{FIRST} {SECOND}"


def test_letters_drawn_twice_one_by_one_are_read_once(raw_pdf):
    letters = [text(letter, 300, left=72 + 9 * n) for n, letter in enumerate("aeoaee")]
    copies = [text(letter, 300, left=72.4 + 9 * n) for n, letter in enumerate("aeoaee")]
    for order in ([*letters, *copies], [one for pair in zip(letters, copies, strict=True) for one in pair]):
        [line] = texts(raw_pdf("\n".join(order)))
        assert line.replace(" ", "") == "aeoaee"


def test_other_words_at_nearly_the_same_place_are_kept(raw_pdf):
    path = raw_pdf("\n".join([text("17", 300), text("34", 300, left=72.3)]))
    assert "".join(sorted("".join(texts(path)).replace(" ", ""))) == "1347"


def test_the_same_words_on_the_next_line_or_in_the_next_cell_are_kept(raw_pdf):
    path = raw_pdf("\n".join([text("Good", 300), text("Good", 300, left=200), text("Good", 311)]))
    assert texts(path) == ["Good"] * 3


def test_a_copy_of_each_of_many_letters_at_one_place_is_found_in_a_short_time(raw_pdf):
    """The letters of each text are looked up once, and not once for each pair."""
    words = [text(f"word {n}", 40 + 3 * (n % 250), left=20 + 110 * (n // 250)) for n in range(1000)]
    copies = [text(f"word {n}", 40 + 3 * (n % 250), left=20.3 + 110 * (n // 250)) for n in range(1000)]
    found = " ".join(texts(raw_pdf("\n".join([*words, *copies]))))
    assert sorted(found.split()) == sorted(" ".join(f"word {n}" for n in range(1000)).split())
