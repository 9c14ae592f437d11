"""The map from PDF units to fractions of a page as displayed, which is cropped and rotated."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_calls import Four
from corpus.types import Box

_GRID = 1_000_000
"""Number of device units across a page. PDFium converts to whole units, so this number gives fractions with six decimal
places."""
_HALF = 1e-6
"""Numbers this near to a half may be rounded up or down. The error of a product is much smaller."""
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

    def boxes(self, number: int, rectangles: Sequence[Four]) -> list[Box]:
        """Return the places of rectangles on the page with the given number, all at once, which is faster."""
        lefts, bottoms, rights, tops = np.array(rectangles).reshape(-1, 4).T
        with np.errstate(all="ignore"):  # odd numbers in hostile files
            one, two = self.x + lefts * self.by_x + bottoms * self.of_y, self.x + rights * self.by_x + tops * self.of_y
            xs = np.where(one > two, (two, one), (one, two))
            one, two = self.y + lefts * self.of_x + bottoms * self.by_y, self.y + rights * self.of_x + tops * self.by_y
            ys = np.where(one > two, (two, one), (one, two))
            edges = _rounded(np.concatenate((xs, ys)))
        return [Box(number, x0, y0, x1, y1) for x0, x1, y0, y1 in edges.T.tolist()]

    def box(self, number: int, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the place of one rectangle on the page with the given number."""
        [box] = self.boxes(number, [(left, bottom, right, top)])
        return box


def _rounded(fractions: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return numbers from 0 to 1, rounded to six decimal places as Python rounds them."""
    inside = np.where(fractions < 0, 0.0, np.where(fractions > 1, 1.0, fractions))
    millionths = inside * _GRID
    rounded: npt.NDArray[np.float64] = np.rint(millionths)
    halves = np.abs(np.abs(millionths - rounded) - 0.5) < _HALF
    rounded /= _GRID
    if halves.any():  # the product with a million is not exact enough to round these
        rounded[halves] = [round(fraction, 6) for fraction in inside[halves].tolist()]
    return rounded


def _to_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, device_x, device_y)
    return device_x.value / _GRID, device_y.value / _GRID
