"""Draws a PDF page in special ways to find out which of its texts can be seen, and why others cannot.

It uses a second copy of the page that we read, because it changes colours, marks and forms.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdfium import raw_calls
from corpus.pdfium.objects import Drawing, PageObjects
from corpus.pdfium.raw_calls import Fill

_SCALE = 1.5
"""Number of pixels in the length of a point. Chosen by eye."""
_LONGEST = 2400
"""Maximum length in pixels of a picture's sides."""
PAPER = 0xFFFFFF
"""White, the colour of paper, as a number. The numbers of other colours are smaller."""


class Picture:
    """The colours of a page's pixels, as numbers in rows."""

    def __init__(self, data: bytes, width: int) -> None:
        """Make a picture from four bytes for each pixel: blue, green, red, and one without a meaning.

        ``width`` is in pixels.
        """
        self._pixels = memoryview(data).cast("I")
        self._width = width

    def __getitem__(self, place: int) -> int:
        return self._pixels[place] & PAPER

    def colour(self, place: int) -> tuple[int, int, int]:
        """Return the red, green and blue of a pixel."""
        number = self[place]
        return number >> 16, number >> 8 & 255, number & 255

    def colours(self) -> npt.NDArray[np.uint8]:
        """Return the blue, green and red of each pixel, by row and column."""
        return np.frombuffer(self._pixels, np.uint8).reshape(-1, self._width, 4)[:, :, :3]

    def is_flat(self, corners: Sequence[tuple[int, int]], most: int) -> bool:
        """Return whether the pixels within a rectangle differ by no more than ``most`` in red, green or blue.

        The corners are a column and a row each. A rectangle that is not in the picture is not flat.
        """
        (x0, x1), (y0, y1) = (sorted(max(0, number) for number in numbers) for numbers in zip(*corners, strict=True))
        return self.is_even((slice(y0, y1 + 1), slice(x0, x1 + 1)), most)

    def is_even(self, place: tuple[slice, slice], most: int) -> bool:
        """Return the same for the pixels in some rows and columns."""
        pixels = self.colours()[place]
        return pixels.size > 0 and bool((np.ptp(pixels, axis=(0, 1)) <= most).all())

    def places(self) -> dict[int, list[int]]:
        """Return the places of the pixels that are not white, by their colour."""
        found: dict[int, list[int]] = {}
        white = self._pixels[0] | PAPER
        blank = memoryview(white.to_bytes(4, "little") * self._width).cast("I")
        for start in range(0, len(self._pixels) - self._width + 1, self._width):
            row = self._pixels[start : start + self._width]
            if row != blank:
                for place, number in enumerate(row.tolist(), start):
                    if number & PAPER != PAPER:
                        found.setdefault(number & PAPER, []).append(place)
        return found


class Probe:
    """A copy of a page that may be changed. An index refers to the same text as on the page that we read."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._objects = PageObjects.of(page)
        self._scale = min(_SCALE, _LONGEST / max(page.get_size()))

    def close(self) -> None:
        """Close the page. Its changes are lost."""
        self._page.close()

    def corners(self, index: int) -> list[tuple[int, int]]:
        """Return two opposite corners of a text in pixels: the column and the row of each."""
        left, bottom, right, top = self._objects.bounds(index)
        width, height = (math.ceil(side * self._scale) for side in self._page.get_size())
        column, row = ctypes.c_int(), ctypes.c_int()
        found = []
        for x, y in ((left, bottom), (right, top)):
            raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, column, row)
            found.append((column.value, row.value))
        return found

    def picture(self, without: Collection[int] = ()) -> Picture:
        """Return a picture of the page without the given texts."""
        for index in without:
            raw_calls.set_active(self._objects.items[index], 0)
        picture = self._draw(draw_annots=True)
        for index in without:
            raw_calls.set_active(self._objects.items[index], 1)
        return picture

    def codes(self, chosen: Sequence[int]) -> dict[int, int]:
        """Paint each of the given texts in a colour of its own, and hide everything else.

        Return the colours as numbers. Letters that are only outlined or invisible are filled as well.
        """
        objects = self._objects
        drawings: Iterable[Drawing] = (*objects.pictures, *objects.paths, *objects.shades)
        for item in (*objects.items, *(drawing.item for drawing in drawings)):
            raw_calls.set_active(item, 0)
        for form in {form.item: form for form in objects.forms if form}.values():
            _paint(form.item, (0, 0, 0, 255))  # this makes the form opaque
        codes = {index: number for number, index in enumerate(chosen, 1)}
        for index, number in codes.items():
            item = objects.items[index]
            _paint(item, (number >> 16, number >> 8 & 255, number & 255, 255))
            raw.FPDFTextObj_SetTextRenderMode(_pointer(item), raw.FPDF_TEXTRENDERMODE_FILL)
            raw_calls.set_active(item, 1)
        return codes

    def smooth_letters(self) -> Picture:
        """Return a picture of the page. Its letters have the same edges as in :meth:`picture`, but hardly any red."""
        return self._draw(draw_annots=False)

    def letters(self) -> Picture:
        """Return a picture of the page with sharp edges, so that each pixel has the colour of one text."""
        return self._draw(no_smoothtext=True, no_smoothpath=True, draw_annots=False)

    def take_out_of_layers(self, chosen: Iterable[int]) -> None:
        """Move the given texts out of their layers, and out of their forms, which may be in layers too."""
        objects = self._objects
        for index in chosen:
            item, form = objects.items[index], objects.forms[index]
            for mark in reversed(objects.marks(index)):
                if objects.name(mark) == "OC":
                    raw_calls.remove_mark(item, mark)
            if form and raw.FPDFFormObj_RemoveObject(_pointer(form.item), _pointer(item)):
                raw.FPDFPageObj_Transform(_pointer(item), *form.matrix)
                raw.FPDFPageObj_TransformClipPath(_pointer(item), *form.matrix)
                raw.FPDFPage_InsertObject(self._page.raw, _pointer(item))

    def _draw(self, **options: bool) -> Picture:
        bitmap = self._page.render(scale=self._scale, may_draw_forms=False, prefer_bgrx=True, **options)
        picture = Picture(bytes(bitmap.buffer), bitmap.stride // 4)
        bitmap.close()
        return picture


def _paint(item: raw_calls.Handle, colour: Fill) -> None:
    raw.FPDFPageObj_SetFillColor(_pointer(item), *colour)


def _pointer(item: raw_calls.Handle) -> raw.FPDF_PAGEOBJECT:
    return ctypes.cast(item, raw.FPDF_PAGEOBJECT)
