"""Finds the lines of a PDF page that have a line drawn through their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

_LOWEST, _HIGHEST = 0.12, 0.55
"""A line through words is above their baseline by a share of their size between these. Chosen by eye."""
_THICKEST = 0.2
"""Largest height of a line through words, as a share of their size. Chosen by eye."""
_SHORTEST = 1.5
"""Smallest length of a line through words, in multiples of their size. Chosen by eye."""
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
    if not rules:
        return
    for line in lines:
        if any(_goes_through(rule, line) for rule in rules):
            yield line.text


def _goes_through(rule: Rule, line: Printed) -> bool:
    size = line.size
    if not _LOWEST * size <= line.baseline - rule.middle <= _HIGHEST * size or rule.height > _THICKEST * size:
        return False
    within = line.left - _BEYOND * size <= rule.left and rule.right <= line.right + _BEYOND * size
    return within and rule.right - rule.left >= _SHORTEST * size
