"""Turns each row of a table with figures or short cells into one block: its label, then its cells from left to right.

A label alone says nothing, and figures without their label can mislead. A row that names columns is also a block, and
is marked as such. ``table_columns`` finds the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.drafts import Draft, Piece
from corpus.glyphs import clean
from corpus.measures import INDENT, ROW_STEP, SAME_LINE
from corpus.pdf.lines import PdfLine
from corpus.pdf.table_cells import SAME_CELL, Level, divides_date, levels_with_cells, names_columns, words_of
from corpus.pdf.table_columns import Columns, Table, candidates, is_table
from corpus.types import BlockKind


@dataclass(slots=True)
class Row:
    """A row of a table: its lines from left to right, each cell from top to bottom."""

    lines: list[PdfLine]
    names_columns: bool = False


def tables_as_rows(pages: Sequence[Sequence[PdfLine | Draft]]) -> list[list[PdfLine | Draft]]:
    """Return the pages with each row of a table as one block, where its first line is.

    A table may continue on the next page, with or without the names of its columns.
    """
    done: list[list[PdfLine | Draft]] = []
    above: Columns | None = None
    for page in pages:
        tables, above = _tables_of([item for item in page if isinstance(item, PdfLine)], above)
        done.append([_draft(item) if isinstance(item, Row) else item for item in _in_place(page, tables)])
    return done


def lines_and_rows(lines: Sequence[PdfLine]) -> list[PdfLine | Row]:
    """Return the lines of one page, with all rows of a table where the table's first line is."""
    tables, _ = _tables_of(lines, None)
    return [item for item in _in_place(lines, tables) if not isinstance(item, Draft)]


def _tables_of(lines: Sequence[PdfLine], above: Columns | None) -> tuple[list[list[Row]], Columns | None]:
    """Return the rows of each table on a page, and the columns of a table that may continue on the next page."""
    if not _may_have_rows(lines):  # true of most pages
        return [], None
    places = {id(line): place for place, line in enumerate(lines)}
    levels = levels_with_cells(lines)
    tables: list[list[Row]] = []
    going_on: Columns | None = None
    for table, is_continued in candidates(levels, above):
        if is_table(table, is_continued):
            tables.append(rows_of(table, places))
            going_on = table.columns if table.last.lines is levels[-1].lines else None
    return tables, going_on


def _may_have_rows(lines: Sequence[PdfLine]) -> bool:
    """Return whether two lines share a baseline, or one line ends in a number after a wide gap."""
    baselines = sorted(line.baseline for line in lines)
    beside = any(after - before < SAME_LINE for before, after in pairwise(baselines))
    return beside or any(line.figure_gap for line in lines)


def _in_place(items: Sequence[PdfLine | Draft], tables: Sequence[Sequence[Row]]) -> Iterator[PdfLine | Draft | Row]:
    """Yield the items of a page, with the rows of each table where its first line is."""
    owner = {id(line): number for number, rows in enumerate(tables) for row in rows for line in row.lines}
    placed: set[int] = set()
    for item in items:
        number = owner.get(id(item))
        if number is None:
            yield item
        elif number not in placed:
            placed.add(number)
            yield from tables[number]


def rows_of(table: Table, places: dict[int, int]) -> list[Row]:
    """Return the rows of a table. A line without cells next to it belongs to the row with which the file draws it.

    If that does not decide, the line belongs to the nearest row, or is a row itself, such as a title in the table.
    """
    anchor, *levels = table.levels  # the first level is a row
    rows = [Row([*anchor.lines])]
    waiting: list[Level] = []
    for level in levels:
        if not level.is_row:
            waiting.append(level)
            continue
        before, after = _shared(anchor, waiting, level, places)
        rows[-1].lines += before
        shared = {id(line) for line in (*before, *after)}
        rows += [Row([line]) for one in waiting for line in one.lines if id(line) not in shared]
        if not waiting and _continues(anchor, level, table.columns):
            rows[-1].lines += level.lines
        else:
            rows.append(Row([*after, *level.lines]))
        anchor, waiting = level, []
    rows[-1].lines += _trailing(anchor, waiting, places)
    has_names = len(rows) > 1 and names_columns(table.columns.values(table.levels[0]))
    return [Row(_ordered(row.lines, table.columns), has_names and at == 0) for at, row in enumerate(rows)]


def _shared(
    anchor: Level, waiting: Sequence[Level], level: Level, places: dict[int, int]
) -> tuple[list[PdfLine], list[PdfLine]]:
    """Return the lines between two rows that belong to the first row, and those that belong to the second."""
    before: list[PdfLine] = []
    after: list[PdfLine] = []
    own, following = _span(anchor, places), _span(level, places)
    last, bold = anchor, anchor.lines[0].bold
    for number, one in enumerate(waiting):
        [line] = one.lines
        place = places[id(line)]
        text = clean(line.text)
        up = line.baseline - last.baseline
        if not after and (own[0] < place < own[1] or (text[:1].islower() and up <= SAME_CELL * line.size)):
            before.append(line)
            last = one
        elif following[0] < place < following[1]:
            after.append(line)
        elif line.bold and not bold and not level.lines[0].bold:
            continue
        else:
            down = level.baseline - line.baseline
            above = up <= SAME_CELL * line.size and not after
            below = down <= SAME_CELL * line.size * (len(waiting) - number)
            label = clean(level.lines[0].text)
            if above and (up < down - 1 or (not below) or (abs(up - down) <= 1 and not label[:1].islower())):
                before.append(line)
                last = one
            elif below:
                after.append(line)
    return before, after


def _span(level: Level, places: dict[int, int]) -> tuple[int, int]:
    numbers = [places[id(line)] for line in level.lines]
    return min(numbers), max(numbers)


def _continues(before: Level, level: Level, columns: Columns) -> bool:
    """Return whether a level continues the cells of the one above: it is close below, and only one has a label."""
    above, values = columns.values(before), columns.values(level)
    step = level.baseline - before.baseline
    if step <= ROW_STEP * level.size and divides_date(above, values):
        return True
    if step > SAME_CELL * level.size:
        return False
    names = names_columns(above)
    if len(values) == len(level.cells):
        return names or all(cell.text.startswith("(") for cell in values)
    return names and len(above) == len(before.cells) and names_columns(values)


def _trailing(anchor: Level, waiting: Sequence[Level], places: dict[int, int]) -> Iterator[PdfLine]:
    """Yield the lines below the last row that belong to it, because they continue its label or are drawn with it."""
    first, last = _span(anchor, places)
    before: Level = anchor
    for level in waiting:
        [line] = level.lines
        close = line.baseline - before.baseline <= SAME_CELL * line.size
        drawn_within = first < places[id(line)] < last
        continues = clean(line.text)[:1].islower() and abs(line.left - anchor.cells[0].left) < INDENT
        if not close or not (drawn_within or continues):
            return
        yield line
        before = level


def _ordered(lines: Sequence[PdfLine], columns: Columns) -> list[PdfLine]:
    """Return the lines of a row: its cells from left to right, each from top to bottom."""

    def place(line: PdfLine) -> tuple[int, float, float]:
        return columns.number(line.left, line.right), round(line.baseline / SAME_LINE), line.left

    return sorted(lines, key=place)


def _draft(row: Row) -> Draft:
    pieces = tuple(Piece(words_of(line), line.page, line.box) for line in row.lines)
    return Draft(BlockKind.TABLE, pieces, names_columns=row.names_columns)
