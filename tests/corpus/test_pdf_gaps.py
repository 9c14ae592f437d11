"""Tests that words are apart where a page prints a gap and no space, and whole where a space takes no room."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus import pdf
from corpus.originals import locate

SIZE = 11


def pieces(*drawn, top=100, left=72.0):
    """Yield the drawing of each piece of text, after a gap that is given as a share of the size of the letters."""
    for gap, words in drawn:
        left += gap * SIZE
        yield f"BT /F1 {SIZE} Tf {left:.3f} {842 - top} Td ({words}) Tj ET"
        left += stringWidth(words, "Helvetica", SIZE)


def lines_of(path):
    return [line.text.strip() for line in pdf.read_pages(path)[0].lines]


@pytest.mark.parametrize("gap", [0.19, 0.22, 0.25, 0.28])
def test_a_gap_is_a_space(raw_pdf, gap):
    path = raw_pdf("\n".join(pieces((0, "the helper scripts,"), (gap, "for all of them;"), (gap, "the rest"))))
    assert lines_of(path) == ["the helper scripts, for all of them; the rest"]
    assert locate("scripts, for all of them; the", path, pdf.MEDIA_TYPE, (1,))


def test_letters_of_one_word_stay_together(raw_pdf):
    drawn = pieces((0, "they live,"), (0.25, "k"), (0.02, "now"), (-0.03, "n b"), (0.04, "y name"))
    assert lines_of(raw_pdf("\n".join(drawn))) == ["they live, known by name"]


def test_a_space_that_takes_no_room_is_left_out(raw_pdf):
    space = stringWidth(" ", "Helvetica", SIZE) / SIZE
    path = raw_pdf("\n".join(pieces((0, "the homes,"), (0.25, "they hav "), (-space - 0.02, "e in town"))))
    assert lines_of(path) == ["the homes, they have in town"]
    assert locate("they have in town", path, pdf.MEDIA_TYPE, (1,))


def test_no_space_comes_before_punctuation(raw_pdf):
    drawn = pieces((0, "what they see,"), (0.25, "and hear"), (0.18, "; and say"))
    assert lines_of(raw_pdf("\n".join(drawn))) == ["what they see, and hear; and say"]


def test_places_of_later_lines_do_not_move(raw_pdf):
    first = pieces((0, "live,"), (0.25, "their"), (0.25, "home"))
    path = raw_pdf("\n".join([*first, *pieces((0, "Visits were made"), top=130)]))
    text, places = pdf.page_text(path, 1), pdf.page_lines(path, 1)
    assert [text[place.start : place.end].strip() for place in places][-1] == "Visits were made"
    assert lines_of(path) == ["live, their home", "Visits were made"]
