"""Tests that words under a later box are not text, and that words that show next to, over or through a box are."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.pdf import pdf_file
from corpus.pdfium.strikes import without_struck
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf

BEFORE, HIDDEN, AFTER = "Visits are made on time.", "Visits are seldom made.", "Records are clear."
BOX = "68 524 200 14 re f"
BLACK, WHITE, HALF = f"q 0 g {BOX} Q", f"q 1 g {BOX} Q", "q 0 g 68 524 60 14 re f Q"
THROUGH = "/ExtGState << /Half << /ca 0.5 >> /Multiply << /BM /Multiply >> >>"
WARNING = "Page 1 has words that a box covers. We left them out."


def line(text, top, *, before="", left=72, size=11):
    return f"q {before} BT /F1 {size} Tf 1 0 0 1 {left} {842 - top} Tm ({text}) Tj ET Q"


def page_of(hidden):
    return "\n".join([line(BEFORE, 300), hidden, line(AFTER, 328)])


def form(drawn, more=""):
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {more} /Length {len(drawn)} /Resources << "
        f"/Font << /F1 3 0 R >> /XObject << /In 52 0 R >> >> >>\nstream\n{drawn}\nendstream"
    )


def image(*rows):
    """A grey picture, in which the first letters of the alphabet are black and the last ones white."""
    data = "".join("\x00" if letter < "m" else "\xff" for row in rows for letter in row)
    return (
        f"<< /Type /XObject /Subtype /Image /Width {len(rows[0])} /Height {len(rows)} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /Length {len(data)} >>\nstream\n{data}\nendstream"
    )


FLAT, WORDS = image("aa", "aa"), image("azaz", "zaza")
OUTER = {"resources": "/XObject << /Out 51 0 R /In 52 0 R >>"}
PICTURE = {"resources": "/XObject << /Im 50 0 R >>"}
OVER_LINE = "q 200 0 0 14 68 524 cm /Im Do Q"
OVER_PAGE = "q 595 0 0 842 0 0 cm /Im Do Q"
STRIP = {**PICTURE, "page": "/CropBox [60 490 300 570]"}
"""A page that shows only the lines around the box, so that recognising text in its picture takes less time."""


def texts(path):
    """Return the lines of the first page that are not completely hidden."""
    lines = (without_struck(found.text) for found in pdf_file.read_pages(path)[0].lines)
    return [text for text in lines if text]


TEXT = line(HIDDEN, 314)
COVERED: dict[str, tuple[str, dict[str, Any]]] = {
    "black box": (f"{TEXT} {BLACK}", {}),
    "white box": (f"{TEXT} {WHITE}", {}),
    "white box over white words": (f"{line(HIDDEN, 314, before='1 g')} {WHITE}", {}),
    "dark box over white words": (f"{line(HIDDEN, 314, before='1 g')} {BLACK}", {}),
    "a box for each half": (f"{TEXT} {HALF} q 0 g 126 524 142 14 re f Q", {}),
    "box that ends before the spaces at the end": (f"{line(HIDDEN + ' ' * 20, 314)} q 68 524 120 14 re f Q", {}),
    "thick line": (f"{TEXT} q 14 w 68 531 m 268 531 l S Q", {}),
    "words drawn twice": (f"{TEXT} {TEXT} {BLACK}", {}),
    "box over words in slanted letters": (f"q BT /F1 11 Tf 1 0 0.2 1 72 528 Tm ({HIDDEN}) Tj ET Q {BLACK}", {}),
    "box in a form": (f"{TEXT} /Out Do", {**OUTER, "objects": {51: form(BLACK), 52: form("")}}),
    "box in a form in a form": (f"{TEXT} /Out Do", {**OUTER, "objects": {51: form("/In Do"), 52: form(BLACK)}}),
    "words in a form": (f"/Out Do {BLACK}", {**OUTER, "objects": {51: form(TEXT), 52: form("")}}),
    "both in a form": ("/Out Do", {**OUTER, "objects": {51: form(f"{TEXT} {BLACK}"), 52: form("")}}),
    "each in a form": ("/Out Do /In Do", {**OUTER, "objects": {51: form(TEXT), 52: form(BLACK)}}),
    "words in a form in a form": (f"/Out Do {BLACK}", {**OUTER, "objects": {51: form("/In Do"), 52: form(TEXT)}}),
    "small picture of one colour": (f"{TEXT} {OVER_LINE}", {**PICTURE, "objects": {50: FLAT}}),
    "box over a scan and its words": (
        f"{line(HIDDEN, 314, before='3 Tr')} {OVER_PAGE} {WHITE}",
        {**STRIP, "objects": {50: WORDS}},
    ),
}  # fmt: skip
SHOWN: dict[str, tuple[str, dict[str, Any]]] = {
    "box before the words": (f"q 0.8 g {BOX} Q {TEXT}", {}),
    "box in a form before the words": (
        f"/Out Do {TEXT}",
        {**OUTER, "objects": {51: form(f"q 0.8 g {BOX} Q"), 52: form("")}},
    ),
    "half-transparent box": (f"{TEXT} q /Half gs 1 1 0 rg {BOX} Q", {"resources": THROUGH}),
    "box in a half-transparent form": (
        f"{TEXT} q /Half gs /Out Do Q",
        {
            "resources": f"{OUTER['resources']} {THROUGH}",
            "objects": {51: form(f"1 1 0 rg {BOX}", "/Group << /S /Transparency >>"), 52: form("")},
        },
    ),
    "marker pen": (f"{TEXT} q /Multiply gs 1 1 0 rg {BOX} Q", {"resources": THROUGH}),
    "box that is only a frame": (f"{TEXT} q 0 G {BOX[:-1]} S Q", {}),
    "rule through the middle": (f"{TEXT} q 1 w 0 g 68 531 m 268 531 l S Q", {}),
    "box that a clip path cuts off": (f"{TEXT} q 300 524 10 10 re W n 0 g {BOX} Q", {}),
    "small picture of words": (f"{TEXT} {OVER_LINE}", {**PICTURE, "objects": {50: WORDS}}),
    "scan": (f"{TEXT} {OVER_PAGE}", {**PICTURE, "objects": {50: WORDS}}),
    "scan of one colour": (f"{TEXT} {OVER_PAGE}", {**STRIP, "objects": {50: FLAT}}),
    "scan over a box": (f"{TEXT} {WHITE} {OVER_PAGE}", {**STRIP, "objects": {50: WORDS}}),
    "scan in strips": (
        TEXT + "\n".join(f"q 595 0 0 14 0 {14 * n} cm /Im Do Q" for n in range(60)),
        {**PICTURE, "objects": {50: FLAT}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", COVERED)
def test_words_under_a_box_are_left_out(raw_pdf, way):
    contents, parts = COVERED[way]
    path = raw_pdf(f"{contents}\n{page_of('')}", **parts)
    assert texts(path) == [BEFORE, AFTER]
    assert not locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))
    assert locate(BEFORE, path, pdf_file.MEDIA_TYPE, (1,))
    assert locate(AFTER, path, pdf_file.MEDIA_TYPE, (1,))
    assert WARNING in read_pdf(path).warnings


NAMED = "The child lives with an aunt. Her name is Mabel Thorne. She visits often."
NAME = "Her name is Mabel Thorne."
LEFT, RIGHT = (
    72 + stringWidth("The child lives with an aunt. ", "Helvetica", 11),
    72 + stringWidth("The child lives with an aunt. Her name is Mabel Thorne.", "Helvetica", 11),
)
OVER_NAME = f"{LEFT:.2f} 524 {RIGHT - LEFT:.2f} 14"
SQUARE_NOTE = "<< /Type /Annot /Subtype /{} /Rect [{} 524 {} 538] /F 4 /IC [0 0 0] /C [0 0 0] /AP << /N 55 0 R >> >>"


def note(kind="Square", left=LEFT, right=RIGHT):
    return {
        "page": "/Annots [54 0 R]",
        "objects": {54: SQUARE_NOTE.format(kind, left, right), 55: form("0 g 0 0 595 842 re f"), 52: form("")},
    }


TOLD = line(NAMED, 314)
PARTS: dict[str, tuple[str, dict[str, Any]]] = {
    "black box": (f"{TOLD} q 0 g {OVER_NAME} re f Q", {}),
    "white box": (f"{TOLD} q 1 g {OVER_NAME} re f Q", {}),
    "box in the colour of the letters behind them": (f"q 0 g {OVER_NAME} re f Q {TOLD}", {}),
    "thick line": (f"{TOLD} q 12 w {LEFT} 531 m {RIGHT} 531 l S Q", {}),
    "low box": (f"{TOLD} q 0 g {LEFT} 526 {RIGHT - LEFT} 7 re f Q", {}),
    "box from the line below": (f"{TOLD} q 0 g {LEFT} 500 {RIGHT - LEFT} 37 re f Q", {}),
    "box in a form": (f"{TOLD} /In Do", {**OUTER, "objects": {51: form(""), 52: form(f"0 g {OVER_NAME} re f")}}),
    "words in a form": (f"/In Do q 0 g {OVER_NAME} re f Q", {**OUTER, "objects": {51: form(""), 52: form(TOLD)}}),
    "words and box that run up the page": (f"q 0 1 -1 0 850 300 cm {TOLD} q 0 g {OVER_NAME} re f Q Q", {}),
    "many boxes": (
        TOLD + "".join(f" {LEFT + 3 * n} 524 3.5 14 re f" for n in range(int((RIGHT - LEFT) / 3))),
        {},
    ),
    "words drawn twice": (f"{TOLD} {TOLD} q 0 g {OVER_NAME} re f Q", {}),
    "slanted letters": (f"q BT /F1 11 Tf 1 0 0.1 1 72 528 Tm ({NAMED}) Tj ET Q q 0 g {OVER_NAME} re f Q", {}),
    "note": (TOLD, note()),
    "marker pen that hides the words": (TOLD, note("Highlight")),
    "half of the first and last words": (f"{TOLD} q 0 g {LEFT + 11} 524 {RIGHT - LEFT - 30:.2f} 14 re f Q", {}),
}


@pytest.mark.parametrize("way", PARTS)
@pytest.mark.parametrize("turn", ["", "/Rotate 90"])
def test_the_words_of_a_line_that_a_box_hides_are_left_out_and_the_others_stay(raw_pdf, way, turn):
    contents, parts = PARTS[way]
    parts = {**parts, "page": f"{parts.get('page', '')} {turn}"}
    path = raw_pdf(f"{line(BEFORE, 300)}\n{contents}\n{line(AFTER, 342)}", **parts)
    document = read_pdf(path)
    assert "The child lives with an aunt. She visits often." in document.text
    assert BEFORE in document.text
    assert AFTER in document.text
    assert not {"Mabel", "Thorne", "name"} & set(re.findall(r"\w+", document.text))
    assert "Mabel" not in pdf_file.page_text(path, 1)
    assert not locate(NAME, path, pdf_file.MEDIA_TYPE, (1,))
    assert not locate("The child lives with an aunt. She visits often.", path, pdf_file.MEDIA_TYPE, (1,))
    assert locate("The child lives with an aunt.", path, pdf_file.MEDIA_TYPE, (1,))
    assert WARNING in document.warnings


def test_a_box_over_several_lines_hides_only_what_is_under_it(raw_pdf):
    texts_of_lines = [
        "We saw the child. The child is called",
        "Edwin and sees a nurse on Mondays at",
        "noon. The plan is clear.",
    ]
    lines = [line(text, 300 + 14 * number) for number, text in enumerate(texts_of_lines)]
    left = 72 + stringWidth("We saw the child. ", "Helvetica", 11)
    right = 72 + stringWidth("noon.", "Helvetica", 11)
    boxes = f"0 g {left} 538 300 14 re f 60 524 400 14 re f 60 510 {right - 60} 14 re f"
    document = read_pdf(raw_pdf("\n".join([*lines, boxes])))
    assert document.text.split() == ["We", "saw", "the", "child.", "The", "plan", "is", "clear."]


def test_the_words_of_a_scan_under_a_box_are_left_out_and_the_others_stay(raw_pdf):
    scan = image("".join("az"[n % 2] for n in range(300)), "".join("za"[n % 2] for n in range(300)))
    path = raw_pdf(
        f"{OVER_PAGE} {line(NAMED, 314, before='3 Tr')} q 0 g {OVER_NAME} re f Q",
        resources="/XObject << /Im 50 0 R >>",
        page="/CropBox [60 490 500 570]",
        objects={50: scan},
    )
    [found] = pdf_file.read_pages(path)
    assert "Mabel" not in found.text
    assert "The child lives with an aunt." in found.text
    assert found.covered


PIECES = {
    "a piece for each word": [f"{word} " for word in NAMED.split()],
    "a piece for each letter": list(NAMED),
    "pieces of sentences": ["The child lives with an aunt. ", "Her name is Mabel ", "Thorne. She visits", " often."],
}


@pytest.mark.parametrize("way", PIECES)
@pytest.mark.parametrize(
    "box", [OVER_NAME, f"{LEFT + 4:.2f} 524 {RIGHT - LEFT - 8:.2f} 14"], ids=["", "a little short"]
)
def test_no_quote_goes_over_hidden_words_that_are_pieces_of_their_own(raw_pdf, way, box):
    x, drawn = 72.0, []
    for piece in PIECES[way]:
        drawn.append(line(piece, 314, left=round(x, 2)))
        x += stringWidth(piece, "Helvetica", 11)
    path = raw_pdf("\n".join([line(BEFORE, 300), *drawn, f"q 0 g {box} re f Q", line(AFTER, 342)]))
    document = read_pdf(path)
    assert "The child lives with an aunt. She visits often." in document.text
    assert not locate("The child lives with an aunt. She visits often.", path, pdf_file.MEDIA_TYPE, (1,))
    assert locate("The child lives with an aunt.", path, pdf_file.MEDIA_TYPE, (1,))
    assert not locate(NAME, path, pdf_file.MEDIA_TYPE, (1,))


def test_no_quote_goes_over_a_line_that_a_box_hides(raw_pdf):
    lines = ["We are sure that the plan", "is no good for them, and that it", "is clear to all."]
    drawn = [line(text, 300 + 14 * number) for number, text in enumerate(lines)]
    path = raw_pdf("\n".join([*drawn, "q 0 g 68 524 300 14 re f Q"]))
    assert "no good" not in read_pdf(path).text
    assert not locate("We are sure that the plan is clear to all.", path, pdf_file.MEDIA_TYPE, (1,))


@pytest.mark.parametrize(
    "drawn",
    [
        f"q 0 g {LEFT} 519 200 8 re f Q",
        f"q 0 g {LEFT} 535 200 8 re f Q",
        f"q 1 w {LEFT} 526 m {RIGHT} 526 l S Q",
        f"q 0 G 1 w {OVER_NAME} re S Q",
    ],
    ids=["box that touches the feet", "box that touches the heads", "line under words", "frame"],
)
def test_words_next_to_a_box_that_only_touches_them_are_kept(raw_pdf, drawn):
    document = read_pdf(raw_pdf(f"{line(BEFORE, 300)} {TOLD} {drawn} {line(AFTER, 342)}"))
    assert NAMED in document.text
    assert document.warnings == ()


@pytest.mark.parametrize("kind", ["Highlight", "Square"])
def test_a_note_that_one_sees_through_hides_nothing(raw_pdf, kind):
    look = form("/Multiply gs 1 1 0 rg 0 0 595 842 re f", "/Group << /S /Transparency >>")
    look = look.replace("/Resources <<", "/Resources << /ExtGState << /Multiply << /BM /Multiply >> >>")
    parts = note(kind)
    path = raw_pdf(f"{line(BEFORE, 300)} {TOLD}", page=parts["page"], objects={**parts["objects"], 55: look})
    document = read_pdf(path)
    assert NAMED in document.text
    assert document.warnings == ()


@pytest.mark.parametrize("way", SHOWN)
def test_words_that_show_are_kept(raw_pdf, way):
    contents, parts = SHOWN[way]
    path = raw_pdf(f"{contents}\n{page_of('')}", **parts)
    assert [text for text in texts(path) if text in (BEFORE, HIDDEN, AFTER)] == [HIDDEN, BEFORE, AFTER]
    assert locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))
    assert WARNING not in read_pdf(path).warnings


def test_spaces_under_a_box_give_no_warning(raw_pdf):
    path = raw_pdf(page_of(f"{line('   ', 314)} {BLACK}"))
    assert texts(path) == [BEFORE, AFTER]
    assert WARNING not in read_pdf(path).warnings


@pytest.mark.parametrize("box", [BLACK, f"/Out Do {BLACK}"], ids=["few boxes", "many boxes"])
def test_a_line_under_a_box_does_not_take_its_neighbours_away(raw_pdf, box):
    small = "\n".join(f"{300 + 10 * n} 100 8 8 re f" for n in range(20))
    lines = [line(text, top) for text, top in ((BEFORE, 301), (HIDDEN, 314), (AFTER, 327))]
    path = raw_pdf("\n".join([*lines, box]), **OUTER, objects={51: form(small), 52: form("")})
    assert texts(path) == [BEFORE, AFTER]


def test_words_over_a_box_replace_those_under_it(raw_pdf):
    new = "Visits are often made."
    assert texts(raw_pdf(page_of(f"{TEXT} {WHITE} {line(new, 314)}"))) == [BEFORE, new, AFTER]


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("scan", ["", f"{OVER_PAGE} "])
def test_words_under_a_box_are_left_out_however_the_page_is_turned(raw_pdf, turn, scan):
    path = raw_pdf(
        scan + page_of(f"{TEXT} {BLACK}"),
        page=f"/Rotate {turn} /CropBox [20 30 500 800]",
        **PICTURE,
        objects={50: WORDS},
    )
    assert HIDDEN not in texts(path)
    assert {BEFORE, AFTER} <= set(texts(path))


def test_a_warning_names_the_pages_that_have_covered_words(raw_pdf):
    path = raw_pdf(page_of(f"{TEXT} {WHITE}"), page_of(TEXT), page_of(f"{TEXT} {BLACK}"))
    assert "Pages 1, 3 have words that a box covers. We left them out." in read_pdf(path).warnings


@pytest.mark.thorough
def test_the_time_to_find_covered_words_grows_with_the_page_and_not_with_its_square(raw_pdf):
    def seconds(number):
        words = "\n".join(line(f"w{n}", 100 + n % 700, left=20 + 7 * (n // 700 % 80), size=6) for n in range(number))
        boxes = "\n".join(f"{n % 100 * 5} {300 + n // 100 * 7} 5 7 re f" for n in range(number // 10))  # on words
        path = raw_pdf(f"{words}\n{boxes}\n{line(AFTER, 60)}")
        times = []
        for _ in range(2):  # other work on the machine can only make one of them longer
            start = time.process_time()
            assert AFTER in texts(path)
            times.append(time.process_time() - start)
        return min(times)

    seconds(1000)
    assert seconds(16_000) < 8 * seconds(4000)  # 4 if the time is linear, 16 if it is quadratic
