"""Tests that raised figures are separate from the number or word before them, and that quotes are still proved."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.pdf import pdf_file
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf

BEFORE = "Leaders visit each team in turn and write to staff with what they have heard."


def drawn(*pieces, font="F1 {size} Tf", matrix="1 0 0 1"):
    """Return a line of pieces of text, one after the other: words, size and height above the baseline."""
    x, operators = 72.0, []
    for words, *style in pieces:
        size, rise = style or (11, 0)
        operators.append(
            f"BT /{font.format(size=size)} {matrix.format(size=size)} {x:.2f} {528 + rise} Tm ({words}) Tj ET"
        )
        x += stringWidth(words, "Helvetica", size)
    return "\n".join([f"BT /F1 11 Tf 1 0 0 1 72 560 Tm ({BEFORE}) Tj ET", *operators])


RAISED = {
    "after a number": (("It fell to 12",), ("3", 6.5, 4), (" weeks.",), "It fell to 12³ weeks."),
    "after a large number": (("It is 56,200",), ("2", 7, 4), (" children.",), "It is 56,200² children."),
    "two figures": (("It fell to 8",), ("12", 6.5, 4), (" weeks.",), "It fell to 8¹² weeks."),
    "several marks": (("It fell to 12",), ("3,4", 6.5, 4), (" weeks.",), "It fell to 12³,⁴ weeks."),
    "after a word": (("They stay at home",), ("4", 6.5, 4), (", as asked.",), "They stay at home⁴, as asked."),
    "after a percentage": (("It is 22.2%",), ("3", 6.5, 4), (" now.",), "It is 22.2%³ now."),
    "after a full stop": (("It is so.",), ("5", 6.5, 4), (" It was not.",), "It is so.⁵ It was not."),
    "at the end of a year": (("It began in 2014",), ("1", 6, 5), (" here.",), "It began in 2014¹ here."),
    "a unit": (("The yard has 40 m",), ("2", 6.5, 4), (" of grass.",), "The yard has 40 m² of grass."),
}  # fmt: skip
LEVEL = {
    "numbers alone": (("It fell to 123",), (" weeks in 2018.",), "It fell to 123 weeks in 2018."),
    "lowered": (("The CO",), ("2", 6.5, -2), (" levels fell.",), "The CO2 levels fell."),
    "thousands": (("It is 1,204",), (" or 1,20 now.",), "It is 1,204 or 1,20 now."),
    "small but level": (("It is 4",), ("5", 8, 0), (" now.",), "It is 45 now."),
    "raised letters": (("On the 1",), ("st", 6.5, 4), (" of May.",), "On the 1st of May."),
    "raised, of the same size": (("It is 4",), ("5", 11, 1), (" now.",), "It is 45 now."),
}  # fmt: skip


@pytest.mark.parametrize("way", RAISED)
def test_a_raised_figure_is_told_from_what_is_before_it_and_the_quote_is_proved(raw_pdf, way):
    *pieces, expected = RAISED[way]
    path = raw_pdf(drawn(*pieces))
    document = read_pdf(path)
    assert expected in document.text
    assert locate(expected, path, pdf_file.MEDIA_TYPE, (1,))


@pytest.mark.parametrize("way", LEVEL)
def test_other_small_or_raised_signs_are_kept_as_they_are(raw_pdf, way):
    *pieces, expected = LEVEL[way]
    assert str(expected) in read_pdf(raw_pdf(drawn(*pieces))).text


def test_the_size_may_be_in_the_matrix(raw_pdf):
    *pieces, expected = RAISED["after a number"]
    path = raw_pdf(drawn(*pieces, font="F1 1 Tf", matrix="{size} 0 0 {size}"))
    assert expected in read_pdf(path).text


def test_the_text_may_be_raised_without_a_new_matrix(raw_pdf):
    path = raw_pdf(
        f"BT /F1 11 Tf 72 560 Td ({BEFORE}) Tj 0 -20 Td (It fell to 12) Tj /F1 6 Tf 4 Ts (3) Tj 0 Ts /F1 11 Tf ( weeks.) Tj ET"
    )
    assert "It fell to 12³ weeks." in read_pdf(path).text


@pytest.mark.parametrize("turn", ["/Rotate 90", "/Rotate 180", "/Rotate 270"])
@pytest.mark.parametrize("sideways", [False, True])
def test_a_raised_figure_is_found_however_the_page_is_turned(raw_pdf, turn, sideways):
    *pieces, expected = RAISED["after a number"]
    contents = drawn(*pieces)
    if sideways:
        contents = f"q 0 1 -1 0 595 0 cm {contents} Q"
    text = read_pdf(raw_pdf(contents, page=turn)).text
    # PDFium puts a space before raised letters on a page whose text is sideways.
    assert expected in text or (sideways and "It fell to 12 3 weeks." in text)
