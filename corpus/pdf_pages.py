"""Loads pages of PDFs, and leaves out copies of text, watermarks and text that nobody sees."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_actual_text import mend_actual_text
from corpus.pdf_calls import Four, Handle
from corpus.pdf_doubles import leave_out_copies
from corpus.pdf_forms import Value, open_forms, values_of
from corpus.pdf_frame import Frame
from corpus.pdf_layers import may_have_layers
from corpus.pdf_objects import PageObjects
from corpus.pdf_unseen import leave_out_unseen
from corpus.pdf_watermarks import SlantedWords, leave_out_watermarks

_FLAT = 4.0
"""Largest height of a line through words, in points. Chosen by eye."""
_DOT = (1.0, 9.0)
"""Smallest and largest width or height of a bullet that is drawn as a shape, in points. Chosen by eye."""
_ROUND = 1.3
"""Largest ratio between the sides of such a bullet. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a loaded page, with the facts that we need to find its lines."""

    page: pdfium.PdfPage
    textpage: pdfium.PdfTextPage
    shown: Frame
    """The map to the page as displayed."""
    upright: Frame
    """The map to the page turned so that its text is level. It is the same as ``shown`` unless the text is sideways."""
    scaled: bool
    """Whether a matrix scales, turns or slants any text."""
    size: tuple[float, float]
    """The width and height of the page, turned so that its text is level, in points."""
    spoken: Mapping[Handle, Four]
    """The places of letters that have replacement words ("ActualText"), in PDF units, by their pieces of text."""
    rules: Sequence[Four]
    """The places of flat paths and of marks that strike words out, in PDF units."""
    dots: Sequence[Four]
    """The places of small shapes that may be bullets, in PDF units."""
    bold: frozenset[Handle]
    """The pieces of text that are drawn twice to look bold."""
    values: Sequence[Value]
    """The words in form fields."""
    covered: bool
    """Whether words were left out because a box covers them."""
    has_pictures: bool
    """Whether the page contains a picture."""

    def close(self) -> None:
        """Close the text and the page."""
        self.textpage.close()
        self.page.close()


class PageLoader:
    """Loads the pages of an opened document.

    All code that reads a page's text uses it, so that offsets never differ.
    """

    def __init__(self, document: pdfium.PdfDocument, path: Path) -> None:
        """Make a loader for a document and its file. No page of the document may have been loaded."""
        open_forms(document)
        self._document = document
        self._layers = may_have_layers(path)
        self._slanted = SlantedWords(document)

    def load(self, index: int) -> PageText:
        """Return the text of a page. Pages are counted from 0.

        The page must not be drawn, because some of its objects are switched off.
        """
        page = self._document[index]
        objects = PageObjects.of(page)
        covered = leave_out_unseen(page, objects, layers=self._layers, again=lambda: self._document[index])
        leave_out_watermarks(objects, self._slanted)
        spoken = mend_actual_text(objects)
        bold = leave_out_copies(page, objects)
        displayed, upright = page.get_rotation(), _rotation_of(objects)
        shown = level = Frame.of(page)
        size = page.get_size()
        # PDFium reads the lines of a page as it is displayed, so it would read lines that run up the page backwards.
        turned = upright is not None and upright != displayed
        if turned:
            page.set_rotation(upright)
            level, size = Frame.of(page), page.get_size()
        textpage = page.get_textpage()
        if turned:
            page.set_rotation(displayed)
        paths = objects.path_edges()
        rules = [*filter(_is_flat, paths), *_struck(page)]
        dots = list(filter(_is_dot, paths))
        values = values_of(self._document, page)
        drawn = (spoken, rules, dots, bold, values, covered, bool(objects.pictures))
        return PageText(page, textpage, shown, level, objects.scaled, size, *drawn)


def _rotation_of(objects: PageObjects) -> int | None:
    """Return the rotation of a page, in degrees, that makes most of its texts level. None if it has no text."""
    if objects.level and len(objects.gone) < len(objects.items):
        return 0
    turns = Counter(_turn(*objects.matrices[index, :2].tolist()) for index in objects.left)
    return turns.most_common(1)[0][0] if turns else None


def _turn(a: float, b: float) -> int:
    """Return the rotation, in degrees, that makes text with this matrix level, or nearly level."""
    if not (math.isfinite(a) and math.isfinite(b)):  # as in a hostile file
        return 0
    return round(math.degrees(math.atan2(b, a)) / 90) % 4 * 90


def _is_flat(edges: Four) -> bool:
    left, bottom, right, top = edges
    return min(right - left, top - bottom) <= _FLAT < max(right - left, top - bottom)


def _is_dot(edges: Four) -> bool:
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    least, largest = min(width, height), max(width, height)
    return _DOT[0] <= least and largest <= min(_DOT[1], _ROUND * least)


def _struck(page: pdfium.PdfPage) -> Iterator[Four]:
    """Yield a flat line in the middle of each annotation that strikes out words."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            for left, bottom, right, top in _struck_lines(annotation):
                yield left, (bottom + top) / 2, right, (bottom + top) / 2
        raw.FPDFPage_CloseAnnot(annotation)


def _struck_lines(annotation: raw.FPDF_ANNOTATION) -> Iterator[Four]:
    """Yield the place of each line of words that an annotation is about, or its own place if it names no lines."""
    count = raw.FPDFAnnot_CountAttachmentPoints(annotation)
    for number in range(count):
        quad = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield min(xs), min(ys), max(xs), max(ys)
    if not count:
        edges = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, edges)
        yield edges.left, edges.bottom, edges.right, edges.top
