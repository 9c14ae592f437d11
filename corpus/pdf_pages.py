"""Loads pages of PDFs, and leaves out what is drawn on them but is not part of their text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.pdf_actual_text import mend_actual_text
from corpus.pdf_calls import Four
from corpus.pdf_doubles import leave_out_copies
from corpus.pdf_frame import Frame
from corpus.pdf_objects import PageObjects, TextObject
from corpus.pdf_unseen import leave_out_unseen
from corpus.pdf_watermarks import leave_out_watermarks

_FLAT = 4.0
"""Largest height of a line through words, in points. Chosen by eye."""
_DOT = (1.0, 9.0)
"""Least and largest width and height of a bullet that is drawn as a shape, in points. Chosen by eye."""
_ROUND = 1.3
"""Largest ratio between the sides of such a bullet. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a loaded page, and what we need to know to find its lines."""

    textpage: pdfium.PdfTextPage
    shown: Frame
    """The map to the page as displayed."""
    upright: Frame
    """The map to the page turned so that its text is level. It is ``shown`` unless the text is sideways."""
    scaled: bool
    """Whether a matrix scales, turns or slants any text."""
    size: tuple[float, float]
    """The width and height of the page, turned so that its text is level, in points."""
    spoken: Sequence[Four] = ()
    """The places of letters that have other words ("ActualText"), in PDF units."""

    rules: Sequence[Four] = ()
    """The places of flat paths and of marks that strike words out, in PDF units."""

    dots: Sequence[Four] = ()
    """The places of small shapes that may be bullets, in PDF units."""

    bold: Sequence[Four] = ()
    """The places of letters that are drawn twice to look bold, in PDF units."""

    def close(self) -> None:
        """Close the text. The page stays loaded."""
        self.textpage.close()


def load_text(page: pdfium.PdfPage) -> PageText:
    """Return the text of a loaded page. Everything that reads a page's text calls this, so offsets are always the same.

    A page whose text has been loaded must not be drawn, because some of its objects are switched off.
    """
    objects = PageObjects.of(page)
    leave_out_unseen(page, objects)
    leave_out_watermarks(objects)
    spoken = mend_actual_text(objects)
    bold = leave_out_copies(page, objects)
    displayed, upright = page.get_rotation(), _rotation_of(objects.texts)
    shown = Frame.of(page)
    paths = [objects.bounds(path) for path in objects.paths]
    rules = [*filter(_is_flat, paths), *_struck(page)]
    dots = list(filter(_is_dot, paths))
    if upright in (None, displayed):
        return PageText(page.get_textpage(), shown, shown, objects.scaled, page.get_size(), spoken, rules, dots, bold)
    # PDFium reads the lines of a page as it is displayed, so lines that run up the page would be read backwards.
    page.set_rotation(upright)
    frame, size = Frame.of(page), page.get_size()
    turned = PageText(page.get_textpage(), shown, frame, objects.scaled, size, spoken, rules, dots, bold)
    page.set_rotation(displayed)
    return turned


def _rotation_of(texts: Sequence[TextObject]) -> int | None:
    """Return the rotation of a page, in degrees, with which most of its texts are level. None if it has no text."""
    if texts and not any(text[1][1] or text[1][0] < 0 for text in texts):  # the matrix; by number, which is faster
        return 0
    turns = Counter(round(math.degrees(math.atan2(text.matrix[1], text.matrix[0])) / 90) % 4 * 90 for text in texts)
    return turns.most_common(1)[0][0] if turns else None


def _is_flat(edges: Four) -> bool:
    left, bottom, right, top = edges
    return min(right - left, top - bottom) <= _FLAT < max(right - left, top - bottom)


def _is_dot(edges: Four) -> bool:
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    least, largest = min(width, height), max(width, height)
    return _DOT[0] <= least and largest <= min(_DOT[1], _ROUND * least)


def _struck(page: pdfium.PdfPage) -> Iterator[Four]:
    """Yield a flat line in the middle of each annotation that strikes words out."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT:
            edges = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, edges)
            middle = (edges.bottom + edges.top) / 2
            yield edges.left, middle, edges.right, middle
        raw.FPDFPage_CloseAnnot(annotation)
