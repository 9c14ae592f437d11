"""Finds the rows of a grade table: the lines that together name an area, and the grade that belongs to it.

Rows are found by the places of their lines, in any layout. The lines that name areas are divided among the grades, from
top to bottom, so that the total cost is lowest. A grade that is away from its area has a cost. So do a name that is
divided, and a line or a grade that is left alone. In a table, all grades have the same place next to their areas: at
the first line, at the last line, in the middle, or one line above or below. So we try each of these places for the
whole table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import median

from corpus.grade_tables.cells import Cell, Columns, is_whole, opens_row
from corpus.graded_areas import is_cut_short, is_known_area, may_continue
from corpus.measures import ROW_STEP
from corpus.pdf.lines import PdfLine

# The costs below were chosen by eye. The unit is the distance of one line between a grade and its area.
_DIVIDED, _CONTINUED_DIVIDED = 2.0, 6.0
"""The cost of dividing a name between two lines that are close, and of dividing it before a line in lower case."""
_NOT_DIVIDED, _WIDE_NOT_DIVIDED, _OPENING_NOT_DIVIDED = 0.5, 5.5, 9.0
"""The cost of joining a line to the line before it, if it starts with a capital, is far below that line, or starts a
row."""
_NO_GRADE, _NO_AREA = 5.0, 7.0
"""The cost of an area without a grade, and of a grade without an area."""
_LEFT_OUT, _OPENING_LEFT_OUT, _REST_LEFT_OUT = 0.3, 7.0, 5.0
"""The cost of leaving out a line above or below the table, if it cannot be part of the table, starts a row, or
continues a name."""
_SHIFTED = 0.8
"""The cost for each row of a table in which all grades are a line above or below their areas."""
_ODD = 1.2
"""The cost of one row that differs from the others because its grade is above or below its area."""
_LEAST_SHIFT, _MOST_SHIFT = 0.4, 1.5
"""The least and greatest distance of all grades of a table from a line of their areas, in lines."""
_SHIFTS_TRIED = 4
_APART = 0.75
"""If a grade is further than this from its place next to an area, in lines, we read neither of them."""
_FAR = 4.0
"""The cost of a row whose grade is too far from its area."""
_MOST_LINES = 7
"""Maximum number of lines in the name of an area."""
_WIDER = 1.25
"""A step is wide if it is this many times the usual step between the lines of a name."""
_LETTER = re.compile(r"[^\W\d_]")
_BESIDE, _STACKED = ("first", "middle", "last"), ("above", "below")
"""The places that grades may have: at a line of their areas, or on lines of their own directly above or below."""


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
        """Whether the row has exactly one area and one whole grade."""
        return bool(self.cell and is_whole(self.cell.text) and self.is_one_area)

    @property
    def names_area(self) -> bool:
        """Whether the row's lines name one area, or are the first words of its name. If so, we can report the area."""
        return self.is_one_area or is_cut_short(self.name)

    @property
    def is_one_area(self) -> bool:
        """Whether the row's lines name one area: they start as a name does, and all of them belong to that name."""
        texts = [text for _, text in self.area]
        first = self.name[:1]
        starts = first.isupper() or first.isdigit()
        if not starts or any(opens_row(text) for text in texts[1:]) or not all(map(_LETTER.search, texts)):
            return False
        # If a complete name has more lines below it, they belong to something else, unless all the lines together are
        # also a name.
        beginnings = (" ".join(texts[:count]) for count in range(1, len(texts)))
        return is_known_area(self.name) or not (is_cut_short(self.name) or any(map(is_known_area, beginnings)))


def rows_of(columns: Columns) -> list[Row]:
    """Return the rows of a table from top to bottom, including areas without a grade and grades without an area."""
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
    """The costs of dividing and of joining names before each line except the first."""

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
    """Yield the places that grades may have next to their areas, each as an anchor and a shift in points."""
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

    ``least[i][j]`` is the lowest cost for the first i lines and the first j cells. Names have at most ``_MOST_LINES``
    lines, so the time is proportional to the number of lines times the number of cells.
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
    """Return the cost of a grade's place next to an area."""
    away = _distance(area, cell, anchor, shift, line)
    odd = min(_distance(area, cell, other, 0.0, line) for other in _STACKED)
    usual = away + (_SHIFTED if shift or anchor in _STACKED else 0.0)
    return min(usual, odd + _ODD) + (_FAR if min(away, odd) > _APART else 0.0)


def _distance(area: tuple[float, float], cell: Cell, anchor: str, shift: float, line: float) -> float:
    """Return how far a grade is from its place next to an area, in lines.

    It depends on the baselines of the area's first and last lines.
    """
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
    """Yield the rows of the cheapest division. A grade that is far from its area makes a row of its own."""
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
