"""PDF through PDFium: lines with their boxes, a page's own text, where a range of it stands, and its picture.

The only importer of pypdfium2. PDFium is not thread-safe, so one lock guards every call into it; builds read in
processes and never share it.
"""

from __future__ import annotations

import ctypes
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UnreadableReport
from corpus.types import Box

MEDIA_TYPE = "application/pdf"
_LOCK = threading.RLock()
_GRID = 1_000_000
"""PDFium converts to whole device units: a page this many units wide gives fractions to six places."""
_BOLD = 600
"""Font weights from here on are bold (CSS and OpenType: 400 regular, 700 bold)."""
LINE_BREAK_HYPHEN = "\ufffe"
"""What PDFium reports for a hyphen at the end of a line, joining the next line to it."""


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


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF under the lock; raise UnreadableReport with the reason PDFium gives."""
    with _LOCK:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            raise _unreadable(path, error) from error
        try:
            yield document
        finally:
            document.close()


def _unreadable(path: Path, error: pdfium.PdfiumError) -> UnreadableReport:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return UnreadableReport(path, "the PDF is encrypted", "Save a copy without a password and add that.")
    return UnreadableReport(
        path, f"the PDF is damaged or incomplete ({error})", "Download it again from where it was published."
    )


def read_pages(path: Path) -> list[PdfPage]:
    """Read every page's lines. Raises UnreadableReport where the file is encrypted, damaged or has no pages."""
    with _opened(path) as document:
        if len(document) == 0:
            raise UnreadableReport(path, "the PDF has no pages", "Download it again from where it was published.")
        try:
            return [_read_page(document[index], index + 1) for index in range(len(document))]
        except pdfium.PdfiumError as error:
            raise _unreadable(path, error) from error


def page_text(path: Path, number: int) -> str:
    """The text of one page, as PDFium gives it; its character offsets are those of :func:`text_boxes`."""
    with _opened(path) as document, _text_of(path, document, number) as (_, textpage):
        return _characters(textpage)


def text_boxes(path: Path, number: int, start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the characters ``[start, end)`` of a page's text, one a line."""
    with _opened(path) as document, _text_of(path, document, number) as (page, textpage):
        return by_line([_box(page, number, rect) for rect in _rects(textpage, start, end - start)])


def by_line(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of runs put together into one a line: neighbours that share at least half of the lower one's height."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last and min(last.y1, box.y1) - max(last.y0, box.y0) >= 0.5 * min(last.y1 - last.y0, box.y1 - box.y0):
            lines[-1] = Box(
                box.page, min(last.x0, box.x0), min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1)
            )
        else:
            lines.append(box)
    return tuple(lines)


def render_png(path: Path, number: int, width: int) -> bytes:
    """A page as a PNG picture, ``width`` pixels wide."""
    with _opened(path) as document:
        page = _page(path, document, number)
        image = page.render(scale=width / page.get_width()).to_pil()
        page.close()
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def page_size(path: Path, number: int) -> tuple[float, float]:
    """Width and height of a page in points, as displayed."""
    with _opened(path) as document:
        width, height = document.get_page_size(number - 1)
        return float(width), float(height)


def _page(path: Path, document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        return document[number - 1]
    except (IndexError, pdfium.PdfiumError) as error:
        reason = f"page {number} of {len(document)} cannot be loaded"
        raise UnreadableReport(path, reason, "Build the index again.") from error


@contextmanager
def _text_of(
    path: Path, document: pdfium.PdfDocument, number: int
) -> Iterator[tuple[pdfium.PdfPage, pdfium.PdfTextPage]]:
    page = _page(path, document, number)
    textpage = page.get_textpage()
    try:
        yield page, textpage
    finally:
        textpage.close()
        page.close()


def _read_page(page: pdfium.PdfPage, number: int) -> PdfPage:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        text = _characters(textpage)
        lines = tuple(
            _line(page, textpage, number, (width, height), start, part) for start, part in _physical_lines(text)
        )
    finally:
        textpage.close()
        page.close()
    return PdfPage(number, width, height, text, lines)


def _characters(textpage: pdfium.PdfTextPage) -> str:
    """Text in which character i is PDFium's character i, which its own whole-page call does not always give."""
    count: int = textpage.count_chars()
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if code else " " for code in codes)


def _physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each line with any ink, split at line-break hyphens as well as at line ends."""
    start = 0
    for index, character in enumerate(text):
        if character in f"\n\r{LINE_BREAK_HYPHEN}":
            end = index + (character == LINE_BREAK_HYPHEN)
            if text[start:end].strip():
                yield start, text[start:end]
            start = index + 1
    if text[start:].strip():
        yield start, text[start:]


def _line(
    page: pdfium.PdfPage,
    textpage: pdfium.PdfTextPage,
    number: int,
    size: tuple[float, float],
    start: int,
    text: str,
) -> PdfLine:
    first = start + len(text) - len(text.lstrip())
    rects = list(_rects(textpage, start, len(text)))
    boxes = [_box(page, number, rect) for rect in rects] or [_origin_box(page, textpage, number, first)]
    box = Box(
        number,
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )
    # A line may open with a tiny superscript (a footnote's number): the largest of a few characters is its size.
    probes = {first, start + len(text) // 2, start + len(text.rstrip()) - 1}
    sizes = [raw.FPDFText_GetFontSize(textpage.raw, index) for index in probes]
    middle = start + len(text) // 2
    return PdfLine(
        text=text,
        box=box,
        size=round(max(sizes), 1),
        bold=_is_bold(textpage, first) and _is_bold(textpage, middle),
        left=box.x0 * size[0],
        right=box.x1 * size[0],
        baseline=_origin_box(page, textpage, number, middle).y0 * size[1],
    )


def _is_bold(textpage: pdfium.PdfTextPage, index: int) -> bool:
    """By the font's weight, or by its name where the font is a standard one that carries none."""
    weight = raw.FPDFText_GetFontWeight(textpage.raw, index)
    if weight > 0:
        return bool(weight >= _BOLD)
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage.raw, index, name, len(name), None)
    return b"bold" in name.value.lower()


def _rects(textpage: pdfium.PdfTextPage, start: int, count: int) -> Iterator[tuple[float, float, float, float]]:
    for index in range(textpage.count_rects(start, count)):
        yield textpage.get_rect(index)


def _box(page: pdfium.PdfPage, number: int, rect: tuple[float, float, float, float]) -> Box:
    """A rectangle in PDF units as fractions of the displayed page, crop and rotation applied."""
    left, bottom, right, top = rect
    xs, ys = zip(_to_fraction(page, left, bottom), _to_fraction(page, right, top), strict=True)
    return Box(number, min(xs), min(ys), max(xs), max(ys))


def _origin_box(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, index: int) -> Box:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
    at_x, at_y = _to_fraction(page, x.value, y.value)
    return Box(number, at_x, at_y, at_x, at_y)


def _to_fraction(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, x, y, device_x, device_y)
    return _clamp(device_x.value / _GRID), _clamp(device_y.value / _GRID)


def _clamp(fraction: float) -> float:
    return min(1.0, max(0.0, fraction))
