"""Finds the letters and numbers that open the items of a list set as running text: "(a) …; (b) …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

_NAME = r"\d{1,2}|[a-z]|[ivx]{2,5}|[A-Z]"
_MARK = re.compile(
    rf"(?P<word>(?:recommendation|action|priority)\s+|R(?:ec(?:ommendation|\.)?\s?)?(?=\d))?(?P<open>\()?"
    rf"(?P<name>{_NAME})(?P<close>(?:\)\s*|[.:]\s+))"
    r"(?=[^\W_]|[‘“'\"(])",
    re.IGNORECASE,
)
"""A mark at the start of a line. PDFium leaves out the tab after it."""
_INLINE = re.compile(rf"(?<=\s)(?P<word>)(?P<open>\()?(?P<name>{_NAME})(?P<close>\)\s+)(?=[^\W_]|[‘“'\"])")
_BEFORE = re.compile(r"(?:[:;,.]|\b(?:and|or|to|should|must))\s+$")
"""Text that may come before a mark within a line."""
_LETTERS = 26
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter or a number at the start of an item. The item starts at ``start``, and its words at ``words``."""

    start: int
    words: int
    name: str
    """The letter or the number, without brackets or a full stop."""
    form: str
    """Its brackets and full stops. All the marks of one list have the same form."""
    inside: bool
    """Whether it is in the middle of a line."""


def marks_in(text: str, at: int, line_starts: Iterable[int]) -> list[Mark]:
    """Return the possible marks in a text that starts at offset ``at``, in order.

    A mark opens a line, or is in brackets after a colon, semicolon or similar.
    """
    starts = {start: match for start in line_starts if (match := _MARK.match(text, start - at))}
    found = [_mark(match, at, inside=False) for match in starts.values()]
    found += (
        _mark(match, at, inside=True)
        for match in _INLINE.finditer(text)
        if match.start() + at not in starts and _BEFORE.search(text, max(0, match.start() - 12), match.start())
    )
    return sorted(found, key=lambda mark: mark.start)


def _mark(match: re.Match[str], at: int, *, inside: bool) -> Mark:
    word = (match["word"] or "").strip().lower()
    form = f"{word}{match['open'] or ''}*{match['close'].strip()}"
    return Mark(at + match.start(), at + match.end(), match["name"], form, inside)


def forms_of(runs: Iterable[Sequence[Mark]]) -> frozenset[str]:
    """Return the forms of marks that open two or more items in a list.

    The marks may start again below each label, or continue.
    """
    counts: dict[str, int] = {}
    before: list[Mark] = []
    for marks in runs:
        for form in {mark.form for mark in marks}:
            counts[form] = counts.get(form, 0) + len(_going_on(before, marks, form))
        before += marks
    return frozenset(form for form, count in counts.items() if count > 1)


def first_series(marks: Sequence[Mark], forms: Iterable[str], before: Sequence[Mark] = ()) -> list[Mark]:
    """Return the first series of consecutive marks in one of the given forms, such as a, b, c.

    It may continue the marks ``before`` these in the same list.
    """
    series = (_going_on(before, marks, form) for form in forms)
    return min((found for found in series if found), key=lambda found: found[0].start, default=[])


def _going_on(before: Sequence[Mark], marks: Sequence[Mark], form: str) -> list[Mark]:
    """Return the series of one form in some marks. It starts with the first mark, or continues the marks before."""
    if found := _series_of(marks, form):
        return found
    return [mark for mark in _series_of([*before, *marks], form) if mark in marks] if before else []


def _series_of(marks: Sequence[Mark], form: str) -> list[Mark]:
    """Return the longest series of marks of one form: numbers, letters or Roman numbers, starting with the first."""
    of_form = [mark for mark in marks if mark.form == form]
    return max((list(_following(of_form, name_of)) for name_of in (_number, _letter, _capital, _roman)), key=len)


def _following(marks: Sequence[Mark], name_of: Callable[[int], str]) -> Iterator[Mark]:
    place = 0
    for mark in marks:
        if place and mark.name == name_of(0) and not mark.inside:
            place = 0  # a list begins again below a label
        if mark.name == name_of(place):
            place += 1
            yield mark


def _number(index: int) -> str:
    return str(index + 1)


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < _LETTERS else ""


def _capital(index: int) -> str:
    return _letter(index).upper()


def _roman(index: int) -> str:
    return _ROMAN[index] if index < len(_ROMAN) else ""
