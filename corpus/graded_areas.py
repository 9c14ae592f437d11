"""The areas that each framework grades, and those that a report should print but that were not read from it.

The list is in ``data/graded_areas.toml``, which a person can edit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from corpus.types import OWN_ACCOUNT, Form, Kind

_CHANGEOVER = timedelta(days=45)
"""Around the day on which a framework changes, a report may follow the version before or after it. Chosen by eye."""
_SHORTEST_WORD = 4
"""Shorter words, such as "and" and "the", differ between printings of one area's name."""
_MOST_EXTRA = 1
"""A printed area may have this many longer words more than the name, as in one report's "children care leavers"."""
_LEAST_CUT = 3
"""A name of fewer words may be short for that of an area. Chosen by eye."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class FrameworkAreas:
    """The areas that the inspections of some kinds grade, between two days."""

    kinds: tuple[Kind, ...]
    first: date
    last: date
    source: str
    """Where the list comes from."""
    areas: tuple[str, ...]
    """The names of the areas, as printed."""
    also: tuple[tuple[str, str], ...]
    """Areas that are graded only if the first pages print certain words, each with those words in lower case."""

    def covers(self, kind: Kind, day: date | None) -> bool:
        """Return whether an inspection that ended on this day may have followed this list. A day may be unknown."""
        if kind not in self.kinds:
            return False
        return day is None or self.first - _CHANGEOVER <= day <= self.last + _CHANGEOVER

    def expected(self, opening: str) -> tuple[str, ...]:
        """Return the areas that a report with these first pages should grade."""
        words = " ".join(opening.lower().split())
        return (*self.areas, *(area for area, printed in self.also if printed in words))


def as_days(value: object, otherwise: date) -> date:
    """Return a day of the data file, or another one if it gives none."""
    return value if isinstance(value, date) else otherwise


@cache
def framework_areas() -> tuple[FrameworkAreas, ...]:
    """Return the lists of areas, in the order of the data file."""
    text = files("corpus").joinpath("data/graded_areas.toml").read_text(encoding="utf-8")
    return tuple(
        FrameworkAreas(
            kinds=tuple(Kind(kind) for kind in row["kinds"]),
            first=as_days(row.get("first"), date.min + _CHANGEOVER),
            last=as_days(row.get("last"), date.max - _CHANGEOVER),
            source=row["source"],
            areas=tuple(row["areas"]),
            also=tuple((extra["area"], extra["if_printed"].lower()) for extra in row.get("also", ())),
        )
        for row in tomllib.loads(text)["framework"]
    )


@cache
def area_names() -> tuple[str, ...]:
    """Return the name of every area that a framework grades, each once."""
    names = (name for table in framework_areas() for name in (*table.areas, *(area for area, _ in table.also)))
    return tuple(dict.fromkeys(names))


def is_known_area(printed: str) -> bool:
    """Return whether a printed area is exactly one that a framework grades, apart from small words and plurals."""
    return _words(printed) in _known()


def is_cut_short(printed: str) -> bool:
    """Return whether a printed text is only the first words of the name of an area, and at least three of them."""
    words = [word.lower() for word in _WORD.findall(printed)]
    names = ([word.lower() for word in _WORD.findall(name)] for name in area_names())
    if len(words) < _LEAST_CUT or is_known_area(printed):
        return False
    return any(words == name[: len(words)] and len(name) > len(words) for name in names)


def may_continue(printed: str) -> bool:
    """Return whether all words of a printed text are in the name of one area that a framework grades."""
    words = _words(printed)
    return any(words <= known for known in _known())


@cache
def _known() -> frozenset[frozenset[str]]:
    return frozenset(map(_words, area_names()))


def is_same_area(printed: str, name: str) -> bool:
    """Return whether a printed area has this name, apart from its number, small words, plurals and one extra word."""
    return _extra_words(printed, name) is not None


def _extra_words(printed: str, name: str) -> int | None:
    """Return how many longer words a printed area has more than a name, or None if it is another area."""
    one, other = _words(printed), _words(name)
    extra = len(one - other)
    return extra if other <= one and extra <= _MOST_EXTRA else None


def missing_areas(
    printed: Iterable[str], kind: Kind | None, form: Form, day: date | None, opening: str
) -> tuple[str, ...]:
    """Return the areas that a report should print, by its kind and the day of its inspection, but that were not read.

    ``printed`` has the areas that were read, with those that the report says were not judged. If two versions of a
    framework may apply, the one that fits best counts.
    """
    if kind is None or form not in OWN_ACCOUNT:
        return ()
    read = list(printed)
    lists = (table.expected(opening) for table in framework_areas() if table.covers(kind, day))
    return min((_lacking(expected, read) for expected in lists), key=len, default=())


def _lacking(expected: Sequence[str], read: Sequence[str]) -> tuple[str, ...]:
    """Return the expected areas that were not read. Each printed area stands for one of them, the nearest."""
    pairs = sorted(
        (extra, place, name)
        for place, printed in enumerate(read)
        for name in expected
        if (extra := _extra_words(printed, name)) is not None
    )
    found: dict[str, int] = {}
    for _, place, name in pairs:
        if name not in found and place not in found.values():
            found[name] = place
    return tuple(name for name in expected if name not in found)


@cache
def _words(name: str) -> frozenset[str]:
    words = _WORD.findall(name.replace("’", "'").lower())
    return frozenset(word.removesuffix("s") for word in words if len(word) >= _SHORTEST_WORD)
