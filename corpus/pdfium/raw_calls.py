"""Calls the functions of PDFium that we need for every object or character of a page. Handles are plain integers.

Through pypdfium2, each call makes a pointer for each handle and each result. The calls here are about twice as fast.
The functions whose names end in "_of" and "_in" take or return many objects at once, which is twice as fast again.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections import deque
from collections.abc import Callable, Sequence
from ctypes import c_char_p, c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

Handle = int
"""The address of a page, of an object on it, or of a mark."""


def _quick(function: Any, result: type, *arguments: type) -> Callable[..., Any]:
    """Return a function of PDFium that does not release Python's lock, which would take longer than the call.

    Arguments without a type may be whole numbers of 32 bits, or references from ``byref``. Python does not convert
    these references on each call, which takes a third of the time of a call.
    """
    address = ctypes.cast(function, c_void_p).value
    assert address is not None  # noqa: S101 - pypdfium2 binds these functions when it is imported
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_P = c_void_p
_INDEX = c_void_p
"""The type of each whole number that we pass. Python converts it in 0.2 µs less than a c_int, of 0.7 µs for a call."""
_count_objects = _quick(raw.FPDFPage_CountObjects, c_int)
_object_at = _quick(raw.FPDFPage_GetObject, _P)
count_form_objects = _quick(raw.FPDFFormObj_CountObjects, c_int, _P)
form_object_at = _quick(raw.FPDFFormObj_GetObject, _P, _P, _INDEX)
object_type = _quick(raw.FPDFPageObj_GetType, c_int, _P)
set_active = _quick(raw.FPDFPageObj_SetIsActive, c_int, _P, _INDEX)
render_mode = _quick(raw.FPDFTextObj_GetTextRenderMode, c_int, _P)
count_marks = _quick(raw.FPDFPageObj_CountMarks, c_int, _P)
mark_at = _quick(raw.FPDFPageObj_GetMark, _P, _P, _INDEX)
remove_mark = _quick(raw.FPDFPageObj_RemoveMark, c_int, _P, _P)
clip_of = _quick(raw.FPDFPageObj_GetClipPath, _P, _P)
count_clip_paths = _quick(raw.FPDFClipPath_CountPaths, c_int, _P)
count_clip_points = _quick(raw.FPDFClipPath_CountPathSegments, c_int, _P, _INDEX)
clip_segment = _quick(raw.FPDFClipPath_GetPathSegment, _P, _P, _INDEX, _INDEX)
_segment_point = _quick(raw.FPDFPathSegment_GetPoint, c_int, _P, _P, _P)
_bounds = _quick(raw.FPDFPageObj_GetBounds, c_int, _P)
_corners = _quick(raw.FPDFPageObj_GetRotatedBounds, c_int, _P, _P)
_fill = _quick(raw.FPDFPageObj_GetFillColor, c_int, _P)
_matrix = _quick(raw.FPDFPageObj_GetMatrix, c_int, _P, _P)
_draw_mode = _quick(raw.FPDFPath_GetDrawMode, c_int, _P, _P, _P)
_count_segments = _quick(raw.FPDFPath_CountSegments, c_int, _P)
_has_transparency = _quick(raw.FPDFPageObj_HasTransparency, c_int, _P)
_mark_name = _quick(raw.FPDFPageObjMark_GetName, c_int, _P, _P, _INDEX, _P)
_param_type = _quick(raw.FPDFPageObjMark_GetParamValueType, c_int, _P, c_char_p)
_own_size = _quick(raw.FPDFTextObj_GetFontSize, c_int, _P, _P)
_count_rects = _quick(raw.FPDFText_CountRects, c_int)
_rect = _quick(raw.FPDFText_GetRect, c_int)
_font_size = _quick(raw.FPDFText_GetFontSize, c_double)
_font_weight = _quick(raw.FPDFText_GetFontWeight, c_int)
_font_name = _quick(raw.FPDFText_GetFontInfo, c_ulong, _P, _INDEX, _P, _INDEX, _P)
_is_generated = _quick(raw.FPDFText_IsGenerated, c_int)
_origin = _quick(raw.FPDFText_GetCharOrigin, c_int)
_origins = _quick(raw.FPDFText_GetCharOrigin, c_int, _P, _INDEX, _P, _P)
_loose_box = _quick(raw.FPDFText_GetLooseCharBox, c_int, _P, _INDEX, _P)
_char_matrix = _quick(raw.FPDFText_GetMatrix, c_int)
_unicode = _quick(raw.FPDFText_GetUnicode, c_uint)
_text_object = _quick(raw.FPDFText_GetTextObject, _P)

Four = tuple[float, float, float, float]
"""Left, bottom, right and top."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Fill = tuple[int, int, int, int]
"""Red, green, blue and opacity, from 0 to 255."""
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.uint32]
BLACK: Fill = (0, 0, 0, 255)
_BLACK = np.array(BLACK, np.uint32).tobytes()
LITTLE_SLANT = 0.07
"""Words are slanted if their baseline is this far from both level and upright. This is the sine of 4 degrees. Scanned
pages are rarely slanted more. Chosen by eye."""
_LINE = 2
"""Number of the segments of a straight line."""
_FOUR_FLOATS, _SIX_FLOATS, _FOUR_DOUBLES = struct.Struct("4f"), struct.Struct("6f"), struct.Struct("4d")
_NOWHERE: Four = (0.0, 0.0, 0.0, 0.0)
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def address_of(handle: Any) -> Handle:
    """Return a pointer of pypdfium2 as a handle."""
    return ctypes.cast(handle, c_void_p).value or 0


def _reference(handle: Any) -> Any:
    """Return a pointer of pypdfium2 in the form that a function without types of arguments takes."""
    return ctypes.byref(handle.contents)


class Calls:
    """The calls that return several numbers. They write into the memory of this object, so each page has its own."""

    def __init__(self) -> None:
        self._floats = (c_float * 4)()
        self._eight = (c_float * 8)()
        self._fill_mode, self._stroked = c_int(), c_int()
        self._to_draw_mode = ctypes.addressof(self._fill_mode), ctypes.addressof(self._stroked)
        self._length, self._name = c_ulong(), ctypes.create_string_buffer(64)
        self._to_floats = [ctypes.addressof(self._floats) + ctypes.sizeof(c_float) * i for i in range(4)]
        self._to_edges = [ctypes.byref(self._floats, ctypes.sizeof(c_float) * i) for i in range(4)]
        self._to_eight, self._to_length = ctypes.addressof(self._eight), ctypes.addressof(self._length)
        self._to_name = ctypes.addressof(self._name)

    def bounds(self, item: Handle) -> Four:
        """Return the edges of an object."""
        left, bottom, right, top = self._to_edges
        # PDFium does not change the memory if the call fails.
        return _FOUR_FLOATS.unpack_from(self._floats) if _bounds(item, left, bottom, right, top) else _NOWHERE

    def corners(self, item: Handle) -> list[Point]:
        """Return the corners of a piece of text, one after another. If the text is turned, so are the corners."""
        ctypes.memset(self._eight, 0, ctypes.sizeof(self._eight))
        _corners(item, self._to_eight)
        numbers = list(self._eight)
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def point(self, segment: Handle | None) -> Point:
        """Return the point of a segment of a path. The result is NaN if the segment does not exist."""
        x, y, *_ = self._to_floats
        self._floats[0] = self._floats[1] = math.nan
        _segment_point(segment, x, y)
        return self._floats[0], self._floats[1]

    def is_solid(self, path: Handle) -> bool:
        """Return whether a path is opaque, and is either filled or a straight line."""
        self._fill_mode.value = self._stroked.value = 0
        _draw_mode(path, *self._to_draw_mode)
        drawn = self._fill_mode.value or (self._stroked.value and _count_segments(path) == _LINE)
        return bool(drawn) and not _has_transparency(path)

    def is_filled(self, path: Handle) -> bool:
        """Return whether a path is filled."""
        self._fill_mode.value = self._stroked.value = 0
        _draw_mode(path, *self._to_draw_mode)
        return bool(self._fill_mode.value)

    def is_painted(self, path: Handle) -> bool:
        """Return whether a path is filled or has an outline. Other paths cannot be seen."""
        self._fill_mode.value = self._stroked.value = 0
        _draw_mode(path, *self._to_draw_mode)
        return bool(self._fill_mode.value or self._stroked.value)

    def mark_name(self, mark: Handle) -> str:
        """Return the name of a mark, such as "Span" or "OC"."""
        _mark_name(mark, self._to_name, len(self._name), self._to_length)
        length = max(0, min(self._length.value, len(self._name)) - 2)
        return self._name.raw[:length].decode("utf-16-le", "replace")

    def has_value(self, mark: Handle, key: bytes) -> bool:
        """Return whether a mark has a value of any kind for a key."""
        return bool(_param_type(mark, key))

    def font_size(self, item: Handle) -> float:
        """Return the size that a text's font has before the text's matrix scales it."""
        self._floats[0] = 0.0
        _own_size(item, self._to_floats[0])
        return self._floats[0]


def matrices_of(items: Sequence[Handle]) -> Floats:
    """Return the matrix of each of the given pieces of text or forms, as a row of six numbers."""
    memory = _rows(len(items), _UNIT)
    first, *_ = _addresses(memory)
    _run(map(_matrix, items, first))
    return memory


def fills_of(items: Sequence[Handle]) -> Integers:
    """Return the colour that fills each of the given objects, as a row: red, green, blue and opacity.

    A colour that PDFium cannot give, such as that of a pattern, counts as black.
    """
    colour = ctypes.create_string_buffer(len(_BLACK))
    red, green, blue, opacity = (ctypes.byref(colour, ctypes.sizeof(c_uint) * place) for place in range(len(BLACK)))
    fills = [colour.raw if _fill(item, red, green, blue, opacity) else _BLACK for item in items]
    return np.frombuffer(b"".join(fills), np.uint32).reshape(-1, len(BLACK))


def points_of(segments: Sequence[Handle | None]) -> Floats:
    """Return the point of each of the given segments of paths, as a row. It is NaN if the segment does not exist."""
    memory = _rows(len(segments), (math.nan, math.nan))
    _run(map(_segment_point, segments, *_addresses(memory)))
    return memory


def font_sizes_of(items: Sequence[Handle]) -> Floats:
    """Return the size of the font of each of the given pieces of text, before the text's matrix scales it."""
    memory = _rows(len(items), (0.0,))
    _run(map(_own_size, items, *_addresses(memory)))
    return memory[:, 0]


def _rows(number: int, row: Sequence[float]) -> Floats:
    memory = np.empty((number, len(row)), dtype=np.float32)
    memory[:] = row
    return memory


def _addresses(memory: npt.NDArray[Any]) -> list[range]:
    """Return the addresses of the numbers in each column of an array."""
    start, step = memory.__array_interface__["data"][0], memory.strides[0]
    firsts = range(start, start + step, memory.itemsize)
    return [range(first, first + step * len(memory), step) for first in firsts]


def objects_of(page: pdfium.PdfPage) -> list[Handle]:
    """Return the objects of a page, but not those inside its forms."""
    reference = _reference(page.raw)
    return list(map(_object_at, repeat(reference), range(_count_objects(reference))))


def objects_in(form: Handle) -> list[Handle]:
    """Return the objects in a form, but not those in forms inside it."""
    return list(map(form_object_at, repeat(form), range(count_form_objects(form))))


def _run(calls: map[Any]) -> None:
    deque(calls, maxlen=0)


class TextCalls:
    """The calls about the characters of one page's text, each of which has an index."""

    def __init__(self, textpage: pdfium.PdfTextPage, *, scaled: bool) -> None:
        self._scaled = scaled
        self._page, self._address = _reference(textpage.raw), address_of(textpage.raw)
        self._doubles, self._six = (c_double * 4)(), (c_float * 6)()
        self._to_doubles = [ctypes.byref(self._doubles, ctypes.sizeof(c_double) * i) for i in range(4)]
        self._to_six = ctypes.byref(self._six)
        self._name = ctypes.create_string_buffer(128)
        self._to_name = ctypes.addressof(self._name)

    def rects(self, start: int, count: int) -> list[Four]:
        """Return the edges of the runs of characters ``[start, start + count)``."""
        left, bottom, right, top = self._to_doubles
        page, doubles, read = self._page, self._doubles, _FOUR_DOUBLES.unpack_from
        found: list[Four] = []
        for index in range(_count_rects(page, start, count)):
            _rect(page, index, left, top, right, bottom)
            found.append(read(doubles))
        return found

    def rects_of(self, spans: Sequence[tuple[int, int]]) -> tuple[Doubles, list[int]]:
        """Return the edges of the runs in many spans of characters as rows, and the number of runs in each span.

        A span is given as its start and its length.
        """
        edges = ctypes.create_string_buffer(_FOUR_DOUBLES.size)
        left, bottom, right, top = (ctypes.byref(edges, ctypes.sizeof(c_double) * place) for place in range(4))
        page = self._page
        counts: list[int] = []
        found: list[bytes] = []
        for start, length in spans:
            count = _count_rects(page, start, length)
            counts.append(count)
            for index in range(count):
                _rect(page, index, left, top, right, bottom)
                found.append(edges.raw)
        return np.frombuffer(b"".join(found), np.float64).reshape(-1, 4), counts

    def origin(self, index: int) -> Point:
        """Return the point on the baseline where a character starts, in PDF units."""
        x, y, *_ = self._to_doubles
        _origin(self._page, index, x, y)
        return self._doubles[0], self._doubles[1]

    def is_added(self, index: int) -> bool:
        """Return whether PDFium added a character, such as a space, that the page does not print."""
        return bool(_is_generated(self._page, index) == 1)

    def origins(self, indexes: Sequence[int]) -> Doubles:
        """Return the point on the baseline where each of the given characters starts, in PDF units."""
        memory = np.zeros((len(indexes), 2))
        _run(map(_origins, repeat(self._address), indexes, *_addresses(memory)))
        return memory

    def ends(self, count: int) -> Floats:
        """Return where each of the first ``count`` characters ends, including the space that its font leaves after it.

        The text must be level.
        """
        memory = np.zeros((count, 4), dtype=np.float32)  # left, top, right and bottom
        first, *_ = _addresses(memory)
        _run(map(_loose_box, repeat(self._address), range(count), first))
        return memory[:, 2]

    def sizes(self, indexes: Sequence[int]) -> list[float]:
        """Return the size of each of the given characters. See :meth:`size`."""
        if self._scaled:
            return list(map(self.size, indexes))
        return list(map(_font_size, repeat(self._page), indexes))

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

    def is_slanted(self, index: int) -> bool:
        """Return whether a character is on a line that runs up or down the page."""
        if not _char_matrix(self._page, index, self._to_six):
            return False
        a, b, *_ = map(abs, _SIX_FLOATS.unpack_from(self._six))
        return bool(0 < min(a, b) >= LITTLE_SLANT * math.hypot(a, b))

    def weights(self, indexes: Sequence[int]) -> list[int]:
        """Return the weight of each of the given characters' fonts, or a number that is not positive if it has none."""
        return list(map(_font_weight, repeat(self._page), indexes))

    def font_name(self, index: int) -> bytes:
        """Return the name of a character's font."""
        _font_name(self._address, index, self._to_name, len(self._name), None)
        return self._name.value

    def text_object(self, index: int) -> Handle:
        """Return the piece of text that a character belongs to, or 0 if PDFium added it, as it may do with a space."""
        return _text_object(self._page, index) or 0

    def code(self, index: int) -> int:
        """Return the UTF-16 code of a character, which may be half of a pair."""
        code: int = _unicode(self._page, index)
        return code
