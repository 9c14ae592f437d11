"""Finds all the conditions in a question that counts or lists reports by what they contain.

We can count reports by the items in their own lists, or by what they say about a subject in the person's words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qa_service.understanding.conditions.accounting import overlaps, words_left
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.left_out import authorities_left_out, kinds_left_out
from qa_service.understanding.conditions.assembly.results import of_facts
from qa_service.understanding.conditions.contents.own_lists import find_own_list
from qa_service.understanding.conditions.contents.subjects import asks_for_anyone, find_subject, wanted_with
from qa_service.understanding.conditions.contents.themes import around
from qa_service.understanding.conditions.people import find_leader
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import LISTS, Conditions, Wanted
from qa_service.understanding.conditions.wanted import LocatedWanted, asks_yes_or_no, find_wanted
from qa_service.understanding.questions.grade_questions import asks_for_reason


def find_own_list_count(
    slotted: SlottedText, names: Collection[str], *, certain: LocatedWanted | None = None
) -> Conditions | None:
    """Return the conditions in a question about the items in reports' own lists.

    None if the question is not about these.

    We must use all words of the question, because a count of reports would ignore the others. ``certain`` is what the
    question asks for, if this is already known.
    """
    located = find_own_list(slotted)
    if located is None or asks_for_reason(slotted.question):
        return None
    if any(slotted.positions(slot) for slot in (Slot.GRADE, Slot.AREA, Slot.PHRASE)):
        return None
    wanted = certain or find_wanted(slotted, names, conditions=True, moves=False)
    if wanted is None or wanted.wanted not in LISTS or overlaps(located.items, [wanted.extent]):
        return None  # "any areas for priority action" does not ask for authorities
    left_out, other_kinds = authorities_left_out(slotted), kinds_left_out(slotted)
    found = Found(slotted, (), wanted, None, None, find_leader(slotted), None, left_out, other_kinds)
    if words_left(slotted, [*found.used, located.extent]):
        return None
    return replace(of_facts(found, wanted, ()), own_list=located.kind)


def find_subject_count(
    slotted: SlottedText,
    found: Found,
    names: Collection[str],
    *,
    asks_for_improvements: bool = False,
    certain: LocatedWanted | None = None,
) -> Conditions | None:
    """Return the conditions in a question about a subject in the person's own words.

    None if the question is not about such a subject.

    We must use all words of the question, because a count of reports would ignore the others. If the question asks what
    must improve, only a condition on reports' own lists counts. ``certain`` is what the question asks for, if this is
    already known.
    """
    if found.theme or found.newest or found.new or asks_for_reason(slotted.question):
        return None
    if found.stated and found.wanted and not words_left(slotted, found.used):
        return None  # "good for care leavers" is a grade
    located = find_subject(slotted, [match.span() for match in (*found.left_out, *found.other_kinds)])
    if asks_for_improvements and not (located and located.condition.in_list):
        return None
    if located is None or any(not overlaps(located.extent, each.extents) for each in found.stated):
        return None
    others = certain or _wanted_apart(slotted, located.extent, names)
    listed = others if others and others.wanted in LISTS else None
    if listed is None and (names or not (located.alone or asks_for_anyone(slotted))):
        return None
    wanted = listed or wanted_with(slotted)
    asked = replace(
        found, wanted=wanted, stated=(), which=None, count=None, leader=find_leader(slotted), comparison=None
    )
    if words_left(slotted, [*asked.used, located.extent, wanted.extent]):
        return None
    asserts = located.condition.in_list and bool(names) and asks_yes_or_no(slotted.text) is not None
    return replace(of_facts(asked, wanted, ()), subject=located.condition, asserts=asserts)


_COUNTED = pattern(r"\b(?:out of|of) (?:the |all the )?{K}|\bhow many\b(?= (?:of (?:them|these|those) )?[a-z]+ )")
"""Words for the reports to count, if the noun is in another place: "of the full inspections …, how many asked …"."""


def _wanted_apart(slotted: SlottedText, extent: tuple[int, int], names: Collection[str]) -> LocatedWanted | None:
    """Return what a question asks for in the words outside its condition.

    "Asked the council to improve supervision" does not ask for councils.
    """
    found = find_wanted(slotted, names, conditions=False, moves=False)
    if found is None or not overlaps(extent, [found.extent]):
        return found
    outside = replace(slotted, text=around(slotted.text, [extent]))
    apart = find_wanted(outside, names, conditions=False, moves=False)
    if apart or not slotted.positions(Slot.KIND) or found.wanted is not Wanted.AUTHORITIES:
        return apart or found
    counted = [match.span() for match in _COUNTED.finditer(slotted.text)]
    return LocatedWanted(Wanted.REPORTS, counted[-1], counts=True) if counted else found
