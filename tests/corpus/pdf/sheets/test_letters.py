"""Tests that letters that are drawn one by one are read as lines of words."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.pdf import pdf_file
from corpus.quotes.originals import locate

FIRST, SECOND = "for adulthood", "Visits were made to the homes of all children there"


def letters(words, top, left=72.0):
    for letter in words:
        yield f"BT /F1 11 Tf {left:.3f} {842 - top} Td ({letter}) Tj ET"
        left += stringWidth(letter, "Helvetica", 11)


@pytest.mark.parametrize("step", [14, 20, 100])
def test_two_lines_of_letters_are_two_lines_of_words(raw_pdf, step):
    path = raw_pdf("\n".join([*letters(FIRST, 100), *letters(SECOND, 100 + step)]))
    lines = pdf_file.read_pages(path)[0].lines
    assert [line.text.strip() for line in lines] == [FIRST, SECOND]
    assert lines[1].right - lines[1].left == pytest.approx(stringWidth(SECOND, "Helvetica", 11), abs=3)
    assert locate(SECOND, path, pdf_file.MEDIA_TYPE, (1,))


def test_a_line_that_ends_in_a_full_stop_is_not_joined_to_the_next(raw_pdf):
    drawn = ["q .06 0 0 -.06 10 832 cm"]
    for words, top in ((f"{FIRST}.", 1200), (SECOND, 1500)):
        left = 900.0
        for letter in words:
            drawn.append(f"BT /F1 180 Tf 1 0 0 -1 {left:.2f} {top} Tm ({letter}) Tj ET")
            left += stringWidth(letter, "Helvetica", 180)
    lines = pdf_file.read_pages(raw_pdf("\n".join([*drawn, "Q"])))[0].lines
    assert [line.text.strip() for line in lines] == [f"{FIRST}.", SECOND]


def test_a_list_of_single_letters_stays_a_list(raw_pdf):
    drawn = [f"BT /F1 11 Tf 72 {742 - 20 * n} Td ({letter}) Tj ET" for n, letter in enumerate("ABCDEFGHIJKL")]
    assert [line.text.strip() for line in pdf_file.read_pages(raw_pdf("\n".join(drawn)))[0].lines] == list(
        "ABCDEFGHIJKL"
    )
