"""Finds the words that a question puts in quotation marks, and the words that reports must not contain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.understanding.conditions.accounting import words_left
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import Conditions, Span, Wanted
from qa_service.understanding.conditions.wanted import WHO

_MENTION = r"(?:mention|contain|include|refer to|talk about|discuss|cover|reference|say anything about)"
_BY_REPORTS = pattern(
    rf"(?:{{K}}|{WHO}|{{N}}|\b(?:inspectors?|ofsted|they|it|one|ones|anything|any)\b)(?: [^ ]+){{0,3}} *$|^\W*$"
)
"""The subject of "does not mention", if it means reports. If the subject is something else, such as care plans, the
reports' own words answer the question."""
_ABSENT = re.compile(
    r"\b(?:do|does|did|makes?|made) ?(?:not|n't|no) (?:ever |even |once )?"
    rf"(?:{_MENTION}|(?:use|have) the (?:words?|phrase|term))"
    r"(?: (?:any|the|a|an|anything about|words?|phrase|term|of|to))* (?P<what>[^?.!]+)|"
    r"\b(?:never|without|fail(?:s|ed)? to|no) mention(?:s|ed|ing)?(?: of)? (?P<other>[^?.!]+)"
)


@dataclass(frozen=True, slots=True)
class LocatedWords:
    """The conditions of a question about exact words, and the words in it that say what reports must not contain."""

    conditions: Conditions
    extent: Extent | None = None
    """None if the question puts the words in quotation marks."""


def find_exact_words(slotted: SlottedText) -> LocatedWords | None:
    """Return the conditions if a question is about exact words, or about words that reports do not have.

    None if the question is not about words.
    """
    for absent in _ABSENT.finditer(slotted.text):
        if _BY_REPORTS.search(slotted.text[: absent.start()]):
            return LocatedWords(_of_absence(slotted, absent), absent.span())
    phrases = tuple(entity.value for _, entity in slotted.positions(Slot.PHRASE))
    return LocatedWords(Conditions(wanted=Wanted.PHRASES, phrases=phrases)) if phrases else None


def _of_absence(slotted: SlottedText, absent: re.Match[str]) -> Conditions:
    start, end = absent.span("what") if absent["what"] else absent.span("other")
    phrases = tuple(entity.value for entity in slotted.entities_in(start, end, Slot.PHRASE))
    words = [slotted.text[slice(*extent)] for extent in words_left(slotted, []) if start <= extent[0] < end]
    areas = (slotted.question[area.start : area.end] for area in slotted.entities_in(start, end, Slot.AREA))
    if not (what := " ".join((*phrases, *words, *areas))):
        return Conditions(not_applied=(Span(*slotted.span(*absent.span())),))
    return Conditions(wanted=Wanted.ABSENCE, absent=what, phrases=phrases)
