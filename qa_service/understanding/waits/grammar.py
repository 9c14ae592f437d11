"""Recognises questions about the time since an inspection, between inspections, or from an inspection to its report.

A question is one of these only if each of its words belongs to the grammar here, is a word that all questions may have,
or limits the answer ("in the north"). "How long do care leavers wait for a flat?" is about what reports say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.names.authorities import Mention
from qa_service.understanding.conditions.entities import areas_in, grades_in, kinds_in, phrases_in
from qa_service.understanding.conditions.slots import Entity, Slot, SlottedText
from qa_service.understanding.quantities import BOUNDS
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason
from qa_service.understanding.times.numbers import COUNT
from qa_service.understanding.times.period import Period
from qa_service.understanding.waits.delays import find_delay
from qa_service.understanding.waits.gaps import find_gap
from qa_service.understanding.waits.parts import PUBLISH, UNITS
from qa_service.understanding.waits.since import find_since
from qa_service.understanding.waits.types import Wait

_AGO = re.compile(rf"(?:{'|'.join(BOUNDS.values())}) (?:{COUNT}|an?)(?: and a half)? {UNITS} ago")
"""A time that says how long ago a last inspection was: "more than four years ago"."""
_PUBLISHED_IN = re.compile(rf"{PUBLISH} (?=\w)", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:child(?!ren['’]?s['’]? (?:services|social care))(?:ren)?|kids?|young people|babies|teenagers?|leavers?|"
    r"foster\w*|adopt\w*|carers?|parents?|famil(?:y|ies)|mothers?|fathers?|workers?|staff|managers?|leaders?|directors?|"
    r"teams?|advisers?|referrals?|assessments?|plans?|placements?|flats?|courts?|police|visits? to (?:homes?|children)|"
    r"health|supervision|training|strategy|policy|response)\b",
    re.IGNORECASE,
)
"""Words for people and work. If a question has one of these, the reports' own words answer it."""
_GRADED = re.compile(r"\b(?:rated|graded|judged|grades?|ratings?|judge?ments?|outstanding|inadequate)\b", re.IGNORECASE)
_SO_LONG_AGO = re.compile(
    rf"(?:and )?how (?:long|many {UNITS}) (?:ago|back|since) (?:is|was|were|did) (?:that|it|this|they)(?: happen)?\W*",
    re.IGNORECASE,
)


def asks_only_how_long_ago(clause: str) -> bool:
    """Whether a clause only asks how long ago the event in the clause before it was: "how long ago is that"."""
    return bool(_SO_LONG_AGO.fullmatch(clause.strip()))


def find_wait(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> Wait | None:
    """Return what a question about a length of time asks for. None if the question asks for no length of time.

    ``named`` and ``periods`` are the authorities and the times found in the text.
    """
    if _PEOPLE.search(text) or _GRADED.search(text) or asks_about_others(text) or asks_for_reason(text):
        return None
    slotted = SlottedText.of(text, _entities(text, named, [each for each in periods if not is_length(each, text)]))
    if any(slotted.positions(slot) for slot in (Slot.GRADE, Slot.AREA, Slot.PHRASE)):
        return None
    return find_delay(slotted) or find_gap(slotted) or find_since(slotted)


def is_length(period: Period, text: str) -> bool:
    """Whether words for a time say how long ago the last inspection must be: "last inspected over four years ago"."""
    before = text[: period.start].lower()
    ago = _AGO.fullmatch(period.words.lower())
    return bool(ago and re.search(r"\b(?:last|latest|most recent)(?:ly)?\b", before))


def _entities(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> list[Entity]:
    return [
        *phrases_in(text),
        *(Entity(Slot.AUTHORITY, mention.name, mention.start, mention.end) for mention in named),
        *(Entity(Slot.TIME, period, _time_starts(period, text), period.end) for period in periods),
        *kinds_in(text),
        *grades_in(text),
        *areas_in(text),
    ]


def _time_starts(period: Period, text: str) -> int:
    """Return where the words for a time start, leaving out "published" in "published in 2025"."""
    verb = _PUBLISHED_IN.match(text, period.start, period.end)
    return verb.end() if verb else period.start
