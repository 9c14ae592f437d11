"""Tests that watermarks are not read, and that other large, pale or slanted words are read."""

from __future__ import annotations

import pytest

from corpus.pdf import pdf_file
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf

HEADING = "Help and protection"
LINES = [
    "Social workers visit children often, and",
    "managers read each plan.",
    "Leaders know what to do",
    "next year.",
]
SLANTED = "0.7071 0.7071 -0.7071 0.7071"
PALE = "0.85 g"


def text(words, top, *, before="", left=72, font="F1", size=11, matrix="1 0 0 1"):
    return f"q {before} BT /{font} {size} Tf {matrix} {left} {842 - top} Tm ({words}) Tj ET Q"


def texts(path, number=1):
    return [line.text.strip() for line in pdf_file.read_pages(path)[number - 1].lines]


BODY = [text(HEADING, 270, size=16), *(text(words, 300 + 14 * row) for row, words in enumerate(LINES))]
ACROSS = {
    "slanted and pale": text("DRAFT", 380, before=PALE, left=90, size=60, matrix=SLANTED),
    "slanted and dark": text("DRAFT", 380, before="0.2 g", left=90, size=60, matrix=SLANTED),
    "slanted downwards": text("DRAFT", 260, before=PALE, left=80, size=60, matrix="0.7071 -0.7071 0.7071 0.7071"),
    "level and pale": text("DRAFT", 350, before=PALE, left=60, size=90),
}


@pytest.mark.parametrize("watermark", ACROSS.values(), ids=ACROSS)
@pytest.mark.parametrize("place", [0, 2, 5], ids=["before", "between", "after"])
@pytest.mark.parametrize("turn", ["", "0 1 -1 0 595 0 cm "], ids=["", "sideways"])
def test_words_across_other_text_are_left_out_and_cut_no_paragraph(raw_pdf, watermark, place, turn):
    path = raw_pdf(f"q {turn}" + "\n".join([*BODY[:place], watermark, *BODY[place:]]) + " Q")
    document = read_pdf(path)
    assert document.text.split("\n\n")[-1] == " ".join(LINES)
    assert "DRAFT" not in document.text
    assert locate(" ".join(LINES), path, pdf_file.MEDIA_TYPE, (1,))


def test_slanted_words_are_left_out_if_most_pages_have_them_at_the_same_place(raw_pdf):
    mark = text("Not for publication", 700, before="0.8 g", left=300, size=10, matrix=SLANTED)
    pages = ["\n".join([*BODY, mark] if number != 2 else BODY) for number in range(5)]
    path = raw_pdf(*pages)
    assert [texts(path, number) for number in range(1, 6)] == [[HEADING, *LINES]] * 5
    assert "publication" not in pdf_file.page_text(path, 4)


def test_large_pale_words_on_both_pages_of_a_short_report_are_left_out(raw_pdf):
    mark = text("EMBARGOED", 600, before=PALE, left=150, size=40, matrix=SLANTED)
    path = raw_pdf(*["\n".join([*BODY, mark])] * 2)
    assert [texts(path, number) for number in (1, 2)] == [[HEADING, *LINES]] * 2


@pytest.mark.parametrize("pages", [2, 3, 5])
def test_slanted_words_at_other_places_or_on_few_pages_are_kept(raw_pdf, pages):
    marks = [text("Not for publication", 700 - 40 * n, left=300, size=10, matrix=SLANTED) for n in range(pages)]
    path = raw_pdf(*("\n".join([*BODY, mark]) for mark in marks))
    assert all("publication" in pdf_file.page_text(path, number) for number in range(1, pages + 1))
    same = raw_pdf(*("\n".join([*BODY, marks[0]] if n < 2 else BODY) for n in range(pages)))
    assert "publication" in pdf_file.page_text(same, 1)


KEPT = {
    "a pale title": text("Annual report", 200, before="0.6 g", font="F2", size=30),
    "a pale title close to other lines": text("Annual report", 258, before="0.8 g", font="F2", size=30),
    "a large red word": text("Outstanding", 320, before="1 0 0 rg", size=40, left=60),
    "a large pale figure next to text": text("97%", 340, before=PALE, left=300, size=60),
    "a large pale figure behind one line": text("8", 303, before=PALE, left=200, size=26),
    "a pale pull quote": text("I felt safe", 420, before="0.7 g", size=28),
    "a slanted name of a column": text("2024", 420, left=300, matrix=SLANTED),
    "a small pale slanted label": text("March", 345, before="0.8 g", left=100, size=9, matrix=SLANTED),
    "the pale words of a stamp": text("Received 3 May", 380, before="0.8 0.8 1 rg", left=90, size=16, matrix=SLANTED),
    "large slanted words on their own": text("Ideas", 700, left=200, size=50, matrix=SLANTED),
    "an upright label": text("Table 1", 420, left=300, matrix="0 1 -1 0"),
    "a footer": f"/Artifact << /Type /Pagination /Subtype /Footer >> BDC {text('Page 1', 800)} EMC",
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_large_slanted_or_pale_words_that_are_no_watermark_are_kept(raw_pdf, kept):
    found = " ".join(texts(raw_pdf("\n".join([*BODY, kept]))))
    words = kept[kept.index("Tm (") + 4 : kept.rindex(") Tj")]
    assert words.replace(" ", "") in found.replace(" ", "")


def test_the_pale_title_of_a_title_page_is_kept(raw_pdf):
    path = raw_pdf("\n".join([text("Inspection of Foxmere", 300, before="0.8 g", size=40), text("May 2024", 360)]))
    assert texts(path) == ["Inspection of Foxmere", "May 2024"]


def test_a_page_with_many_large_slanted_words_is_a_chart(raw_pdf):
    labels = [text("Area", 160 + 60 * (n // 6), left=40 + 85 * (n % 6), size=30, matrix=SLANTED) for n in range(60)]
    assert " ".join(texts(raw_pdf("\n".join([*BODY, *labels])))).count("Area") > 40
