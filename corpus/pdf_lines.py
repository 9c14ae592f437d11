"""The lines of a PDF's page, from what PDFium knows of its characters: text, box, size, weight, baseline.

With :mod:`corpus.pdf`, which holds the lock, the only importer of pypdfium2.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.types import Box

_GRID = 1_000_000
"""PDFium converts to whole device units: a page this many units wide gives fractions to six places."""
_SPAN = 1000
"""PDF units between the points that are converted to learn the way to fractions."""
_LETTER = re.compile(r"[^\W\d_]")
CELL_GAP = 1.25
"""A gap of this many times the letters' size sets the cells of a row apart."""
_OPENS_LINE = re.compile(r"^\W*+(?:(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:\.\d{1,2})?[.)]?)?\W*+$|.*:\s*$", re.IGNORECASE)
_ENDS_LINE = re.compile(r"^\W*+\d{0,3}\W*+$")
_LEAST_GAP = 5.0
"""Points; no letters are so small that a lesser gap sets cells apart."""
_BOLD = 600
"""Font weights from here on are bold (CSS and OpenType: 400 regular, 700 bold)."""
LINE_BREAK_HYPHEN = "\ufffe"
"""What PDFium reports for a hyphen at the end of a line, joining the next line to it."""
_PHYSICAL_LINE = re.compile(rf"[^\n\r{LINE_BREAK_HYPHEN}]*{LINE_BREAK_HYPHEN}|[^\n\r{LINE_BREAK_HYPHEN}]+")
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""What UTF-16 writes a character beyond its first 65,536 with: an emoji, say."""
_Rect = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF units."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line as set on the page. Sizes are in points; ``top`` and ``baseline`` are measured from the page's top."""

    text: str
    box: Box
    size: float
    bold: bool
    left: float
    right: float
    baseline: float

    @property
    def page(self) -> int:
        """Number of the page, from 1."""
        return self.box.page


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page's lines in the order of its content, its size in points, and its text exactly as PDFium gives it."""

    number: int
    width: float
    height: float
    text: str
    lines: tuple[PdfLine, ...]


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page's text where it stands: ``[start, end)`` of the text, and its box."""

    start: int
    end: int
    box: Box


def placed_lines(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> Iterator[PlacedLine]:
    """The lines of a page with their places in its text; the cells of a row are lines of their own."""
    sheet = Sheet(page, textpage, number)
    for start, part in _physical_lines(characters(textpage)):
        at = start
        for line in sheet.lines(start, part):
            yield PlacedLine(at, at + len(line.text), line.box)
            at += len(line.text)


def read_page(page: pdfium.PdfPage, number: int) -> PdfPage:
    """Read one loaded page, and close it."""
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
    """Text in which character i is PDFium's character i, which its own whole-page call does not always give."""
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return text
    codes = [raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
    around = zip([0, *codes[:-1]], codes, [*codes[1:], 0], strict=True)
    return "".join(_sign(code, before, after) for before, code, after in around)


def _sign(code: int, before: int, after: int) -> str:
    """What stands for one of PDFium's characters, which is half of one where the two halves take two places."""
    if code in _FIRST_HALVES:
        return chr(0x10000 + ((code - 0xD800) << 10) + (after - 0xDC00)) if after in _SECOND_HALVES else "\ufffd"
    if code in _SECOND_HALVES:
        return "\u200b" if before in _FIRST_HALVES else "\ufffd"
    return chr(code) if code else " "


def _physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each line with any ink, split at line-break hyphens as well as at line ends."""
    for found in _PHYSICAL_LINE.finditer(text):
        if found.group().strip():
            yield found.start(), found.group()


class Sheet:
    """One loaded page: what PDFium knows of the characters on it, in fractions of the page as displayed."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int) -> None:
        self._textpage = textpage
        self._number = number
        self._width, self._height = page.get_size()
        self._four = tuple(ctypes.c_double() for _ in range(4))  # filled anew by each call
        # The way from PDF units to the displayed page, crop and rotation applied, is one affine map: three points
        # that PDFium converts give it, and save two calls for every corner of every box.
        x0, y0 = _to_device(page, 0, 0)
        (x1, y1), (x2, y2) = _to_device(page, _SPAN, 0), _to_device(page, 0, _SPAN)
        self._map = (x0, (x1 - x0) / _SPAN, (x2 - x0) / _SPAN, y0, (y1 - y0) / _SPAN, (y2 - y0) / _SPAN)

    def lines(self, start: int, text: str) -> Iterator[PdfLine]:
        """A printed line, as the parts that a wide gap sets apart: the cells of a row."""
        rects = self._rects(start, len(text))
        for gap in self._gaps(rects, start, text):
            index = self._first_right_of(gap, start, text)
            before, after = text[: index - start], text[index - start :]
            if _stands_apart(before, after):
                yield self._line(start, before, [rect for rect in rects if self._across(*rect)[0] < gap])
                start, text, rects = index, after, [rect for rect in rects if self._across(*rect)[0] >= gap]
        yield self._line(start, text, rects)

    def boxes(self, start: int, count: int) -> list[Box]:
        """The boxes of the runs of characters ``[start, start + count)``."""
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
        """The middle of each gap between runs, from left to right, that is wide enough to part the cells of a row."""
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
        """Index of the first character with ink that begins at or beyond ``x``."""
        for index, character in enumerate(text, start):
            at = self._origin(index)
            if not character.isspace() and self._across(*at, *at)[0] >= x:
                return index
        return start + len(text)

    def _across(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
        """Left and right edge in points of the page as displayed."""
        x, by_x, of_y, *_ = self._map
        one, two = x + left * by_x + bottom * of_y, x + right * by_x + top * of_y
        return min(one, two) * self._width, max(one, two) * self._width

    def _size(self, index: int) -> float:
        return float(raw.FPDFText_GetFontSize(self._textpage.raw, index))

    def _is_bold(self, index: int) -> bool:
        """By the font's weight, or by its name where the font is a standard one that carries none."""
        weight = raw.FPDFText_GetFontWeight(self._textpage.raw, index)
        if weight > 0:
            return bool(weight >= _BOLD)
        name = ctypes.create_string_buffer(128)
        raw.FPDFText_GetFontInfo(self._textpage.raw, index, name, len(name), None)
        return b"bold" in name.value.lower()

    def _origin(self, index: int) -> tuple[float, float]:
        """The point on the baseline where a character begins, in PDF units."""
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
    """The first letter, the middle character and the last with ink: where a line's size and weight are looked at.

    A line may open with a larger bullet or number, or with a footnote's tiny mark, or have one midway.
    """
    last = start + len(text.rstrip()) - 1
    letter = _LETTER.search(text)
    first = letter.start() if letter else len(text) - len(text.lstrip())
    return start + first, (start + last) // 2, last


def _stands_apart(before: str, after: str) -> bool:
    """Whether two parts of a line are cells: neither a number or label and its text, nor an entry and its page."""
    return not _OPENS_LINE.match(before) and bool(after.strip()) and not _ENDS_LINE.match(after)


def _to_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, device_x, device_y)
    return device_x.value / _GRID, device_y.value / _GRID


def _clamp(fraction: float) -> float:
    return 0.0 if fraction < 0 else 1.0 if fraction > 1 else round(fraction, 6)
