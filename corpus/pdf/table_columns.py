"""Finds the tables on a page by their columns: consecutive levels whose cells are below each other.

A table has figures or a few words in its cells, and needs no ruled lines. Two columns of running text are not a table.
The time is proportional to the number of lines times the number of columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.glyphs import clean, is_bullet
from corpus.grades import GRADE_CELL
from corpus.pdf.table_cells import MOST_COLUMNS, SAME_CELL, Cell, Level, names_columns
from corpus.pdf.text_columns import starts

_LONGEST_LABEL = 160
"""Maximum length of a label, in characters. Chosen by eye."""
_STEP = 4.0
"""Largest step between two levels of a table, in multiples of the size of the letters. Chosen by eye."""
_LARGER = 1.2
"""A line is a heading if its letters are this many times as large as those of the table. Chosen by eye."""
_MOST_BETWEEN = 6
"""Maximum number of lines between two rows of a table. Chosen by eye."""
_LEAST_ROWS = 3
"""A table has at least this many rows, including the names of its columns. Chosen by eye."""
_LEVELS_KEPT = 62
"""For this many levels at the start of a table, we store in which columns each has cells. All later levels share one
bit."""
_HEAD = 4
"""The names of columns take up at most this many levels after the first. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Column:
    """The left and right edges of a column. The bits of a number show which levels have a cell in it."""

    left: float
    right: float
    levels: int

    def overlaps(self, left: float, right: float) -> bool:
        """Return whether a text with these edges is in the column."""
        return self.left < right and left < self.right


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, from left to right."""

    all: tuple[Column, ...] = ()

    def fit(self, level: Level, number: int, *, anew: bool = False) -> Columns | None:
        """Return the columns with a level's cells added, or None if two of the cells would be in one column.

        A name that is centred above its column may be next to the cells below it, until a wider cell is below both.
        ``number`` is the level's number in the table. ``anew`` is True if the level may only have new columns.
        """
        bit = 1 << min(number, _LEVELS_KEPT)
        columns = list(self.all)
        filled: list[Column] = []
        shared = anew or not columns
        for cell in level.cells:
            over = [column for column in columns if column.overlaps(cell.left, cell.right)]
            shared = shared or bool(over)
            if cell.is_joined and over:
                filled += over
                continue
            levels = 0
            for column in over:
                if column in filled or levels & column.levels:
                    return None
                levels |= column.levels
                columns.remove(column)
            left = min([cell.left, *(column.left for column in over)])
            right = max([cell.right, *(column.right for column in over)])
            filled.append(Column(left, right, levels | bit))
            columns.append(filled[-1])
        columns.sort(key=lambda column: column.left)
        apart = all(after.left >= before.right for before, after in pairwise(columns))
        return Columns(tuple(columns)) if shared and apart and len(columns) <= MOST_COLUMNS else None

    def number(self, left: float, right: float) -> int:
        """Return the number of the column, from 0, that a text starts in."""
        at = 0
        for number, column in enumerate(self.all):
            if column.overlaps(left, right):
                return number
            if column.left <= left:
                at = number
        return at

    def values(self, level: Level) -> list[Cell]:
        """Return the cells of a level that are not in the first column, which has the labels."""
        return [cell for cell in level.cells if self.number(cell.left, cell.right) > 0]


@dataclass(slots=True)
class Table:
    """A table to which levels are still being added."""

    columns: Columns
    levels: list[Level]

    @property
    def last(self) -> Level:
        """The lowest level so far."""
        return self.levels[-1]


def candidates(levels: Sequence[Level], above: Columns | None) -> Iterator[tuple[Table, bool]]:
    """Yield possible tables: consecutive levels whose cells are in the same columns.

    Between the rows, there may be levels with lines in only one column. ``above`` are the columns of a table at the end
    of the page before.
    """
    table: Table | None = None
    is_continued = False
    for at, level in enumerate(levels):
        if table and (columns := _goes_on(table, level)):
            table.columns = columns
            table.levels.append(_in_table(level, columns))
            continue
        if table:
            yield table, is_continued
        table, is_continued = None, False
        if level.is_row:
            continued = above.fit(level, _LEVELS_KEPT) if above and at == 0 else None
            is_continued = continued is not None
            start = continued or Columns().fit(level, 0)
            table = Table(start, [level]) if start else None
    if table:
        yield table, is_continued


def _goes_on(table: Table, level: Level) -> Columns | None:
    """Return a table's columns with a level added, or None if the level is not part of the table."""
    step = level.baseline - table.last.baseline
    number = len(table.levels)
    if step > _STEP * level.size:
        return None
    if level.may_be_row:
        is_another = [cell.text for cell in level.cells] == [cell.text for cell in table.levels[0].cells]
        # The names of columns may be at different heights, if some take two lines.
        in_head = step <= SAME_CELL * level.size and number <= _HEAD and all(map(_is_head, (*table.levels, level)))
        return None if is_another else table.columns.fit(level, number, anew=in_head)
    [first, *more] = level.lines
    larger = first.size > _LARGER * table.levels[0].size
    if more or first.column or larger or is_bullet(clean(first.text)):
        return None
    if not any(one.is_row for one in table.levels[-_MOST_BETWEEN:]):
        return None
    return table.columns.fit(level, number)


def _is_head(level: Level) -> bool:
    return names_columns(level.cells)


def _in_table(level: Level, columns: Columns) -> Level:
    """Return a level of a table. It is a row if it has cells, or one figure whose label may be above and below."""
    first = level.cells[0]
    is_row = level.may_be_row or (first.is_figure and columns.number(first.left, first.right) > 0)
    return replace(level, is_row=is_row)


def is_table(table: Table, is_continued: bool) -> bool:
    """Return whether rows have figures or short cells. One row is enough if the table starts on the page before."""
    rows = [level for level in table.levels if level.is_row]
    by_row = [table.columns.values(level) for level in rows]
    values = [cell for row in by_row for cell in row]
    labels = [cell for level, row in zip(rows, by_row, strict=True) for cell in level.cells if cell not in row]
    with_figures = sum(any(cell.is_figure for cell in row) for row in by_row)
    if 2 * sum(cell.is_sentence for level in table.levels for cell in level.cells) >= len(rows):
        return False  # such as a list of improvements, each with a deadline
    if any(len(cell.text) > _LONGEST_LABEL for cell in labels) or not all(cell.is_short for cell in values):
        return False
    if is_continued:
        return with_figures == len(rows)
    has_names = names_columns(by_row[0])
    if len(rows) >= _LEAST_ROWS:
        if 2 * with_figures >= len(rows) - has_names and with_figures >= 2:
            return True
        if any(GRADE_CELL.match(cell.text) for cell in values):  # a grade table that nobody could read
            return False
        # Two columns of words are often two lists, such as the inspectors of each inspectorate.
        return len(table.columns.all) > 2 and bool(labels) and all(starts(cell.text) for cell in (*values, *labels))
    return len(rows) == 2 and has_names and with_figures >= 1 and bool(labels)
