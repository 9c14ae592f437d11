"""Finds the words of a question for the newest reports: "the five most recent visits", "each council's last report"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.grades import Grade
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.times.numbers import COUNT, number_of

_RECENT = r"(?:most recent|latest|newest|(?:most recently|latest|last) (?:published|issued|released))"
_LAST = rf"(?:{_RECENT}|last|past)"
_MANY = rf"(?:{COUNT}|half(?: a)? dozen|(?:a )?dozen)"
_DOZENS = {"half a dozen": 6, "half dozen": 6, "a dozen": 12, "dozen": 12}
_OF_EACH = rf"(?:each|every) (?:{WHO})"
_NO_ADJECTIVE = (
    r"(?:years?|months?|weeks?|days?|terms?|times?|of|in|on|at|by|to|for|from|before|after|since|about|and|or|but|the|an?|"
    r"do|does|did|is|are|was|were|has|have|had|first)"
)
_MORE_OR_LESS = (
    r"(?:or (?:better|worse|above|below)|(?:(?:less|better|worse|lower|higher) than|at least|below|above|not) {G})"
)
_NEWEST = pattern(
    rf"\b(?P<each>{_OF_EACH}(?:'s?)? )?"
    rf"(?P<words>{_LAST} (?P<after>{_MANY})|(?P<before>{_MANY}) {_LAST}|{_RECENT}|(?P<last>last))"
    rf" (?P<described>(?>(?:full|graded|ofsted|published|{WHO}|{{N}}(?:'s?)?(?:,| and| or)?|{{T}}|{{G}}) )*)"
    rf"(?P<unknown>(?:(?:{_MORE_OR_LESS}|(?!{_NO_ADJECTIVE}\b)[a-z][\w'-]*) ){{0,2}}?)(?P<kind>{{K}})"
    rf"(?P<of_each> (?:of|on|for|to|about|in) {_OF_EACH})?"
    r"(?P<rated> (?:(?:that|which) (?:is |are |was |were |have been |had been )?)?(?:rated|judged|graded)"
    r" (?:as |to be )?{G}(?: overall)?(?! (?:and|or|but)\b| (?:(?:for|in|on|at|the|its|their) )*{A}))?"
)
"""The newest reports, with the words that describe them and a grade that they must give."""
_PUBLISHED = re.compile(r"\b(?:published|issued|released)\b")
_PLURAL = re.compile(r"(?!.*\bilacs$)(?!.*\bpress$).*s$", re.IGNORECASE | re.DOTALL)
_OWN = pattern(rf"\b(?:their|its|{WHO}'?s?) $")
"""Words that mean the newest reports of each authority: "which authorities' last inspection"."""
_CHOSEN = pattern(
    r"\b(?:of|among|amongst|in|from|within|across|over|for|at)"
    r"(?: (?:the|our|your|all|these|those|ofsted's|{N}(?:'s?)?))* $"
)
"""Words before the reports that a question chooses from: "which of the five most recent reports"."""


@dataclass(frozen=True, slots=True)
class LocatedNewest:
    """How many of the newest reports a question asks for, and the part of the slotted text that says this."""

    count: int | None
    """None if the question gives no number but means several: "the latest reports"."""
    extent: Extent
    """The words for "the newest", without the words for the reports."""
    phrase: Extent
    """All the words for the reports: "last five full inspections rated good"."""
    kind: Extent
    """The word for the reports, within these words."""
    grade: Grade | None = None
    """The overall grade that the reports must give, if the words name one."""
    unknown: bool = False
    """Whether the words describe the reports in a way that we cannot apply: "last five unannounced visits"."""
    published: bool = False
    """Whether the question means the reports published last."""
    chosen: bool = False
    """Whether the question chooses from these reports: "which of the five most recent reports"."""
    of_each: bool = False
    """Whether the question means the newest reports of each authority: "each authority's last inspection"."""
    of_its_own: bool = False
    """Whether the question may mean the newest reports of each authority, but may also mean those of one named before:
    "their last inspection"."""


def find_newest(slotted: SlottedText) -> LocatedNewest | None:
    """Return how many of the newest reports a question asks for.

    None if the question does not mention the newest reports.
    """
    match = _NEWEST.search(slotted.text)
    if match is None:
        return None
    grades = slotted.entities_in(*match.span(), Slot.GRADE)
    if len(grades) > 1:
        return None
    words = match["before"] or match["after"]
    before = slotted.text[: match.start()]
    start, end = slotted.span(*match.span("kind"))
    many = bool(_PLURAL.match(slotted.question[start:end]))
    count = (_DOZENS.get(words) or number_of(words)) if words else None if many else 1
    if count == 0 or (match["last"] and count is None):
        return None  # "the last inspections" may be any number of inspections, and "last" is often about time
    return LocatedNewest(
        count,
        match.span("words"),
        match.span(),
        match.span("kind"),
        grades[0].value if grades else None,
        unknown=bool(match["unknown"]),
        published=bool(_PUBLISHED.search(match["words"]) or _PUBLISHED.search(match["described"])),
        chosen=bool(_CHOSEN.search(before)),
        of_each=bool(match["each"] or match["of_each"]),
        of_its_own=bool(_OWN.search(before)),
    )
