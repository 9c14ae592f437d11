from __future__ import annotations

from corpus.pdf.lines import PdfPage
from corpus.scans.layers import with_layers_mended


def page(*lines, recognised=True):
    return PdfPage(1, 595, 842, "\n".join(line.text for line in lines), lines, recognised=recognised)


def mended(*pages):
    return [[(line.text, line.size) for line in one.lines] for one in with_layers_mended(pages)]


def test_bullets_that_were_read_as_letters_are_bullets_again(pdf_line):
    lines = [pdf_line("e The quality of plans.", 100), pdf_line("¢ Visits to children.", 114), pdf_line("Dear Jo", 128)]
    assert [text for text, _ in mended(page(*lines))[0]] == [
        "• The quality of plans.",
        "• Visits to children.",
        "Dear Jo",
    ]


def test_a_single_such_sign_stays(pdf_line):
    assert mended(page(pdf_line("© Crown copyright", 100), pdf_line("Plans.", 114)))[0][0][0] == "© Crown copyright"


def test_lines_of_nearly_the_same_size_have_one_size(pdf_line):
    sizes = [11, 11, 10.6, 11.4, 16]
    lines = [pdf_line("Children are seen often.", 100 + 14 * n, size=size) for n, size in enumerate(sizes)]
    read = [size for _, size in mended(page(*lines))[0]]
    assert len(set(read[:4])) == 1
    assert read[4] > 14


def test_pages_with_printed_text_stay_as_they_are(pdf_line):
    own = page(pdf_line("e The quality.", 100), pdf_line("e Visits.", 114, size=10.6), recognised=False)
    assert with_layers_mended([own]) == [own]


def test_letters_whose_size_was_rounded_to_the_next_point_are_those_of_the_text(pdf_line):
    sizes = [10, 10, 10, 9, 11, 12]
    lines = [pdf_line("Children are seen often.", 100 + 14 * n, size=size) for n, size in enumerate(sizes)]
    read = [size for _, size in mended(page(*lines))[0]]
    assert read[:5] == [10] * 5
    assert read[5] > 11
