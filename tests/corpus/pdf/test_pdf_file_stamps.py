"""Tests that the slanted words of a stamp are kept apart from the text that they cover, and are not a heading."""

from __future__ import annotations

import math

import pytest

from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

LINES = [
    "Leaders visit each team in turn and write to staff with what they",
    "have heard. A monthly clinic lets any worker raise a case with the",
    "director, and those who have used it say that it led to quick help.",
]
TEXT = " ".join(LINES)
LATER = "Corporate parents meet the children in care council every six weeks."


def level(words, y, font="F1 11"):
    return f"BT /{font} Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET"


def stamp(degrees, words=("RECEIVED", "4 AUG 2025"), y=500):
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    drawn = " ".join(f"BT /F2 {14 - 2 * n} Tf {12} {26 - 17 * n} Td ({word}) Tj ET" for n, word in enumerate(words))
    return f"q {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} 300 {y} cm {drawn} Q"


def page(*between):
    lines = [level(words, 540 - 14 * number) for number, words in enumerate(LINES)]
    parts = [level("What we found", 570, "F2 14"), *lines, level(LATER, 480)]
    for place, drawn in between:
        parts.insert(place, drawn)
    return "\n".join(parts)


@pytest.mark.parametrize("degrees", [5, 14, 45, -14, -30])
@pytest.mark.parametrize("place", [0, 2, 3, 5], ids=["first", "within the text", "later in it", "last"])
def test_a_stamp_breaks_no_paragraph_and_is_no_heading(raw_pdf, degrees, place):
    document = read_pdf(raw_pdf(page((place, stamp(degrees)))))
    blocks = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert [text for kind, text in blocks if kind is BlockKind.HEADING] == ["What we found"]
    assert {TEXT, LATER} <= {text for _, text in blocks}
    assert "RECEIVED" in document.text


def test_two_stamps_on_a_page_are_no_headings(raw_pdf):
    second = stamp(-10, ("COPY", "for the panel"), y=420)
    document = read_pdf(raw_pdf(page((3, stamp(14)), (4, second))))
    headings = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["What we found"]
    assert TEXT in document.text


def test_a_page_on_which_all_words_are_slanted_keeps_its_headings(raw_pdf):
    turned = f"q 0.9962 0.0872 -0.0872 0.9962 40 -20 cm {page()} Q"
    document = read_pdf(raw_pdf(turned))
    headings = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["What we found"]
