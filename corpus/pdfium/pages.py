"""Loads pages of PDFs, and leaves out copies of text, watermarks and text that nobody sees."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from corpus.pdfium.actual_text import mend_actual_text
from corpus.pdfium.doubles import leave_out_copies
from corpus.pdfium.forms import Value, open_forms, values_of
from corpus.pdfium.frame import Frame
from corpus.pdfium.hiding.hidden_letters import HiddenLetters
from corpus.pdfium.hiding.layers import may_have_layers
from corpus.pdfium.hiding.unseen import leave_out_unseen, was_recognised
from corpus.pdfium.objects import PageObjects
from corpus.pdfium.raw_calls import Four, Handle
from corpus.pdfium.rules import striking_lines
from corpus.pdfium.tiles import Tiles
from corpus.pdfium.watermarks import SlantedWords, has_slanted_words, leave_out_watermarks

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
    slants: bool
    """Whether some of the texts are slanted, but most are not."""
    size: tuple[float, float]
    """The width and height of the page, turned so that its text is level, in points."""
    spoken: Mapping[Handle, Four]
    """The positions of letters that have replacement words ("ActualText"), in PDF units, by piece of text."""
    rules: Sequence[Four]
    """The positions of flat paths and annotations that may strike words out, in PDF units."""
    dots: Sequence[Four]
    """The positions of small shapes that may be bullets, in PDF units."""
    bold: frozenset[Handle]
    """The pieces of text that are drawn twice to look bold."""
    values: Sequence[Value]
    """The words in form fields."""
    covered: bool
    """Whether words were left out because a box covers them."""
    hidden: HiddenLetters | None
    """The letters that a box hides, in texts with other letters that show."""
    has_pictures: bool
    """Whether the page contains a picture."""
    recognised: bool
    """Whether all of the text was recognised in a picture by the program that made the file."""
    unchecked: bool
    """Whether we could not draw the page to find the words that nobody sees."""

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
        data = path.read_bytes()
        self._layers = may_have_layers(data)
        self._tiles = Tiles(document, data)
        self._slanted = SlantedWords(document)

    def load(self, index: int) -> PageText:
        """Return the text of a page. Pages are counted from 0.

        The page must not be drawn, because some of its objects are switched off.
        """
        page = self._document[index]
        objects = PageObjects.of(page)
        may_draw = self._tiles.may_be_drawn(page, index)
        again = (lambda: self._document[index]) if may_draw else None
        covered, hidden = leave_out_unseen(page, objects, layers=self._layers, again=again)
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
        rules = striking_lines(page, objects)
        dots = list(filter(_is_dot, objects.path_edges()))
        values = values_of(self._document, page)
        drawn = (
            spoken,
            rules,
            dots,
            bold,
            values,
            covered,
            hidden,
            bool(objects.pictures),
            was_recognised(objects),
            not may_draw,
        )
        return PageText(page, textpage, shown, level, objects.scaled, has_slanted_words(objects), size, *drawn)


def _rotation_of(objects: PageObjects) -> int | None:
    """Return the rotation of a page, in degrees, that makes most of its texts level. None if it has no text."""
    if objects.level and len(objects.gone) < len(objects.items):
        return 0
    turns = Counter(_turn(*objects.matrices[index, :2].tolist()) for index in objects.left)
    return turns.most_common(1)[0][0] if turns else None


def _turn(a: float, b: float) -> int:
    """Return the rotation, in degrees, that makes text with this matrix level, or nearly level."""
    if not (math.isfinite(a) and math.isfinite(b)):  # hostile files may do this
        return 0
    return round(math.degrees(math.atan2(b, a)) / 90) % 4 * 90


def _is_dot(edges: Four) -> bool:
    width, height = edges[2] - edges[0], edges[3] - edges[1]
    least, largest = min(width, height), max(width, height)
    return _DOT[0] <= least and largest <= min(_DOT[1], _ROUND * least)
