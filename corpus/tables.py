"""Rows of cells among a page's lines: which lines are cells, which are the heads of columns, which are titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from corpus.cleaning import clean
from corpus.grades import PRINTED_GRADE
from corpus.pdf_lines import CELL_GAP, PdfLine

SAME_LINE = 2.0
"""Baselines less than this far apart, in points, are one line's."""
GRADE_CELL = re.compile(rf"^{PRINTED_GRADE}$", re.IGNORECASE)
"""A grade that stands in a cell by itself."""
_TITLE_COLUMN = re.compile(r"^Key judge?ment$", re.IGNORECASE)
_GRADE_COLUMN = re.compile(r"^(?:Judge?ment|Inspection) grade$", re.IGNORECASE)
_ROW_STEP = 1.7
"""Lines of one row follow each other within this many times their size; more begins what stands below the table."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The lines of a page, by identity, that are cells of a row, and those that name the columns below them."""

    cells: frozenset[int]
    heads: frozenset[int]


def find_cells(lines: Sequence[PdfLine]) -> Cells:
    """Lines on one baseline with wide gaps between them are cells; where all are bold and none is a grade, heads."""
    cells: set[int] = set()
    heads: set[int] = set()
    for row in _rows(lines):
        cells.update(map(id, row))
        if all(line.bold for line in row) and not any(GRADE_CELL.match(clean(line.text)) for line in row):
            heads.update(map(id, row))
    return Cells(frozenset(cells), frozenset(heads))


def with_titles(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """A page's lines with each row "Key judgement | Judgement grade" read as the title of the section that it opens.

    The title is set as plain text in its cell: it is given a title's size and weight. The columns' names are left out.
    """
    kept: list[PdfLine] = []
    index = 0
    while index < len(lines):
        if _names_columns(lines, index):
            edge = lines[index + 1].left
            row = list(_row_below(lines, index + 1))
            kept += (_as_title(line) if line.left < edge - line.size else line for line in row)
            index += 2 + len(row)
        else:
            kept.append(lines[index])
            index += 1
    return kept


def _rows(lines: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """The lines on one baseline, where a wide gap parts them."""
    row: list[PdfLine] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if row and line.baseline - row[0].baseline >= SAME_LINE:
            yield from _parted(row)
            row = []
        row.append(line)
    yield from _parted(row)


def _parted(row: list[PdfLine]) -> Iterator[list[PdfLine]]:
    ordered = sorted(row, key=lambda line: line.left)
    edges = accumulate((line.right for line in ordered), max)
    if any(line.left - edge > CELL_GAP * line.size for edge, line in zip(edges, ordered[1:], strict=False)):
        yield ordered


def _names_columns(lines: Sequence[PdfLine], index: int) -> bool:
    if index + 1 >= len(lines) or abs(lines[index].baseline - lines[index + 1].baseline) > SAME_LINE:
        return False
    return bool(_TITLE_COLUMN.match(clean(lines[index].text)) and _GRADE_COLUMN.match(clean(lines[index + 1].text)))


def _row_below(lines: Sequence[PdfLine], head: int) -> Iterator[PdfLine]:
    """The lines of the row below a table's head: up to a bold line, or a step that is none within a row."""
    before = lines[head].baseline + lines[head].size  # the first row stands a little further from the head
    for line in lines[head + 1 :]:
        if line.bold or line.baseline - before > _ROW_STEP * line.size:
            return
        yield line
        before = max(before, line.baseline)


def _as_title(line: PdfLine) -> PdfLine:
    return replace(line, bold=True, size=line.size + 1)
