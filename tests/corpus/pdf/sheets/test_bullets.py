"""Tests that bullets start items, even if a PDF draws them as shapes or writes them apart from the items."""

from __future__ import annotations

import pytest

from corpus.pdf import pdf_file
from corpus.quotes.originals import locate
from corpus.readers.pdf import read_pdf
from corpus.types import BlockKind

ITEMS = ("The supply of homes in the east.", "The age at which advisers are met.", "The quality of plans.")
LEAD = "What leaders should do is set out here for the two districts."


def words(text, top, left=100):
    return f"BT /F1 11 Tf 1 0 0 1 {left} {842 - top} Tm ({text}) Tj ET"


def square(top, left=86, size=4.0):
    return f"{left} {842 - top + 2} {size} {size} re f"


def page(raw_pdf, *drawn):
    return raw_pdf("\n".join([words(LEAD, 100, left=72), *drawn]))


def items(path):
    document = read_pdf(path)
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.LIST_ITEM]


LINES = [words(item, 120 + 14 * row) for row, item in enumerate(ITEMS)]


def test_a_small_shape_to_the_left_of_a_line_is_its_bullet(raw_pdf):
    shapes = [square(120 + 14 * row) for row in range(3)]
    assert items(page(raw_pdf, *shapes, *LINES)) == [f"• {item}" for item in ITEMS]


def test_bullets_that_are_written_after_all_the_text_start_their_lines(raw_pdf):
    bullets = [words("\\225", 120 + 14 * row, left=86) for row in range(3)]
    path = page(raw_pdf, *LINES, *bullets)
    assert items(path) == [f"• {item}" for item in ITEMS]
    assert "•" not in [line.text.strip() for line in pdf_file.read_pages(path)[0].lines]


@pytest.mark.parametrize(
    "drawn",
    [square(120, size=14), square(120, left=30), square(140), "86 724 4 0.5 re f"],
    ids=["too large", "too far", "between lines", "a rule"],
)
def test_other_shapes_are_no_bullets(raw_pdf, drawn):
    assert items(page(raw_pdf, drawn, LINES[0])) == []


def test_a_line_that_has_a_bullet_gets_no_second_one(raw_pdf):
    path = page(raw_pdf, square(120, left=80), words(f"\\225 {ITEMS[0]}", 120))
    assert items(path) == [f"• {ITEMS[0]}"]


def test_a_bullet_without_a_line_stays_where_it_is(raw_pdf):
    path = page(raw_pdf, words("\\225", 200, left=86))
    assert [line.text.strip() for line in pdf_file.read_pages(path)[0].lines] == [LEAD, "•"]


def test_a_quote_of_an_item_is_found_without_the_bullet_that_was_added(raw_pdf):
    path = page(raw_pdf, square(120), LINES[0])
    with_bullet = items(path)[0]
    places = locate(with_bullet, path, pdf_file.MEDIA_TYPE, (1,))
    assert [place.page for place in places] == [1]
