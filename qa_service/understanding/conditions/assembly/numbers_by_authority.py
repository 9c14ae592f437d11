"""Recognises a question that asks how many inspections each authority has had, or who has had the most."""

from __future__ import annotations

from dataclasses import replace

from qa_service.understanding.conditions.accounting import words_left
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.left_out import authorities_left_out, kinds_left_out
from qa_service.understanding.conditions.assembly.results import of_facts
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import Conditions, Wanted
from qa_service.understanding.conditions.wanted import WHO, LocatedWanted

_EACH = rf"(?:each|every|all|all the|all our|each of the) {WHO}(?:'s?)?"
_NUMBERS = tuple(
    pattern(expression)
    for expression in (
        (
            rf"\bhow many {{K}} (?:has|have|did|does|do|were there|are there) (?:for |in |of |by )?{_EACH}"
            r"(?: (?:had|have|get|got))?"
        ),
        rf"\b(?:number|numbers|count|counts|total|totals) of {{K}} (?:per|by|for|of|in|at) (?:{_EACH}|{WHO})",
        rf"^\W*{{K}} (?:per|by) {WHO}",
        (
            rf"\b(?:who|which|what) ?(?:{WHO})? ?(?:has|have|had) (?:had |received |got )?(?:the )?"
            r"(?P<rank>most|fewest|least|highest number of|lowest number of|largest number of) {K}"
        ),
    )
)
_FEWEST = ("fewest", "least", "lowest number of")


def find_numbers_by_authority(slotted: SlottedText) -> Conditions | None:
    """Return the conditions in a question for numbers of inspections by authority. None if it does not ask for them."""
    match = next(filter(None, (expression.search(slotted.text) for expression in _NUMBERS)), None)
    if match is None or slotted.names or any(slotted.positions(slot) for slot in (Slot.GRADE, Slot.AREA, Slot.PHRASE)):
        return None
    wanted = LocatedWanted(Wanted.AUTHORITIES, match.span())
    left_out, other_kinds = authorities_left_out(slotted), kinds_left_out(slotted)
    found = Found(slotted, (), wanted, None, None, None, None, left_out, other_kinds)
    if words_left(slotted, found.used):
        return None
    rank = match.groupdict().get("rank")
    return replace(of_facts(found, wanted, ()), by_authority="fewest" if rank in _FEWEST else "most")
