"""Tests that words with a line through them give a warning, and that lines under or around words do not."""

from __future__ import annotations

import pytest

from corpus import pdf
from corpus.pdf_reader import read_pdf

OLD, NEW = "The allowance is £2,000 for each care leaver.", "The allowance is £3,150 for each care leaver."


def page(drawn):
    words = "\n".join(f"BT /F1 11 Tf 72 {y} Td ({text}) Tj ET" for y, text in ((542, OLD), (528, NEW)))
    return f"{words}\n{drawn}"


STRUCK = {
    "a line": "0.7 w 72 545.5 m 290 545.5 l S",
    "a thin box": "72 545 218 0.8 re f",
    "a line through a part": "72 545.5 m 120 545.5 l S",
    "a line on a turned page": "72 545.5 m 290 545.5 l S",
}


@pytest.mark.parametrize("way", STRUCK)
def test_a_line_through_words_gives_a_warning_with_the_words(raw_pdf, way):
    path = raw_pdf(page(STRUCK[way]), page="/Rotate 90" if "turned" in way else "")
    [warning] = read_pdf(path).warnings
    assert warning.startswith(f"Page 1 has words that are struck out: “{OLD}”")
    assert OLD in read_pdf(path).text


def test_a_note_that_strikes_words_out_gives_a_warning(raw_pdf):
    note = "<< /Type /Annot /Subtype /StrikeOut /Rect [72 539 290 551] /QuadPoints [72 551 290 551 72 539 290 539] >>"
    path = raw_pdf(page(""), page="/Annots [50 0 R]", objects={50: note})
    assert [text.strip() for text in pdf.read_pages(path)[0].struck] == [OLD]


def test_a_note_that_strikes_out_two_lines_gives_a_warning_for_each(raw_pdf):
    quads = "72 551 290 551 72 539 290 539 72 537 290 537 72 525 290 525"
    note = f"<< /Type /Annot /Subtype /StrikeOut /Rect [72 525 290 551] /QuadPoints [{quads}] >>"
    path = raw_pdf(page(""), page="/Annots [50 0 R]", objects={50: note})
    assert [text.strip() for text in pdf.read_pages(path)[0].struck] == [OLD, NEW]


@pytest.mark.parametrize(
    "drawn",
    [
        "72 540.5 m 290 540.5 l S",
        "60 525 300 28 re S",
        "40 545.5 m 560 545.5 l S",
        "60 545.5 m 60 400 l S",
        "75 545.5 m 80 545.5 l S",
    ],
    ids=["under the words", "a box around them", "the rule of a table", "an upright line", "a dash"],
)
def test_other_lines_give_no_warning(raw_pdf, drawn):
    assert not read_pdf(raw_pdf(page(drawn))).warnings
