"""Leaves out watermarks: words such as "DRAFT" that a PDF draws across the text of a page."""

from __future__ import annotations

import math
from collections.abc import Iterator

from corpus.pdf_calls import Handle
from corpus.pdf_objects import PageObjects, TextObject

_SLANT = 10.0
"""Letters are slanted if their baseline is at least this many degrees from level and from upright. Chosen by eye."""
_LARGE = 24.0
"""Smallest size of the letters of a watermark that is dark or level, in points. Chosen by eye."""
_PALE = 140
"""Letters whose red, green and blue are all at least this, of 255, are pale. Chosen by eye."""
_THIN = 160
"""Letters of at most this opacity, of 255, are pale too. Chosen by eye."""
_ACROSS = 2
"""Number of other texts that start within the box of a level watermark. Chosen by eye."""


def leave_out_watermarks(objects: PageObjects) -> None:
    """Leave out the text that is slanted and large or pale, or large, pale and across other text."""
    objects.leave_out(list(_watermarks(objects)))


def _watermarks(objects: PageObjects) -> Iterator[Handle]:
    for text in objects.unusual:
        a, b, *_ = text.matrix
        pale = text.darkest >= _PALE or text.fill[3] <= _THIN
        slanted = bool(a and b) and _SLANT <= math.degrees(math.atan2(abs(b), abs(a))) <= 90 - _SLANT
        large = (pale or slanted) and _size(text, objects) >= _LARGE
        if (slanted and (pale or large)) or (pale and large and _is_across(text, objects)):
            yield text.item


def _size(text: TextObject, objects: PageObjects) -> float:
    return objects.calls.font_size(text.item) * math.hypot(*text.matrix[:2])


def _is_across(text: TextObject, objects: PageObjects) -> bool:
    left, bottom, right, top = objects.bounds(text)
    within = (
        other
        for other in objects.texts
        if other.item != text.item and left < other.matrix[4] < right and bottom < other.matrix[5] < top
    )
    return sum(_size(other, objects) < _LARGE for other in within) >= _ACROSS
