"""Separates the raised figures of a PDF's notes from the word or number before them: "12³ weeks", not "123 weeks".

PDFium returns a raised figure like any other. A figure is raised if it is smaller and higher than the character before
it. We use the raised figures of Unicode. When we compare a quote with its page, they count as ordinary figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.note_marks import raised
from corpus.pdf.sheets.gaps import STOPS
from corpus.pdfium.raw_calls import TextCalls

_FIGURES = re.compile(r"[0-9]{1,2}(?:[,;–][0-9]{1,2}){0,3}(?!\w)")
"""The last figures of a word or number, or several such figures."""
_STOPS = STOPS | frozenset("'\"%")
"""Punctuation that may be before a mark."""
_SMALL = 0.85
"""A raised figure is smaller than this share of the size of the character before it. Chosen by eye."""
_RISE = 0.15
"""A raised figure is higher by at least this share of that size. Chosen by eye."""


def with_raised_figures(calls: TextCalls, text: str, baseline_of: Callable[[int], float]) -> str:
    """Return the text of a page with its raised figures. No character moves.

    ``baseline_of`` returns the distance of a character's baseline from the top of the page, in points.
    """
    parts: list[str] = []
    done = 0
    for figures in _FIGURES.finditer(text):
        start, end = figures.span()
        before = text[start - 1] if start else " "
        if not (before.isalnum() or before in _STOPS):
            start += 1  # the first figure is a separate number
            if start == end:
                continue
        size = calls.size(end - 1)
        # The first of two figures may belong to the number before the mark.
        first = next((place for place in range(start, end) if _is_raised(calls, place, size, baseline_of)), end)
        if first < end:
            parts += text[done:first], raised(text[first:end])
            done = end
    return "".join([*parts, text[done:]]) if parts else text


def _is_raised(calls: TextCalls, place: int, size: float, baseline_of: Callable[[int], float]) -> bool:
    """Return whether the figures at a position, which have the given size, are raised above the character before."""
    before = calls.size(place - 1)
    return size < _SMALL * before and _RISE * before < baseline_of(place - 1) - baseline_of(place) < before
