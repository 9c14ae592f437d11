"""Opens PDFs with PDFium, and returns the lines, text and pictures of pages, and the boxes of quotes.

PDFium is not thread-safe, so one lock guards every call. Builds read PDFs in separate processes, which do not share the
lock.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UndrawablePage, UnreadableReport
from corpus.pdf.lines import PdfLine, PdfPage, PlacedLine
from corpus.pdf.sheets.sheet import Sheet, placed_lines, read_page
from corpus.pdfium.pages import PageLoader, PageText
from corpus.pdfium.tiles import Tiles
from corpus.types import Box

MEDIA_TYPE = "application/pdf"
_LOCK = threading.RLock()
_LONGEST = 14_400
"""Maximum length of a page's side, in points: 200 inches, the limit in PDF 1.6 for a page without a unit of its own."""
_SLIMMEST = 10
"""Largest ratio between the sides of a page. Chosen by eye."""


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF under the lock. Raises UnreadableReport with the reason that PDFium gives."""
    with _LOCK:
        document = _loaded(path)
        try:
            yield document
        finally:
            document.close()


def _loaded(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: pdfium.PdfiumError) -> UnreadableReport:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return UnreadableReport(path, "the PDF is encrypted", "Save a copy without a password, and add the copy.")
    return UnreadableReport(
        path, f"the PDF is damaged or incomplete ({error})", "Download it again from where it was published."
    )


def read_pages(path: Path) -> list[PdfPage]:
    """Read the lines of every page. Raises UnreadableReport if the file is encrypted or damaged, or has no pages."""
    with _opened(path) as document:
        if len(document) == 0:
            raise UnreadableReport(path, "the PDF has no pages", "Download it again from where it was published.")
        try:
            _refuse_odd_sheets(path, document)
            loader = PageLoader(document, path)
            return [read_page(loader.load(index), index + 1) for index in range(len(document))]
        except pdfium.PdfiumError as error:
            raise _unreadable(path, error) from error


def _refuse_odd_sheets(path: Path, document: pdfium.PdfDocument) -> None:
    """Raise UnreadableReport if a page has a size that no sheet of paper has. A picture of it would fill the memory."""
    for index in range(len(document)):
        width, height = document.get_page_size(index)
        short, long = sorted((width, height))
        if not 0 < long <= _LONGEST or long > _SLIMMEST * short:
            reason = f"page {index + 1} measures {width:g} by {height:g} points, which no sheet of paper does"
            raise UnreadableReport(path, reason, "Print it to a new PDF, and add that file.")


class OpenedPdf:
    """A PDF that stays open. Each page is loaded when it is first used, and only once. Close the PDF after use."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises UnreadableReport if it cannot be opened."""
        self._path = path
        self._pages: dict[int, tuple[PageText, Sheet]] = {}
        with _LOCK:
            self._document = _loaded(path)
            self._loader = PageLoader(self._document, path)

    def text(self, number: int) -> str:
        """Return the text of one page, with the values of its form fields. :meth:`boxes` uses the same offsets."""
        with _LOCK:
            return self._sheet(number).text

    def boxes(self, number: int, start: int, end: int) -> tuple[Box, ...]:
        """Return the boxes of the characters ``[start, end)`` of a page's text, one for each line."""
        with _LOCK:
            return by_line(self._sheet(number).boxes(start, end - start))

    def lines(self, number: int) -> tuple[tuple[int, PdfLine], ...]:
        """Return the lines of one page, each with the offset of its start in the page's text."""
        with _LOCK:
            return tuple(self._sheet(number).lines())

    def close(self) -> None:
        """Close the pages and the file."""
        with _LOCK:
            for text, _ in self._pages.values():
                text.close()
            self._document.close()

    def _sheet(self, number: int) -> Sheet:
        if number not in self._pages:
            text = _text(self._path, self._loader, self._document, number)
            self._pages[number] = text, Sheet(text, number)
        return self._pages[number][1]


def page_text(path: Path, number: int) -> str:
    """Return the text of one page. See :class:`OpenedPdf`."""
    with closing(OpenedPdf(path)) as opened:
        return opened.text(number)


def page_lines(path: Path, number: int) -> tuple[PlacedLine, ...]:
    """Return the lines of one page with their places. Their offsets refer to the text from :func:`page_text`."""
    with _opened(path) as document, closing(_text(path, PageLoader(document, path), document, number)) as text:
        return tuple(placed_lines(Sheet(text, number)))


def by_line(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Join the boxes of runs into one per line. Boxes on a line overlap by at least half the smaller one's height."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last and min(last.y1, box.y1) - max(last.y0, box.y0) >= 0.5 * min(last.y1 - last.y0, box.y1 - box.y0):
            lines[-1] = Box.around([last, box])
        else:
            lines.append(box)
    return tuple(lines)


def render_png(path: Path, number: int, width: int) -> bytes:
    """Return a page as a PNG picture, ``width`` pixels wide. Raises UndrawablePage if that would take too long."""
    with _to_draw(path, number) as page:
        image = page.render(scale=width / page.get_width()).to_pil()
    buffer = io.BytesIO()
    image.save(buffer, format="PNG")
    return buffer.getvalue()


def picture(path: Path, number: int, dpi: int) -> npt.NDArray[np.uint8]:
    """Return a grey picture of a page, with ``dpi`` points per inch: 0 is black and 255 is white.

    Raises UndrawablePage if that would take too long.
    """
    with _to_draw(path, number) as page:
        grey = page.render(scale=dpi / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(grey.reshape(grey.shape[:2]))


def page_size(path: Path, number: int) -> tuple[float, float]:
    """Return the width and height of a page in points, as displayed."""
    with _opened(path) as document:
        width, height = document.get_page_size(number - 1)
        return float(width), float(height)


@contextmanager
def _to_draw(path: Path, number: int) -> Iterator[pdfium.PdfPage]:
    with _opened(path) as document:
        try:
            page = document[number - 1]
        except (IndexError, pdfium.PdfiumError) as error:
            raise _not_loaded(path, document, number) from error
        with closing(page):
            if not Tiles(document, path.read_bytes()).may_be_drawn(page, number - 1):
                raise UndrawablePage(path, number)
            yield page


def _text(path: Path, loader: PageLoader, document: pdfium.PdfDocument, number: int) -> PageText:
    try:
        return loader.load(number - 1)
    except (IndexError, pdfium.PdfiumError) as error:
        raise _not_loaded(path, document, number) from error


def _not_loaded(path: Path, document: pdfium.PdfDocument, number: int) -> UnreadableReport:
    reason = f"page {number} of {len(document)} cannot be loaded"
    return UnreadableReport(path, reason, "Build the index again.")
