"""Replaces "them" with the authorities that the background describes: "councils that were inadequate"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from qa_service.understanding.conditions.entities import entities_of
from qa_service.understanding.conditions.grades.sets import with_grade_sets
from qa_service.understanding.conditions.slots import SlottedText, pattern
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.interpretation import authorities_named
from qa_service.understanding.times.reading import find_periods

_DESCRIBED = pattern(
    rf"\b{WHO} (?:that|which|who) (?:were|are|was|is|have been|had been|got|went|moved|improved|fell)"
    r"(?: (?:rated|judged|graded|found|to be|from|up|down))* {S}(?: to {S})?"
    r"(?: (?:overall|for {A}))?"
    r"(?:(?: (?:back|in|during|since|between|at|before|after))* {T}(?: (?:or|and) (?:in )?{T})?)?"
)
_THEM = re.compile(
    r"\b(?:(?:all|each|any) of (?:them|these|those)|them|they|(?:these|those)(?: (?:councils|authorities|las))?)\b",
    re.IGNORECASE,
)
_NAMES_SOME = re.compile(rf"\b(?:which|what|how many|other) {WHO}\b", re.IGNORECASE)


def with_antecedent(wish: str, background: Iterable[str], authorities: Sequence[str], today: date) -> str:
    """Return a wish in which the authorities that the background describes replace "them".

    ``authorities`` are the ones that the index has reports on.
    """
    them = _THEM.search(wish)
    if them is None or authorities_named(wish, authorities) or _NAMES_SOME.search(wish):
        return wish
    for text in background:
        named = authorities_named(text, authorities)
        slotted = with_grade_sets(SlottedText.of(text, entities_of(text, named, find_periods(text, today))))
        if match := _DESCRIBED.search(slotted.text):
            start, end = slotted.span(*match.span())
            return f"{wish[: them.start()]}{text[start:end]}{wish[them.end() :]}"
    return wish
