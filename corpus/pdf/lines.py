"""The lines of a PDF page and the page itself, as the rest of the reader sees them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.pdf.sheets.gaps import Repair, place_before
from corpus.types import Box


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
    figure_gap: tuple[float, float] | None = None
    """The edges of a wide gap before a number that ends the line, if there is one. The number may be a cell of a
    table."""
    column: int = 0
    """Number of the column of running text that the line is in, from 1. It is 0 if the page has no such columns."""
    slanted: bool = False
    """Whether the line is slanted, as the words of a stamp are, on a page of mostly level text."""
    is_value: bool = False
    """Whether the line is in a form field."""
    repairs: tuple[Repair, ...] = ()
    """The spaces that only this text or only PDFium's text has. Their places are counted from the line's start."""

    @property
    def length_in_text(self) -> int:
        """Number of characters that the line has in PDFium's text of the page."""
        return place_before(len(self.text), self.repairs)

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
    struck: bool = False
    """Whether words are struck out. Each of their letters is the character ``STRUCK`` in the text and the lines."""
    covered: bool = False
    """Whether we left out words because a box covers them."""
    has_pictures: bool = True
    """Whether the page contains a picture. True if we do not know."""
    recognised: bool = False
    """Whether its text was recognised in a picture by the program that made the file."""
    unchecked: bool = False
    """Whether we could not look for words that nobody sees, because the page takes too long to draw."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page: ``[start, end)`` of the page's text, and the line's box."""

    start: int
    end: int
    box: Box
