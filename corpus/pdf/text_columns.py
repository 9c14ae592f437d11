"""Puts the lines of a page in order if the file draws text line by line across two or more columns.

Between the columns are gutters that stay empty over several lines. A table looks similar. But in a table, all cells of
a row start on the same line, while in running text, sentences continue from line to line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.glyphs import clean
from corpus.measures import CELL_GAP, ROW_STEP, SAME_LINE, SAME_SIZE
from corpus.pdf.lines import PdfLine

_LEAST_LEVELS = 4
"""Columns have at least this many lines next to each other. Chosen by eye."""
_WORDS = 3.0
"""Lines of running text have at least this many words on average. Chosen by eye."""
_GOING_ON = 0.5
"""In running text, at least this share of the lines continue a sentence. Chosen by eye."""
_STARTS, _STARTS_SHARE = 2, 0.2
"""A table has at least this many levels on which all cells start, and they are at least this share of its levels.
Chosen by eye."""
_LEVEL = 0.8
"""Lines of different columns are level if their baselines are less than this many times their size apart. They may
differ, because a gap between paragraphs shifts the lines of one column. Chosen by eye."""
_PARAGRAPH = 1.3
"""A step down to a new paragraph is at least this many times the usual one. Chosen by eye."""
_MOST_COLUMNS = 4
"""Maximum number of columns of running text. Chosen by eye."""
_STEP = 3.0
"""Largest step down within columns, in multiples of the size of the letters. Chosen by eye."""
_GUTTER = 0.8
"""Smallest width of a gutter, in multiples of the size of the letters. Chosen by eye."""


def by_columns(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return a page's lines. Lines that are drawn across columns of running text are put in order, column by column."""
    if not any(_is_beside(before, line) for before, line in pairwise(lines)):
        return list(lines)  # true of nearly all pages
    ordered: list[PdfLine] = []
    levels = list(_levels(lines))
    place = 0
    while place < len(levels):
        block = _block(levels, place)
        # We skip a whole block that is not running text, so the time is proportional to the number of lines.
        ordered += block.in_order() if block.is_running_text() else block.lines
        place += len(block.levels)
    return ordered


@dataclass(frozen=True, slots=True)
class _Columns:
    """Consecutive levels of a page, and the edges between their columns."""

    levels: tuple[tuple[PdfLine, ...], ...]
    edges: tuple[float, ...]

    @property
    def lines(self) -> Iterator[PdfLine]:
        """The lines in the order in which they are drawn."""
        return (line for level in self.levels for line in level)

    def in_order(self) -> Iterator[PdfLine]:
        """Yield the lines column by column, each with the number of its column."""
        columns: list[list[PdfLine]] = [[] for _ in range(len(self.edges) + 1)]
        for level in self.levels:
            for line in level:
                number = self._number(line)
                columns[number].append(replace(line, column=number + 1))
        for column in columns:
            yield from column

    def is_running_text(self) -> bool:
        """Return whether the lines are long, and most of them continue a sentence."""
        if not self.edges:
            return False
        full = [level for level in self.levels if len(level) == len(self.edges) + 1]
        if len(full) < _LEAST_LEVELS:
            return False
        for texts in zip(*([clean(line.text) for line in level] for level in full), strict=True):
            words = sum(len(text.split()) for text in texts) / len(texts)
            going_on = sum(not starts(text) for text in texts[1:])
            if words < _WORDS or going_on < _GOING_ON * (len(texts) - 1):
                return False
        rows = [level for level in full[1:] if all(starts(clean(line.text)) for line in level)]
        return len(rows) < max(_STARTS, _STARTS_SHARE * len(full)) or self._has_paragraphs_of_its_own(rows)

    def _has_paragraphs_of_its_own(self, rows: Sequence[Sequence[PdfLine]]) -> bool:
        """Return whether some paragraphs start alone in their column, and no level is a row of a table.

        ``rows`` are the levels on which all columns start a sentence, an item or a cell. In a table, the cells above a
        row rarely have the same number of lines, so the steps down to the row differ.
        """
        above: list[PdfLine | None] = [None] * (len(self.edges) + 1)
        steps: dict[int, float] = {}
        for line in self.lines:
            number = self._number(line)
            before = above[number]
            if before and line.size == before.size and line.bold == before.bold:
                steps[id(line)] = line.baseline - before.baseline
            above[number] = line
        if not steps:
            return False
        usual = median(steps.values())
        together = {id(line) for level in rows for line in level}
        alone = [
            line
            for line in self.lines
            if id(line) not in together and starts(clean(line.text)) and steps.get(id(line), 0.0) > _PARAGRAPH * usual
        ]
        as_row = any(
            len({round(steps[id(line)] / SAME_LINE) for line in level if id(line) in steps}) > 1 for level in rows
        )
        return bool(alone) and not as_row

    def _number(self, line: PdfLine) -> int:
        """Return the number of the column, from 0, that a line is in."""
        return sum(line.left >= edge for edge in self.edges)


def starts(text: str) -> bool:
    """Return whether a line may start a sentence, an item or a cell."""
    return not text[:1].islower()


def _is_beside(before: PdfLine, line: PdfLine) -> bool:
    return _is_level(before, line) and line.left - before.right > CELL_GAP * line.size


def _is_level(before: PdfLine, line: PdfLine) -> bool:
    return abs(line.baseline - before.baseline) < max(SAME_LINE, _LEVEL * line.size)


def _levels(lines: Sequence[PdfLine]) -> Iterator[tuple[PdfLine, ...]]:
    """Yield groups of consecutive lines that are level, from left to right, with wide gaps between them."""
    level: list[PdfLine] = []
    for line in lines:
        if level and not (_is_beside(level[-1], line) and _is_level(level[0], line)):
            yield tuple(level)
            level = []
        level.append(line)
    if level:
        yield tuple(level)


def _block(levels: Sequence[tuple[PdfLine, ...]], first: int) -> _Columns:
    """Return the levels that have the same columns, starting from the first. They may be a table."""
    count = len(levels[first])
    if not 1 < count <= _MOST_COLUMNS:
        return _Columns((levels[first],), ())
    rights = [line.right for line in levels[first]]
    lefts = [line.left for line in levels[first]]
    taken: list[tuple[PdfLine, ...]] = []
    last = levels[first][0]
    for at in range(first, len(levels)):
        level = levels[at]
        step = level[0].baseline - last.baseline
        if len(level) > count or (taken and not 0 < step <= _STEP * level[0].size):
            break
        if len(level) == count:
            numbers = list(range(count))
        else:
            middles = [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]
            numbers = [sum(line.left > middle for middle in middles) for line in level]
        new_rights, new_lefts = list(rights), list(lefts)
        for number, line in zip(numbers, level, strict=True):
            new_rights[number] = max(new_rights[number], line.right)
            new_lefts[number] = min(new_lefts[number], line.left)
        gutters = zip(new_rights, new_lefts[1:], strict=False)
        if taken and any(left - right < _GUTTER * level[0].size for right, left in gutters):
            break
        rights, lefts = new_rights, new_lefts
        taken.append(level)
        last = level[0]
    edges = tuple((rights[at] + lefts[at + 1]) / 2 for at in range(count - 1))
    return _Columns(tuple(_without_text_below(taken, count)), edges)


def _without_text_below(levels: Sequence[tuple[PdfLine, ...]], count: int) -> Iterator[tuple[PdfLine, ...]]:
    """Yield the levels, leaving out any below the columns, such as a heading that fits into the first column."""
    full = max(at for at, level in enumerate(levels) if len(level) == count)
    yield from levels[: full + 1]
    for before, level in pairwise(levels[full:]):
        above, line = before[0], level[0]
        alike = line.bold == above.bold and abs(line.size - above.size) <= SAME_SIZE
        if not alike or line.baseline - above.baseline > ROW_STEP * line.size:
            return
        yield level
