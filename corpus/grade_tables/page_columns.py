"""Finds the columns of grades on a page of a PDF, and the one that has the grades of this inspection.

The words above a column, as far as they are within its edges, are its head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.glyphs import clean
from corpus.grade_tables.cells import is_whole, split
from corpus.grade_tables.heads import Head, current_of, head_of
from corpus.pdf.lines import PdfLine

_APART = 15.0
"""Smallest gap between two columns of grades, in points. Chosen by eye."""
_EDGE = 6.0
"""A line is in a column if it extends beyond the column's edges by no more than this, in points. Chosen by eye."""
_FIRST_STEP, _STEP = 75.0, 2.0
"""Largest step up from a column's first grade to its head, in points, and between the lines of a head, in multiples of
the size of their letters. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """A column of a table, from one edge to the other, in points."""

    left: float
    right: float
    head: tuple[PdfLine, ...]

    @property
    def says(self) -> Head:
        """What its head says about the grades in it."""
        return head_of(" ".join(clean(line.text) for line in self.head))

    def holds(self, line: PdfLine) -> bool:
        """Return whether a line is in the column."""
        return self.left - _EDGE <= line.left < self.right - _EDGE and line.right <= self.right + _EDGE


def grade_columns(ordered: Sequence[PdfLine], region: Sequence[PdfLine]) -> list[GradeColumn]:
    """Return the columns that have grades in a table, from left to right. ``ordered`` has all lines of the page."""
    whole = sorted((line for line in region if is_whole(clean(line.text))), key=lambda line: line.left)
    groups: list[list[PdfLine]] = []
    for line in whole:
        if groups and line.left < max(other.right for other in groups[-1]) + _APART:
            groups[-1].append(line)
        else:
            groups.append([line])
    for line in region:
        text = clean(line.text)
        if not is_whole(text) and text != "Grade" and split(text)[0] == "" and split(text)[1]:
            overlapping = [group for group in groups if _overlaps(line, group)]
            if len(overlapping) == 1:
                overlapping[0].append(line)
    if not groups:
        return []
    lefts = [min(line.left for line in group) for group in groups]
    columns: list[GradeColumn] = []
    for left, right, group in zip(lefts, [*lefts[1:], float("inf")], groups, strict=True):
        first = min(line.baseline for line in group)
        columns.append(GradeColumn(left, right, _head(ordered, GradeColumn(left, right, ()), first)))
    return columns


def _overlaps(line: PdfLine, group: Sequence[PdfLine]) -> bool:
    return line.left < max(other.right for other in group) and line.right > min(other.left for other in group)


def own_column(columns: Sequence[GradeColumn]) -> GradeColumn | None:
    """Return the column that has the grades of this inspection, or None if the heads do not show it."""
    if len(columns) == 1:
        return None if columns[0].says is Head.OTHER else columns[0]
    place = current_of({number: column.says for number, column in enumerate(columns)})
    return None if place is None else columns[place]


def _head(ordered: Sequence[PdfLine], column: GradeColumn, first: float) -> tuple[PdfLine, ...]:
    """Return the lines directly above the first grade of a column, from top to bottom."""
    head: list[PdfLine] = []
    below = first
    for line in sorted((line for line in ordered if line.baseline < first), key=lambda line: -line.baseline):
        if below - line.baseline > (_STEP * line.size if head else _FIRST_STEP):
            break
        if column.holds(line):
            head.append(line)
            below = line.baseline
    return tuple(reversed(head))
