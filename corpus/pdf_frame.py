"""The map from PDF units to fractions of a page as displayed, which is cropped and rotated."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.types import Box

_GRID = 1_000_000
"""Number of device units across a page. PDFium converts to whole units, so this number gives fractions with six decimal
places."""
_CLEAR = 0.499_999
"""If a number of millionths is nearer than this to a whole number, it is clear which one is the nearest. The error of
the number is much smaller than the rest."""
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

    def box(self, number: int, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the place of a rectangle on the page with the given number."""
        x0, y0, x1, y1 = self.place(left, bottom, right, top)
        return Box(number, _clamp(x0), _clamp(y0), _clamp(x1), _clamp(y1))


def _clamp(fraction: float) -> float:
    """Return a number as a fraction from 0 to 1 with six decimal places."""
    if fraction < 0:
        return 0.0
    if fraction > 1:
        return 1.0
    millionths = fraction * _GRID
    whole = round(millionths)
    if abs(millionths - whole) < _CLEAR:
        return whole / _GRID  # the same number as from the slower call below
    return round(fraction, 6)


def _to_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, device_x, device_y)
    return device_x.value / _GRID, device_y.value / _GRID
