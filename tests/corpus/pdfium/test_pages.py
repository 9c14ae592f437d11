"""Tests that pages with sideways text are read in order, and that replacement words ("ActualText") are read once."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps

from corpus.pdf import pdf_file
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf

PARAGRAPHS = [
    ["Social workers visit children often, and their", "managers read each plan every month."],
    ["Leaders have made the front door stronger since", "the last inspection of the service."],
]
LINES = [line for paragraph in PARAGRAPHS for line in paragraph]
TURNS = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}
TOPS = [300, 314, 340, 354]


def level():
    return "\n".join(
        f"BT /F1 11 Tf 1 0 0 1 90 {842 - top} Tm ({line}) Tj ET" for top, line in zip(TOPS, LINES, strict=True)
    )


def sideways(turn, rotation):
    """Return the operators and the page's dictionary that turn a page's text and then the page itself."""
    moved = level() if turn in (0, 180) else level().replace("1 0 0 1 90 ", "1 0 0 1 190 ")
    return f"q {TURNS[turn]} cm {moved} Q", f"/Rotate {rotation}"


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("rotation", TURNS)
def test_a_page_is_read_in_order_however_its_text_is_turned(raw_pdf, turn, rotation):
    contents, page = sideways(turn, rotation)
    path = raw_pdf(contents, page=page)
    assert read_pdf(path).text.split("\n\n") == [" ".join(paragraph) for paragraph in PARAGRAPHS]
    assert all(locate(" ".join(paragraph), path, pdf_file.MEDIA_TYPE, (1,)) for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("rotation", TURNS)
def test_the_box_of_a_quote_is_on_its_letters_however_its_text_is_turned(raw_pdf, turn, rotation):
    contents, page = sideways(turn, rotation)
    path = raw_pdf(contents, page=page)
    boxes = [box for line in LINES for place in locate(line, path, pdf_file.MEDIA_TYPE, (1,)) for box in place.boxes]
    image = Image.open(io.BytesIO(pdf_file.render_png(path, 1, 1200))).convert("L")
    left, top, right, bottom = ImageOps.invert(image).getbbox()
    ink = left / image.width, top / image.height, right / image.width, bottom / image.height
    around = min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    assert around == pytest.approx(ink, abs=0.004)


def test_an_upright_label_does_not_turn_a_page(raw_pdf):
    label = "BT /F1 9 Tf 0 1 -1 0 40 300 Tm (Published in March) Tj ET"
    path = raw_pdf("\n".join([label, level()]))
    assert [line.text.strip() for line in pdf_file.read_pages(path)[0].lines][-4:] == LINES


SHORT = "/Span << /ActualText (early years team) >> BDC"
WAYS = {
    "flat": f"{SHORT} (E) Tj (Y) Tj (T) Tj EMC",
    "nested": f"{SHORT} (E) Tj /Span << /Lang (en-GB) >> BDC (Y) Tj EMC (T) Tj EMC",
    "nested twice": f"{SHORT} (E) Tj /Span << /Lang (en) >> BDC /P << /A 1 >> BDC (Y) Tj EMC EMC (T) Tj EMC",
    "in a paragraph": f"/P << /MCID 0 >> BDC {SHORT} (E) Tj /Em << /A 1 >> BDC (Y) Tj EMC (T) Tj EMC EMC",
    "with words of its own inside": f"{SHORT} (E) Tj /Span << /ActualText (years) >> BDC (Y) Tj EMC (T) Tj EMC",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_other_words_for_letters_are_read_once_and_have_the_place_of_all_the_letters(raw_pdf, way):
    path = raw_pdf(f"BT /F1 11 Tf 72 542 Td (The work of the ) Tj {way} ( is planned with schools.) Tj ET")
    [line] = pdf_file.read_pages(path)[0].lines
    assert line.text == "The work of the early years team is planned with schools."
    [place] = locate("early years team", path, pdf_file.MEDIA_TYPE, (1,))
    [after] = locate("is planned", path, pdf_file.MEDIA_TYPE, (1,))
    assert place.boxes[0].x1 * 595 == pytest.approx(after.boxes[0].x0 * 595 - 3, abs=2)
