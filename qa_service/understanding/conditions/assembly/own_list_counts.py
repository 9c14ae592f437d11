"""Finds all the conditions in a question that counts or lists reports by the items of their own lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qa_service.understanding.conditions.accounting import overlaps, words_left
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.left_out import authorities_left_out, kinds_left_out
from qa_service.understanding.conditions.assembly.results import of_facts
from qa_service.understanding.conditions.contents.own_lists import find_own_list
from qa_service.understanding.conditions.people import find_leader
from qa_service.understanding.conditions.slots import Slot, SlottedText
from qa_service.understanding.conditions.types import LISTS, Conditions
from qa_service.understanding.conditions.wanted import LocatedWanted, find_wanted
from qa_service.understanding.questions.grade_questions import asks_for_reason


def find_own_list_count(
    slotted: SlottedText, names: Collection[str], *, certain: LocatedWanted | None = None
) -> Conditions | None:
    """Return the conditions in a question about the items in reports' own lists.

    None if the question is not about these.

    All words of the question must be used, because a count of reports would ignore the others. ``certain`` is what the
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
