"""Copies of text that a PDF draws to make it look bold, and watermarks, are not read."""

from __future__ import annotations

import pytest

from corpus import pdf
from corpus.originals import locate
from corpus.pdf_reader import read_pdf

HEADING, FIRST, SECOND = "Help and protection", "Social workers visit children often, and", "managers read each plan."


def text(words, top, *, before="", left=72, font="F1", size=11, matrix="1 0 0 1"):
    return f"q {before} BT /{font} {size} Tf {matrix} {left} {842 - top} Tm ({words}) Tj ET Q"


def texts(path):
    return [line.text.strip() for line in pdf.read_pages(path)[0].lines]


BODY = [text(HEADING, 300), text(FIRST, 330), text(SECOND, 344)]


@pytest.mark.parametrize(("right", "down"), [(0.35, 0), (0.9, 0), (-0.3, 0), (0.4, 0.4), (0, 0.3)])
@pytest.mark.parametrize("shade", ["", "0.5 g"], ids=["bold", "shadow"])
def test_words_drawn_twice_are_read_once(raw_pdf, right, down, shade):
    copy = text(HEADING, 300 + down, left=72 + right, before=shade)
    path = raw_pdf("\n".join([copy, *BODY]))
    assert texts(path) == [HEADING, FIRST, SECOND]


def test_words_drawn_twice_in_one_colour_are_a_bold_heading(raw_pdf):
    path = raw_pdf("\n".join([text(HEADING, 300, left=72.35), *BODY]))
    assert [line.bold for line in pdf.read_pages(path)[0].lines] == [True, False, False]
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


SLANTED = "0.7071 0.7071 -0.7071 0.7071"
WATERMARKS = {
    "slanted and pale": text("DRAFT", 560, before="0.85 g", left=120, size=60, matrix=SLANTED),
    "slanted and dark": text("DRAFT", 560, before="0.2 g", left=120, size=60, matrix=SLANTED),
    "slanted, pale and small": text("DRAFT", 335, before="0.8 g", left=120, size=10, matrix=SLANTED),
    "level and pale": text("DRAFT", 350, before="0.85 g", left=60, size=90),
}


@pytest.mark.parametrize("watermark", WATERMARKS.values(), ids=WATERMARKS)
@pytest.mark.parametrize("place", [0, 2, 3], ids=["before", "between", "after"])
def test_a_watermark_is_left_out_and_cuts_no_paragraph(raw_pdf, watermark, place):
    path = raw_pdf("\n".join([*BODY[:place], watermark, *BODY[place:]]))
    document = read_pdf(path)
    assert document.text.split("\n\n")[-1] == f"{FIRST} {SECOND}"
    assert "DRAFT" not in document.text
    assert locate(f"{FIRST} {SECOND}", path, pdf.MEDIA_TYPE, (1,))


@pytest.mark.parametrize(
    "kept",
    [
        text("Annual report", 200, before="0.6 g", font="F2", size=30),
        text("Outstanding", 200, before="1 0 0 rg", size=40),
        text("2024", 420, left=300, matrix="0.7071 0.7071 -0.7071 0.7071"),
        text("Table 1", 420, left=300, matrix="0 1 -1 0"),
        f"/Artifact << /Type /Pagination /Subtype /Footer >> BDC {text('Page 1', 800)} EMC",
    ],
    ids=["a pale title", "a large red word", "a slanted name of a column", "an upright label", "a footer"],
)
def test_large_slanted_or_marked_text_that_is_no_watermark_is_kept(raw_pdf, kept):
    path = raw_pdf("\n".join([*BODY, kept]))
    assert len(texts(path)) == 4
