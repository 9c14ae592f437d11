"""What staff call the graded areas: "the leaving care service", "senior managers", "the front door"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.grades import ADOPTION, BOARD, CARE_LEAVERS, HELP_AND_PROTECTION, LEADERS, OVERALL, Area
from corpus.names.authorities import Mention
from qa_service.understanding.conditions.entities import entities_of
from qa_service.understanding.conditions.slots import Entity, Slot
from qa_service.understanding.times.period import Period

_AREA_WORDS: tuple[tuple[re.Pattern[str], Area, bool], ...] = tuple(
    (re.compile(words, re.IGNORECASE), area, narrower)
    for words, area, narrower in (
        (r"\b(?:(?:local|multi-agency) )?safeguarding (?:children(?:['’]s)? )?boards?\b|\bLSCBs?\b", BOARD, False),
        (r"(?<!across )\bthe board\b(?! (?:of|at|meets?|met)\b)", BOARD, False),
        (r"\bleaving[- ]care (?:services?|teams?|support)\b", CARE_LEAVERS, False),
        (r"\badoption (?:services?|teams?|performance|work)\b", ADOPTION, False),
        (
            r"\b(?:senior |top )?(?:leaders(?:hip)?|managers)(?: team)?\b|\bsenior management(?: team)?\b",
            LEADERS,
            False,
        ),
        (r"\bfront door\b|\bMASH\b|\bchild protection\b|\bearly help\b", HELP_AND_PROTECTION, True),
    )
)
"""Their words, in addition to ``corpus.grades``, and whether the words name only a part of the area."""


def narrower_words(text: str) -> tuple[str, ...]:
    """Return the words in a text that name something which has no grade of its own: "front door"."""
    return tuple(match.group() for words, _, narrower in _AREA_WORDS if narrower for match in words.finditer(text))


def entities_with_areas(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> Iterator[Entity]:
    """Yield what a question names. The overall grade is no area here, because areas are compared with it."""
    for words, area, _ in _AREA_WORDS:
        yield from (Entity(Slot.AREA, area, *match.span()) for match in words.finditer(text))
    for entity in entities_of(text, named, periods):
        if entity.value is not OVERALL:
            yield entity
