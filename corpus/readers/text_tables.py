"""Finds the grade table in plain text, whose columns are set apart with spaces, tabs or upright strokes.

We give each part of a line the place that it has in letters of equal width, and read it as a line on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.drafts import Draft, Piece
from corpus.glyphs import clean
from corpus.grade_tables.heads import dates_grades, is_other_part
from corpus.grade_tables.judgements import NO_GRADES, GradedPage, GradeRows, read_grades
from corpus.pdf.lines import PdfLine
from corpus.types import Box

_WIDTH, _HEIGHT, _SIZE = 6.0, 12.0, 10.0
"""The width of a letter, the step between two lines and the size of the letters, in points. Only their ratios
matter."""
_CELL = re.compile(r"[^\s|](?:[^\s|]| (?! ))*")
_RULE = re.compile(r"^[\s|+=_:-]+$")
_MOST_LINES = 200
"""We look for a table in this many lines at most from the start of a text. Chosen by eye."""
_LONGEST = 200
"""A table has no line with more characters than this. Chosen by eye."""
_TITLE_LENGTH = 75
_FEWEST_ROWS = 3
"""Fewest lines of a table of figures, with the line that names its columns."""
_FIGURE = re.compile(r"[£(]?[\d.,]+\s?%?\)?|[-–—]|\.\.|n/a", re.IGNORECASE)
"""A cell that is a figure, or that says that there is none."""
_BOX = Box(1, 0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of grades in plain text: the lines that it takes up, a block for each row, and its grades."""

    start: int
    end: int
    drafts: tuple[Draft, ...]
    grades: GradeRows


NO_TABLE = TextTable(0, 0, (), NO_GRADES)


def find_table(lines: Sequence[str]) -> TextTable:
    """Return the first table of a text that gives grades. If we cannot read any, its grades say so."""
    unread = False
    for start, end in _parts(lines[:_MOST_LINES]):
        title = next((clean(line) for line in reversed(lines[:start]) if line.strip()), "")
        of_another = is_other_part(title) or dates_grades(title)
        if len(title) <= _TITLE_LENGTH and not title.endswith(".") and of_another:
            continue
        table = _read(lines, start, end)
        unread = unread or table.grades.unread
        if table.drafts:
            return table
    return replace(NO_TABLE, grades=replace(NO_GRADES, unread=unread))


def figures_in(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each table of figures in a text, and the line after its last.

    All its lines have the same number of cells, and all but the first end in a figure.
    """
    start = width = 0
    for number, line in enumerate([*lines, ""]):
        cells = [text for _, text in _cells_in(line)] if line.strip() and len(line) <= _LONGEST else []
        if start < number and len(cells) == width and _FIGURE.fullmatch(cells[-1]):
            continue
        if number - start >= _FEWEST_ROWS:
            yield start, number
        start, width = (number, len(cells)) if len(cells) > 1 else (number + 1, 0)


def _parts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each part whose lines have columns. One blank line may part its rows."""
    start = end = None
    for number, line in enumerate([*lines, "", ""]):
        if not line.strip():
            if start is not None and end is not None and number > end + 1:
                yield start, end
                start = None
        elif _has_columns(line):
            start = number if start is None else start
            end = number + 1
        elif start is not None and number == end and _may_continue(line):
            end = number + 1
        elif start is not None and end is not None:
            yield start, end
            start = None


def _has_columns(line: str) -> bool:
    return len(line) <= _LONGEST and sum(1 for _ in _cells_in(line)) > 1


def _may_continue(line: str) -> bool:
    """Return whether a line may be the rest of a cell, or a rule between two rows."""
    return bool(_RULE.match(line)) or (len(line) <= _TITLE_LENGTH and not clean(line).endswith("."))


def _read(lines: Sequence[str], start: int, end: int) -> TextTable:
    cells: list[tuple[int, PdfLine]] = []
    for number in range(start, end):
        if not _RULE.match(lines[number]):
            cells += ((number, _placed(text, left, number)) for left, text in _cells_in(lines[number]))
    page = read_grades([cell for _, cell in cells])
    if not page.judgements:
        return replace(NO_TABLE, grades=replace(NO_GRADES, unread=page.unread))
    left = {id(line) for line in page.flow if isinstance(line, PdfLine)}
    used = [number for number, cell in cells if id(cell) not in left]
    if any(id(cell) in left for number, cell in cells if used[0] <= number <= used[-1]):
        return replace(NO_TABLE, grades=replace(NO_GRADES, unread=True))  # other words are in its rows
    drafts = (draft for draft in page.flow if isinstance(draft, Draft))
    rows = tuple(replace(draft, pieces=(Piece(draft.text, 1),)) for draft in drafts)
    first, last = used[0], used[-1] + 1
    while first and _RULE.match(lines[first - 1]):
        first -= 1
    while last < end and _RULE.match(lines[last]):
        last += 1
    return TextTable(first, last, rows, _grades(page))


def _cells_in(line: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of a line, each with the place of its first letter. Each tab starts another column."""
    if "\t" in line.strip():
        yield from ((place * _LONGEST, text.strip()) for place, text in enumerate(line.split("\t")) if text.strip())
    else:
        yield from ((match.start(), match.group()) for match in _CELL.finditer(line.replace("\t", " ")))


def _placed(text: str, at: int, number: int) -> PdfLine:
    left, right = at * _WIDTH, (at + len(text)) * _WIDTH
    return PdfLine(clean(text), _BOX, _SIZE, False, left, right, number * _HEIGHT)


def _grades(page: GradedPage) -> GradeRows:
    judgements = tuple(replace(judgement, box=None) for judgement in page.judgements)
    return GradeRows(judgements, page.unread_areas, page.not_judged)
