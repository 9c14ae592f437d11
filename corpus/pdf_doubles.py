"""Leaves out copies of text that a PDF draws a little beside the original, to make it look bold or give it a shadow."""

from __future__ import annotations

import pypdfium2 as pdfium

from corpus.pdf_calls import Four, Handle
from corpus.pdf_objects import PageObjects, TextObject

_SHIFT = 0.15
"""Largest shift of a copy, as a share of the height of its letters. Chosen by eye."""


def leave_out_copies(page: pdfium.PdfPage, objects: PageObjects) -> list[Four]:
    """Leave out each text that has the letters, the size and nearly the place of an earlier text.

    Return the edges of the texts that look bold because their copies have the same colour.
    """
    pairs = [(one, other) for one, other in objects.near if _look_alike(one, other, objects)]
    if not pairs:
        return []
    textpage = page.get_textpage()
    copies: set[Handle] = set()
    bold: list[Four] = []
    for first, second in pairs:
        letters = objects.calls.text(first.item, textpage)
        # PDFium leaves out some copies itself, and then they have no letters.
        if first.item not in copies and letters and objects.calls.text(second.item, textpage) in (letters, b""):
            copies.add(second.item)
            if first.fill == second.fill:
                bold.append(objects.bounds(first))
    textpage.close()
    objects.leave_out(copies)
    return bold


def _look_alike(one: TextObject, other: TextObject, objects: PageObjects) -> bool:
    if any(abs(first - second) > 0.01 for first, second in zip(one.matrix[:4], other.matrix[:4], strict=True)):
        return False
    left, bottom, right, top = objects.bounds(one)
    x0, y0, x1, y1 = objects.bounds(other)
    near = _SHIFT * (top - bottom)
    return max(abs(left - x0), abs(right - x1), abs(bottom - y0), abs(top - y1)) <= near
