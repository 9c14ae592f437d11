from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.measures import CELL_GAP
from corpus.pdf import pdf_file

WIDTH, HEIGHT = A4
SIZE = 11


def page_of(path):
    [page] = pdf_file.read_pages(path)
    return page


def texts(path):
    return [line.text.strip() for line in page_of(path).lines]


def width(text, size=SIZE):
    return pdfmetrics.stringWidth(text, "Helvetica", size)


def row(*cells, gap, top=100):
    """Return cells on one baseline, spaced ``gap`` points apart."""
    lefts = itertools.accumulate((width(cell) + gap for cell in cells[:-1]), initial=72)
    return [(left, top, cell) for left, cell in zip(lefts, cells, strict=True)]


def test_a_wide_gap_separates_the_cells_of_a_row_and_each_has_its_own_place(make_pdf):
    first, second, third = page_of(make_pdf(row("Westmarsh Council", "Care Board", "Agreed", gap=30))).lines
    assert [line.text.strip() for line in (first, second, third)] == ["Westmarsh Council", "Care Board", "Agreed"]
    assert first.left == pytest.approx(72, abs=2)
    assert first.right == pytest.approx(72 + width("Westmarsh Council"), abs=2)
    assert second.left == pytest.approx(72 + width("Westmarsh Council") + 30, abs=2)
    assert first.box.x1 < second.box.x0 < second.box.x1 < third.box.x0
    assert first.baseline == second.baseline == third.baseline


@pytest.mark.parametrize(("gap", "parts"), [(CELL_GAP * SIZE - 3, 1), (CELL_GAP * SIZE + 3, 2)])
def test_the_size_of_the_letters_decides_how_wide_a_gap_must_be(make_pdf, gap, parts):
    assert len(texts(make_pdf(row("Westmarsh Council", "Care Board", gap=gap)))) == parts


@pytest.mark.parametrize("label", ["7.", "12", "b)", "(iv)", "2.1", "•", "–", "Lead inspector:", "Report published:"])
def test_a_number_a_bullet_or_a_label_is_not_separated_from_its_text(make_pdf, label):
    [line] = page_of(make_pdf(row(label, "Children are seen often", gap=40))).lines
    assert line.text.startswith(label)
    assert line.text.endswith("Children are seen often")
    assert line.right == pytest.approx(72 + width(label) + 40 + width("Children are seen often"), abs=2)


@pytest.mark.parametrize("number", ["7", "24", "118", "…… 9"])
def test_an_entry_in_the_contents_is_not_separated_from_its_page(make_pdf, number):
    [text] = texts(make_pdf(row("The experiences of care leavers", number, gap=120)))
    assert text.split() == ["The", "experiences", "of", "care", "leavers", *number.split()]


def test_a_label_and_its_text_are_separated_from_the_cell_next_to_them(make_pdf):
    cells = row("1.", "Leadership", "Good", gap=40)
    assert [" ".join(text.split()) for text in texts(make_pdf(cells))] == ["1. Leadership", "Good"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_cells_are_separated_on_a_page_with_turned_text(tmp_path, rotation):
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4)
    canvas.setPageRotation(rotation)
    canvas.translate(*{90: (HEIGHT, 0), 180: A4, 270: (0, WIDTH)}[rotation])
    canvas.rotate(rotation)
    canvas.setFont("Helvetica", SIZE)
    canvas.drawString(72, 500, "Westmarsh Council")
    canvas.drawString(300, 500, "Care Board")
    canvas.save()
    first, second = page_of(tmp_path / "turned.pdf").lines
    assert [line.text.strip() for line in (first, second)] == ["Westmarsh Council", "Care Board"]
    assert (first.left, second.left) == (pytest.approx(72, abs=2), pytest.approx(300, abs=2))
    assert [first.baseline, second.baseline] == pytest.approx([HEIGHT - 500] * 2, abs=0.5)


WORDS = st.text("abcdefghjklmnopqrstuwyzABCDEFG", min_size=2, max_size=9)
# The letters i, v and x are left out, because a number in them is the label of the text after it.
CELLS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("rows") / "row.pdf"


@settings(deadline=None, max_examples=40)
@given(cells=CELLS, gap=st.integers(1, 40), size=st.sampled_from([9, 11, 14]))
def test_no_letter_of_a_row_is_lost_or_repeated_and_its_parts_are_side_by_side(scratch, cells, gap, size):
    canvas = Canvas(str(scratch), pagesize=(1400, 200))
    canvas.setFont("Helvetica", size)
    left = 20
    for cell in cells:
        canvas.drawString(left, 100, cell)
        left += width(cell, size) + gap
    canvas.save()

    lines = page_of(scratch).lines

    assert "".join("".join(line.text.split()) for line in lines) == "".join("".join(cells).split())
    assert all(before.box.x1 <= after.box.x0 for before, after in itertools.pairwise(lines))
    assert all(line.left < line.right for line in lines)
    if gap > CELL_GAP * size + 3:  # letters may extend beyond their own width
        assert [line.text.strip() for line in lines] == cells
