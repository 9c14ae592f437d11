"""PDFium's functions that are called for every object or character of a page, with plain integers for handles.

A call through pypdfium2 makes a pointer for each handle and each result. These calls are about twice as fast, and a
page has hundreds of objects.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable
from ctypes import c_char_p, c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Handle = int
"""The address of a page, of an object on it, or of a mark."""


def _quick(function: Any, result: type, *arguments: type) -> Callable[..., Any]:
    address = ctypes.cast(function, c_void_p).value
    assert address is not None  # noqa: S101 - pypdfium2 binds these functions when it is imported
    # A function of this type does not release Python's lock, which would take longer than the call.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_P = c_void_p
count_objects = _quick(raw.FPDFPage_CountObjects, c_int, _P)
object_at = _quick(raw.FPDFPage_GetObject, _P, _P, c_int)
count_form_objects = _quick(raw.FPDFFormObj_CountObjects, c_int, _P)
form_object_at = _quick(raw.FPDFFormObj_GetObject, _P, _P, c_ulong)
object_type = _quick(raw.FPDFPageObj_GetType, c_int, _P)
set_active = _quick(raw.FPDFPageObj_SetIsActive, c_int, _P, c_int)
render_mode = _quick(raw.FPDFTextObj_GetTextRenderMode, c_int, _P)
count_marks = _quick(raw.FPDFPageObj_CountMarks, c_int, _P)
mark_at = _quick(raw.FPDFPageObj_GetMark, _P, _P, c_ulong)
_bounds = _quick(raw.FPDFPageObj_GetBounds, c_int, _P, _P, _P, _P, _P)
_fill = _quick(raw.FPDFPageObj_GetFillColor, c_int, _P, _P, _P, _P, _P)
_matrix = _quick(raw.FPDFPageObj_GetMatrix, c_int, _P, _P)
_mark_name = _quick(raw.FPDFPageObjMark_GetName, c_int, _P, _P, c_ulong, _P)
_param_type = _quick(raw.FPDFPageObjMark_GetParamValueType, c_int, _P, c_char_p)
_remove_mark = _quick(raw.FPDFPageObj_RemoveMark, c_int, _P, _P)
_own_size = _quick(raw.FPDFTextObj_GetFontSize, c_int, _P, _P)
_own_text = _quick(raw.FPDFTextObj_GetText, c_ulong, _P, _P, _P, c_ulong)
_count_rects = _quick(raw.FPDFText_CountRects, c_int, _P, c_int, c_int)
_rect = _quick(raw.FPDFText_GetRect, c_int, _P, c_int, _P, _P, _P, _P)
_font_size = _quick(raw.FPDFText_GetFontSize, c_double, _P, c_int)
_font_weight = _quick(raw.FPDFText_GetFontWeight, c_int, _P, c_int)
_font_name = _quick(raw.FPDFText_GetFontInfo, c_ulong, _P, c_int, _P, c_ulong, _P)
_origin = _quick(raw.FPDFText_GetCharOrigin, c_int, _P, c_int, _P, _P)
_char_matrix = _quick(raw.FPDFText_GetMatrix, c_int, _P, c_int, _P)

Four = tuple[float, float, float, float]
"""Left, bottom, right and top."""
Matrix = tuple[float, float, float, float, float, float]
Fill = tuple[int, int, int, int]
"""Red, green, blue and opacity, from 0 to 255."""
_FOUR_INTEGERS, _SIX_FLOATS, _FOUR_DOUBLES = struct.Struct("4I"), struct.Struct("6f"), struct.Struct("4d")


class Calls:
    """The calls that give several numbers. They write into memory of their own, which is why each page has one."""

    def __init__(self) -> None:
        self._floats, self._colour, self._six = (c_float * 4)(), (c_uint * 4)(), (c_float * 6)()
        self._length, self._name = c_ulong(), ctypes.create_string_buffer(64)
        self._to_floats = [ctypes.addressof(self._floats) + ctypes.sizeof(c_float) * i for i in range(4)]
        self._to_colour = [ctypes.addressof(self._colour) + ctypes.sizeof(c_uint) * i for i in range(4)]
        self._to_six, self._to_length = ctypes.addressof(self._six), ctypes.addressof(self._length)
        self._to_name = ctypes.addressof(self._name)
        self._mark: tuple[Handle] = (0,)

    def bounds(self, item: Handle) -> Four:
        """Return the edges of an object."""
        ctypes.memset(self._floats, 0, ctypes.sizeof(self._floats))  # PDFium leaves it alone if it fails
        _bounds(item, *self._to_floats)
        left, bottom, right, top = self._floats
        return left, bottom, right, top

    def fill(self, item: Handle) -> Fill:
        """Return the colour with which an object is filled."""
        red, green, blue, alpha = self._to_colour
        _fill(item, red, green, blue, alpha)
        return _FOUR_INTEGERS.unpack_from(self._colour)

    def matrix(self, item: Handle) -> Matrix:
        """Return the matrix of an object."""
        _matrix(item, self._to_six)
        return _SIX_FLOATS.unpack_from(self._six)

    def marks(self, item: Handle) -> tuple[Handle, ...]:
        """Return the marks of an object, from the outermost to the innermost."""
        count = count_marks(item)
        if count == 1:
            mark = mark_at(item, 0)
            if mark != self._mark[0]:  # the texts of one paragraph have the same mark
                self._mark = (mark,)
            return self._mark
        return tuple(mark_at(item, index) for index in range(count)) if count else ()

    def mark_name(self, mark: Handle) -> str:
        """Return the name of a mark, such as "Span" or "OC"."""
        _mark_name(mark, self._to_name, len(self._name), self._to_length)
        return self._decoded()

    def has_value(self, mark: Handle, key: bytes) -> bool:
        """Return whether a mark has a value of any kind for a key."""
        return bool(_param_type(mark, key))

    def remove_mark(self, item: Handle, mark: Handle) -> None:
        """Take a mark away from one object. Other objects keep it."""
        _remove_mark(item, mark)

    def font_size(self, item: Handle) -> float:
        """Return the size that a text's font has before the text's matrix scales it."""
        _own_size(item, self._to_floats[0])
        return self._floats[0]

    def text(self, item: Handle, textpage: pdfium.PdfTextPage) -> bytes:
        """Return the letters of a text, as PDFium encodes them. It is empty if the page's text leaves them out."""
        page = ctypes.cast(textpage.raw, c_void_p).value
        length: int = _own_text(item, page, None, 0)
        letters = ctypes.create_string_buffer(2 * length)
        _own_text(item, page, ctypes.addressof(letters), length)
        return letters.raw.strip(b"\0")

    def _decoded(self) -> str:
        length = max(0, min(self._length.value, len(self._name)) - 2)
        return self._name.raw[:length].decode("utf-16-le", "replace")


class TextCalls:
    """The calls about the characters of one page's text, each of which has an index."""

    def __init__(self, textpage: pdfium.PdfTextPage, *, scaled: bool) -> None:
        self._scaled = scaled
        self._page = ctypes.cast(textpage.raw, c_void_p).value
        self._doubles, self._six = (c_double * 4)(), (c_float * 6)()
        self._to_doubles = [ctypes.addressof(self._doubles) + ctypes.sizeof(c_double) * i for i in range(4)]
        self._to_six = ctypes.addressof(self._six)
        self._name = ctypes.create_string_buffer(128)
        self._to_name = ctypes.addressof(self._name)

    def rects(self, start: int, count: int) -> list[Four]:
        """Return the edges of the runs of characters ``[start, start + count)``."""
        left, top, right, bottom = self._to_doubles
        found = []
        for index in range(_count_rects(self._page, start, count)):
            _rect(self._page, index, left, top, right, bottom)
            x0, y1, x1, y0 = _FOUR_DOUBLES.unpack_from(self._doubles)
            found.append((x0, y0, x1, y1))
        return found

    def origin(self, index: int) -> tuple[float, float]:
        """Return the point on the baseline where a character starts, in PDF units."""
        x, y, *_ = self._to_doubles
        _origin(self._page, index, x, y)
        return self._doubles[0], self._doubles[1]

    def size(self, index: int) -> float:
        """Return the size of a character as it is drawn: the size of its font, scaled by the matrix of its text.

        A file may give every font the size 1, and the real size in the matrix.
        """
        size: float = _font_size(self._page, index)
        if not self._scaled or not _char_matrix(self._page, index, self._to_six):
            return size
        a, b, c, d, _, _ = _SIX_FLOATS.unpack_from(self._six)
        along = math.hypot(a, b)
        return size * abs(a * d - b * c) / along if along else size

    def weight(self, index: int) -> int:
        """Return the weight of a character's font, or a number that is not positive if the font has none."""
        weight: int = _font_weight(self._page, index)
        return weight

    def font_name(self, index: int) -> bytes:
        """Return the name of a character's font."""
        _font_name(self._page, index, self._to_name, len(self._name), None)
        return self._name.value
