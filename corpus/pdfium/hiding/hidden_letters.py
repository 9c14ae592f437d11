"""Finds the words with letters that a box hides, such as a name that is blacked out.

A letter is hidden if at least half of its pixels look the same without its text. Letters that were recognised in a
picture (OCR) have no pixels of their own. Such a letter is hidden if it is under a box, and its place on the page has
only one colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from corpus.pdfium.hiding.covers import NO_COVERS, Covers
from corpus.pdfium.hiding.probe import Picture
from corpus.pdfium.raw_calls import Four, Handle
from corpus.pdfium.strikes import words_in

_HIDDEN = 0.5
"""A letter is hidden if at least this share of its pixels is. Chosen by eye."""
_INKED = 191
"""In a picture of only the letters, a pixel belongs to a letter if its red is at most this, from 0 to 255. Chosen by
eye."""
_RED = 2
_Pixels = npt.NDArray[np.bool_]
Slices = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class HiddenLetters:
    """The pixels that a page's letters would have, and which of these a box hides."""

    _letters: _Pixels = field(default_factory=lambda: np.zeros((0, 0), np.bool_))
    _hidden: _Pixels = field(default_factory=lambda: np.zeros((0, 0), np.bool_))
    _shown: Picture | None = None
    _most: int = 0
    _printed: frozenset[Handle] = frozenset()
    """The pieces of text that a box may hide in part."""
    _pictured: Mapping[Handle, int] = field(default_factory=dict)
    """The pieces of text that were recognised in a picture, with their indexes."""
    _covers: Covers = NO_COVERS
    _whole: frozenset[Handle] = frozenset()
    """The pieces of text that a box hides completely."""

    @classmethod
    def of(
        cls, shown: Picture, behind: Picture, letters: Picture, *, most: int, printed: Iterable[Handle]
    ) -> HiddenLetters:
        """Compare pictures of the page with and without some texts, and a picture of only their letters.

        Colours are the same if they differ by no more than ``most`` in red, green or blue.
        """
        inked = letters.colours()[:, :, _RED] <= _INKED
        places = inked.nonzero()  # few pixels of a page belong to letters
        differences = np.abs(shown.colours()[places].astype(np.int16) - behind.colours()[places])
        hidden = np.zeros_like(inked)
        hidden[places] = (differences <= most).all(axis=1)
        return cls(inked, hidden, shown, most, frozenset(printed))

    @property
    def are_any(self) -> bool:
        """Whether a box hides any pixel of a letter."""
        return bool(self._hidden.any())

    def with_pictured(self, texts: Mapping[Handle, int], covers: Covers) -> HiddenLetters:
        """Return a copy with the texts that were recognised in a picture, each with its index."""
        return replace(self, _pictured=texts, _covers=covers)

    def with_whole(self, items: Iterable[Handle]) -> HiddenLetters:
        """Return a copy with the pieces of text that a box hides completely."""
        return replace(self, _whole=frozenset(items))

    def words(
        self,
        start: int,
        text: str,
        item_of: Callable[[int], Handle],
        edges_of: Callable[[int], Four],
        place_of: Callable[[float, float, float, float], Four],
    ) -> list[tuple[int, int, bool]]:
        """Return the start and end of each word of a line that has hidden letters, and whether it has letters.

        ``start`` is the position of the line in the page's text. The functions return the piece of text that a
        character belongs to, the character's edges in the units of the page, and edges as fractions of the displayed
        page.
        """
        found = []
        for begin, end, has_letters in words_in(text):
            for place in range(begin, end):
                if has_letters and not text[place].isalnum():
                    continue
                item = item_of(start + place)
                is_part = item in self._printed or item in self._pictured
                if item in self._whole or (is_part and self._is_hidden(item, edges_of(start + place), place_of)):
                    found.append((start + begin, start + end, has_letters))
                    break
        return found

    def _is_hidden(self, item: Handle, edges: Four, place_of: Callable[[float, float, float, float], Four]) -> bool:
        pixels = self._pixels(place_of(*edges))
        if item in self._printed:
            letters = np.count_nonzero(self._letters[pixels])
            return bool(0 < _HIDDEN * letters <= np.count_nonzero(self._hidden[pixels]))
        is_under = self._covers.is_under(self._pictured[item], edges)
        return is_under and self._shown is not None and self._shown.is_even(pixels, self._most)

    def _pixels(self, place: Four) -> Slices:
        """Return the rows and columns of pixels in a rectangle of the page."""
        height, width = self._letters.shape
        left, top, right, bottom = place
        if not all(map(math.isfinite, place)):  # hostile files may do this
            return slice(0, 0), slice(0, 0)
        return _between(top * height, bottom * height, height), _between(left * width, right * width, width)


def _between(first: float, last: float, most: int) -> slice:
    return slice(max(0, min(most, math.floor(first))), max(0, min(most, math.ceil(last))))
