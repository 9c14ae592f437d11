"""The areas that each framework grades. They show which areas of a report we could not read.

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

from corpus.kind_list import kind_entries
from corpus.types import OWN_ACCOUNT, Form, Kind

_CHANGEOVER = timedelta(days=45)
"""A report from this close to the day on which a framework changes may follow the old version or the new one. Chosen by
eye."""
_SHORTEST_WORD = 4
"""Minimum length of a word that counts. Shorter words, such as "and", differ between versions of an area's name."""
_MOST_EXTRA = 1
"""A printed area may have this many longer words that the name does not have, as in one report's "children care
leavers"."""
_LEAST_CUT = 3
"""A text with fewer words than this may be a short name of an area, rather than part of a name. Chosen by eye."""
_WORD = re.compile(r"[^\W\d_]+")
_TAKING = re.compile(r",? taking into account:?$", re.IGNORECASE)
"""Words that reports print after the name of the first area of a home. The names of the next areas continue them."""


@dataclass(frozen=True, slots=True)
class FrameworkAreas:
    """The areas that inspections of some kinds graded between two days."""

    kinds: tuple[Kind, ...]
    first: date
    last: date
    source: str
    """The source of the list."""
    areas: tuple[str, ...]
    """The names of the areas, as printed."""
    also: tuple[tuple[str, str], ...]
    """Areas that are graded only if the first pages print certain words, each together with those words in lower
    case."""

    def covers(self, kind: Kind, day: date | None) -> bool:
        """Return whether an inspection that ended on this day may have followed this list.

        If the day is unknown, only the kind decides.
        """
        if kind not in self.kinds:
            return False
        return day is None or self.first - _CHANGEOVER <= day <= self.last + _CHANGEOVER

    def expected(self, opening: str) -> tuple[str, ...]:
        """Return the areas that a report with these first pages should grade."""
        words = " ".join(opening.lower().split())
        return (*self.areas, *(area for area, printed in self.also if printed in words))


def as_days(value: object, otherwise: date) -> date:
    """Return a day from the data file, or the given default if the file has none."""
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
    """Return the names of all areas that frameworks grade, without repeats."""
    names = (name for table in framework_areas() for name in (*table.areas, *(area for area, _ in table.also)))
    return tuple(dict.fromkeys(names))


def is_known_area(printed: str) -> bool:
    """Return whether a printed area is exactly one that a framework grades, apart from small words and plurals."""
    return _words(printed) in _known()


@cache
def areas_of_kinds() -> tuple[str, ...]:
    """Return the areas that inspections of homes, agencies, schools and other services grade, without repeats."""
    entries = (entry for entry in kind_entries().values() if entry.scale)
    return tuple(dict.fromkeys(area for entry in entries for area in entry.areas))


def is_area_of_kind(printed: str) -> bool:
    """Return whether a printed area is one that inspections of homes, agencies, schools or other services grade."""
    return _plain(_TAKING.sub("", printed)) in _plain_areas_of_kinds()


@cache
def _plain_areas_of_kinds() -> frozenset[str]:
    return frozenset(map(_plain, areas_of_kinds()))


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def is_cut_short(printed: str) -> bool:
    """Return whether a printed text is only the first words of an area's name, and has at least three words."""
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
    """Return whether a printed area has this name, apart from a number, small words, plurals and one extra word."""
    return _extra_words(printed, name) is not None


def _extra_words(printed: str, name: str) -> int | None:
    """Return the number of longer words that only the printed area has, or None if the name is that of another area."""
    one, other = _words(_TAKING.sub("", printed)), _words(_TAKING.sub("", name))
    extra = len(one - other)
    return extra if other <= one and extra <= _MOST_EXTRA else None


def missing_areas(
    printed: Iterable[str], kind: Kind | None, form: Form, day: date | None, opening: str
) -> tuple[str, ...]:
    """Return the areas that a report of this kind and day should print, but that we did not read.

    ``printed`` contains the areas that we read and those that the report says were not judged. If two versions of a
    framework may apply, we use the one that fits best.
    """
    if kind is None or form not in OWN_ACCOUNT:
        return ()
    read = list(printed)
    lists = (table.expected(opening) for table in framework_areas() if table.covers(kind, day))
    return min((_lacking(expected, read) for expected in lists), key=len, default=())


def _lacking(expected: Sequence[str], read: Sequence[str]) -> tuple[str, ...]:
    """Return the expected areas that were not read.

    Each printed area counts as the expected area that is most like it.
    """
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
