"""Cuts the printed lines of a page into cells, at wide gaps and at steps down to another line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from operator import sub
from typing import NamedTuple

from corpus.measures import CELL_GAP, SAME_LINE
from corpus.pdf.sheets.ruler import LEAST_GAP, Ruler
from corpus.pdf.sheets.runs import TWO_LINES, plain_lines
from corpus.pdfium.raw_calls import Four

_LETTER = re.compile(r"[^\W\d_]")
_LABEL = re.compile(r"\W*+(?:(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:\.\d{1,2})?[.)]?)?\W*+$|.*:\s*$", re.IGNORECASE)
"""A number, bullet or label with a colon, which belongs with the text after the gap."""
_PAGE_NUMBER = re.compile(r"\W*+\d{0,3}\W*+$")
"""The page number of an entry in a table of contents, which belongs with the text before the gap."""
_ENDS_IN_NUMBER = re.compile(r"\W*+\d{1,3}\W*+$")
_NEXT_LINE = 0.7
"""Smallest step down to another line, as a share of the size of its letters. Footnote marks are closer to their line.
Chosen by eye."""
_BACK = 3.0
"""Smallest step back to the left that starts another line, in multiples of the size of the letters. Chosen by eye."""


class Cell(NamedTuple):
    """A part of a printed line between wide gaps.

    ``start`` is its offset in PDFium's text. Its edges are in PDF units. They are None if PDFium gives it no place.
    """

    start: int
    text: str
    edges: Four | None
    figure_gap: tuple[float, float] | None = None
    """The edges of a wide gap before a number that ends the line, if there is one."""


class CellCutter:
    """Cuts the lines of one page into cells. ``slants`` says whether some of its text is slanted."""

    def __init__(self, ruler: Ruler, *, slants: bool) -> None:
        self._ruler, self._slants = ruler, slants

    def cells(self, lines: Sequence[tuple[int, str]]) -> list[list[Cell]]:
        """Return the parts between wide gaps of each printed line, which are the cells of a row.

        PDFium may join two lines if the first one is short. We separate these first.
        """
        if self._slants:
            return [
                [
                    cell
                    for begin, run in self._by_slant(start, text)
                    for cell in self._cells_of_run(begin, run, self._ruler.rects(begin, len(run)))
                ]
                for start, text in lines
            ]
        least = self._ruler.least_gap
        if self._ruler.spoken or least is None:
            return [self._cells_of_run(start, text, self._ruler.rects(start, len(text))) for start, text in lines]
        rects, counts = self._ruler.calls.rects_of([(start, len(text)) for start, text in lines])
        plain = plain_lines(rects, counts, least)
        found: list[list[Cell]] = []
        for (start, text), edges, count, end in zip(lines, plain, counts, accumulate(counts), strict=True):
            if edges:  # true of most lines
                found.append([Cell(start, text, edges)])
            else:
                runs = [(left, bottom, right, top) for left, bottom, right, top in rects[end - count : end].tolist()]
                found.append(self._cells_of_run(start, text, runs))
        return found

    def _cells_of_run(self, start: int, text: str, rects: list[Four]) -> list[Cell]:
        if len(rects) > 1 and _are_below_each_other(rects):
            lines = [(at, words, self._ruler.rects(at, len(words))) for at, words in self._by_baseline(start, text)]
            return [cell for line in lines for cell in self._between_gaps(*line)]
        return self._between_gaps(start, text, rects)

    def _by_slant(self, start: int, text: str) -> Iterator[tuple[int, str]]:
        """Split a text where level words meet slanted words, such as the words of a stamp that the file draws next."""
        begin, before = 0, None
        for place, character in enumerate(text):
            if character.isspace():
                continue
            slanted = self._ruler.calls.is_slanted(start + place)
            if before is not None and slanted != before:
                yield start + begin, text[begin:place]
                begin = place
            before = slanted
        yield start + begin, text[begin:]

    def _by_baseline(self, start: int, text: str) -> Iterator[tuple[int, str]]:
        """Split a text at each step down to another line.

        A small step is enough if the text goes back to the left, as it does from one column to another.
        """
        begin, before, right = 0, None, 0.0
        for place, character in enumerate(text):
            if character.isspace():
                continue
            x, y = self._ruler.calls.origin(start + place)
            baseline = self._ruler.frame.down(x, y) * self._ruler.height
            left, size = self._ruler.across(x, y, x, y)[0], self._ruler.calls.size(start + place)
            least = SAME_LINE if left < right - _BACK * size else _NEXT_LINE * size
            if before is not None and baseline - before > least:
                yield start + begin, text[begin:place]
                begin = place
            before, right = baseline, left
        yield start + begin, text[begin:]

    def _between_gaps(self, start: int, text: str, rects: list[Four]) -> list[Cell]:
        gaps = self._gaps(rects, start, text)
        if not gaps:
            return [Cell(start, text, _around(rects))]
        ends: list[tuple[int, float]] = []
        begin = index = 0
        number_gap: float | None = None
        for gap in gaps:
            index = self._first_right_of(gap, start, text, index)
            if are_cells(text, begin, index):
                ends.append((index, gap))
                begin = index
            elif _ENDS_IN_NUMBER.match(text, index) and _LETTER.search(text, begin, index):
                number_gap = gap
        cells: list[list[Four]] = [[] for _ in range(len(ends) + 1)]
        edges = [gap for _, gap in ends]
        for rect in rects:
            cells[bisect_right(edges, self._ruler.across(*rect)[0])].append(rect)
        borders = [0, *(end for end, _ in ends), len(text)]
        found = [
            Cell(start + begin, text[begin:end], _around(cell))
            for (begin, end), cell in zip(pairwise(borders), cells, strict=True)
        ]
        if number_gap is not None:
            runs = [self._ruler.across(*rect) for rect in cells[-1]]
            found[-1] = found[-1]._replace(figure_gap=_edges_of(runs, number_gap))
        return found

    def _gaps(self, rects: Sequence[Four], start: int, text: str) -> list[float]:
        """Return the middle of each gap between runs that is wide enough to separate cells, from left to right."""
        if len(rects) < 2:
            return []
        least = self._ruler.least_gap
        if least is not None and not _has_gap(rects, least):
            return []  # true of most lines
        runs = sorted([self._ruler.across(*rect) for rect in rects])
        edges = accumulate((right for _, right in runs), max)
        gaps = [(edge, left) for edge, (left, _) in zip(edges, runs[1:], strict=False) if left - edge > LEAST_GAP]
        if not gaps:
            return []
        width = CELL_GAP * max(self._ruler.calls.size(index) for index in probes(start, text))
        return [(edge + left) / 2 for edge, left in gaps if left - edge > width]

    def _first_right_of(self, x: float, start: int, text: str, since: int) -> int:
        """Return the position, from ``since``, of a line's first visible character that starts at or beyond ``x``."""
        for place in range(since, len(text)):
            at = self._ruler.calls.origin(start + place)
            if not text[place].isspace() and self._ruler.across(*at, *at)[0] >= x:
                return place
        return len(text)


def are_cells(text: str, begin: int, end: int) -> bool:
    """Return whether the parts of a line from ``begin`` and from ``end`` are cells.

    A label and its text are not cells, nor are an entry and its page number.
    """
    return end < len(text) and not _LABEL.match(text, begin, end) and not _PAGE_NUMBER.match(text, end)


def probes(start: int, text: str) -> tuple[int, int, int]:
    """Return the positions of a line's first letter, and of its middle and last visible characters.

    They show the line's size and weight. One character is not enough, because a line may have a large bullet or a tiny
    footnote mark.
    """
    last = start + len(text.rstrip()) - 1
    if text[0].isalpha():  # true of most lines
        first = 0
    else:
        letter = _LETTER.search(text)
        first = letter.start() if letter else len(text) - len(text.lstrip())
    return start + first, (start + last) // 2, last


def _edges_of(runs: Sequence[tuple[float, float]], gap: float) -> tuple[float, float]:
    """Return the left and right edges of the gap between runs that has the given middle."""
    before = max((right for left, right in runs if left < gap), default=gap)
    return before, min((left for left, _ in runs if left > gap), default=gap)


def _has_gap(rects: Sequence[Four], least: float) -> bool:
    """Return whether any gap between rectangles is wider than ``least``.

    The rectangles are ordered from left to right.
    """
    start, _, edge, _ = rects[0]
    for left, _, right, _ in rects:
        if left < start:
            return _has_gap(sorted(rects), least)
        if left - edge > least:
            return True
        start = left
        if right > edge:
            edge = right
    return False


def _around(rects: Sequence[Four]) -> Four | None:
    """Return the edges of the rectangle that encloses others, or None if there are none."""
    if len(rects) < 2:
        return rects[0] if rects else None
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _are_below_each_other(rects: Sequence[Four]) -> bool:
    """Return whether rectangles together are as high as two lines."""
    _, bottoms, _, tops = zip(*rects, strict=True)
    extent: float = max(tops) - min(bottoms)
    if extent <= TWO_LINES * (tops[0] - bottoms[0]):  # true of nearly all lines
        return False
    largest: float = max(map(sub, tops, bottoms))
    return extent > TWO_LINES * largest
