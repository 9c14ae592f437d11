"""Tests that both readings of a PDF show what was ticked, however a program draws the ticks."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.pdf import pdf_file
from corpus.quotes.originals import Originals, locate
from corpus.readers.pdf import read_pdf
from corpus.ticks import with_ticks
from corpus.types import BlockKind
from corpus.witness.second_reading import second_readings
from corpus.word.symbols import in_font, symbol

END = "The form was sent in by the director of the council."


@pytest.fixture
def form(tmp_path):
    """A PDF with boxes to tick before and after their labels, and with buttons in one row."""
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 720, "Are visits made on time?")
    for row, (answer, ticked) in enumerate([("Always", False), ("Most of the time", True), ("Seldom", False)]):
        canvas.acroForm.checkbox(name=answer, x=72, y=700 - 20 * row, size=12, checked=ticked)
        canvas.drawString(90, 702 - 20 * row, answer)
    canvas.drawString(72, 630, "Is the plan agreed?")
    for column, (answer, chosen) in enumerate([("Yes", True), ("No", False)]):
        canvas.acroForm.radio(name="plan", value=answer, selected=chosen, x=200 + 80 * column, y=627, size=12)
        canvas.drawString(218 + 80 * column, 630, answer)
    canvas.drawString(72, 600, "Plan signed:")
    canvas.acroForm.checkbox(name="signed", x=145, y=597, size=12, checked=True)
    canvas.drawString(72, 560, END)
    canvas.save()
    return path


def test_ticked_and_empty_boxes_are_read_with_their_labels(form):
    document = read_pdf(form)
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "Are visits made on time?",
        "☐ Always",
        "☑ Most of the time",
        "☐ Seldom",
        "Is the plan agreed? ☑ Yes ☐ No",
        "Plan signed: ☑",
        END,
    ]


def test_a_quote_with_a_box_is_on_its_page_and_both_programs_read_the_same(form):
    assert locate("☑ Most of the time", form, pdf_file.MEDIA_TYPE, (1,))
    assert not locate("☑ Always", form, pdf_file.MEDIA_TYPE, (1,))
    [reading] = second_readings(form, pdf_file.MEDIA_TYPE, 1)
    assert reading.same


def button(flags="/F 4", kind="", state="Yes"):
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) {kind} {flags} /AS /{state} /V /{state} "
        "/Rect [150 538 162 550] /AP << /N << /Yes 61 0 R /Off 61 0 R >> >> >>"
    )


@pytest.mark.parametrize(
    ("annotation", "read"),
    [
        (button(), "Plan signed: ☑"),
        (button(state="Off"), "Plan signed: ☐"),
        (button(kind="/Ff 32768"), "Plan signed: ☑"),
        (button(kind="/Ff 65536"), "Plan signed:"),
        (button(flags="/F 2"), "Plan signed:"),
    ],
    ids=["ticked", "empty", "chosen", "a button that starts an action", "hidden"],
)
def test_boxes_and_buttons_that_show_a_choice_are_read(raw_pdf, annotation, read):
    lines = "\n".join(f"BT /F1 11 Tf 72 {y} Td ({text}) Tj ET" for y, text in ((540, "Plan signed:"), (500, END)))
    shape = "<< /Type /XObject /Subtype /Form /BBox [0 0 12 12] /Length 0 >>\nstream\n\nendstream"
    path = raw_pdf(
        lines, page="/Annots [60 0 R]", catalog="/AcroForm << /Fields [60 0 R] >>", objects={60: annotation, 61: shape}
    )
    assert read_pdf(path).text == f"{read}\n\n{END}"
    [reading] = second_readings(path, pdf_file.MEDIA_TYPE, 1)
    assert reading.same


def test_ticks_and_crosses_of_the_font_zapf_dingbats_begin_options(raw_pdf):
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>"
    signs = ["BT /F9 11 Tf 72 540 Td (4) Tj ET", "BT /F9 11 Tf 72 526 Td (8) Tj ET"]
    words = ["BT /F1 11 Tf 90 540 Td (Visits) Tj ET", "BT /F1 11 Tf 90 526 Td (Plans) Tj ET"]
    end = f"BT /F1 11 Tf 72 480 Td ({END}) Tj ET"
    contents = "\n".join([signs[0], words[0], signs[1], words[1], end])
    resources = "/Resources << /Font << /F1 3 0 R /F9 50 0 R >> >>"
    path = raw_pdf(contents, above=resources, page="/MediaBox [0 0 595 842]", objects={50: font})
    document = read_pdf(path)
    assert document.text.split("\n\n") == ["✔ Visits", "✘ Plans", END]
    assert {block.kind for block in document.blocks} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize(
    ("codes", "read"),
    [
        ("\uf0fe Yes\n\uf0a8 No", "☑ Yes\n☐ No"),
        ("\uf0fd Yes \uf06f No", "☒ Yes ☐ No"),
        ("\uf0fc Yes\n\uf0fb No", "✓ Yes\n✗ No"),
        ("Visits \uf0fc\nPlans", "Visits ✓\nPlans"),
        ("\uf0fc Visits\n\uf0fc Plans", "\uf0fc Visits\n\uf0fc Plans"),
        ("\uf0fc Visits \uf0fc\r\n \uf0fc Plans", "\uf0fc Visits ✓\r\n \uf0fc Plans"),
    ],
)
def test_codes_of_wingdings_are_ticks_unless_they_are_bullets(codes, read):
    assert with_ticks(codes) == read


@pytest.mark.parametrize("code", range(0x20, 0x100))
def test_a_sign_of_wingdings_is_the_same_in_pdfs_and_word_documents(code):
    sign = chr(0xF000 + code)
    read = with_ticks(f"\uf0fe Yes {sign} No").removeprefix("☑ Yes ").removesuffix(" No")
    assert read in (sign, symbol("Wingdings", code))


@pytest.mark.parametrize("code", [0x6F, 0x71, 0x72, 0xA8])
def test_an_empty_box_of_wingdings_is_an_empty_box_in_a_word_document(code):
    assert symbol("Wingdings", code) == "☐"
    assert in_font("Wingdings", f"{chr(0xF000 + code)} No") == ("☐ No", 0)


def test_both_programs_read_the_ticks_of_wingdings(raw_pdf):
    mapping = "1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <A8> <F0A8> <FE> <F0FE> endbfchar"
    cmap = f"/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def {mapping} endcmap end"
    objects = {
        50: "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings-Regular /FirstChar 168 /LastChar 254 "
        f"/Widths [{'900 ' * 87}] /ToUnicode 51 0 R /FontDescriptor 52 0 R >>",
        51: f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        52: "<< /Type /FontDescriptor /FontName /ABCDEF+Wingdings-Regular /Flags 4 /FontBBox [0 0 1000 1000] "
        "/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
    }
    signs = ["BT /F9 11 Tf 72 540 Td <FE> Tj ET", "BT /F9 11 Tf 72 526 Td <A8> Tj ET"]
    words = ["BT /F1 11 Tf 90 540 Td (Visits) Tj ET", "BT /F1 11 Tf 90 526 Td (Plans) Tj ET"]
    contents = "\n".join([signs[0], words[0], signs[1], words[1], f"BT /F1 11 Tf 72 480 Td ({END}) Tj ET"])
    resources = "/Resources << /Font << /F1 3 0 R /F9 50 0 R >> >>"
    path = raw_pdf(contents, above=resources, page="/MediaBox [0 0 595 842]", objects=objects)
    assert read_pdf(path).text.split("\n\n") == ["☑ Visits", "☐ Plans", END]
    [reading] = second_readings(path, pdf_file.MEDIA_TYPE, 1)
    assert reading.same
    with Originals() as originals:
        assert originals.locate("☑ Visits", path, pdf_file.MEDIA_TYPE, (1,))
        assert not originals.locate("☐ Visits", path, pdf_file.MEDIA_TYPE, (1,))
