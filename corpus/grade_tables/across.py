"""Reads a grade table in a PDF with areas as the heads of its columns, and with the grades in a row below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.glyphs import clean
from corpus.grade_tables.cells import is_whole, says_not_judged, split
from corpus.grade_tables.heads import Head, head_of, is_other_part, says_earlier
from corpus.graded_areas import is_area_of_kind, is_known_area
from corpus.measures import SAME_LINE
from corpus.pdf.lines import PdfLine
from corpus.pdf.tables import levels_of

_FEWEST = 2
"""Fewest columns of such a table."""
_FIRST_STEP, _STEP = 45.0, 1.7
"""Largest step from a grade up to its area, in points, and between the lines of the area, in multiples of the size of
their letters. Chosen by eye."""
_AROUND = 400.0
"""Maximum distance of the row of grades from the first grade on the page, in points. Chosen by eye."""
_MOST_LINES = 7
"""Maximum number of lines in the name of an area."""
_LONGEST_ROW = 8
"""Maximum number of lines in a row of grades. No inspection grades more areas than this."""
_MOST_GRADES = 16
"""We do not look for such a table on a page with more lines that are grades than this, so that reading stays fast.
Chosen by eye."""


@dataclass(frozen=True, slots=True)
class AreaAbove:
    """An area with its grade below it."""

    name: str
    lines: tuple[PdfLine, ...]
    grade: tuple[PdfLine, ...]


def grades_across(ordered: Sequence[PdfLine]) -> list[AreaAbove]:
    """Return the areas of the first such table on a page. ``ordered`` has the page's lines from top to bottom.

    Every column must have a whole grade below the name of an area. There may be more rows only if each of their grades
    is below another area.
    """
    whole = [line for line in ordered if is_whole(clean(line.text))]
    if not whole or len(whole) > _MOST_GRADES:
        return []
    table: list[AreaAbove] = []
    for row in levels_of(ordered):
        if len(row) > _LONGEST_ROW or abs(row[0].baseline - whole[0].baseline) > _AROUND:
            continue
        used = {id(line) for area in table for line in area.grade}
        cells = [cell for cell in (_cell(ordered, row, line) for line in row if id(line) not in used) if cell]
        if not cells:  # true of most rows
            continue
        found = [area for area in (_above(ordered, row, cell) for cell in cells) if area]
        named = {area.name.casefold() for area in (*table, *found)}
        is_whole_row = len(found) == len(cells) and len(named) == len(table) + len(found) and _is_row(row, cells)
        if table and not is_whole_row and _is_below(row, table):
            return []  # we do not know which row of grades counts
        if is_whole_row and (table or (len(cells) >= _FEWEST and not _is_of_another(ordered, found))):
            table += found
    return table


def _is_row(row: Sequence[PdfLine], cells: Sequence[Sequence[PdfLine]]) -> bool:
    """Return whether a row has only grades, apart from a label."""
    labels = [line for line in row if all(line is not cell[0] for cell in cells)]
    return bool(cells) and len(labels) <= 1 and all(_is_label(line, cells[0][0]) for line in labels)


def _is_label(line: PdfLine, first: PdfLine) -> bool:
    """Return whether a line names a row whose first grade is ``first``, and does not name another inspection."""
    return line.right <= first.left and head_of(clean(line.text)) is not Head.OTHER


def _cell(ordered: Sequence[PdfLine], row: Sequence[PdfLine], line: PdfLine) -> tuple[PdfLine, ...] | None:
    """Return the lines of the whole grade that starts with a line of a row, or None if no grade starts there."""
    lines = [line]
    if split(clean(line.text))[0]:
        return None
    for other in ordered:
        if is_whole(_text(lines)) and not is_whole(f"{_text(lines)} {clean(other.text)}"):
            continue
        near = 0 < other.baseline - lines[-1].baseline <= _STEP * line.size
        if near and min(row, key=lambda cell: _away(cell, other)) is line:
            lines.append(other)
    return tuple(lines) if is_whole(_text(lines)) and not says_not_judged(_text(lines)) else None


def _text(lines: Sequence[PdfLine]) -> str:
    return " ".join(clean(line.text) for line in lines)


def _is_below(row: Sequence[PdfLine], table: Sequence[AreaAbove]) -> bool:
    """Return whether a row is a short step below the last row of a table."""
    return 0 < row[0].baseline - table[-1].grade[0].baseline <= _FIRST_STEP


def _above(ordered: Sequence[PdfLine], row: Sequence[PdfLine], cell: tuple[PdfLine, ...]) -> AreaAbove | None:
    """Return the area directly above a grade. Its lines are nearer to this grade than to the others in the row."""
    grade = cell[0]
    lines: list[PdfLine] = []
    found: AreaAbove | None = None
    below = grade.baseline
    for line in reversed(ordered):
        if line.baseline >= below or min(row, key=lambda other: _away(other, line)) is not grade:
            continue
        if below - line.baseline > (_STEP * line.size if lines else _FIRST_STEP) or len(lines) == _MOST_LINES:
            break
        lines.append(line)
        below = line.baseline
        name = _text(lines[::-1])
        if is_known_area(name) or is_area_of_kind(name):
            found = AreaAbove(name, tuple(reversed(lines)), cell)  # a longer name may end with this one
    return found


def _away(grade: PdfLine, line: PdfLine) -> float:
    """Return how far a line is to the left or right of a grade, measured at their left edges or their middles."""
    middle = abs(grade.left + grade.right - line.left - line.right) / 2
    return min(abs(grade.left - line.left), middle)


def _is_of_another(ordered: Sequence[PdfLine], found: Sequence[AreaAbove]) -> bool:
    """Return whether the line above the table says that it is from an earlier inspection."""
    first = min(line.baseline for area in found for line in area.lines)
    above = next((line for line in reversed(ordered) if line.baseline < first - SAME_LINE), None)
    if above is None or first - above.baseline > _FIRST_STEP:
        return False
    text = clean(above.text)
    return not text.endswith(".") and (is_other_part(text) or says_earlier(text))
