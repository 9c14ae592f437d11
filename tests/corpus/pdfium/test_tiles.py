"""Tests that only pages with patterns of tiny tiles are not drawn, and that people learn which pages these are."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from corpus.pdfium.tiles import Tiles
from corpus.readers.pdf import read_pdf
from tests.hostile.pdfs import page, pdf, stream

TINY = "/XStep 0.0001 /YStep 12"
FILL = "/Pattern cs /P scn 0 0 595 842 re f"
BLACKED_OUT = "0 0 0.5 rg 60 520 400 16 re f BT /F 11 Tf 72 524 Td (Visits are seldom made.) Tj ET"
WORDS = "0 g BT /F 11 Tf 72 600 Td (Visits are made on time.) Tj ET"
WARNING = "Page {} could not be checked for words that nobody sees, such as blacked-out words, because it takes too long to draw. Compare it with the file before you quote it."


def tiles(facts, box="0 0 1 1"):
    facts = f"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [{box}] /Resources << >> {facts}"
    return stream("0 0 1 1 re f", facts)


def may_be_drawn(path):
    document = pdfium.PdfDocument(path)
    may = Tiles(document, path.read_bytes()).may_be_drawn(document[0], 0)
    document.close()
    return may


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        (TINY, False),
        ("/XStep 12 /YStep -.01", False),
        ("/XStep\n0 /YStep 8", False),
        ("/XStep 8 0 R /YStep 8", False),
        ("/XStep 9 0 R /YStep 9 0 R", False),
        ("/XStep 1 /YStep 1 /Matrix [.01 0 0 .01 0 0]", False),
        ("/XStep 8 /YStep 8 /Matrix 10 0 R", False),
        ("/A (>>stream) /B << /XStep 9 /C << /BBox [0 0 1 1] >> >> /XStep .01 /YStep .01", False),
        ("/#58Step .01 /YStep .01", False),
        ("/XStep 4 /YStep 4.5", True),
        ("/XStep 0.1 /YStep 0.1 /Matrix [80 0 0 80 0 0]", True),
        ("/XStep 7 0 R /YStep . ", True),
        ("/A (/XStep .01) /XStep 8 /YStep 8", True),
    ],
)
def test_only_a_page_with_tiles_that_are_very_close_together_may_not_be_drawn(write, facts, may):
    others = {6: tiles(facts), 8: "0.0001", 9: "8 0 R", 10: "[1 0 1 .0001 0 0]"}
    path = write(page(f"{FILL} {WORDS}", resources="/Pattern << /P 6 0 R >>", others=others), "a.pdf")
    assert may_be_drawn(path) is may


def test_the_name_of_a_pattern_may_have_codes_for_letters(write):
    content = page(FILL, resources="/Pattern << /P 6 0 R >>", others={6: tiles(TINY)})
    assert not may_be_drawn(write(content.replace(b"/PatternType", b"/P#61ttern#54ype"), "a.pdf"))


def test_large_tiles_may_not_lie_on_each_other(write):
    def path(box):
        return write(
            page(FILL, resources="/Pattern << /P 6 0 R >>", others={6: tiles("/XStep .5 /YStep .5", box)}), "a.pdf"
        )

    assert not may_be_drawn(path("0 0 100 100"))
    assert may_be_drawn(path("0 0 1 1"))


@pytest.mark.parametrize("scale", [("0.01 0 0 0.01 0 0 cm", ""), ("", "/Matrix [0.01 0 0 0.01 0 0]")])
def test_a_form_may_make_tiles_smaller(write, scale):
    operator, matrix = scale
    facts = "/Type /XObject /Subtype /Form /BBox [0 0 59500 84200] /Resources << /Pattern << /P 6 0 R >> >>"
    form = stream("/Pattern cs /P scn 0 0 59500 84200 re f", f"{facts} {matrix}")
    others = {6: tiles("/XStep 1 /YStep 1", "0 0 .9 .9"), 7: form}
    assert not may_be_drawn(
        write(page(f"q {operator} /X Do Q {WORDS}", resources="/XObject << /X 7 0 R >>", others=others), "a.pdf")
    )


def pages(*contents, tiled):
    """Return a PDF of some pages. Only the page of the given index has the pattern of tiny tiles."""
    numbers = range(10, 10 + 2 * len(contents), 2)
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] /Count {len(contents)} >>",
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: tiles(TINY),
    }
    for index, (number, content) in enumerate(zip(numbers, contents, strict=True)):
        patterns = "/Pattern << /P 6 0 R >>" if index == tiled else ""
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << /F 5 0 R >> {patterns} >> >>"
        )
        objects[number + 1] = stream(content)
    return pdf(objects)


def test_blacked_out_words_are_still_left_out_of_the_other_pages(write):
    path = write(pages(f"{FILL} {WORDS}", f"{BLACKED_OUT} {WORDS}", WORDS, tiled=0), "a.pdf")
    document = read_pdf(path)
    assert document.text.split("\n\n") == ["Visits are made on time."] * 3
    assert document.warnings == ("Page 2 has words that a box covers. We left them out.", WARNING.format(1))


def test_a_page_that_cannot_be_checked_keeps_its_words_and_has_a_warning(write):
    path = write(pages(WORDS, f"{FILL} {BLACKED_OUT} {WORDS}", tiled=1), "a.pdf")
    document = read_pdf(path)
    assert "Visits are seldom made." in document.text
    assert document.warnings == (WARNING.format(2),)
