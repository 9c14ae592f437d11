"""Finds the lines of a PDF page that have a line drawn through their words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple, Protocol

_LOWEST, _HIGHEST = 0.12, 0.55
"""A line through words is above their baseline by a share of their size between these. Chosen by eye."""
_THICKEST = 0.2
"""Largest height of a line through words, as a share of their size. Chosen by eye."""
_SHORTEST = 1.5
"""Smallest length of a line through words, in multiples of their size. Chosen by eye."""
_ROW = 4.0
"""Height of the rows into which we divide a page to find the rules near a line, in points. Chosen by eye."""
_BEYOND = 1.0
"""How far a line through words may go beyond them, in multiples of their size. The rules of a table go further."""


class Rule(NamedTuple):
    """A thin level line, in points from the top left of the page."""

    left: float
    right: float
    middle: float
    height: float


class Printed(Protocol):
    """What we need to know about a line of text."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def size(self) -> float:
        """The size of its letters."""

    @property
    def left(self) -> float:
        """Where it starts."""

    @property
    def right(self) -> float:
        """Where it ends."""

    @property
    def baseline(self) -> float:
        """The distance of its baseline from the top."""


def struck_out(lines: Sequence[Printed], rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the text of each line that a rule goes through."""
    rows: dict[int, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.left):
        rows.setdefault(int(rule.middle // _ROW), []).append(rule)
    if not rows:
        return
    for line in lines:
        highest, lowest = line.baseline - _HIGHEST * line.size, line.baseline - _LOWEST * line.size
        for row in range(int(highest // _ROW), int(lowest // _ROW) + 1):
            if row in rows and any(_goes_through(rule, line) for rule in _within(rows[row], line)):
                yield line.text
                break


def _within(row: Sequence[Rule], line: Printed) -> Iterator[Rule]:
    """Yield the rules of a row, in order, that start within a line or just before it."""
    beyond = _BEYOND * line.size
    first = bisect_left(row, line.left - beyond, key=lambda rule: rule.left)
    return takewhile(lambda rule: rule.left <= line.right, islice(row, first, None))


def _goes_through(rule: Rule, line: Printed) -> bool:
    size = line.size
    if not _LOWEST * size <= line.baseline - rule.middle <= _HIGHEST * size or rule.height > _THICKEST * size:
        return False
    return rule.right <= line.right + _BEYOND * size and rule.right - rule.left >= _SHORTEST * size
