"""Tests that a gap without a space separates words, and that a space that takes no room does not."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.pdf import pdf_file
from corpus.pdf.sheets.gaps import Repair, place_before, repaired
from corpus.quotes.originals import locate

SIZE = 11


def drawn(*parts, top=100, left=72.0):
    """Return the drawing of a line. Each part is its words, and the gap after each of its letters in points.

    Ghostscript makes the gap between two words with a part of two letters: the last one and the first one.
    """
    commands = [f"BT /F1 {SIZE} Tf {left} {842 - top} Td"]
    for words, gap in parts:
        step = stringWidth(words, "Helvetica", SIZE) + gap * (len(words) - 1)
        commands.append(f"{gap} Tc ({words}) Tj {step:.3f} 0 Td")
    return "\n".join([*commands, "ET"])


def lines_of(path):
    return [line.text.strip() for line in pdf_file.read_pages(path)[0].lines]


@pytest.mark.parametrize("gap", [2.2, 2.75, 3.1])
def test_a_gap_between_two_letters_is_a_space(raw_pdf, gap):
    path = raw_pdf(drawn(("where they live", 0), (",t", gap), ("heir homes and ho", 0), ("wt", gap), ("he rest", 0)))
    assert "live,their" in pdf_file.page_text(path, 1)
    assert lines_of(path) == ["where they live, their homes and how the rest"]
    assert locate("live, their homes and how the", path, pdf_file.MEDIA_TYPE, (1,))


def test_letters_of_one_word_stay_together(raw_pdf):
    path = raw_pdf(drawn(("where they live", 0), (",k", 2.75), ("no", 0.3), ("wn by na", 0), ("me", -0.3)))
    assert lines_of(path) == ["where they live, known by name"]


def test_letters_printed_far_apart_stay_together(raw_pdf):
    parts = drawn(("live", 0), (",t", 2.75), ("heir", 0)), drawn(("HOMES", 2.0), top=130)
    assert lines_of(raw_pdf("\n".join(parts))) == ["live, their", "HOMES"]


def test_a_space_that_takes_no_room_is_left_out(raw_pdf):
    space = stringWidth(" ", "Helvetica", SIZE)
    path = raw_pdf(drawn(("where they live", 0), (",t", 2.75), ("hey hav", 0), (" e", -space), (" homes", 0)))
    assert "hav e" in pdf_file.page_text(path, 1)
    assert lines_of(path) == ["where they live, they have homes"]
    assert locate("they have homes", path, pdf_file.MEDIA_TYPE, (1,))


def test_no_space_comes_before_punctuation(raw_pdf):
    assert lines_of(raw_pdf(drawn(("live", 0), (",t", 2.75), ("hey hea", 0), ("r;", 2.2), (" and", 0)))) == [
        "live, they hear; and"
    ]


def test_places_of_later_lines_do_not_move(raw_pdf):
    parts = drawn(("live", 0), (",t", 2.75), ("heir", 0)), drawn(("Visits were made", 0), top=130)
    path = raw_pdf("\n".join(parts))
    text, places = pdf_file.page_text(path, 1), pdf_file.page_lines(path, 1)
    assert [text[place.start : place.end].strip() for place in places] == ["live,their", "Visits were made"]
    assert lines_of(path) == ["live, their", "Visits were made"]


def test_a_place_in_a_repaired_line_is_found_in_the_line_before():
    text, own = repaired("  hav e live,their", 10, [Repair(15, is_missing=False), Repair(23, is_missing=True)])
    assert text == "  have live, their"
    before = "  hav e live,their"
    kept = [place for place in range(len(text)) if place != text.index(" their")]
    assert [before[place_before(place, own)] for place in kept] == [text[place] for place in kept]
    assert place_before(len(text), own) == len(before)


LEFT = (
    "The council has moved",
    "its duty teams,|which are",
    "now close to families,|and",
    "to the schools that they",
    "use in this part of it.",
)
RIGHT = (
    "Leaders visit most of",
    "the homes and listen to",
    "the children,|who say that",
    "they are happy to live",
    "in them with friends.",
)
GAP = 2.75


def gapped(words, left, top):
    """Return the drawing of a line. If the words have a bar, a gap takes its place."""
    head, _, tail = words.partition("|")
    parts = [(head[:-1], 0), (head[-1] + tail[:1], GAP), (tail[1:], 0)] if tail else [(words, 0)]
    return drawn(*parts, top=top, left=left)


def test_the_boxes_of_a_quote_from_a_column_do_not_move_with_the_gaps_before_it(raw_pdf):
    rows = enumerate(zip(LEFT, RIGHT, strict=True))
    lines = [
        gapped(words, left, 100 + 14 * row) for row, both in rows for words, left in zip(both, (72, 320), strict=True)
    ]
    path = raw_pdf("\n".join(lines))
    [place] = locate("are now close to families, and", path, pdf_file.MEDIA_TYPE, (1,))
    assert place.rearranged
    upper, lower = place.boxes

    def width(words):
        return stringWidth(words, "Helvetica", SIZE)

    assert upper.x0 * 595 == pytest.approx(72 + width("its duty teams,which ") + GAP, abs=1)
    assert upper.x1 * 595 == pytest.approx(72 + width("its duty teams,which are") + GAP, abs=1)
    assert lower.x0 * 595 == pytest.approx(72, abs=1)
    assert lower.x1 * 595 == pytest.approx(72 + width("now close to families,and") + GAP, abs=1)
