"""The values of filled form fields are read where they are on the page."""

from __future__ import annotations

import pytest

from corpus import pdf
from corpus.originals import locate
from corpus.pdf_reader import read_pdf

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

    def make(annotation, *, look=f"/Tx BMC q BT /F1 11 Tf 0 g 0 5 Td ({VALUE}) Tj ET Q EMC", top=300):
        contents = "\n".join([text("A summary of the year.", 260), text(LABEL, 300), text(AFTER, 360)])
        return raw_pdf(
            contents,
            page="/Annots [60 0 R]",
            catalog="/AcroForm << /Fields [60 0 R] /DR << /Font << /F1 3 0 R >> >> /DA (/F1 11 Tf 0 g) >>",
            objects={60: annotation, 61: drawn(look)},
        )

    return make


@pytest.mark.parametrize(("top", "left"), [(300, 230), (325, 72)], ids=["beside", "below"])
def test_the_value_of_a_field_is_read_after_its_label_and_found_on_the_page(form, top, left):
    path = form(field(top, left))
    assert " ".join(read_pdf(path).text.split()) == f"A summary of the year. {LABEL} {VALUE} {AFTER}"
    [place] = locate(f"{LABEL} {VALUE}", path, pdf.MEDIA_TYPE, (1,))
    assert place.boxes[-1].y0 * 842 == pytest.approx(top - 8, abs=3)
    assert [line.text.strip() for line in pdf.read_pages(path)[0].lines][-1] == AFTER
    assert len(pdf.page_lines(path, 1)) == len(pdf.read_pages(path)[0].lines)


def test_the_chosen_value_of_a_list_is_read(form):
    assert VALUE in read_pdf(form(field(300, 230, kind="/Ch /Ff 131072"))).text


@pytest.mark.parametrize(
    "annotation",
    [
        field(300, 230, flags="/F 2"),
        field(300, 230, kind="/Btn", value="/Yes"),
        f"<< /Type /Annot /Subtype /FreeText /Contents ({VALUE}) /F 4 /AP << /N 61 0 R >> /Rect [230 537 530 557] >>",
        "<< /Type /Annot /Subtype /Link /Rect [230 537 530 557] >>",
    ],
    ids=["a hidden field", "a tick box", "a note", "a link"],
)
def test_what_is_not_a_value_that_shows_is_not_read(form, annotation):
    assert VALUE not in read_pdf(form(annotation)).text


def test_a_field_does_not_change_the_picture_of_its_page(form):
    path = form(field(300, 230))
    before = pdf.render_png(path, 1, 600)
    assert pdf.page_text(path, 1).count(VALUE) == 1
    assert pdf.render_png(path, 1, 600) == before
