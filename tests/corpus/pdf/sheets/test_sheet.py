from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image, ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.glyphs import LINE_BREAK_HYPHEN
from corpus.pdf import pdf_file

WIDTH, HEIGHT = A4
SIZE = 11


def page_of(path):
    [page] = pdf_file.read_pages(path)
    return page


def width(text, size=SIZE):
    return pdfmetrics.stringWidth(text, "Helvetica", size)


def row(*cells, gap, top=100):
    """Return cells on one baseline, spaced ``gap`` points apart."""
    lefts = itertools.accumulate((width(cell) + gap for cell in cells[:-1]), initial=72)
    return [(left, top, cell) for left, cell in zip(lefts, cells, strict=True)]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_box_of_a_line_is_on_its_letters_however_the_page_is_turned(make_pdf, rotation):
    path = make_pdf([(72, 400, "Children are safe in Westmarsh.")], rotation=rotation, name=f"turned{rotation}.pdf")
    [line] = page_of(path).lines
    image = Image.open(io.BytesIO(pdf_file.render_png(path, 1, 1200))).convert("L")
    left, top, right, bottom = ImageOps.invert(image).getbbox()
    ink = left / image.width, top / image.height, right / image.width, bottom / image.height
    assert (line.box.x0, line.box.y0, line.box.x1, line.box.y1) == pytest.approx(ink, abs=0.004)


@pytest.mark.parametrize("mark", ["12.", "•"])
@pytest.mark.parametrize("larger", [14, 18])
def test_a_line_with_a_larger_number_or_bullet_keeps_the_size_of_its_text(make_pdf, mark, larger):
    [line] = page_of(make_pdf([(72, 100, mark, larger), (100, 100, "Children are seen often.")])).lines
    assert (line.text.split()[0], line.size) == (mark, SIZE)


def drawn(parts):
    """Return the operators that draw lines of (font, size, scale, left, top, text). The matrix scales the size."""
    return "\n".join(
        f"BT /{font} {size} Tf {scale} 0 0 {scale} {left} {842 - top} Tm ({text}) Tj ET"
        for font, size, scale, left, top, text in parts
    )


LINES = [("F2", 16, "Help and protection"), ("F1", 11, "Children are seen often."), ("F1", 8, "Figures are for March.")]


@pytest.mark.parametrize("ways", ["matrix", "half each", "page"])
def test_a_size_that_is_in_the_matrix_is_the_size_of_the_letters(raw_pdf, ways):
    plain = raw_pdf(drawn((font, size, 1, 72, 100 + 20 * row, text) for row, (font, size, text) in enumerate(LINES)))
    places = list(enumerate(LINES))
    contents = {
        "matrix": drawn((font, 1, size, 72, 100 + 20 * row, text) for row, (font, size, text) in places),
        "half each": drawn((font, size / 2, 2, 72, 100 + 20 * row, text) for row, (font, size, text) in places),
        "page": "q 0.25 0 0 0.25 0 0 cm "
        + "\n".join(
            f"BT /{font} {4 * size} Tf 1 0 0 1 288 {4 * (742 - 20 * row)} Tm ({text}) Tj ET"
            for row, (font, size, text) in places
        )
        + " Q",
    }[ways]
    assert page_of(raw_pdf(contents)).lines == page_of(plain).lines
    assert [line.size for line in page_of(plain).lines] == [16, 11, 8]


def test_slanted_letters_have_the_size_of_upright_ones(raw_pdf):
    [line] = page_of(raw_pdf("BT /F1 1 Tf 11 0 3.63 11 72 742 Tm (Children are seen often.) Tj ET")).lines
    assert line.size == 11


def test_the_size_of_text_in_a_form_is_that_on_the_page(raw_pdf):
    drawing = "BT /F1 22 Tf 1 0 0 1 144 1400 Tm (Children are seen often.) Tj ET"
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 1200 1700] /Length {len(drawing)} "
        f"/Resources << /Font << /F1 3 0 R >> >> >>\nstream\n{drawing}\nendstream"
    )
    path = raw_pdf("q 0.5 0 0 0.5 0 0 cm /Fm Do Q", resources="/XObject << /Fm 50 0 R >>", objects={50: form})
    [line] = page_of(path).lines
    assert line.size == 11


def test_a_tiny_mark_within_or_after_a_line_does_not_make_it_small(make_pdf):
    """The mark is the middle character of one line and the last character of the other."""
    first, second = "Plans of 2023", " are made well"
    within = [(72, 100, first), (72 + width(first), 100, "1", 6), (75.5 + width(first), 100, second)]
    [line] = page_of(make_pdf(within, name="within.pdf")).lines
    assert (line.text, line.size) == (f"{first}1{second}", SIZE)
    after = [(72, 100, first), (72 + width(first), 100, "12", 6)]
    [line] = page_of(make_pdf(after, name="after.pdf")).lines
    assert (line.text, line.size) == (f"{first}12", SIZE)
    around = [(72, 100, "a", 6), (76, 100, first), (76 + width(first), 100, "12", 6)]
    [line] = page_of(make_pdf(around, name="around.pdf")).lines
    assert (line.text, line.size) == (f"a{first}12", SIZE)


@pytest.mark.parametrize(
    ("parts", "bold"),
    [
        ([("Early help", True)], True),
        ([("Early help", False)], False),
        ([("Early", True), ("help comes soon in every part", False)], False),
        ([("In", False), ("every part help comes soon", True)], False),
        ([("The experiences and progress of children:", True), ("good", False)], True),
        ([("7.", False), ("Leaders know their services", True)], True),
    ],
    ids=["all", "none", "one word that opens it", "all but its first", "all but its last word", "all but its number"],
)
def test_a_line_is_bold_if_its_first_letter_and_its_middle_are(make_pdf, parts, bold):
    page, left = [], 72
    for text, is_bold in parts:
        page.append((left, 100, text, SIZE, is_bold))
        left += pdfmetrics.stringWidth(f"{text} ", "Vera-Bold" if is_bold else "Helvetica", SIZE)
    [line] = page_of(make_pdf(page)).lines
    assert line.bold is bold


def test_places_are_those_on_the_visible_part_of_the_page(tmp_path):
    path = tmp_path / "cropped.pdf"
    canvas = Canvas(str(path), pagesize=A4, cropBox=(36, 50, WIDTH - 36, HEIGHT - 20))
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(72, HEIGHT - 100, "Children are safe.")
    canvas.save()
    page = page_of(path)
    [line] = page.lines
    assert (page.width, page.height) == (pytest.approx(WIDTH - 72), pytest.approx(HEIGHT - 70))
    assert (line.left, line.baseline) == (pytest.approx(36, abs=2), pytest.approx(80, abs=0.5))
    assert line.box.x0 == pytest.approx(line.left / page.width)


def test_letters_beyond_the_edge_of_a_page_have_a_box_within_it(make_pdf):
    [line] = page_of(make_pdf([(WIDTH - 40, 100, "Children are safe.")])).lines
    assert (line.box.x1, round(line.right)) == (1, round(WIDTH))


def test_a_blank_page_has_no_lines(make_pdf):
    page = page_of(make_pdf([(72, 100, "   ")]))
    assert (page.lines, page.number, page.text.strip()) == ((), 1, "")


def test_the_parts_of_a_word_that_is_broken_at_a_line_end_are_on_their_own_lines(make_pdf):
    broken = [(72, 100, "Leaders have a clear self-"), (72, 114, "evaluation of it.")]
    first, second = page_of(make_pdf(broken)).lines
    assert first.text.endswith(LINE_BREAK_HYPHEN)
    assert second.text == "evaluation of it."
    assert first.box.y1 <= second.box.y0


def test_the_lines_of_a_page_are_in_its_text_in_order(make_pdf):
    page = page_of(make_pdf([*row("Westmarsh Council", "Care Board", gap=30), (72, 120, "Children are safe.")]))
    at = 0
    for line in page.lines:
        start = page.text.find(line.text, at)
        assert start >= at
        at = start + len(line.text)
    assert not page.text[at:].strip()


@pytest.mark.parametrize(
    ("name", "bold"), [("Fenland-Bold", True), ("ABCDEF+Fenland,BoldItalic", True), ("Fenland", False)]
)
def test_the_name_of_a_font_shows_that_it_is_bold_if_its_weight_does_not(raw_pdf, name, bold):
    """LibreOffice and Cairo write the stem of a regular font for every font, from which PDFium takes the weight 400."""
    fonts = {
        50: f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 "
        f"/Widths [{'500 ' * 95}] /FontDescriptor 51 0 R >>",
        51: f"<< /Type /FontDescriptor /FontName /{name} /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
    }
    above = "/Resources << /Font << /F1 50 0 R >> >>"
    path = raw_pdf("BT /F1 11 Tf 72 700 Td (Headline findings) Tj ET", above=above, objects=fonts)
    [line] = page_of(path).lines
    assert (line.text, line.bold) == ("Headline findings", bold)
