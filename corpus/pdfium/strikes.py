"""Finds the words of a PDF page that a line strikes out.

A line strikes a word out if it goes through the middle of the letters of a large part of the word. Lines under words,
the ruled lines of tables and the bars of fractions are at other heights, or extend beyond the words.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

STRUCK = "\ufdd0"
"""The character that replaces each letter that is struck out. Unicode gives it no meaning, so no file contains it."""
LOWEST, HIGHEST = 0.15, 0.5
"""The least and greatest height of a line through words above their baseline, as shares of their size. Chosen by
eye."""
_THICKEST = 0.2
"""Largest height of a line through words, as a share of their size. Chosen by eye."""
_COVERED = 0.4
"""A word is struck out if lines go through at least this share of its length. Chosen by eye."""
_PUNCTUATION_COVERED = 0.8
"""The same for punctuation. The share is larger, because a line often ends a little beyond the last letter."""
_ROW = 4.0
"""Height of the rows into which we divide a page to find the lines near words, in points. Chosen by eye."""
_BEYOND = 1.0
"""How far a line through words may extend beyond them, in multiples of the words' size. Table lines extend further."""
_TOUCHING = 1.0
"""Largest gap between two pieces of one line, in points. Chosen by eye."""
_RULING = 4
"""Smallest number of lines that may belong to ruled paper. Chosen by eye."""
_LEFT_OUT = re.compile(rf"(?:\s*{STRUCK}+)+(?:-$)?")
_SENTENCE_LEFT_OUT = re.compile(rf"(?:^|(?<=[.!?:;]))(?:\s*{STRUCK}+)+[.,:;!?]*(?:-$)?")
"""Struck-out words that begin a sentence, and the punctuation after them, which would otherwise follow no word."""
_WORDS = re.compile(r"[^\w\s]*(?:[^\W_](?:\S*[^\W_])?|\S+)|\S+")
"""A word with the punctuation before it, or the punctuation after a word."""


class Rule(NamedTuple):
    """A thin horizontal line, in points from the top left of the page."""

    left: float
    right: float
    middle: float
    height: float


class Word(NamedTuple):
    """A word, or the punctuation after it: ``[start, end)`` of the page's text, and its position in points."""

    start: int
    end: int
    left: float
    right: float
    baseline: float
    size: float
    has_letters: bool


class Rules:
    """The thin lines of a page, sorted so that we can quickly find those near words."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rows: dict[int, list[Rule]] = {}
        self._alike: Counter[tuple[int, int]] = Counter()
        level = (rule for rule in rules if rule.right - rule.left > rule.height and all(map(math.isfinite, rule)))
        for rule in _whole(level):  # a hostile file may have infinite numbers
            self._rows.setdefault(int(rule.middle // _ROW), []).append(rule)
            self._alike[_ends(rule)] += 1
        for row in self._rows.values():
            row.sort()

    def near(self, left: float, right: float, baseline: float, size: float) -> list[Rule]:
        """Return the lines that may go through a row of words with these edges, and do not extend beyond it."""
        beyond = _BEYOND * size
        first, last = (baseline - HIGHEST * size) // _ROW, (baseline - LOWEST * size) // _ROW
        if last - first < len(self._rows):
            numbers = (number for number in range(int(first), int(last) + 1) if number in self._rows)
        else:  # a hostile file may have letters as large as a page, or sizes that are not numbers
            numbers = (number for number in self._rows if first <= number <= last)
        rows = (self._rows[number] for number in numbers)
        starting = (rule for row in rows for rule in _starting_in(row, left - beyond, right))
        return [rule for rule in starting if rule.right <= right + beyond]

    def without_ruling(self, striking: Iterable[Rule]) -> set[Rule]:
        """Of the lines that seem to strike words out, return those that do.

        The lines of ruled paper all start and end at the same positions, and most of them do not go through words.
        """
        chosen = set(striking)
        used = Counter(map(_ends, chosen))
        return {
            rule
            for rule in chosen
            if self._alike[_ends(rule)] < _RULING or 2 * used[_ends(rule)] > self._alike[_ends(rule)]
        }


def words_in(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the start and end of each word of a text, and whether it has letters or digits."""
    for word in _WORDS.finditer(text):
        yield word.start(), word.end(), any(map(str.isalnum, word.group()))


def struck_out(words: Sequence[Word], rules: Iterable[Rule]) -> list[tuple[Word, list[Rule]]]:
    """Return the words that lines of :class:`Rules` strike out, each with these lines."""
    heights: dict[int, list[Rule]] = {}
    for rule in sorted(rules):
        heights.setdefault(round(rule.middle), []).append(rule)
    found = []
    for word in words:
        through = [rule for row in heights.values() for rule in _over(row, word) if _is_through(rule, word)]
        covered = sum(min(rule.right, word.right) - max(rule.left, word.left) for rule in through)
        least = _COVERED if word.has_letters else _PUNCTUATION_COVERED
        if word.right > word.left and covered >= least * (word.right - word.left):
            found.append((word, through))
    return found if any(word.has_letters for word, _ in found) else []


def without_struck(text: str, before: str = "") -> str:
    """Return the text of a line without the words that are struck out.

    ``before`` is the text of the line before it in the same block.
    """
    if STRUCK not in text:
        return text
    begins = not before or before[-1] in ".!?:;"
    return _LEFT_OUT.sub("", _SENTENCE_LEFT_OUT.sub("", text) if begins else text).strip()


def _whole(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Join the pieces of each line. A program may draw a line word by word, or cell by cell."""
    open_rule: Rule | None = None
    for rule in sorted(rules, key=lambda rule: (round(rule.middle), rule.left)):
        same = open_rule is not None and round(open_rule.middle) == round(rule.middle)
        if open_rule and same and rule.left <= open_rule.right + _TOUCHING:
            height = max(open_rule.height, rule.height)
            open_rule = Rule(open_rule.left, max(open_rule.right, rule.right), open_rule.middle, height)
            continue
        if open_rule:
            yield open_rule
        open_rule = rule
    if open_rule:
        yield open_rule


def _starting_in(row: Sequence[Rule], left: float, right: float) -> Iterator[Rule]:
    first = bisect_left(row, left, key=lambda rule: rule.left)
    return takewhile(lambda rule: rule.left <= right, islice(row, first, None))


def _ends(rule: Rule) -> tuple[int, int]:
    return round(rule.left), round(rule.right)


def _is_through(rule: Rule, word: Word) -> bool:
    above = word.baseline - rule.middle
    return LOWEST * word.size <= above <= HIGHEST * word.size and rule.height <= _THICKEST * word.size


def _over(row: Sequence[Rule], word: Word) -> Iterator[Rule]:
    """Yield the lines over a word. Lines at the same height do not overlap, because we joined their pieces."""
    first = bisect_right(row, word.left, key=lambda rule: rule.right)
    return takewhile(lambda rule: rule.left < word.right, islice(row, first, None))
