"""Finds the rows of tables among a page's lines: cells, column names, and titles in cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from corpus.glyphs import clean
from corpus.grades import GRADE_CELL
from corpus.measures import CELL_GAP, ROW_STEP, SAME_LINE
from corpus.pdf.lines import PdfLine

_COLUMN, _COLUMN_WORDS = 8, 3
"""Lines on one baseline are in columns, not cells, if at least this many other lines are read between them, and if each
has at least this many words. Chosen by eye."""
_TITLE_COLUMN = re.compile(r"^Key judge?ment$", re.IGNORECASE)
_GRADE_COLUMN = re.compile(r"^(?:Judge?ment|Inspection) grade$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cells:
    """The ``id`` of each line that is a cell in a row, and the ``id`` of each cell that names a column."""

    cells: frozenset[int]
    column_names: frozenset[int]


def find_cells(lines: Sequence[PdfLine]) -> Cells:
    """Return the cells of a page: lines on the same baseline with wide gaps between them. Bold rows name columns."""
    cells: set[int] = set()
    column_names: set[int] = set()
    places = {id(line): place for place, line in enumerate(lines)}
    for row in _rows(lines):
        if _are_columns(row, places):
            continue
        cells.update(map(id, row))
        if all(line.bold for line in row) and not any(GRADE_CELL.match(clean(line.text)) for line in row):
            column_names.update(map(id, row))
    return Cells(frozenset(cells), frozenset(column_names))


def _are_columns(row: Sequence[PdfLine], places: Mapping[int, int]) -> bool:
    """Return whether lines on one baseline are text in columns, so that each continues below and not to its right."""
    ordered = [places[id(line)] for line in row]
    if all(line.column for line in row):
        return True
    apart = all(abs(after - before) >= _COLUMN for before, after in pairwise(ordered))
    return apart and all(len(line.text.split()) >= _COLUMN_WORDS for line in row)


def mark_titles_in_cells(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return a page's lines, with the row below each "Key judgement | Judgement grade" turned into a title.

    Such a row starts a section, but its title is plain text in a cell. We give the title the size and weight of a
    heading, and leave out the names of the columns.
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


def levels_of(lines: Iterable[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield the lines that share a baseline. ``lines`` are in order from top to bottom."""
    level: list[PdfLine] = []
    for line in lines:
        if level and line.baseline - level[0].baseline >= SAME_LINE:
            yield level
            level = []
        level.append(line)
    if level:
        yield level


def _rows(lines: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield each row: the lines that share a baseline and have a wide gap between them, from left to right."""
    for level in levels_of(sorted(lines, key=lambda line: line.baseline)):
        if len(level) < 2:  # as most levels
            continue
        row = sorted(level, key=lambda line: line.left)
        edges = accumulate((line.right for line in row), max)
        if any(line.left - edge > CELL_GAP * line.size for edge, line in zip(edges, row[1:], strict=False)):
            yield row


def _names_columns(lines: Sequence[PdfLine], index: int) -> bool:
    if index + 1 >= len(lines) or abs(lines[index].baseline - lines[index + 1].baseline) > SAME_LINE:
        return False
    return bool(_TITLE_COLUMN.match(clean(lines[index].text)) and _GRADE_COLUMN.match(clean(lines[index + 1].text)))


def _row_below(lines: Sequence[PdfLine], names: int) -> Iterator[PdfLine]:
    """Yield the lines of the row below the column names, up to a bold line or a step that is too large for a row."""
    before = lines[names].baseline + lines[names].size  # the first row is a little further down
    for line in lines[names + 1 :]:
        if line.bold or line.baseline - before > ROW_STEP * line.size:
            return
        yield line
        before = max(before, line.baseline)


def _as_title(line: PdfLine) -> PdfLine:
    return replace(line, bold=True, size=line.size + 1)
