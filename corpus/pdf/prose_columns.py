"""Finds the column of running text that stands next to a table, on the same baselines as its rows.

The sentences of such a column go on from line to line, while the rows next to it start anew. In a table, the cells of
a row wrap together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

_WORDS = 3.0
"""Lines of running text have at least this many words on average. Chosen by eye."""
_GOING_ON = 0.5
"""Smallest share of the lines of running text that go on with a sentence. Chosen by eye."""
_LEAST_LINES = 3
"""A column that is drawn as one run has at least this many lines. Chosen by eye."""
_SLACK = 1.0
"""How far a word may end before the edge of its column if it did not fit there, in widths of a letter."""
_ENDS = (".", "!", "?", ":", ";")


class Text(NamedTuple):
    """The text of a cell, with its place."""

    level: int
    """Index of its level in the table, from 0."""
    column: int
    place: int
    """Index of its line in the order of drawing, from 0."""
    text: str
    left: float
    right: float
    is_figure: bool


def prose_column(texts: Sequence[Text]) -> int | None:
    """Return the number of the column of running text next to a table, from 0, or None if there is none."""
    columns: dict[int, list[Text]] = {}
    for text in texts:
        columns.setdefault(text.column, []).append(text)
    starts = _starts(texts)
    for number in reversed(columns):
        own = columns[number]
        others = [text for text in texts if text.column != number]
        if _is_prose(own, starts) or (_is_wordy(own) and _is_drawn_alone(own, others)):
            return number
    return None


def _starts(texts: Iterable[Text]) -> dict[int, set[int]]:
    """Return the levels on which a row starts, each with the columns that say so: those of its label and figures."""
    levels: dict[int, list[Text]] = {}
    for text in texts:
        levels.setdefault(text.level, []).append(text)
    return {
        number: {text.column for text in level if text.is_figure or not text.text[:1].islower()}
        for number, level in levels.items()
    }


def _is_prose(own: Sequence[Text], starts: dict[int, set[int]]) -> bool:
    """Return whether the lines of a column go on with sentences while rows start next to them."""
    if not _is_wordy(own):
        return False
    edge = max(text.right for text in own)
    going_on = [after for before, after in pairwise(own) if _goes_on(before, after, edge)]
    beside = [text for text in going_on if starts[text.level] - {text.column}]
    return len(going_on) >= _GOING_ON * (len(own) - 1) and 2 * len(beside) >= len(going_on) > 0


def _is_wordy(own: Sequence[Text]) -> bool:
    return sum(len(text.text.split()) for text in own) >= _WORDS * len(own)


def _goes_on(before: Text, after: Text, edge: float) -> bool:
    """Return whether a line goes on with the sentence of the line before it, which fills the column up to its edge."""
    first = after.text[:1]
    if before.text.endswith(_ENDS) or not (first.islower() or first.isdigit()):
        return False
    letter = (before.right - before.left) / max(1, len(before.text))
    word = after.text.split(maxsplit=1)[0]
    return before.right + letter * (1 + len(word) + _SLACK) >= edge


def _is_drawn_alone(own: Sequence[Text], others: Sequence[Text]) -> bool:
    """Return whether a column is drawn as one run, next to columns that are drawn row by row."""
    places = [text.place for text in own]
    if len(own) < _LEAST_LINES or [*range(places[0], places[0] + len(own))] != places:
        return False
    ordered = sorted(others, key=lambda text: (text.place, text.left))
    changes = sum(before.column != after.column for before, after in pairwise(ordered))
    return changes >= len({text.level for text in others}) > 1
