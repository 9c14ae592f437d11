"""Leaves out copies of text that a PDF draws a little beside the original, to make it look bold or give it a shadow."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium

from corpus.pdf_calls import Handle, TextCalls
from corpus.pdf_objects import PageObjects

_SHIFT = 0.15
"""Largest shift of a copy, as a share of the height of its letters. Chosen by eye."""
_FURTHEST = 2.0
"""Largest shift of a copy, in points. Chosen by eye."""
_SQUARE = 2 * _FURTHEST
"""Length of the squares into which we divide a page to find texts that start near each other, in points. There are four
grids of them, so that two such texts are in the same square of at least one grid."""
_GRIDS = ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5))
_ROWS = 100_000.0
"""A number larger than the number of squares in a column of any page."""
_MOST_IN_SQUARE = 8
"""Number of earlier texts in a square with which we compare a text. Chosen by eye, to limit the time."""
_SAME = 0.01
"""Largest difference between two numbers of matrices that are alike. Chosen by eye."""


def leave_out_copies(page: pdfium.PdfPage, objects: PageObjects) -> frozenset[Handle]:
    """Leave out each text that has the letters, the size and nearly the place of an earlier text.

    Return the texts that look bold because their copies have the same colour.
    """
    near = (pair for pair in _near(objects) if objects.gone.isdisjoint(pair))
    pairs = sorted(pair for pair in near if _look_alike(*pair, objects))
    if not pairs:
        return frozenset()
    letters = _letters(page, {index for pair in pairs for index in pair}, objects)
    copies: set[int] = set()
    bold: set[Handle] = set()
    for first, second in pairs:
        words = letters.get(objects.items[first])
        # PDFium leaves out some copies itself, and then they have no letters.
        if first not in copies and words and letters.get(objects.items[second], words) == words:
            copies.add(second)
            if objects.fills[first] == objects.fills[second]:
                bold.add(objects.items[first])
    objects.leave_out(copies)
    return frozenset(bold)


def _near(objects: PageObjects) -> set[tuple[int, int]]:
    """Return pairs of texts that start near each other, turn alike and have the same scale. Most pages have none."""
    found: set[tuple[int, int]] = set()
    matrices = np.array(objects.matrices, dtype=np.float64).reshape(-1, 6)
    squares = matrices[:, 4:] / _SQUARE
    for right, up in _GRIDS:
        keys = np.floor(squares[:, 0] + right) * _ROWS + np.floor(squares[:, 1] + up)
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        for apart in range(1, _MOST_IN_SQUARE + 1):
            together = np.flatnonzero(ordered[apart:] == ordered[:-apart])
            if not together.size:
                break
            first, second = order[together], order[together + apart]
            differences = np.abs(matrices[first] - matrices[second])
            alike = (differences[:, :4] <= _SAME).all(axis=1) & (differences[:, 4:] <= _FURTHEST).all(axis=1)
            found.update(zip(first[alike].tolist(), second[alike].tolist(), strict=True))
    return found


def _look_alike(first: int, second: int, objects: PageObjects) -> bool:
    left, bottom, right, top = objects.bounds(first)
    x0, y0, x1, y1 = objects.bounds(second)
    near = _SHIFT * (top - bottom)
    return max(abs(left - x0), abs(right - x1), abs(bottom - y0), abs(top - y1)) <= near


def _letters(page: pdfium.PdfPage, indexes: set[int], objects: PageObjects) -> dict[Handle, list[int]]:
    """Return the codes of the letters of some texts. PDFium's own call would search the whole page for each of them."""
    wanted = {objects.items[index] for index in indexes}
    textpage = page.get_textpage()
    calls = TextCalls(textpage, scaled=False)
    found: dict[Handle, list[int]] = {}
    for place in range(textpage.count_chars()):
        item = calls.text_object(place)
        if item in wanted and not chr(code := calls.code(place)).isspace():
            found.setdefault(item, []).append(code)
    textpage.close()
    return found
