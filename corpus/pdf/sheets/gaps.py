"""Finds the gaps between words where PDFium gives no space, and the spaces inside words that nobody sees.

Some programs, such as Ghostscript and TeX, do not print all spaces. They move to the right and print the next word.
PDFium then adds a space if the gap seems wide enough, but it misjudges some gaps. Ghostscript also prints some spaces
inside words, and moves back over them before it prints the next letter.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus.pdfium.raw_calls import Doubles, Floats, TextCalls

_SPACE = 0.17
"""Smallest gap between two words, as a share of the size of the letters. A space in Times is 0.25 wide, or narrower in
some justified lines. Chosen by eye."""
_LEVEL = 0.05
"""On one line, the baselines and sizes of letters differ by less than this share of their size. Chosen by eye."""
_LEAST = 0.5
"""Smallest gap that we check, in points, however small the letters are. Chosen by eye."""
_SAMPLES = 24
"""Number of spaces on a page that we check. Chosen by eye."""
_ADDED = 0.5
"""We look for gaps on a page if PDFium added at least this share of those spaces.

Values from 0.23 to 0.9 gave the same results. On pages by programs that print spaces, PDFium added up to 0.22.
"""
_JOINED = re.compile(r"[,;.'’](?:(?<=[a-z][,;])[A-Za-z]|(?<=[a-z]\.)[A-Z][a-z]|(?<=[a-z]['’])s[a-z])")
"""A sign that words are joined. If a page has one, we look for gaps on the page."""
_NONE = 0.05
"""A space is inside a word if the gap there is smaller than this share of the size of the letters. Chosen by eye."""
STOPS = frozenset(",.;:!?)]’”")
"""Punctuation that follows a word without a space. French puts a narrow gap before some of it."""
_INSIDE_WORD = re.compile(r"(?<=[a-z]) (?=[a-z])")
_WORD_SPACE = re.compile(r"(?<=\S) (?=\S)")


class Repair(NamedTuple):
    """A position in a page's text where a space is missing, or where a word contains a space that takes no room."""

    place: int
    is_missing: bool


def space_repairs(calls: TextCalls, text: str) -> list[Repair]:
    """Return the repairs that a page's spaces need, in order. The text must be level.

    We look only if the page does not print its own spaces, or if words seem to be joined.
    """
    if not (_adds_spaces(calls, text) or _JOINED.search(text)):  # true of nearly all pages
        return []
    origins, ends = calls.origins(range(len(text))), calls.ends(len(text))
    steps = (np.flatnonzero(origins[1:, 0] - ends[:-1] > _LEAST) + 1).tolist()
    missing = [
        Repair(place, is_missing=True)
        for place in steps
        if text[place] not in STOPS
        and not (text[place].isspace() or text[place - 1].isspace())
        and _gap(calls, place - 1, place, origins, ends) >= _SPACE
    ]
    extra = [
        Repair(space.start(), is_missing=False)
        for space in _INSIDE_WORD.finditer(text)
        if abs(_gap(calls, space.start() - 1, space.end(), origins, ends)) < _NONE
    ]
    return sorted(missing + extra)


def repaired(text: str, start: int, repairs: Sequence[Repair]) -> tuple[str, tuple[Repair, ...]]:
    """Return a line with its repairs made, and these repairs. If its letters are printed far apart, we make none.

    ``start`` is the position of the line in the page's text. The places of the returned repairs are counted from there.
    """
    first, last = bisect_left(repairs, (start + 1,)), bisect_left(repairs, (start + len(text),))
    if first == last:
        return text, ()
    own = tuple(Repair(place - start, is_missing) for place, is_missing in repairs[first:last])
    parts: list[str] = []
    done = 0
    for at, is_missing in own:
        parts += (text[done:at], " ") if is_missing else (text[done:at],)
        done = at if is_missing else at + 1
    words = "".join([*parts, text[done:]])
    lone = sum(len(word) == 1 for word in words.split())
    return (words, own) if 2 * lone <= len(words.split()) else (text, ())


def place_before(place: int, repairs: Sequence[Repair]) -> int:
    """Return where a character of a repaired line is in the line before the repairs."""
    shift = 0
    for at, is_missing in repairs:
        if place < at + shift + is_missing:
            break
        shift += 1 if is_missing else -1
    return place - shift


def _adds_spaces(calls: TextCalls, text: str) -> bool:
    found = (_WORD_SPACE.search(text, place) for place in range(0, len(text), len(text) // _SAMPLES + 1))
    samples = {space.start() for space in found if space}
    return bool(samples) and sum(map(calls.is_added, samples)) >= _ADDED * len(samples)


def _gap(calls: TextCalls, before: int, after: int, origins: Doubles, ends: Floats) -> float:
    """Return the gap between two characters as a share of their size, or NaN unless they are level and alike in size.

    A footnote mark is smaller than the word before it, and the next line is lower.
    """
    size = calls.size(after)
    near = _LEVEL * size
    is_level = abs(origins[before, 1] - origins[after, 1]) < near and abs(calls.size(before) - size) < near
    return float(origins[after, 0] - ends[before]) / size if is_level and size > 0 else math.nan
