"""Leaves out copies of text that a PDF draws slightly to one side, to make the text bold or give it a shadow."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium

from corpus.pdfium.objects import PageObjects
from corpus.pdfium.raw_calls import Handle, TextCalls

_SHIFT = 0.15
"""Largest shift of a copy, as a share of the height of its letters. Chosen by eye."""
_FURTHEST = 2.0
"""Largest shift of a copy, in points. Chosen by eye."""
_BAND = 2 * _FURTHEST
"""Height of the bands into which we divide a page to find texts that start near each other, in points. We divide the
page twice, at different heights, so that two such texts are in the same band at least once."""
_DIVISIONS, _BOTH = np.array([[0.0], [0.5]], np.float32), np.array([[0], [1]])
"""How far the bands of each division are moved, as a share of their height, and the number of each division."""
_WIDEST = 100_000.0
"""A number larger than the width of any page, in points."""
_MOST_NEAR = 8
"""We compare a text with at most this many of the next texts in its band, from left to right. Chosen by eye, to limit
the time."""
_SAME = 0.01
"""Largest difference between the numbers of two matrices that count as the same. Chosen by eye."""
_DIFFERENCES = np.array([_SAME] * 4 + [_FURTHEST] * 2)


def leave_out_copies(page: pdfium.PdfPage, objects: PageObjects) -> frozenset[Handle]:
    """Leave out each text that has the same letters and size as an earlier text, and nearly the same place.

    Return the texts with copies in the same colour, because these look bold.
    """
    pairs = sorted(pair for pair in _near(objects) if objects.gone.isdisjoint(pair) and _look_alike(*pair, objects))
    if not pairs:
        return frozenset()
    letters = _letters(page, {index for pair in pairs for index in pair}, objects)
    copies: set[int] = set()
    bold: set[Handle] = set()
    for first, second in pairs:
        words = letters.get(objects.items[first])
        # PDFium itself leaves out some copies, which then have no letters.
        if first not in copies and words and letters.get(objects.items[second], words) == words:
            copies.add(second)
            if (objects.fills[first] == objects.fills[second]).all():
                bold.add(objects.items[first])
    objects.leave_out(copies)
    return frozenset(bold)


def _near(objects: PageObjects) -> set[tuple[int, int]]:
    """Return pairs of texts that start near each other and have the same rotation and scale. Most pages have none."""
    matrices = objects.matrices
    found: set[tuple[int, int]] = set()
    keys = np.floor(matrices[:, 5] / _BAND + _DIVISIONS) * _WIDEST + matrices[:, 4].astype(np.float64)
    order = keys.argsort(axis=1, kind="stable")
    ordered = keys[_BOTH, order]
    for apart in range(1, _MOST_NEAR + 1):
        division, place = (ordered[:, apart:] - ordered[:, :-apart] <= _FURTHEST).nonzero()
        if not place.size:
            break
        one, other = order[division, place], order[division, place + apart]
        alike = (np.abs(matrices[one] - matrices[other]) <= _DIFFERENCES).all(axis=1)
        pairs = zip(one[alike].tolist(), other[alike].tolist(), strict=True)
        found.update((min(pair), max(pair)) for pair in pairs)
    return found


def _look_alike(first: int, second: int, objects: PageObjects) -> bool:
    left, bottom, right, top = objects.bounds(first)
    x0, y0, x1, y1 = objects.bounds(second)
    near = _SHIFT * (top - bottom)
    return max(abs(left - x0), abs(right - x1), abs(bottom - y0), abs(top - y1)) <= near


def _letters(page: pdfium.PdfPage, indexes: set[int], objects: PageObjects) -> dict[Handle, list[int]]:
    """Return the codes of the letters of the given texts.

    PDFium's own call would search the whole page for each text.
    """
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
