"""Tests that we do not read text that no viewer shows, and do not find it word for word on its page."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image, ImageOps

from corpus.pdf import pdf_file
from corpus.pdfium.strikes import without_struck
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf

BEFORE, HIDDEN, AFTER = "Visits are made on time.", "Visits are seldom made.", "Records are clear."
IMAGE = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\xc0\nendstream"
LAYERS = "/OCProperties << /OCGs [60 0 R 61 0 R] /D << /OFF [60 0 R] /ON [61 0 R] >> >>"
TWO_LAYERS = {60: "<< /Type /OCG /Name (Old) >>", 61: "<< /Type /OCG /Name (New) >>"}


def line(text, top, *, before="", left=72, size=11):
    return f"q {before} BT /F1 {size} Tf 1 0 0 1 {left} {842 - top} Tm ({text}) Tj ET Q"


def page_of(hidden):
    return "\n".join([line(BEFORE, 300), hidden, line(AFTER, 328)])


def texts(path):
    """Return the lines of the first page that are not completely hidden."""
    lines = (without_struck(found.text).strip() for found in pdf_file.read_pages(path)[0].lines)
    return [text for text in lines if text]


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
    assert not locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))
    assert locate(f"{BEFORE} {AFTER}", path, pdf_file.MEDIA_TYPE, (1,))


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


def form(drawn, more=""):
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {more} /Length {len(drawn)} /Resources << "
        f"/Font << /F1 3 0 R >> /XObject << /Scan 50 0 R /In 52 0 R /Box 53 0 R >> >> >>\nstream\n{drawn}\nendstream"
    )


PICTURE = "q 595 0 0 842 0 0 cm /Scan Do Q\n"
STRIPS = "\n".join(f"q 595 0 0 3 0 {3 * n} cm /Scan Do Q" for n in range(281))
COLUMNS = "\n".join(f"q 20 0 0 842 {20 * n} 0 cm /Scan Do Q" for n in range(30))
SCANS = {
    "on the page": ("{picture} {text}", "", ""),
    "drawn after the text": ("{text} {picture}", "", ""),
    "text in a form": ("{picture} /Out Do", "{text}", ""),
    "text in a form in a form": ("{picture} /Out Do", "/In Do", "{text}"),
    "both in one form": ("/Out Do", "{picture} {text}", ""),
    "picture in another form": ("/Out Do /In Do", "{picture}", "{text}"),
    "picture in another form, after the text": ("/In Do /Out Do", "{picture}", "{text}"),
}


@pytest.mark.parametrize("before", ["3 Tr", "1 g"])
@pytest.mark.parametrize("picture", [PICTURE, STRIPS, COLUMNS], ids=["whole", "strips", "columns"])
@pytest.mark.parametrize("scan", SCANS.values(), ids=SCANS)
def test_text_that_was_recognised_in_a_picture_is_kept(raw_pdf, scan, picture, before):
    text = line(HIDDEN, 314, before=before)
    page, outer, inner = (part.format(picture=picture, text=text) for part in scan)
    objects = {50: IMAGE, 51: form(outer), 52: form(inner)}
    path = raw_pdf(page, resources="/XObject << /Scan 50 0 R /Out 51 0 R /In 52 0 R >>", objects=objects)
    assert texts(path) == [HIDDEN]
    assert locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))
    assert pdf_file.read_pages(path)[0].recognised is (before == "3 Tr")


def test_a_small_picture_elsewhere_does_not_make_invisible_text_a_scan(raw_pdf):
    logo = "q 60 0 0 60 400 760 cm /Logo Do Q\n" + page_of(line(HIDDEN, 314, before="3 Tr"))
    assert texts(raw_pdf(logo, resources="/XObject << /Logo 50 0 R >>", objects={50: IMAGE})) == [BEFORE, AFTER]


def test_strips_that_cover_little_of_a_text_do_not_make_it_a_scan(raw_pdf):
    strips = "\n".join(f"q 595 0 0 0.5 0 {10 * n} cm /Scan Do Q" for n in range(85))
    path = raw_pdf(
        page_of(strips + line(HIDDEN, 314, before="3 Tr")), resources="/XObject << /Scan 50 0 R >>", objects={50: IMAGE}
    )
    assert texts(path) == [BEFORE, AFTER]


@pytest.mark.parametrize("matrix", ["1 0 0 1 0 0", "0.5 0 0 0.5 100 200"])
def test_texts_in_forms_in_forms_are_looked_at_one_by_one(raw_pdf, matrix):
    inner = "\n".join(
        [line(BEFORE, 300), line(HIDDEN, 314, before="1 g"), line(HIDDEN, 321, before="3 Tr"), line(AFTER, 328)]
    )
    objects = {51: form(f"q {matrix} cm /In Do Q"), 52: form(inner)}
    path = raw_pdf(f"q {matrix} cm /Out Do Q", resources="/XObject << /Out 51 0 R >>", objects=objects)
    assert texts(path) == [BEFORE, AFTER]
    image = Image.open(io.BytesIO(pdf_file.render_png(path, 1, 2000))).convert("L")
    left, top, right, bottom = ImageOps.invert(image).getbbox()
    boxes = [found.box for found in pdf_file.read_pages(path)[0].lines]
    around = min(b.x0 for b in boxes), boxes[0].y0, max(b.x1 for b in boxes), boxes[1].y1
    ink = left / image.width, top / image.height, right / image.width, bottom / image.height
    assert around == pytest.approx(ink, abs=0.004)


WHITE = line(HIDDEN, 314, before="1 g")
BAND = "0 0 0.5 rg 60 520 400 16 re f"
BANDS = {
    "a path": (f"{BAND} {WHITE}", "", ""),
    "a box in a form": (f"/Box Do {WHITE}", "", ""),
    "a box and letters in one form": ("/Out Do", f"{BAND} {WHITE}", ""),
    "a box in one form and letters in another": ("/Box Do /Out Do", WHITE, ""),
    "a box in one form and letters in a form in another": ("/Box Do /Out Do", "/In Do", WHITE),
    "a shade of colours": (f"q 60 520 400 16 re W n /Sh sh Q {WHITE}", "", ""),
    "a box in a layer that is on": (f"/OC /New BDC {BAND} EMC {WHITE}", "", ""),
    "a box and letters in a layer that is on": (f"/OC /New BDC {BAND} {WHITE} EMC", "", ""),
    "thin pale letters": (f"{BAND} {line(HIDDEN, 314, before='0.9 0.9 1 rg', size=5)}", "", ""),
    "another colour that is as bright": (
        f"0.82 0.9 1 rg 60 520 400 16 re f {line(HIDDEN, 314, before='1 0.82 0.85 rg')}", "", "",
    ),
    "next to white letters on paper": (f"{BAND} {WHITE} {line('Not seen.', 317, before='1 g', left=300, size=40)}", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("way", BANDS)
def test_white_letters_on_a_dark_box_are_kept(raw_pdf, way):
    page, outer, inner = BANDS[way]
    shade = "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [60 0 460 0] /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0.3] /C1 [0.2 0 0.2] /N 1 >> >>"
    objects = {51: form(outer), 52: form(inner), 53: form(BAND), 56: shade, **TWO_LAYERS}
    path = raw_pdf(
        page_of(page),
        resources="/XObject << /Out 51 0 R /In 52 0 R /Box 53 0 R >> /Shading << /Sh 56 0 R >> /Properties << /New 61 0 R >>",
        catalog=LAYERS if "layer" in way else "",
        objects=objects,
    )
    assert HIDDEN in texts(path)
    assert {BEFORE, AFTER} <= set(texts(path))


def test_letters_that_one_can_see_through_wholly_are_left_out(raw_pdf):
    states = "/ExtGState << /None << /ca 0 >> /Some << /ca 0.2 >> >>"
    assert texts(raw_pdf(page_of(line(HIDDEN, 314, before="/None gs")), resources=states)) == [BEFORE, AFTER]
    assert texts(raw_pdf(page_of(line(HIDDEN, 314, before="/Some gs")), resources=states)) == [BEFORE, HIDDEN, AFTER]


@pytest.mark.parametrize("drawn", ["/Out Do {picture}", "/See gs /Out Do", "/Out Do 1 g 260 500 30 60 re f"])
def test_a_form_that_a_picture_covers_or_that_one_sees_through_is_kept_in_a_file_with_layers(raw_pdf, drawn):
    path = raw_pdf(
        drawn.format(picture=PICTURE),
        catalog=LAYERS,
        resources="/XObject << /Scan 50 0 R /Out 51 0 R >> /ExtGState << /See << /ca 0.5 >> >>",
        objects={
            50: IMAGE,
            51: form(page_of(line(HIDDEN, 314)), "/Group << /S /Transparency >>"),
            52: form(""),
            **TWO_LAYERS,
        },
    )
    assert texts(path) == [BEFORE, HIDDEN, AFTER]


def test_letters_that_have_colours_of_their_own_are_kept_in_a_file_with_layers(raw_pdf):
    glyph = "10 0 d0 0 0 1 rg 0 0 8 8 re f"
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /a 58 0 R >> "
        "/Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [10] >>"
    )
    objects = {51: form(line("aaaa", 314)).replace("/F1 3 0 R", "/F1 57 0 R"), 52: form(""), 57: font, **TWO_LAYERS}
    objects[58] = f"<< /Length {len(glyph)} >>\nstream\n{glyph}\nendstream"
    path = raw_pdf(page_of("/Out Do"), catalog=LAYERS, resources="/XObject << /Out 51 0 R >>", objects=objects)
    assert sorted(texts(path)) == sorted([BEFORE, "aaaa", AFTER])


def test_a_form_that_shows_through_a_mask_is_kept_in_a_file_with_layers(raw_pdf):
    mask = form("0.5 g 0 0 595 842 re f", "/Group << /S /Transparency /CS /DeviceGray >>")
    path = raw_pdf(
        page_of("/See gs /Out Do"),
        catalog=LAYERS,
        resources="/XObject << /Out 51 0 R >> /ExtGState << /See << /SMask << /S /Luminosity /G 59 0 R >> >> >>",
        objects={51: form(line(HIDDEN, 314), "/Group << /S /Transparency >>"), 52: form(""), 59: mask, **TWO_LAYERS},
    )
    assert sorted(texts(path)) == sorted([BEFORE, HIDDEN, AFTER])


@pytest.mark.parametrize(("layer", "shown"), [(60, []), (61, [HIDDEN])], ids=["off", "on"])
def test_only_the_form_in_a_layer_that_is_off_is_left_out_of_forms_in_forms(raw_pdf, layer, shown):
    objects = {
        51: form(f"{line(BEFORE, 300)} /In Do {line(AFTER, 328)}"),
        52: form(line(HIDDEN, 314), f"/OC {layer} 0 R"),
        **TWO_LAYERS,
    }
    path = raw_pdf(
        "q 0.5 0 0 0.5 50 50 cm /Out Do Q", catalog=LAYERS, resources="/XObject << /Out 51 0 R >>", objects=objects
    )
    assert sorted(texts(path)) == sorted([BEFORE, *shown, AFTER])
    assert bool(locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))) is bool(shown)


@pytest.mark.thorough
def test_the_time_to_read_a_page_grows_with_its_objects_and_not_with_their_square(raw_pdf):
    def seconds(number):
        words = "\n".join(
            line(
                f"w{n}",
                100 + n % 700,
                left=20 + 7 * (n // 700 % 80),
                before=("", "3 Tr", "1 g", "0.8 g")[n % 4],
                size=6,
            )
            for n in range(number)
        )
        pictures = "\n".join(f"q 5 0 0 5 {n % 100 * 5} {n // 100 * 5} cm /Scan Do Q" for n in range(number // 10))
        path = raw_pdf(pictures + "\n" + words, resources="/XObject << /Scan 50 0 R >>", objects={50: IMAGE})
        start = time.process_time()
        assert pdf_file.read_pages(path)[0].text
        return time.process_time() - start

    seconds(1000)
    assert seconds(16_000) < 8 * seconds(4000)  # 4 if the time is linear, 16 if it is quadratic


def layered(marks, text, top):
    return f"/OC /{marks} BDC {line(text, top)} EMC"


@pytest.mark.parametrize("top", [314, 328], ids=["below", "over the layer that is on"])
def test_only_the_layer_that_is_switched_on_is_read(raw_pdf, top):
    contents = "\n".join([line(BEFORE, 300), layered("Old", HIDDEN, top), layered("New", AFTER, 328)])
    path = raw_pdf(contents, catalog=LAYERS, resources="/Properties << /Old 60 0 R /New 61 0 R >>", objects=TWO_LAYERS)
    assert texts(path) == [BEFORE, AFTER]
    assert not locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))


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
    assert not locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))


def test_the_picture_of_a_page_is_taken_as_it_is(raw_pdf):
    path = raw_pdf(page_of(line(HIDDEN, 314, before="3 Tr")))
    assert pdf_file.render_png(path, 1, 600) == pdf_file.render_png(raw_pdf(page_of("")), 1, 600)


DARK = "60 520 400 16 re f"
MASKS = {
    "black on black": (f"0 g {DARK}", "0 g"),
    "blue on blue": (f"0.1 0.2 0.5 rg {DARK}", "0.1 0.2 0.5 rg"),
    "nearly the same": (f"0.1 0.2 0.5 rg {DARK}", "0.11 0.2 0.5 rg"),
    "two boxes": ("0 g 60 520 100 16 re f 160 520 300 16 re f", "0 g"),
}


@pytest.mark.parametrize("mask", MASKS)
def test_letters_on_a_box_of_their_own_colour_are_left_out_with_a_warning(raw_pdf, mask):
    drawn, colour = MASKS[mask]
    path = raw_pdf("\n".join([drawn, line(BEFORE, 300), line(HIDDEN, 314, before=colour), line(AFTER, 328)]))
    document = read_pdf(path)
    assert document.text.split() == f"{BEFORE} {AFTER}".split()
    assert document.warnings == ("Page 1 has words that a box covers. We left them out.",)
    assert not locate(HIDDEN, path, pdf_file.MEDIA_TYPE, (1,))


SHOWN = {
    "white on black": (f"0 g {DARK}", "1 g"),
    "grey on black": (f"0 g {DARK}", "0.3 g"),
    "a frame": (f"0 g {DARK[:-1]}S", "0 g"),
    "a paler box over the dark one": (f"0 g {DARK} 0.8 g {DARK}", "0 g"),
}


@pytest.mark.parametrize("shown", SHOWN)
def test_letters_on_a_box_that_show_are_kept(raw_pdf, shown):
    drawn, colour = SHOWN[shown]
    path = raw_pdf("\n".join([drawn, line(BEFORE, 300), line(HIDDEN, 314, before=colour), line(AFTER, 328)]))
    document = read_pdf(path)
    assert document.text.split() == f"{BEFORE} {HIDDEN} {AFTER}".split()
    assert not document.warnings


def test_the_time_for_many_boxes_of_many_colours_grows_with_their_number(raw_pdf):
    def seconds(count):
        boxes = "\n".join(f"0 0 {n % 256 / 255:.3f} rg {n % 500} {n % 800} 9 9 re f" for n in range(count))
        words = "\n".join(
            line("Visits", n % 800, left=n % 500, before=f"0 0 {n % 256 / 255:.3f} rg") for n in range(count)
        )
        path = raw_pdf(f"{boxes}\n{words}")
        start = time.process_time()
        assert "Visits" in pdf_file.page_text(path, 1)
        return time.process_time() - start

    assert seconds(4000) < 8 * seconds(1000) + 0.5
