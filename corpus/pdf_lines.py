"""Reads the lines of a PDF page from PDFium's data on its characters: text, box, size, weight and baseline.

Only this module and :mod:`corpus.pdf`, which holds the lock, import pypdfium2.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.measures import CELL_GAP
from corpus.types import Box

_GRID = 1_000_000
"""Number of device units across a page. PDFium converts to whole units, so this number gives fractions with six decimal
places."""
_SPAN = 1000
"""Distance, in PDF units, between the three points from which the map to fractions is computed."""
_LETTER = re.compile(r"[^\W\d_]")
_LABEL = re.compile(r"^\W*+(?:(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:\.\d{1,2})?[.)]?)?\W*+$|.*:\s*$", re.IGNORECASE)
"""A number, bullet or label with a colon, which belongs to the text after the gap."""
_PAGE_NUMBER = re.compile(r"^\W*+\d{0,3}\W*+$")
"""The page number of an entry in a table of contents, which belongs to the text before the gap."""
_LEAST_GAP = 5.0
"""Smallest gap that may separate cells, in points, however small the letters are. Chosen by eye."""
_BOLD = 600
"""Fonts of at least this weight are bold. In CSS and OpenType, 400 is regular and 700 is bold."""
LINE_BREAK_HYPHEN = "\ufffe"
"""The character that PDFium returns for a hyphen at the end of a line. PDFium then joins the next line to that line."""
_PHYSICAL_LINE = re.compile(rf"[^\n\r{LINE_BREAK_HYPHEN}]*{LINE_BREAK_HYPHEN}|[^\n\r{LINE_BREAK_HYPHEN}]+")
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""The codes that UTF-16 uses in pairs for characters beyond the first 65,536, such as emoji."""
_Rect = tuple[float, float, float, float]
"""Left, bottom, right and top, in PDF units."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line as printed on the page. Sizes and places are in points, and ``baseline`` is measured from the top."""

    text: str
    box: Box
    size: float
    bold: bool
    left: float
    right: float
    baseline: float

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        return self.box.page


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its lines in the order of its content, its size in points, and its text exactly as PDFium returns it."""

    number: int
    width: float
    height: float
    text: str
    lines: tuple[PdfLine, ...]


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page's text: ``[start, end)`` of that text, and its box on the page."""

    start: int
    end: int
    box: Box


def placed_lines(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> Iterator[PlacedLine]:
    """Yield the lines of a page with their places in its text. Each cell of a row is a line."""
    sheet = Sheet(page, textpage, number)
    for start, part in _physical_lines(characters(textpage)):
        at = start
        for line in sheet.lines(start, part):
            yield PlacedLine(at, at + len(line.text), line.box)
            at += len(line.text)


def read_page(page: pdfium.PdfPage, number: int) -> PdfPage:
    """Read one loaded page and close it."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        text = characters(textpage)
        sheet = Sheet(page, textpage, number)
        lines = tuple(line for start, part in _physical_lines(text) for line in sheet.lines(start, part))
    finally:
        textpage.close()
        page.close()
    return PdfPage(number, width, height, text, lines)


def characters(textpage: pdfium.PdfTextPage) -> str:
    """Return a page's text so that character i is PDFium's character i. PDFium's own call does not ensure that."""
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return text
    codes = [raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    around = zip([0, *codes[:-1]], codes, [*codes[1:], 0], strict=True)
    return "".join(_character(code, before, after) for before, code, after in around)


def _character(code: int, before: int, after: int) -> str:
    """Return the text for one of PDFium's codes, which may be half of a pair, given the codes next to it."""
    if code in _FIRST_HALVES:
        return chr(0x10000 + ((code - 0xD800) << 10) + (after - 0xDC00)) if after in _SECOND_HALVES else "\ufffd"
    if code in _SECOND_HALVES:
        return "\u200b" if before in _FIRST_HALVES else "\ufffd"
    return chr(code) if code else " "


def _physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and text of each line that is not blank. Lines end at line-break hyphens too."""
    for line in _PHYSICAL_LINE.finditer(text):
        if line.group().strip():
            yield line.start(), line.group()


class Sheet:
    """One loaded page, and PDFium's data on its characters, in fractions of the page as displayed."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> None:
        self._textpage = textpage
        self._number = number
        self._width, self._height = page.get_size()
        self._four = tuple(ctypes.c_double() for _ in range(4))  # each call to PDFium overwrites them
        # One affine map converts PDF units to the page as displayed, cropped and rotated. To find this map, we have
        # PDFium convert three points, which saves two calls for every corner of every box.
        x0, y0 = _to_device(page, 0, 0)
        (x1, y1), (x2, y2) = _to_device(page, _SPAN, 0), _to_device(page, 0, _SPAN)
        self._map = (x0, (x1 - x0) / _SPAN, (x2 - x0) / _SPAN, y0, (y1 - y0) / _SPAN, (y2 - y0) / _SPAN)

    def lines(self, start: int, text: str) -> Iterator[PdfLine]:
        """Yield the parts of a printed line between wide gaps, which are the cells of a row."""
        rects = self._rects(start, len(text))
        for gap in self._gaps(rects, start, text):
            index = self._first_right_of(gap, start, text)
            before, after = text[: index - start], text[index - start :]
            if are_cells(before, after):
                yield self._line(start, before, [rect for rect in rects if self._across(*rect)[0] < gap])
                start, text, rects = index, after, [rect for rect in rects if self._across(*rect)[0] >= gap]
        yield self._line(start, text, rects)

    def boxes(self, start: int, count: int) -> list[Box]:
        """Return the boxes of the runs in characters ``[start, start + count)``."""
        return [self._box(*rect) for rect in self._rects(start, count)]

    def _rects(self, start: int, count: int) -> list[_Rect]:
        left, top, right, bottom = self._four
        page, get = self._textpage.raw, raw.FPDFText_GetRect
        rects = []
        for index in range(raw.FPDFText_CountRects(page, start, count)):
            get(page, index, left, top, right, bottom)
            rects.append((left.value, bottom.value, right.value, top.value))
        return rects

    def _line(self, start: int, text: str, rects: Sequence[_Rect]) -> PdfLine:
        first, middle, last = _probes(start, text)
        x, y = self._origin(middle)
        if not rects:
            rects = [(x, y, x, y)]
        lefts, bottoms, rights, tops = zip(*rects, strict=True)
        _, _, _, at_y, of_x, by_y = self._map
        box = self._box(min(lefts), min(bottoms), max(rights), max(tops))
        return PdfLine(
            text=text,
            box=box,
            size=round(max(self._size(first), self._size(middle), self._size(last)), 1),
            bold=self._is_bold(first) and self._is_bold(middle),
            left=box.x0 * self._width,
            right=box.x1 * self._width,
            baseline=(at_y + x * of_x + y * by_y) * self._height,
        )

    def _gaps(self, rects: Sequence[_Rect], start: int, text: str) -> list[float]:
        """Return the middle of each gap between runs that is wide enough to separate cells, from left to right."""
        if len(rects) < 2:
            return []
        runs = sorted(self._across(*rect) for rect in rects)
        edges = accumulate((right for _, right in runs), max)
        gaps = [(edge, left) for edge, (left, _) in zip(edges, runs[1:], strict=False) if left - edge > _LEAST_GAP]
        if not gaps:
            return []
        width = CELL_GAP * max(self._size(index) for index in _probes(start, text))
        return [(edge + left) / 2 for edge, left in gaps if left - edge > width]

    def _first_right_of(self, x: float, start: int, text: str) -> int:
        """Return the index of the first visible character that starts at or beyond ``x``."""
        for index, character in enumerate(text, start):
            at = self._origin(index)
            if not character.isspace() and self._across(*at, *at)[0] >= x:
                return index
        return start + len(text)

    def _across(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
        """Return the left and right edges on the page as displayed, in points."""
        x, by_x, of_y, *_ = self._map
        one, two = x + left * by_x + bottom * of_y, x + right * by_x + top * of_y
        return min(one, two) * self._width, max(one, two) * self._width

    def _size(self, index: int) -> float:
        return float(raw.FPDFText_GetFontSize(self._textpage.raw, index))

    def _is_bold(self, index: int) -> bool:
        """Return whether a character is bold, by its font's weight, or by the font's name if it has no weight."""
        weight = raw.FPDFText_GetFontWeight(self._textpage.raw, index)
        if weight > 0:
            return bool(weight >= _BOLD)
        name = ctypes.create_string_buffer(128)
        raw.FPDFText_GetFontInfo(self._textpage.raw, index, name, len(name), None)
        return b"bold" in name.value.lower()

    def _origin(self, index: int) -> tuple[float, float]:
        """Return the point on the baseline where a character starts, in PDF units."""
        x, y, *_ = self._four
        raw.FPDFText_GetCharOrigin(self._textpage.raw, index, x, y)
        return x.value, y.value

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x, by_x, of_y, y, of_x, by_y = self._map
        x0, x1 = x + left * by_x + bottom * of_y, x + right * by_x + top * of_y
        y0, y1 = y + left * of_x + bottom * by_y, y + right * of_x + top * by_y
        if x0 > x1:
            x0, x1 = x1, x0
        if y0 > y1:
            y0, y1 = y1, y0
        return Box(self._number, _clamp(x0), _clamp(y0), _clamp(x1), _clamp(y1))


def _probes(start: int, text: str) -> tuple[int, int, int]:
    """Return the places of a line's first letter, and of its middle and last visible characters.

    They show the line's size and weight. One character is not enough, because a line may have a larger bullet or a tiny
    footnote mark.
    """
    last = start + len(text.rstrip()) - 1
    letter = _LETTER.search(text)
    first = letter.start() if letter else len(text) - len(text.lstrip())
    return start + first, (start + last) // 2, last


def are_cells(before: str, after: str) -> bool:
    """Return whether two parts of a line are cells, and not a label and its text or an entry and its page number."""
    return not _LABEL.match(before) and bool(after.strip()) and not _PAGE_NUMBER.match(after)


def _to_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, device_x, device_y)
    return device_x.value / _GRID, device_y.value / _GRID


def _clamp(fraction: float) -> float:
    return 0.0 if fraction < 0 else 1.0 if fraction > 1 else round(fraction, 6)
