"""Finds the cells on each level of a page: the parts of lines on one baseline, with wide gaps between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.glyphs import clean, clean_words, is_bullet
from corpus.measures import CELL_GAP, INDENT
from corpus.pdf.lines import PdfLine
from corpus.pdf.tables import levels_of

_FIGURE = re.compile(r"(?=.{0,24}$)\W*+(?:[^\W\d]+\W*+)?\d.*$")
"""A short text with a number, and with at most one word before it: "45%", "£1.2 million", "11 of 14"."""
_NO_FIGURE = re.compile(
    r"^(?:[-–—*.…]{1,3}|n/?[akr]|nil|none|no data|suppressed|not (?:known|available|applicable))$", re.IGNORECASE
)
"""What a table prints instead of a figure."""
_BARE = re.compile(r"^[\W\d]*\d[\W\d]*$|^[-–—*.…]{1,3}$|^n/a$", re.IGNORECASE)
"""A figure without words."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = re.compile(
    rf"^(?:(?:\d{{1,2}}\s)?{_MONTH}\s)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d\d|(?:19|20)\d\d))?$|^Q[1-4]\b.*$", re.IGNORECASE
)
"""The name of a column that looks like a figure: "2024", "31 March 2024", "2023–24", "Q1"."""
_SHORT, _SHORT_WORDS = 32, 5
"""A short cell has at most this many characters and words. Chosen by eye."""
_LEAST_GAP = 0.5
"""Smallest gap between the cells of a row that fits the rows above it, in multiples of the size of the letters. It is
wider than a space between words. Chosen by eye."""
_DAY_AND_MONTH = re.compile(rf"^(?:by )?\d{{1,2}} {_MONTH}$", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"^20\d\d$")
"""The two lines of a date in a narrow cell."""
SAME_CELL = 1.45
"""Largest step between the lines of one cell, in multiples of the size of the letters. Chosen by eye."""
MOST_COLUMNS = 24
"""Maximum number of columns. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The part of a line that is in one cell."""

    line: PdfLine
    text: str
    left: float
    right: float

    @property
    def is_figure(self) -> bool:
        """Whether the text is a figure, or what a table prints instead of one."""
        return bool(_FIGURE.match(self.text) or _NO_FIGURE.match(self.text))

    @property
    def is_short(self) -> bool:
        """Whether the text has only a few words."""
        return len(self.text) <= _SHORT and len(self.text.split()) <= _SHORT_WORDS

    @property
    def is_sentence(self) -> bool:
        """Whether the text is the end of a sentence."""
        return self.text.endswith(".") and len(self.text.split()) > _SHORT_WORDS

    @property
    def is_joined(self) -> bool:
        """Whether the text may be the figures of several columns, because one line can contain them all."""
        return " " in self.text and all(map(_BARE.match, self.text.split()))


@dataclass(frozen=True, slots=True)
class Level:
    """The lines on one baseline of a page, from left to right."""

    lines: tuple[PdfLine, ...]
    cells: tuple[Cell, ...]
    is_row: bool
    """Whether a wide gap separates cells of the level."""
    may_be_row: bool
    """Whether the level is a row if its cells are in the columns of the rows above. Some labels nearly fill their
    cell."""

    @property
    def baseline(self) -> float:
        """The distance of the level from the top of the page, in points."""
        return self.lines[0].baseline

    @property
    def size(self) -> float:
        """The size of the largest letters."""
        return max(line.size for line in self.lines)


def levels_with_cells(lines: Sequence[PdfLine]) -> list[Level]:
    """Return the levels of a page from top to bottom, each with its cells."""
    levels = levels_of(sorted(lines, key=lambda line: line.baseline))
    return [_level(sorted(level, key=lambda line: line.left)) for level in levels]


def _level(lines: Sequence[PdfLine]) -> Level:
    edges = accumulate((line.right for line in lines), max)
    gaps = [(line.left - edge) / line.size for edge, line in zip(edges, lines[1:], strict=False)]
    cells = tuple(cell for line in lines for cell in _cells(line))
    # Lines that touch are pieces of one text, so the level is not a row.
    has_cells = 1 < len(cells) <= MOST_COLUMNS or (len(cells) == 1 and cells[0].is_joined)
    may_be_row = has_cells and min(gaps, default=CELL_GAP) > _LEAST_GAP and not any(line.column for line in lines)
    return Level(tuple(lines), cells, may_be_row and max(gaps, default=CELL_GAP) >= CELL_GAP, may_be_row)


def _cells(line: PdfLine) -> Iterator[Cell]:
    text = words_of(line)
    words, _, number = text.rpartition(" ")
    if line.figure_gap is None or not words:
        yield Cell(line, text, line.left, line.right)
    else:
        yield Cell(line, words, line.left, line.figure_gap[0])
        yield Cell(line, number, line.figure_gap[1], line.right)


def words_of(line: PdfLine) -> str:
    """Return the words of a line. A dash in place of a figure is not a bullet."""
    text = clean(line.text)  # other steps have cleaned the line, so this takes no time
    return clean_words(line.text) if is_bullet(text) else text


def names_columns(values: Sequence[Cell]) -> bool:
    """Return whether the cells of a row may name columns: in bold letters, in words, or by years."""
    if values and all(cell.line.bold for cell in values):
        return True
    named = [cell for cell in values if _YEAR.match(cell.text) or not cell.is_figure]
    years = [cell for cell in values if cell.is_joined and all(map(_YEAR.match, cell.text.split()))]
    return 0 < len(values) <= len(named) + len(years)


def divides_date(above: Sequence[Cell], values: Sequence[Cell]) -> bool:
    """Return whether a narrow cell has the day and month of a date in one line and its year in the next."""
    return any(
        _DAY_AND_MONTH.match(cell.text) and _YEAR_ALONE.match(other.text) and abs(cell.left - other.left) < INDENT
        for cell in above
        for other in values
    )
