"""Text that no viewer shows is not text: it is neither read nor found word for word on its page."""

from __future__ import annotations

import pytest

from corpus import pdf
from corpus.originals import locate

BEFORE, HIDDEN, AFTER = "Visits are made on time.", "Visits are seldom made.", "Records are clear."
IMAGE = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\xc0\nendstream"
LAYERS = "/OCProperties << /OCGs [60 0 R 61 0 R] /D << /OFF [60 0 R] /ON [61 0 R] >> >>"
TWO_LAYERS = {60: "<< /Type /OCG /Name (Old) >>", 61: "<< /Type /OCG /Name (New) >>"}


def line(text, top, *, before="", left=72, size=11):
    return f"q {before} BT /F1 {size} Tf 1 0 0 1 {left} {842 - top} Tm ({text}) Tj ET Q"


def page_of(hidden):
    return "\n".join([line(BEFORE, 300), hidden, line(AFTER, 328)])


def texts(path):
    return [found.text.strip() for found in pdf.read_pages(path)[0].lines]


@pytest.mark.parametrize(
    "hidden",
    [
        line(HIDDEN, 314, before="3 Tr"),
        line(HIDDEN, 314, before="1 g"),
        line(HIDDEN, 314, before="0.9 g 60 500 400 100 re f 0.9 0.9 0.9 rg"),
        line(HIDDEN, 314, left=700),
        line(HIDDEN, 900),
    ],
    ids=["invisible", "white on white", "grey on the same grey", "right of the page", "below the page"],
)
def test_text_that_does_not_show_is_left_out(raw_pdf, hidden):
    path = raw_pdf(hidden + "\n" + page_of(""))
    assert texts(path) == [BEFORE, AFTER]
    assert not locate(HIDDEN, path, pdf.MEDIA_TYPE, (1,))
    assert locate(f"{BEFORE} {AFTER}", path, pdf.MEDIA_TYPE, (1,))


@pytest.mark.parametrize(
    "shown",
    [
        line(HIDDEN, 314, before="0 0 0.5 rg 60 520 400 12 re f 1 g"),
        line(HIDDEN, 314, before="0.6 g"),
        line(HIDDEN, 314, before="2 Tr 1 g 0 G"),
    ],
    ids=["white on blue", "grey on white", "white with a black outline"],
)
def test_pale_text_that_shows_is_kept(raw_pdf, shown):
    assert texts(raw_pdf(page_of(shown))) == [BEFORE, HIDDEN, AFTER]


@pytest.mark.parametrize("before", ["3 Tr", "1 g"])
def test_text_that_was_recognised_in_a_picture_is_kept(raw_pdf, before):
    scan = "q 595 0 0 842 0 0 cm /Scan Do Q\n" + line(HIDDEN, 314, before=before)
    path = raw_pdf(scan, resources="/XObject << /Scan 50 0 R >>", objects={50: IMAGE})
    assert texts(path) == [HIDDEN]


def test_a_small_picture_elsewhere_does_not_make_invisible_text_a_scan(raw_pdf):
    logo = "q 60 0 0 60 400 760 cm /Logo Do Q\n" + page_of(line(HIDDEN, 314, before="3 Tr"))
    assert texts(raw_pdf(logo, resources="/XObject << /Logo 50 0 R >>", objects={50: IMAGE})) == [BEFORE, AFTER]


def layered(marks, text, top):
    return f"/OC /{marks} BDC {line(text, top)} EMC"


@pytest.mark.parametrize("top", [314, 328], ids=["below", "over the layer that is on"])
def test_only_the_layer_that_is_switched_on_is_read(raw_pdf, top):
    contents = "\n".join([line(BEFORE, 300), layered("Old", HIDDEN, top), layered("New", AFTER, 328)])
    path = raw_pdf(contents, catalog=LAYERS, resources="/Properties << /Old 60 0 R /New 61 0 R >>", objects=TWO_LAYERS)
    assert texts(path) == [BEFORE, AFTER]
    assert not locate(HIDDEN, path, pdf.MEDIA_TYPE, (1,))


@pytest.mark.parametrize(("layer", "shown"), [(60, []), (61, [HIDDEN])], ids=["off", "on"])
def test_a_form_in_a_layer_is_read_only_if_the_layer_is_on(raw_pdf, layer, shown):
    drawn = line(HIDDEN, 314)
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /OC {layer} 0 R /Length {len(drawn)} "
        f"/Resources << /Font << /F1 3 0 R >> >> >>\nstream\n{drawn}\nendstream"
    )
    path = raw_pdf(
        page_of("/Fm Do"), catalog=LAYERS, resources="/XObject << /Fm 50 0 R >>", objects={50: form, **TWO_LAYERS}
    )
    assert texts(path) == [BEFORE, *shown, AFTER]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_text_beyond_the_crop_box_is_left_out_however_the_page_is_turned(raw_pdf, rotation):
    box = f"/CropBox [50 400 500 560] /Rotate {rotation}"
    path = raw_pdf("\n".join([line(HIDDEN, 100), line(AFTER, 328), line(HIDDEN, 600)]), page=box)
    assert texts(path) == [AFTER]
    assert not locate(HIDDEN, path, pdf.MEDIA_TYPE, (1,))


def test_the_picture_of_a_page_is_taken_as_it_is(raw_pdf):
    path = raw_pdf(page_of(line(HIDDEN, 314, before="3 Tr")))
    assert pdf.render_png(path, 1, 600) == pdf.render_png(raw_pdf(page_of("")), 1, 600)
