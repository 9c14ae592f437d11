"""Measures the ink in the picture of a page: where it lies, how long its strokes are, and if some was not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.scans.recognition import Picture

Ink = npt.NDArray[np.bool_]
"""True where a picture has ink."""
_PAPER, _BLACK = 90, 0.5
"""The shades of paper and of black are the ones that this percentage of the points do not exceed. Chosen by eye."""
_LEAST_CONTRAST = 40
"""With a smaller difference between paper and black, a picture has no ink. Chosen by eye."""
_LETTERS = (0.12, 0.6)
"""Share of a square of the height of a line that letters fill. A rule fills less, and a photograph or a dark edge fills
more. Chosen by eye."""
_RUN = 5
"""Number of squares in a row, half a line apart, that ink must fill to look like a word. Chosen by eye."""
_EDGE = 0.02
"""Share of the page at each edge that we do not look at, because scanners leave marks there. Chosen by eye."""
_AROUND = 0.4
"""Ink belongs to a word if it is no further away than this share of the height of a line. Chosen by eye."""
_ROUND = (0.6, 1.7)
"""The width of a bullet as a multiple of its height. Chosen by eye."""
_SOLID = 0.64
"""Share of its box that a bullet fills. A disc fills 0.785 of it, and the letter “e” about half. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a picture, in its points."""

    left: int
    top: int
    right: int
    bottom: int


def ink_of(picture: Picture) -> Ink:
    """Return where a picture is darker than halfway between its paper and its black."""
    shades = np.bincount(picture.ravel(), minlength=256).cumsum()
    paper, black = _percentile(shades, _PAPER), _percentile(shades, _BLACK)
    if paper - black < _LEAST_CONTRAST:
        return np.zeros(picture.shape, dtype=np.bool_)
    return np.asarray(picture < (paper + black) / 2)


def _percentile(shades: npt.NDArray[np.intp], percent: float) -> float:
    """Return a percentile of the points of a picture, as NumPy does, but without sorting millions of points.

    ``shades`` has the number of points that are at most as light as each shade.
    """
    place = percent / 100 * (int(shades[-1]) - 1)
    before = int(place)
    lower, upper = np.searchsorted(shades, [before, before + 1], side="right").clip(max=255).tolist()
    return float(lower + (upper - lower) * (place - before))


def stroke(ink: Ink, word: Rectangle) -> float:
    """Return the average length of the horizontal strokes in a word, in points. Bold letters have longer ones."""
    part = ink[word.top : word.bottom, word.left : word.right]
    starts = part[:, 1:] & ~part[:, :-1]
    count = int(starts.sum()) + int(part[:, :1].sum())
    return int(part.sum()) / count if count else 0.0


def is_bullet_mark(ink: Ink, word: Rectangle) -> bool:
    """Return whether a box contains a disc or a square, and not a letter."""
    width, height = word.right - word.left, word.bottom - word.top
    if not (width > 0 < height and _ROUND[0] <= width / height <= _ROUND[1]):
        return False
    part = ink[word.top : word.bottom, word.left : word.right]
    rows, columns = np.nonzero(part)
    if len(rows) == 0:
        return False
    part = part[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]  # the box may be a little larger
    return float(part.mean()) >= _SOLID


def unread_words(ink: Ink, words: Iterable[Rectangle], line_height: int) -> int:
    """Return roughly how many pieces of ink look like words and lie where no word was read."""
    rest = ink.copy()
    around = round(_AROUND * line_height)
    for word in words:
        rest[max(word.top - around, 0) : word.bottom + around, max(word.left - around, 0) : word.right + around] = False
    height, width = rest.shape
    edge_y, edge_x = round(_EDGE * height), round(_EDGE * width)
    rest = rest[edge_y : height - edge_y, edge_x : width - edge_x]
    shares = _shares(rest, max(line_height, 4))
    low, high = _LETTERS
    letters = (shares >= low) & (shares <= high)
    if letters.shape[1] < _RUN:
        return 0
    runs = np.lib.stride_tricks.sliding_window_view(letters, _RUN, axis=1).all(axis=2)
    starts = runs & ~np.pad(runs, ((0, 0), (1, 0)))[:, :-1]
    # Each line of letters fills two or three rows of squares, which overlap by half.
    return int(np.ceil(starts.sum() / 2))


def _shares(ink: Ink, size: int) -> npt.NDArray[np.float64]:
    """Return the share of ink in squares with sides of ``size``, every half square."""
    step = size // 2
    sums = np.pad(ink.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32), ((1, 0), (1, 0)))
    rows = np.arange(0, max(ink.shape[0] - size, 0) + 1, step)
    columns = np.arange(0, max(ink.shape[1] - size, 0) + 1, step)
    top, bottom = rows[:, None], np.minimum(rows + size, ink.shape[0])[:, None]
    left, right = columns[None, :], np.minimum(columns + size, ink.shape[1])[None, :]
    total = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return np.asarray(total / (size * size))
