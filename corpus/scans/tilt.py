"""Finds the tilt of a scanned page, and makes the page straight. Tesseract loses lines on pages tilted by 3 degrees."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from corpus.scans.ink import Ink
from corpus.scans.recognition import Picture

_MOST = 8.0
"""Largest tilt that we look for, in degrees."""
_STEPS = (0.5, 0.05)
"""We try tilts this far apart, in degrees: first over the whole range, then around the best one."""
_LEAST = 0.2
"""A smaller tilt does no harm. Turning the picture would only blur it."""
_POINTS = 60_000
"""Number of points of ink that show the tilt."""
_ROW = 3
"""Height of a row, in points of the picture."""


@dataclass(frozen=True, slots=True)
class Straight:
    """A picture that was turned by some degrees anticlockwise to make it straight, and the size of the one before."""

    picture: Picture
    degrees: float
    width: int
    height: int

    def back(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Return the edges, in the picture before it was turned, of a box in the straight one."""
        if self.degrees == 0:
            return left, top, right, bottom
        angle = math.radians(self.degrees)
        cos, sin = math.cos(angle), math.sin(angle)
        height, width = self.picture.shape
        x, y = (left + right - width) / 2, (top + bottom - height) / 2
        x, y = x * cos - y * sin + self.width / 2, x * sin + y * cos + self.height / 2
        half_width = ((right - left) * cos + (bottom - top) * abs(sin)) / 2
        half_height = ((right - left) * abs(sin) + (bottom - top) * cos) / 2
        return x - half_width, y - half_height, x + half_width, y + half_height


def straighten(picture: Picture, ink: Ink) -> Straight:
    """Return a picture whose lines are level. ``ink`` is the picture's ink."""
    height, width = picture.shape
    degrees = tilt_of(ink)
    if abs(degrees) < _LEAST:
        return Straight(picture, 0.0, width, height)
    turned = Image.fromarray(picture).rotate(
        degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=int(np.median(picture))
    )
    return Straight(np.asarray(turned), degrees, width, height)


def tilt_of(ink: Ink) -> float:
    """Return by how many degrees lines slope down to the right. If the page lies on its side, its own lines count.

    If the rows of the page are level, some of them have much ink and others have none.
    """
    rows, columns = np.nonzero(ink)
    if len(rows) == 0:
        return 0.0
    step = max(len(rows) // _POINTS, 1)
    y, x = rows[::step].astype(np.float64), columns[::step].astype(np.float64)
    level, sharpness = _best(y, x)
    upright, other = _best(x, y)
    return level if sharpness >= other else -upright


def _best(across: npt.NDArray[np.float64], along: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the tilt at which the rows are sharpest, and how sharp they are."""
    best, score = 0.0, _sharpness(across, along, 0.0)
    for step in _STEPS:
        reach = _MOST if step == _STEPS[0] else _STEPS[0]
        middle = best
        for degrees in np.arange(middle - reach, middle + reach + step / 2, step):
            if (sharp := _sharpness(across, along, float(degrees))) > score:
                best, score = float(degrees), sharp
    return best, score


def _sharpness(across: npt.NDArray[np.float64], along: npt.NDArray[np.float64], degrees: float) -> float:
    """Return how much the ink of neighbouring rows differs, if lines have this tilt."""
    level = across - along * math.tan(math.radians(degrees))
    counts = np.bincount((level - level.min()).astype(np.int64) // _ROW)
    return float(np.square(np.diff(counts.astype(np.float64))).sum())
