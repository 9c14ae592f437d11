"""Turns each row of a table with figures or short cells into one block: its label, then its cells from left to right.

A label alone says nothing, and figures without their label can mislead. We find tables by their columns: levels of the
page whose cells are below each other, with figures or a few words in each. Tables need no ruled lines. Two columns of
running text are not a table. A row that names columns is also a block, and is marked as such.

The time is proportional to the number of lines times the number of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from corpus.drafts import Draft, Piece
from corpus.glyphs import clean, clean_words, is_bullet
from corpus.grades import GRADE_CELL
from corpus.measures import CELL_GAP, INDENT, ROW_STEP, SAME_LINE
from corpus.pdf.lines import PdfLine
from corpus.pdf.tables import levels_of
from corpus.pdf.text_columns import starts
from corpus.types import BlockKind

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
_DAY_AND_MONTH = re.compile(rf"^(?:by )?\d{{1,2}} {_MONTH}$", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"^20\d\d$")
"""The two lines of a date in a narrow cell."""
_LETTER = re.compile(r"[^\W\d_]")
_SHORT, _SHORT_WORDS = 32, 5
"""A short cell has at most this many characters and words. Chosen by eye."""
_LONGEST_LABEL = 160
"""Maximum length of a label, in characters. Chosen by eye."""
_STEP = 4.0
"""Largest step between two levels of a table, in multiples of the size of the letters. Chosen by eye."""
_SAME_CELL = 1.45
"""Largest step between the lines of one cell, in multiples of the size of the letters. Chosen by eye."""
_LARGER = 1.2
"""A line is a heading if its letters are this many times as large as those of the table. Chosen by eye."""
_MOST_BETWEEN = 6
"""Maximum number of lines between two rows of a table. Chosen by eye."""
_LEAST_GAP = 0.5
"""Smallest gap between the cells of a row that fits the rows above it, in multiples of the size of the letters. It is
wider than a space between words. Chosen by eye."""
_LEAST_ROWS = 3
"""A table has at least this many rows, including the names of its columns. Chosen by eye."""
_LEVELS_KEPT = 62
"""For this many levels at the start of a table, we store in which columns each has cells. All later levels share one
bit."""
_HEAD = 4
"""The names of columns take up at most this many levels after the first. Chosen by eye."""
_MOST_COLUMNS = 24
"""Maximum number of columns. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """The part of a line that is in one cell."""

    line: PdfLine
    text: str
    left: float
    right: float

    @property
    def is_figure(self) -> bool:
        return bool(_FIGURE.match(self.text) or _NO_FIGURE.match(self.text))

    @property
    def is_short(self) -> bool:
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
class _Level:
    """The lines on one baseline of a page, from left to right."""

    lines: tuple[PdfLine, ...]
    cells: tuple[_Cell, ...]
    is_row: bool
    """Whether a wide gap separates cells of the level."""
    may_be_row: bool
    """Whether the level is a row if its cells are in the columns of the rows above. Some labels nearly fill their
    cell."""

    @property
    def baseline(self) -> float:
        return self.lines[0].baseline

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Column:
    """The left and right edges of a column. The bits of a number show which levels have a cell in it."""

    left: float
    right: float
    levels: int

    def overlaps(self, left: float, right: float) -> bool:
        return self.left < right and left < self.right


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table, from left to right."""

    all: tuple[_Column, ...] = ()

    def fit(self, level: _Level, number: int, *, anew: bool = False) -> _Columns | None:
        """Return the columns with a level's cells added, or None if two of the cells would be in one column.

        A name that is centred above its column may be next to the cells below it, until a wider cell is below both.
        ``number`` is the level's number in the table. ``anew`` is True if the level may only have new columns.
        """
        bit = 1 << min(number, _LEVELS_KEPT)
        columns = list(self.all)
        filled: list[_Column] = []
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
            filled.append(_Column(left, right, levels | bit))
            columns.append(filled[-1])
        columns.sort(key=lambda column: column.left)
        apart = all(after.left >= before.right for before, after in pairwise(columns))
        return _Columns(tuple(columns)) if shared and apart and len(columns) <= _MOST_COLUMNS else None

    def number(self, left: float, right: float) -> int:
        """Return the number of the column, from 0, that a text starts in."""
        at = 0
        for number, column in enumerate(self.all):
            if column.overlaps(left, right):
                return number
            if column.left <= left:
                at = number
        return at

    def values(self, level: _Level) -> list[_Cell]:
        """Return the cells of a level that are not in the first column, which has the labels."""
        return [cell for cell in level.cells if self.number(cell.left, cell.right) > 0]


@dataclass(slots=True)
class _Table:
    """A table to which levels are still being added."""

    columns: _Columns
    levels: list[_Level]

    @property
    def last(self) -> _Level:
        return self.levels[-1]


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
    above: _Columns | None = None
    for page in pages:
        tables, above = _tables_of([item for item in page if isinstance(item, PdfLine)], above)
        done.append([_draft(item) if isinstance(item, Row) else item for item in _in_place(page, tables)])
    return done


def lines_and_rows(lines: Sequence[PdfLine]) -> list[PdfLine | Row]:
    """Return the lines of one page, with all rows of a table where the table's first line is."""
    tables, _ = _tables_of(lines, None)
    return [item for item in _in_place(lines, tables) if not isinstance(item, Draft)]


def _tables_of(lines: Sequence[PdfLine], above: _Columns | None) -> tuple[list[list[Row]], _Columns | None]:
    """Return the rows of each table on a page, and the columns of a table that may continue on the next page."""
    if not _may_have_rows(lines):  # as on most pages
        return [], None
    places = {id(line): place for place, line in enumerate(lines)}
    levels = _levels(lines)
    tables: list[list[Row]] = []
    going_on: _Columns | None = None
    for table, is_continued in _candidates(levels, above):
        if _is_table(table, is_continued):
            tables.append(_rows_of(table, places))
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


def _levels(lines: Sequence[PdfLine]) -> list[_Level]:
    levels = levels_of(sorted(lines, key=lambda line: line.baseline))
    return [_level(sorted(level, key=lambda line: line.left)) for level in levels]


def _level(lines: Sequence[PdfLine]) -> _Level:
    edges = accumulate((line.right for line in lines), max)
    gaps = [(line.left - edge) / line.size for edge, line in zip(edges, lines[1:], strict=False)]
    cells = tuple(cell for line in lines for cell in _cells(line))
    # Lines that touch are pieces of one text, so the level is not a row.
    has_cells = 1 < len(cells) <= _MOST_COLUMNS or (len(cells) == 1 and cells[0].is_joined)
    may_be_row = has_cells and min(gaps, default=CELL_GAP) > _LEAST_GAP and not any(line.column for line in lines)
    return _Level(tuple(lines), cells, may_be_row and max(gaps, default=CELL_GAP) >= CELL_GAP, may_be_row)


def _cells(line: PdfLine) -> Iterator[_Cell]:
    text = _words(line)
    words, _, number = text.rpartition(" ")
    if line.figure_gap is None or not words:
        yield _Cell(line, text, line.left, line.right)
    else:
        yield _Cell(line, words, line.left, line.figure_gap[0])
        yield _Cell(line, number, line.figure_gap[1], line.right)


def _words(line: PdfLine) -> str:
    """Return the words of a line. A dash that stands for a figure is not a bullet."""
    text = clean(line.text)  # other steps have cleaned the line, so this takes no time
    return clean_words(line.text) if is_bullet(text) else text


def _candidates(levels: Sequence[_Level], above: _Columns | None) -> Iterator[tuple[_Table, bool]]:
    """Yield possible tables: consecutive levels whose cells are in the same columns.

    Between the rows, there may be levels with lines in only one column. ``above`` are the columns of a table at the end
    of the page before.
    """
    table: _Table | None = None
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
            start = continued or _Columns().fit(level, 0)
            table = _Table(start, [level]) if start else None
    if table:
        yield table, is_continued


def _goes_on(table: _Table, level: _Level) -> _Columns | None:
    """Return a table's columns with a level added, or None if the level is not part of the table."""
    step = level.baseline - table.last.baseline
    number = len(table.levels)
    if step > _STEP * level.size:
        return None
    if level.may_be_row:
        is_another = [cell.text for cell in level.cells] == [cell.text for cell in table.levels[0].cells]
        # The names of columns may be at different heights, if some take two lines.
        in_head = step <= _SAME_CELL * level.size and number <= _HEAD and all(map(_is_head, (*table.levels, level)))
        return None if is_another else table.columns.fit(level, number, anew=in_head)
    [first, *more] = level.lines
    larger = first.size > _LARGER * table.levels[0].size
    if more or first.column or larger or is_bullet(clean(first.text)):
        return None
    if not any(one.is_row for one in table.levels[-_MOST_BETWEEN:]):
        return None
    return table.columns.fit(level, number)


def _is_head(level: _Level) -> bool:
    return _names_columns(level.cells)


def _in_table(level: _Level, columns: _Columns) -> _Level:
    """Return a level of a table. It is a row if it has cells, or one figure whose label may be above and below."""
    first = level.cells[0]
    is_row = level.may_be_row or (first.is_figure and columns.number(first.left, first.right) > 0)
    return replace(level, is_row=is_row)


def _is_table(table: _Table, is_continued: bool) -> bool:
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
    has_names = _names_columns(by_row[0])
    if len(rows) >= _LEAST_ROWS:
        if 2 * with_figures >= len(rows) - has_names and with_figures >= 2:
            return True
        if any(GRADE_CELL.match(cell.text) for cell in values):  # a grade table that nobody could read
            return False
        # Two columns of words are often two lists, such as the inspectors of each inspectorate.
        return len(table.columns.all) > 2 and bool(labels) and all(starts(cell.text) for cell in (*values, *labels))
    return len(rows) == 2 and has_names and with_figures >= 1 and bool(labels)


def _names_columns(values: Sequence[_Cell]) -> bool:
    """Return whether the cells of a row may name columns: in bold letters, in words, or by years."""
    if values and all(cell.line.bold for cell in values):
        return True
    named = [cell for cell in values if _YEAR.match(cell.text) or not cell.is_figure]
    years = [cell for cell in values if cell.is_joined and all(map(_YEAR.match, cell.text.split()))]
    return 0 < len(values) <= len(named) + len(years)


def _rows_of(table: _Table, places: dict[int, int]) -> list[Row]:
    """Return the rows of a table. A line without cells next to it belongs to the row with which the file draws it.

    If that does not decide, the line belongs to the nearest row, or is a row itself, such as a title in the table.
    """
    anchor, *levels = table.levels  # the first level is a row
    rows = [Row([*anchor.lines])]
    waiting: list[_Level] = []
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
    has_names = len(rows) > 1 and _names_columns(table.columns.values(table.levels[0]))
    return [Row(_ordered(row.lines, table.columns), has_names and at == 0) for at, row in enumerate(rows)]


def _shared(
    anchor: _Level, waiting: Sequence[_Level], level: _Level, places: dict[int, int]
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
        if not after and (own[0] < place < own[1] or (text[:1].islower() and up <= _SAME_CELL * line.size)):
            before.append(line)
            last = one
        elif following[0] < place < following[1]:
            after.append(line)
        elif line.bold and not bold and not level.lines[0].bold:
            continue
        else:
            down = level.baseline - line.baseline
            above = up <= _SAME_CELL * line.size and not after
            below = down <= _SAME_CELL * line.size * (len(waiting) - number)
            label = clean(level.lines[0].text)
            if above and (up < down - 1 or (not below) or (abs(up - down) <= 1 and not label[:1].islower())):
                before.append(line)
                last = one
            elif below:
                after.append(line)
    return before, after


def _span(level: _Level, places: dict[int, int]) -> tuple[int, int]:
    numbers = [places[id(line)] for line in level.lines]
    return min(numbers), max(numbers)


def _continues(before: _Level, level: _Level, columns: _Columns) -> bool:
    """Return whether a level continues the cells of the one above: it is close below, and only one has a label."""
    above, values = columns.values(before), columns.values(level)
    step = level.baseline - before.baseline
    if step <= ROW_STEP * level.size and _divides_date(above, values):
        return True
    if step > _SAME_CELL * level.size:
        return False
    names = _names_columns(above)
    if len(values) == len(level.cells):
        return names or all(cell.text.startswith("(") for cell in values)
    return names and len(above) == len(before.cells) and _names_columns(values)


def _divides_date(above: Sequence[_Cell], values: Sequence[_Cell]) -> bool:
    """Return whether a narrow cell has the day and month of a date in one line and its year in the next."""
    return any(
        _DAY_AND_MONTH.match(cell.text) and _YEAR_ALONE.match(other.text) and abs(cell.left - other.left) < INDENT
        for cell in above
        for other in values
    )


def _trailing(anchor: _Level, waiting: Sequence[_Level], places: dict[int, int]) -> Iterator[PdfLine]:
    """Yield the lines below the last row that belong to it, because they continue its label or are drawn with it."""
    first, last = _span(anchor, places)
    before: _Level = anchor
    for level in waiting:
        [line] = level.lines
        close = line.baseline - before.baseline <= _SAME_CELL * line.size
        drawn_within = first < places[id(line)] < last
        continues = clean(line.text)[:1].islower() and abs(line.left - anchor.cells[0].left) < INDENT
        if not close or not (drawn_within or continues):
            return
        yield line
        before = level


def _ordered(lines: Sequence[PdfLine], columns: _Columns) -> list[PdfLine]:
    """Return the lines of a row: its cells from left to right, each from top to bottom."""

    def place(line: PdfLine) -> tuple[int, float, float]:
        return columns.number(line.left, line.right), round(line.baseline / SAME_LINE), line.left

    return sorted(lines, key=place)


def _draft(row: Row) -> Draft:
    pieces = tuple(Piece(_words(line), line.page, line.box) for line in row.lines)
    return Draft(BlockKind.TABLE, pieces, names_columns=row.names_columns)
