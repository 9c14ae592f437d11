"""What we know about a question before we decide what answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.grades import Relation
from qa_service.understanding.conditions.assembly.fillers import fillers_in
from qa_service.understanding.conditions.by_year import LocatedByYear
from qa_service.understanding.conditions.contents.themes import LocatedTheme
from qa_service.understanding.conditions.grades.conditions import area_scope
from qa_service.understanding.conditions.newest import LocatedNewest
from qa_service.understanding.conditions.people import LocatedLeader
from qa_service.understanding.conditions.selection import LocatedCount, LocatedWhich
from qa_service.understanding.conditions.slots import Extent, SlottedText
from qa_service.understanding.conditions.types import LocatedCondition
from qa_service.understanding.conditions.wanted import LocatedWanted

_SHARE = re.compile(r"\b(?:proportion|share|percentage|per ?cent|fraction)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier steps know about a question."""

    named_before: tuple[str, ...] = ()
    """The authorities that the question is about, even if it does not name them."""
    asks_for_grade: bool = False
    """Whether the question's wording asks for the grades of those authorities."""
    asks_for_improvements: bool = False
    """Whether the question asks what a report says must improve."""
    names: tuple[str, ...] = ()
    """The names in the question, apart from the names of authorities."""
    regions: tuple[str, ...] = ()
    unread_times: tuple[tuple[int, int], ...] = ()
    """``[start, end)`` of words in the question that name a time we cannot work out."""


@dataclass(frozen=True, slots=True)
class Found:
    """What we found in a question, before we decide what answers it."""

    slotted: SlottedText
    stated: tuple[LocatedCondition, ...]
    wanted: LocatedWanted | None
    which: LocatedWhich | None
    count: LocatedCount | None
    leader: LocatedLeader | None
    comparison: tuple[frozenset[Relation], Extent] | None
    """How the question compares the authorities that it names."""
    left_out: tuple[re.Match[str], ...]
    other_kinds: tuple[re.Match[str], ...] = ()
    theme: LocatedTheme | None = None
    asserts: Extent | None = None
    """Words that show that the question wants yes or no for an answer."""
    of_all: bool = False
    """Whether such a question asks if all items fit."""
    newest: LocatedNewest | None = None
    new: Extent | None = None
    """Words that ask what is new."""
    by_year: LocatedByYear | None = None

    @property
    def excluded(self) -> tuple[str, ...]:
        """The authorities that the question leaves out."""
        named = (entity.value for match in self.left_out for entity in self.slotted.entities_in(*match.span(1)))
        return tuple(dict.fromkeys(named))

    @property
    def used(self) -> list[Extent]:
        """The words that state a condition, or that say what the question asks for."""
        text, used = self.slotted.text, [match.span() for match in (*self.left_out, *self.other_kinds)]
        used += [extent for extent in (self.asserts, self.new) if extent]
        used += self.by_year.extents if self.by_year else ()
        used += [extent for located in self.stated for extent in located.extents]
        used += [
            located.extent for located in (self.which, self.count, self.leader, self.theme, self.newest) if located
        ]
        if self.comparison:
            used += [self.comparison[1], *(match.span() for match in re.finditer(r"\b(?:than|as)\b", text))]
        used += fillers_in(self.slotted)
        if self.wanted:
            used += _without(self.wanted.extent, self.wanted.unknown)
            used += [extent for extent in (area_scope(text)[1],) if extent]
            used += [match.span() for match in _SHARE.finditer(text) if self.wanted.share]
        return used


def _without(extent: Extent, hole: Extent | None) -> list[Extent]:
    """Return the parts of an extent before and after another extent."""
    if hole is None:
        return [extent]
    return [part for part in ((extent[0], hole[0]), (hole[1], extent[1])) if part[0] < part[1]]
