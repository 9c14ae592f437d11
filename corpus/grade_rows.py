"""Finds the rows of a grade table: which lines name an area together, and which grade belongs to it.

A row is found from where its lines stand, whatever the layout. The lines of an area are divided among the grades, from
top to bottom, so that the whole costs least. It costs to place a grade away from its area, to divide a name, and to
leave a line or a grade alone. In one table, all grades stand in the same place next to their areas: at the first line,
the last line or the middle, and perhaps a line above or below. So each of these places is tried for the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.grade_cells import Cell, Columns, is_whole, opens_row
from corpus.measures import ROW_STEP
from corpus.pdf_lines import PdfLine

# The costs below were chosen by eye. The unit is the distance of one line between a grade and its area.
_DIVIDED, _CONTINUED_DIVIDED = 2.0, 6.0
"""The cost of dividing a name between two lines that are close, and before a line that starts in lower case."""
_NOT_DIVIDED, _WIDE_NOT_DIVIDED, _OPENING_NOT_DIVIDED = 0.5, 3.0, 9.0
"""The cost of joining lines before a capital, across a wide step, and before a line that opens a row."""
_NO_GRADE, _NO_AREA = 5.0, 7.0
"""The cost of an area without a grade, and of a grade without an area."""
_LEFT_OUT, _OPENING_LEFT_OUT, _REST_LEFT_OUT = 0.3, 7.0, 5.0
"""The cost of a line below or above the table, if it could not be part of it, opens a row, or continues a name."""
_SHIFTED = 0.4
"""The cost for each row of a table in which all grades stand a line above or below their areas."""
_APART = 1.6
"""If a grade stands this many lines from where it should, the row is not read."""
_MOST_LINES = 7
"""Maximum number of lines in the name of an area."""
_WIDER = 1.25
"""A step that is this many times the usual one in a name is wide."""
_ANCHORS = ("first", "middle", "last")


@dataclass(frozen=True, slots=True)
class Row:
    """An area and its grade. One of them may be missing."""

    area: tuple[tuple[PdfLine, str], ...]
    """The lines of its name, each with the words that belong to the name."""
    cell: Cell | None

    @property
    def name(self) -> str:
        """The name of the area, with its number."""
        return " ".join(text for _, text in self.area)

    @property
    def is_read(self) -> bool:
        """Whether the row has one area and one whole grade."""
        return bool(self.cell and is_whole(self.cell.text) and self.is_one_area)

    @property
    def is_one_area(self) -> bool:
        """Whether its lines name one area: they start as a name does, and no other line opens a row."""
        first = self.name[:1]
        return (first.isupper() or first.isdigit()) and not any(opens_row(text) for _, text in self.area[1:])


def rows_of(columns: Columns) -> list[Row]:
    """Return the rows of a table from top to bottom, with the areas and grades that have no counterpart."""
    if not columns.cells or not columns.areas:
        return []
    best: tuple[float, list[Row]] | None = None
    steps = _Steps.of(columns.areas)
    for anchor, shift in _places(columns, steps.usual):
        cost, rows = _divided(columns, steps, anchor, shift)
        if best is None or cost < best[0]:
            best = cost, rows
        if shift == 0 and cost < _SHIFTED:
            break
    return best[1] if best else []


@dataclass(frozen=True, slots=True)
class _Steps:
    """What it costs to divide or to join the lines of areas, before each line but the first."""

    usual: float
    """The usual step between two lines of one name, in points."""
    divide: tuple[float, ...]
    join: tuple[float, ...]

    @classmethod
    def of(cls, areas: Sequence[tuple[PdfLine, str]]) -> _Steps:
        steps = [after.baseline - before.baseline for (before, _), (after, _) in pairwise(areas)]
        within = [
            step
            for step, (line, text) in zip(steps, areas[1:], strict=True)
            if text[:1].islower() and step <= 2 * line.size
        ]
        usual = median(within) if within else 1.25 * areas[0][0].size
        divide, join = [0.0], [0.0]
        for step, (line, text) in zip(steps, areas[1:], strict=True):
            wide = step > ROW_STEP * line.size or step > _WIDER * usual
            if opens_row(text):
                cost = 0.0, _OPENING_NOT_DIVIDED
            elif text[:1].islower():
                cost = (1.0 if step > 2 * usual else _CONTINUED_DIVIDED), (1.0 if wide else 0.0)
            elif wide:
                cost = 0.0, _WIDE_NOT_DIVIDED
            else:
                cost = _DIVIDED, _NOT_DIVIDED
            divide.append(cost[0])
            join.append(cost[1])
        return cls(usual, tuple(divide), tuple(join))


def _places(columns: Columns, line: float) -> Iterator[tuple[str, float]]:
    """Yield the places that grades may have next to their areas: an anchor, and a shift in points."""
    yield from ((anchor, 0.0) for anchor in _ANCHORS)
    shifts = {
        round(cell.first - area.baseline, 1)
        for cell in (columns.cells[0], columns.cells[-1])
        for area, _ in columns.areas
        if 0.4 * line < abs(cell.first - area.baseline) < 2.2 * line
    }
    for shift in sorted(shifts, key=abs)[:6]:
        yield from ((anchor, shift) for anchor in ("first", "last"))


def _divided(columns: Columns, steps: _Steps, anchor: str, shift: float) -> tuple[float, list[Row]]:
    """Return the cheapest way to divide the lines of areas among the grades, and its cost.

    ``least[i][j]`` is the cost of the first i lines and the first j cells. Names have at most ``_MOST_LINES`` lines, so
    the time is proportional to the lines times the cells.
    """
    areas, cells = columns.areas, columns.cells
    count, graded = len(areas), len(cells)
    baselines = [line.baseline for line, _ in areas]
    wanted = [_anchor(cell.first, cell.last, anchor) - shift for cell in cells]
    least = [[float("inf")] * (graded + 1) for _ in range(count + 1)]
    came: dict[tuple[int, int], tuple[int, int, bool]] = {}
    least[0][0] = 0.0
    for i in range(count + 1):
        for j in range(graded + 1):
            here = least[i][j]
            if here == float("inf"):
                continue
            if j < graded:  # the next grade has no area
                _take(least, came, (i, j), (i, j + 1), here + _NO_AREA, in_table=True)
            if i == count:
                continue
            if j in (0, graded):  # the next line is above or below the table
                cost = _left_out(areas, steps, i, below=j == graded and i > 0)
                _take(least, came, (i, j), (i + 1, j), here + cost, in_table=False)
            joined = steps.divide[i]
            for end in range(i + 1, min(count, i + _MOST_LINES) + 1):
                if end > i + 1:
                    joined += steps.join[end - 1]
                _take(least, came, (i, j), (end, j), here + joined + _NO_GRADE, in_table=True)
                if j < graded:
                    place = _anchor(baselines[i], baselines[end - 1], anchor)
                    away = abs(place - wanted[j]) / steps.usual
                    shifted = _SHIFTED if shift else 0.0
                    _take(least, came, (i, j), (end, j + 1), here + joined + away + shifted, in_table=True)
    return least[count][graded], list(_traced(columns, came, steps, anchor, shift))


def _anchor(first: float, last: float, anchor: str) -> float:
    return first if anchor == "first" else last if anchor == "last" else (first + last) / 2


def _left_out(areas: Sequence[tuple[PdfLine, str]], steps: _Steps, index: int, *, below: bool) -> float:
    _, text = areas[index]
    if opens_row(text):
        return _OPENING_LEFT_OUT
    return _REST_LEFT_OUT if below and steps.divide[index] >= _CONTINUED_DIVIDED else _LEFT_OUT


def _take(
    least: list[list[float]],
    came: dict[tuple[int, int], tuple[int, int, bool]],
    before: tuple[int, int],
    after: tuple[int, int],
    cost: float,
    *,
    in_table: bool,
) -> None:
    if cost < least[after[0]][after[1]]:
        least[after[0]][after[1]] = cost
        came[after] = (*before, in_table)


def _traced(
    columns: Columns, came: dict[tuple[int, int], tuple[int, int, bool]], steps: _Steps, anchor: str, shift: float
) -> Iterator[Row]:
    at = (len(columns.areas), len(columns.cells))
    rows = []
    while at != (0, 0):
        i, j, in_table = came[at]
        cell = columns.cells[j] if at[1] > j else None
        area = columns.areas[i : at[0]] if in_table else ()
        if area and cell and _is_far(area, cell, steps, anchor, shift):
            rows += [Row((), cell), Row(area, None)]
        elif area or cell:
            rows.append(Row(area, cell))
        at = i, j
    yield from reversed(rows)


def _is_far(area: Sequence[tuple[PdfLine, str]], cell: Cell, steps: _Steps, anchor: str, shift: float) -> bool:
    """Return whether a grade stands too far from its area, in a name whose lines it does not even stand next to."""
    first, last = area[0][0].baseline, area[-1][0].baseline
    away = abs(_anchor(first, last, anchor) - _anchor(cell.first, cell.last, anchor) + shift)
    outside = cell.first > last + steps.usual or cell.last < first - steps.usual
    return away > _APART * steps.usual and outside
