"""Finds how a question compares grades: "better for care leavers than overall"."""

from __future__ import annotations

import re

from corpus.grades import Relation
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import DIFFERENT, AreaComparison, LocatedCondition

_RELATION = pattern(
    r"\b(?:(?P<at_least>at least as (?:good|well|high(?:ly)?)|no worse|no lower|as good(?: as)? or better)|"
    r"(?P<at_most>no (?:better|higher))|"
    r"(?P<better>better|best|higher|highest|above(?! (?:an? )?{G})|"
    r"stronger|strongest|more (?:highly|favourably|positively))|"
    r"(?P<worse>worse|worst|lower|lowest|below(?! (?:an? )?{G})|"
    r"weaker|weakest|poorer|poorest|less (?:well|highly|good|favourably|positively))|"
    r"(?P<different>different(?:ly)?|differ(?:s|ed)?|unequal(?:ly)?)|"
    r"(?P<same>(?:the )?same|equal(?:ly)?|identical(?:ly)?|as (?:good|well|high(?:ly)?)|match(?:es|ed|ing)?))\b"
)
_RELATIONS = {
    "at_least": frozenset({Relation.BETTER, Relation.SAME}),
    "at_most": frozenset({Relation.SAME, Relation.WORSE}),
    "better": frozenset({Relation.BETTER}),
    "worse": frozenset({Relation.WORSE}),
    "different": DIFFERENT,
    "same": frozenset({Relation.SAME}),
}
_DENIED_RELATION = re.compile(
    r"(?:\bnot|n't|\bnever) (?:(?:on|at|get|got|have|had|with|been|being|be|rated|graded|judged|do|doing|as|any|"
    r"a|an|the) )*$"
)
_REFERENCE = re.compile(r"\b(?:compared (?:with|to)|next to|relative to|against) (?:the |its |their )*$")
_BOTH = re.compile(r"\b(?:and|&)\b")
_JOINED = re.compile(r"\b(?:than|above|below|as|from|to|with|and)\b")


def find_area_comparison(slotted: SlottedText) -> LocatedCondition | None:
    """Return how two areas compare: "better for care leavers than overall". None if the question compares no areas."""
    areas = [(at, entity.value) for at, entity in slotted.positions(Slot.AREA)]
    if len(areas) != 2 or slotted.positions(Slot.GRADE):
        return None
    (first, first_area), (second, second_area) = areas
    reference = _REFERENCE.search(slotted.text[:first])
    if reference and (found := _RELATION.search(slotted.text, first)):
        comparison = AreaComparison(second_area, _relations(slotted.text, found)[0], first_area)
        return LocatedCondition(comparison, ((reference.start(), max(found.end(), second + 1)),))
    for match in _RELATION.finditer(slotted.text):
        if (
            match.start() > second
            and match.lastgroup in ("same", "different")
            and _BOTH.search(slotted.text[first:second])
        ):
            relations, _ = _relations(slotted.text, match)
            return LocatedCondition(AreaComparison(first_area, relations, second_area), ((first, match.end()),))
        if match.start() > second or not _JOINED.search(slotted.text[max(first, match.start()) : second]):
            continue
        relations, denial = _relations(slotted.text, match)
        start = denial.start() if denial else match.start()
        comparison = AreaComparison(first_area, relations, second_area)
        return LocatedCondition(comparison, ((min(start, first), second + 1),))
    return None


def relation_in(text: str) -> tuple[frozenset[Relation], Extent] | None:
    """Return the first comparison in a slotted text, and its place: "better", "not worse".

    None if the text has no comparison.
    """
    match = _RELATION.search(text)
    if match is None:
        return None
    relations, denial = _relations(text, match)
    return relations, (denial.start() if denial else match.start(), match.end())


def _relations(text: str, match: re.Match[str]) -> tuple[frozenset[Relation], re.Match[str] | None]:
    """Return the relations that a match means. If the question denies them, also return the match for the denial."""
    relations = _RELATIONS[str(match.lastgroup)]
    denial = _DENIED_RELATION.search(text[: match.start()])
    return (frozenset(Relation) - relations if denial else relations), denial
