"""Words under a box that is drawn later are not text. Words that show beside, over or through a box are."""

from __future__ import annotations

import time
from typing import Any

import pytest

from corpus import pdf
from corpus.originals import locate
from corpus.pdf_reader import read_pdf

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
"""A page that shows only the lines around the box, because text is then recognised in its picture in less time."""


def texts(path):
    return [found.text.strip() for found in pdf.read_pages(path)[0].lines]


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
    "box over half": (f"{TEXT} {HALF}", {}),
    "box over all but the last letters": (f"{TEXT} q 0 g 68 524 115 14 re f Q", {}),
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
    assert not locate(HIDDEN, path, pdf.MEDIA_TYPE, (1,))
    assert locate(f"{BEFORE} {AFTER}", path, pdf.MEDIA_TYPE, (1,))
    assert WARNING in read_pdf(path).warnings


@pytest.mark.parametrize("way", SHOWN)
def test_words_that_show_are_kept(raw_pdf, way):
    contents, parts = SHOWN[way]
    path = raw_pdf(f"{contents}\n{page_of('')}", **parts)
    assert [text for text in texts(path) if text in (BEFORE, HIDDEN, AFTER)] == [HIDDEN, BEFORE, AFTER]
    assert locate(HIDDEN, path, pdf.MEDIA_TYPE, (1,))
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
        boxes = "\n".join(f"{n % 100 * 5} {n // 100 * 7} 5 7 re f" for n in range(number // 10))
        path = raw_pdf(f"{words}\n{boxes}\n{line(AFTER, 60)}")
        start = time.process_time()
        assert AFTER in texts(path)
        return time.process_time() - start

    seconds(1000)
    assert seconds(16_000) < 8 * seconds(4000)  # 4 if the time is linear, 16 if it is quadratic
