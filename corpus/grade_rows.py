"""Finds the rows of a grade table: which lines name an area together, and which grade belongs to it.

A row is found from where its lines stand, whatever the layout. The lines of an area are divided among the grades, from
top to bottom, so that the whole costs least. It costs to place a grade away from its area, to divide a name, and to
leave a line or a grade alone. In one table, all grades stand in the same place next to their areas: at the first line,
the last line or the middle, and perhaps a line above or below. So each of these places is tried for the whole table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import median

from corpus.grade_cells import Cell, Columns, is_whole, opens_row
from corpus.graded_areas import is_cut_short, is_known_area, may_continue
from corpus.measures import ROW_STEP
from corpus.pdf_lines import PdfLine

# The costs below were chosen by eye. The unit is the distance of one line between a grade and its area.
_DIVIDED, _CONTINUED_DIVIDED = 2.0, 6.0
"""The cost of dividing a name between two lines that are close, and before a line that starts in lower case."""
_NOT_DIVIDED, _WIDE_NOT_DIVIDED, _OPENING_NOT_DIVIDED = 0.5, 5.5, 9.0
"""The cost of joining lines before a capital, across a wide step, and before a line that opens a row."""
_NO_GRADE, _NO_AREA = 5.0, 7.0
"""The cost of an area without a grade, and of a grade without an area."""
_LEFT_OUT, _OPENING_LEFT_OUT, _REST_LEFT_OUT = 0.3, 7.0, 5.0
"""The cost of a line below or above the table, if it could not be part of it, opens a row, or continues a name."""
_SHIFTED = 0.8
"""The cost for each row of a table in which all grades stand a line above or below their areas."""
_ODD = 1.2
"""The cost of a single row whose grade stands above or below its area, unlike the others."""
_LEAST_SHIFT, _MOST_SHIFT = 0.4, 1.5
"""How far all grades of a table may stand from a line of their areas, in lines."""
_SHIFTS_TRIED = 4
_APART = 0.75
"""If a grade stands further than this from its place next to an area, in lines, neither of them is read."""
_FAR = 4.0
"""The cost of such a row."""
_MOST_LINES = 7
"""Maximum number of lines in the name of an area."""
_WIDER = 1.25
"""A step that is this many times the usual one in a name is wide."""
_LETTER = re.compile(r"[^\W\d_]")
_BESIDE, _STACKED = ("first", "middle", "last"), ("above", "below")
"""Where grades stand: at a line of their areas, or as lines of their own directly above or below."""


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
        """Whether its lines name one area: they start as a name does, and none of them belongs to something else."""
        texts = [text for _, text in self.area]
        first = self.name[:1]
        starts = first.isupper() or first.isdigit()
        if not starts or any(opens_row(text) for text in texts[1:]) or not all(map(_LETTER.search, texts)):
            return False
        # A whole name with more lines below it is two things, unless all of it is a name too.
        beginnings = (" ".join(texts[:count]) for count in range(1, len(texts)))
        return is_known_area(self.name) or not (is_cut_short(self.name) or any(map(is_known_area, beginnings)))


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
        if cost < _SHIFTED:
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
        name = areas[0][1]
        for step, (line, text) in zip(steps, areas[1:], strict=True):
            is_complete = is_known_area(name) and not may_continue(f"{name} {text}")
            name = text if is_complete or opens_row(text) else f"{name} {text}"
            wide = step > ROW_STEP * line.size or step > _WIDER * usual
            if is_complete or opens_row(text):
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
    yield from ((anchor, 0.0) for anchor in (*_BESIDE, *_STACKED))
    shifts = {
        round(cell.first - area.baseline, 1)
        for cell in (columns.cells[0], columns.cells[-1])
        for area, _ in columns.areas
        if _LEAST_SHIFT * line < abs(cell.first - area.baseline) < _MOST_SHIFT * line
    }
    for shift in sorted(shifts, key=abs)[:_SHIFTS_TRIED]:
        yield from ((anchor, shift) for anchor in ("first", "last"))


def _divided(columns: Columns, steps: _Steps, anchor: str, shift: float) -> tuple[float, list[Row]]:
    """Return the cheapest way to divide the lines of areas among the grades, and its cost.

    ``least[i][j]`` is the cost of the first i lines and the first j cells. Names have at most ``_MOST_LINES`` lines, so
    the time is proportional to the lines times the cells.
    """
    areas, cells = columns.areas, columns.cells
    count, graded = len(areas), len(cells)
    baselines = [line.baseline for line, _ in areas]
    least = [[float("inf")] * (graded + 1) for _ in range(count + 1)]
    came: dict[tuple[int, int], tuple[int, int, bool]] = {}
    least[0][0] = 0.0
    for i, j in product(range(count + 1), range(graded + 1)):
        here = least[i][j]
        if j < graded:  # the next grade has no area
            _take(least, came, (i, j), (i, j + 1), here + _NO_AREA, in_table=True)
        if i < count and j in (0, graded):  # the next line is above or below the table
            cost = _left_out(areas, steps, i, below=j == graded and i > 0)
            _take(least, came, (i, j), (i + 1, j), here + cost, in_table=False)
        joined = steps.divide[i] if i < count else 0.0
        for end in range(i + 1, min(count, i + _MOST_LINES) + 1):
            joined += steps.join[end - 1] if end > i + 1 else 0.0
            _take(least, came, (i, j), (end, j), here + joined + _NO_GRADE, in_table=True)
            if j < graded:
                extent = baselines[i], baselines[end - 1]
                cost = _cost_of_place(extent, cells[j], anchor, shift, steps.usual)
                _take(least, came, (i, j), (end, j + 1), here + joined + cost, in_table=True)

    def away_of(area: Sequence[tuple[PdfLine, str]], cell: Cell) -> float:
        extent = area[0][0].baseline, area[-1][0].baseline
        places = ((anchor, shift), *((other, 0.0) for other in _STACKED))
        return min(_distance(extent, cell, place, by, steps.usual) for place, by in places)

    return least[count][graded], list(_traced(columns, came, away_of))


def _cost_of_place(area: tuple[float, float], cell: Cell, anchor: str, shift: float, line: float) -> float:
    """Return the cost of the place where a grade stands next to an area."""
    away = _distance(area, cell, anchor, shift, line)
    odd = min(_distance(area, cell, other, 0.0, line) for other in _STACKED)
    usual = away + (_SHIFTED if shift or anchor in _STACKED else 0.0)
    return min(usual, odd + _ODD) + (_FAR if min(away, odd) > _APART else 0.0)


def _distance(area: tuple[float, float], cell: Cell, anchor: str, shift: float, line: float) -> float:
    """Return how far a grade is from its place next to an area, in lines. The area's first and last baseline count."""
    first, last = area
    if anchor == "above":
        away = first - line - cell.last
    elif anchor == "below":
        away = cell.first - line - last
    elif anchor == "first":
        away = cell.first - shift - first
    elif anchor == "last":
        away = cell.last - shift - last
    else:
        away = (cell.first + cell.last - first - last) / 2 - shift
    return abs(away) / line


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
    columns: Columns,
    came: dict[tuple[int, int], tuple[int, int, bool]],
    away: Callable[[Sequence[tuple[PdfLine, str]], Cell], float],
) -> Iterator[Row]:
    """Yield the rows of the cheapest division. A grade that is far from its area is a row of its own."""
    at = (len(columns.areas), len(columns.cells))
    rows: list[Row] = []
    while at != (0, 0):
        i, j, in_table = came[at]
        cell = columns.cells[j] if at[1] > j else None
        area = columns.areas[i : at[0]] if in_table else ()
        if area and cell and away(area, cell) > _APART:
            rows += [Row((), cell), Row(area, None)]
        elif area or cell:
            rows.append(Row(area, cell))
        at = i, j
    yield from reversed(rows)
