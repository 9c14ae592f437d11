"""Leaves out copies of text that a PDF draws a little beside the original, to make it look bold or give it a shadow."""

from __future__ import annotations

import pypdfium2 as pdfium

from corpus.pdf_calls import Handle
from corpus.pdf_objects import PageObjects, TextObject

_CELL = 4.0
"""Length of the squares into which we divide a page to find texts that start near each other, in points."""
_ROWS = 100_000
"""A number larger than the number of squares in a column of any page."""
_SHIFT = 0.15
"""Largest shift of a copy, as a share of the height of its letters. Chosen by eye."""


def leave_out_copies(page: pdfium.PdfPage, objects: PageObjects) -> None:
    """Leave out each text that has the letters, the size and nearly the place of an earlier text."""
    pairs = [(one, other) for one, other in _neighbours(objects.texts) if _look_alike(one, other, objects)]
    if not pairs:
        return
    textpage = page.get_textpage()
    copies: set[Handle] = set()
    for first, second in pairs:
        letters = objects.calls.text(first.item, textpage)
        if first.item not in copies and letters and letters == objects.calls.text(second.item, textpage):
            copies.add(second.item)
    textpage.close()
    objects.leave_out(copies)


def _neighbours(texts: list[TextObject]) -> list[tuple[TextObject, TextObject]]:
    """Return pairs of texts that start in one square, the first of each square with all others.

    There are two grids of squares, because two texts may be on either side of an edge.
    """
    pairs: list[tuple[TextObject, TextObject]] = []
    for shift in (0.0, 0.5):
        squares: dict[int, TextObject] = {}
        for text in texts:
            x, y = text.matrix[4:]
            square = int(x / _CELL + shift) * _ROWS + int(y / _CELL + shift)
            if square in squares:
                pairs.append((squares[square], text))
            else:
                squares[square] = text
    return pairs


def _look_alike(one: TextObject, other: TextObject, objects: PageObjects) -> bool:
    if any(abs(first - second) > 0.01 for first, second in zip(one.matrix[:4], other.matrix[:4], strict=True)):
        return False
    left, bottom, right, top = objects.bounds(one)
    x0, y0, x1, y1 = objects.bounds(other)
    near = _SHIFT * (top - bottom)
    return max(abs(left - x0), abs(right - x1), abs(bottom - y0), abs(top - y1)) <= near
