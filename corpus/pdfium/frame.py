"""The map from PDF units to fractions of a page as displayed, which is cropped and rotated."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium.raw_calls import Doubles, Four
from corpus.types import Box

_GRID = 1_000_000
"""Number of device units across a page. PDFium converts to whole units, so this number gives fractions with six decimal
places."""
_CLEAR = 0.499_999
"""If a number of millionths is nearer than this to a whole number, there is no doubt which whole number is nearest. The
error of the number is much smaller."""
_SPAN = 1000
"""Distance, in PDF units, between the three points from which the map is computed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map. The fractions are ``x + left * by_x + bottom * of_y`` and ``y + left * of_x + bottom * by_y``.

    To find it, PDFium converts three points. This saves two calls for each corner of each box.
    """

    x: float
    by_x: float
    of_y: float
    y: float
    of_x: float
    by_y: float

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Frame:
        """Return the map of a page, with its current rotation."""
        x0, y0 = _to_device(page, 0, 0)
        (x1, y1), (x2, y2) = _to_device(page, _SPAN, 0), _to_device(page, 0, _SPAN)
        return cls(x0, (x1 - x0) / _SPAN, (x2 - x0) / _SPAN, y0, (y1 - y0) / _SPAN, (y2 - y0) / _SPAN)

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom edges of a rectangle, as fractions measured from the top left."""
        x0, x1 = self.x + left * self.by_x + bottom * self.of_y, self.x + right * self.by_x + top * self.of_y
        y0, y1 = self.y + left * self.of_x + bottom * self.by_y, self.y + right * self.of_x + top * self.by_y
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return x0, y0, x1, y1

    def down(self, x: float, y: float) -> float:
        """Return how far a point is from the top, as a fraction of the page's height."""
        return self.y + x * self.of_x + y * self.by_y

    def box(self, number: int, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the position of a rectangle on the page with the given number."""
        [box] = self.boxes(number, [(left, bottom, right, top)])
        return box

    def boxes(self, number: int, rectangles: Sequence[Four]) -> list[Box]:
        """Return the positions of rectangles on the page with the given number. This is faster than one at a time.

        Each rectangle is given as its left, bottom, right and top edges.
        """
        left, bottom, right, top = np.array(rectangles, np.float64).T
        with np.errstate(invalid="ignore", over="ignore"):  # a hostile file may have infinite numbers
            one_x, other_x = (
                self.x + left * self.by_x + bottom * self.of_y,
                self.x + right * self.by_x + top * self.of_y,
            )
            one_y, other_y = (
                self.y + left * self.of_x + bottom * self.by_y,
                self.y + right * self.of_x + top * self.by_y,
            )
            edges = np.stack((np.minimum(one_x, other_x), np.minimum(one_y, other_y)), axis=1)
            beyond = np.stack((np.maximum(one_x, other_x), np.maximum(one_y, other_y)), axis=1)
            fractions = _rounded(np.clip(np.concatenate((edges, beyond), axis=1), 0.0, 1.0))
        return [Box(number, *row) for row in fractions.tolist()]


def _rounded(fractions: Doubles) -> Doubles:
    """Return fractions with six decimal places, as Python's ``round`` gives them. NumPy's own function differs."""
    millionths = fractions * _GRID
    whole = np.rint(millionths)
    rounded: Doubles = whole / _GRID
    unclear = ~(np.abs(millionths - whole) < _CLEAR)
    if unclear.any():
        rounded[unclear] = [round(fraction, 6) for fraction in fractions[unclear].tolist()]
    return rounded


def _to_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, device_x, device_y)
    return device_x.value / _GRID, device_y.value / _GRID
