"""Tests that the values of filled form fields are read at their places on the page."""

from __future__ import annotations

import pytest

from corpus.pdf import pdf_file
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf

LABEL, VALUE, AFTER = "Children in care on 31 March:", "412 children, 30 of them under five", "Leaders meet them often."


def text(words, top, left=72):
    return f"BT /F1 11 Tf 1 0 0 1 {left} {842 - top} Tm ({words}) Tj ET"


def drawn(operators, length=300):
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 {length} 20] /Length {len(operators)} "
        f"/Resources << /Font << /F1 3 0 R >> >> >>\nstream\n{operators}\nendstream"
    )


def field(top, left, *, kind="/Tx", value=f"({VALUE})", flags="/F 4", look="/AP << /N 61 0 R >>"):
    return (
        f"<< /Type /Annot /Subtype /Widget /FT {kind} /T (a) /V {value} {flags} {look} "
        f"/Rect [{left} {842 - top - 5} {left + 300} {842 - top + 15}] /DA (/F1 11 Tf 0 g) >>"
    )


@pytest.fixture
def form(raw_pdf):
    """A function that writes a page with a field and other text."""

    def make(annotation, *, look=f"/Tx BMC q BT /F1 11 Tf 0 g 0 5 Td ({VALUE}) Tj ET Q EMC", own="", above=""):
        contents = "\n".join([text("A summary of the year.", 260), text(LABEL, 300), text(AFTER, 360)])
        return raw_pdf(
            contents,
            page=f"/Annots [60 0 R] {own}",
            above=above,
            catalog="/AcroForm << /Fields [60 0 R] /DR << /Font << /F1 3 0 R >> >> /DA (/F1 11 Tf 0 g) >>",
            objects={60: annotation, 61: drawn(look)},
        )

    return make


@pytest.mark.parametrize(("top", "left"), [(300, 230), (325, 72)], ids=["beside", "below"])
def test_the_value_of_a_field_is_read_after_its_label_and_found_on_the_page(form, top, left):
    path = form(field(top, left))
    assert " ".join(read_pdf(path).text.split()) == f"A summary of the year. {LABEL} {VALUE} {AFTER}"
    [place] = locate(f"{LABEL} {VALUE}", path, pdf_file.MEDIA_TYPE, (1,))
    box = place.boxes[-1]
    assert (box.x1 * 595, box.y0 * 842, box.y1 * 842) == pytest.approx((left + 300, top - 15, top + 5), abs=0.1)
    assert [line.text.strip() for line in pdf_file.read_pages(path)[0].lines][-1] == AFTER
    assert len(pdf_file.page_lines(path, 1)) == len(pdf_file.read_pages(path)[0].lines)


BOXES = {
    "from the pages above": ("", "/MediaBox [0 0 700 900]"),
    "cropped": ("/CropBox [20 100 590 800]", ""),
    "cropped from above": ("", "/MediaBox [0 0 700 900] /CropBox [20 100 590 800]"),
}


@pytest.mark.parametrize(("own", "above"), BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("resources", [False, True], ids=["", "fonts from the pages above"])
def test_a_value_is_in_its_field_whatever_the_page_takes_from_the_pages_above(form, own, above, resources):
    fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>" if resources else ""
    path = form(field(300, 230), own=own, above=f"{above} {fonts}")
    width, height = pdf_file.page_size(path, 1)
    x, y = (20, 100) if "Crop" in own + above else (0, 0)
    assert " ".join(read_pdf(path).text.split()) == f"A summary of the year. {LABEL} {VALUE} {AFTER}"
    [place] = locate(f"{LABEL} {VALUE}", path, pdf_file.MEDIA_TYPE, (1,))
    box = place.boxes[-1]
    assert (box.x1 * width, height - box.y0 * height) == pytest.approx((530 - x, 557 - y), abs=0.1)


def test_a_value_of_several_lines_is_read_line_by_line_and_found(form):
    path = form(field(325, 72, value="(412 children live in\\rseveral homes.)"))
    lines = [line.text.strip() for line in pdf_file.read_pages(path)[0].lines]
    assert lines == ["A summary of the year.", LABEL, "412 children live in", "several homes.", AFTER]
    assert locate("live in several homes. Leaders meet", path, pdf_file.MEDIA_TYPE, (1,))


def test_letters_that_no_standard_font_has_are_read_from_a_value(form):
    value = "Ty\u0175i Llwyd, \u0141\u00f3d\u017a \u2013 \u00a3".encode("utf-16-be").hex()
    assert "Tyŵi Llwyd, Łódź – £" in read_pdf(form(field(300, 230, value=f"<FEFF{value}>"))).text


def test_the_label_of_the_chosen_option_is_read_and_not_its_value(form):
    options = "/Ff 131072 /Opt [[(a) (Never)] [(b) (Once a month)]]"
    text = read_pdf(form(field(300, 230, kind=f"/Ch {options}", value="(b)"))).text
    assert f"{LABEL} Once a month" in " ".join(text.split())


def test_a_password_is_not_read(form):
    assert VALUE not in read_pdf(form(field(300, 230, kind="/Tx /Ff 8192"))).text


def test_the_values_of_many_fields_come_after_their_labels(raw_pdf):
    labels = [f"Number of homes in area {row}:" for row in range(1, 31)]
    fields = {
        60 + row: field(100 + 20 * row, 330, value=f"({7 * row} homes)", look=f"/TU ({row})").replace(
            "(a)", f"(a{row})"
        )
        for row in range(1, 31)
    }
    kids = " ".join(f"{number} 0 R" for number in fields)
    contents = "\n".join(text(label, 100 + 20 * row) for row, label in enumerate(labels, 1))
    path = raw_pdf(contents, page=f"/Annots [{kids}]", catalog=f"/AcroForm << /Fields [{kids}] >>", objects=fields)
    lines = [line.text.strip() for line in pdf_file.read_pages(path)[0].lines]
    assert lines == [part for row, label in enumerate(labels, 1) for part in (label, f"{7 * row} homes")]


def test_the_chosen_value_of_a_list_is_read(form):
    assert VALUE in read_pdf(form(field(300, 230, kind="/Ch /Ff 131072"))).text


@pytest.mark.parametrize(
    "annotation",
    [
        field(300, 230, flags="/F 2"),
        field(300, 230, flags="/F 32"),
        field(300, 230, kind="/Btn /Ff 65536", value="/Yes"),
        f"<< /Type /Annot /Subtype /FreeText /Contents ({VALUE}) /F 4 /AP << /N 61 0 R >> /Rect [230 537 530 557] >>",
        "<< /Type /Annot /Subtype /Link /Rect [230 537 530 557] >>",
    ],
    ids=["a hidden field", "a field for paper", "a button", "a note", "a link"],
)
def test_what_is_not_a_value_that_shows_is_not_read(form, annotation):
    assert VALUE not in read_pdf(form(annotation)).text


def test_a_field_does_not_change_the_picture_of_its_page(form):
    path = form(field(300, 230))
    before = pdf_file.render_png(path, 1, 600)
    assert pdf_file.page_text(path, 1).count(VALUE) == 1
    assert pdf_file.render_png(path, 1, 600) == before


@pytest.mark.parametrize(
    ("label", "top", "left"),
    [
        (LABEL, 300, 230),
        (LABEL, 303, 330),
        ("Children in care", 300, 230),
        ("Children in care", 322, 72),
        (LABEL, 318, 74),
    ],
    ids=["next to it", "a little lower", "without a colon", "below", "below with a colon"],
)
def test_a_label_and_the_value_of_its_field_are_one_block(raw_pdf, label, top, left):
    contents = "\n".join([text("A summary of the year.", 260), text(label, 300), text(AFTER, 360)])
    path = raw_pdf(
        contents,
        page="/Annots [60 0 R]",
        catalog="/AcroForm << /Fields [60 0 R] /DA (/F1 11 Tf 0 g) >>",
        objects={60: field(top, left, value="(276)"), 61: drawn("")},
    )
    document = read_pdf(path)
    blocks = [" ".join(document.text[block.start : block.end].split()) for block in document.blocks]
    assert blocks == ["A summary of the year.", f"{label} 276", AFTER]
