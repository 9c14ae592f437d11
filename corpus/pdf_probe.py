"""Draws a PDF page in special ways, to find out which of its texts can be seen, and why others cannot.

The page is a second copy of the one that is read, because its colours, marks and forms are changed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterable, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus import pdf_calls
from corpus.pdf_calls import Fill
from corpus.pdf_objects import Drawing, PageObjects

_SCALE = 1.5
"""Pixels to a point. Chosen by eye."""
_LONGEST = 2400
"""Maximum length in pixels of a picture's sides."""
PAPER = 0xFFFFFF
"""White, the colour of paper, as a number. The numbers of other colours are smaller."""


class Picture:
    """The colours of a page's pixels, as numbers, row by row."""

    def __init__(self, data: bytes, width: int) -> None:
        """Take four bytes for each pixel: blue, green, red, and one that means nothing. ``width`` is in pixels."""
        self._pixels = memoryview(data).cast("I")
        self._width = width

    def __getitem__(self, place: int) -> int:
        return self._pixels[place] & PAPER

    def colour(self, place: int) -> tuple[int, int, int]:
        """Return the red, green and blue of a pixel."""
        number = self[place]
        return number >> 16, number >> 8 & 255, number & 255

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
    """A page that may be changed. An index means the same text as in the objects of the page that is read."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._objects = PageObjects.of(page)
        self._scale = min(_SCALE, _LONGEST / max(page.get_size()))

    def close(self) -> None:
        """Close the page. Its changes are lost."""
        self._page.close()

    def picture(self, without: Collection[int] = ()) -> Picture:
        """Return what the page looks like without some texts."""
        for index in without:
            pdf_calls.set_active(self._objects.items[index], 0)
        picture = self._draw(draw_annots=True)
        for index in without:
            pdf_calls.set_active(self._objects.items[index], 1)
        return picture

    def codes(self, chosen: Sequence[int]) -> dict[int, int]:
        """Paint each of some texts in a colour of its own, and hide everything else. Return the numbers of the colours.

        Letters that are only outlined or invisible are filled as well.
        """
        objects = self._objects
        drawings: Iterable[Drawing] = (*objects.pictures, *objects.paths, *objects.shades)
        for item in (*objects.items, *(drawing.item for drawing in drawings)):
            pdf_calls.set_active(item, 0)
        for form in {form.item: form for form in objects.forms if form}.values():
            _paint(form.item, (0, 0, 0, 255))  # for its opacity
        codes = {index: number for number, index in enumerate(chosen, 1)}
        for index, number in codes.items():
            item = objects.items[index]
            _paint(item, (number >> 16, number >> 8 & 255, number & 255, 255))
            raw.FPDFTextObj_SetTextRenderMode(_pointer(item), raw.FPDF_TEXTRENDERMODE_FILL)
            pdf_calls.set_active(item, 1)
        return codes

    def letters(self) -> Picture:
        """Return what the page looks like with sharp edges, so that each pixel has the colour of one text."""
        return self._draw(no_smoothtext=True, no_smoothpath=True, draw_annots=False)

    def take_out_of_layers(self, chosen: Iterable[int]) -> None:
        """Move some texts out of their layers, and out of their forms, which may be in layers too."""
        objects = self._objects
        for index in chosen:
            item, form = objects.items[index], objects.forms[index]
            for mark in reversed(objects.marks(index)):
                if objects.name(mark) == "OC":
                    pdf_calls.remove_mark(item, mark)
            if form and raw.FPDFFormObj_RemoveObject(_pointer(form.item), _pointer(item)):
                raw.FPDFPageObj_Transform(_pointer(item), *form.matrix)
                raw.FPDFPageObj_TransformClipPath(_pointer(item), *form.matrix)
                raw.FPDFPage_InsertObject(self._page.raw, _pointer(item))

    def _draw(self, **options: bool) -> Picture:
        bitmap = self._page.render(scale=self._scale, may_draw_forms=False, prefer_bgrx=True, **options)
        picture = Picture(bytes(bitmap.buffer), bitmap.stride // 4)
        bitmap.close()
        return picture


def _paint(item: pdf_calls.Handle, colour: Fill) -> None:
    raw.FPDFPageObj_SetFillColor(_pointer(item), *colour)


def _pointer(item: pdf_calls.Handle) -> raw.FPDF_PAGEOBJECT:
    return ctypes.cast(item, raw.FPDF_PAGEOBJECT)
