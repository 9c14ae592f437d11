"""Finds all the conditions in a question about what visits looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qa_service.understanding.conditions.accounting import words_left
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.left_out import authorities_left_out, kinds_left_out
from qa_service.understanding.conditions.assembly.results import of_facts
from qa_service.understanding.conditions.people import find_leader
from qa_service.understanding.conditions.selection import find_which
from qa_service.understanding.conditions.slots import Slot, SlottedText
from qa_service.understanding.conditions.types import LISTS, Conditions, Wanted, Which
from qa_service.understanding.conditions.visit_focus import LocatedFocus, find_visit_focus
from qa_service.understanding.conditions.wanted import LocatedWanted, find_wanted
from qa_service.understanding.questions.grade_questions import asks_for_reason


def find_visit_focus_list(
    slotted: SlottedText, names: Collection[str], *, certain: LocatedWanted | None = None
) -> Conditions | None:
    """Return the conditions in a question about what visits looked at. None if it is not such a question.

    We must use all its words, because the list of visits would otherwise ignore some of them. ``certain`` is what the
    question asks for, if this is already known.
    """
    if asks_for_reason(slotted.question) or slotted.positions(Slot.GRADE) or slotted.positions(Slot.PHRASE):
        return None
    found = (_conditions(slotted, names, located, certain) for located in find_visit_focus(slotted))
    return next((conditions for conditions in found if conditions), None)


def _conditions(
    slotted: SlottedText, names: Collection[str], located: LocatedFocus, certain: LocatedWanted | None
) -> Conditions | None:
    wanted: LocatedWanted | None = LocatedWanted(Wanted.REPORTS, (0, 0))
    if located.condition.words:
        wanted = certain or find_wanted(slotted, names, conditions=True, moves=False)
    if wanted is None or wanted.wanted not in LISTS:
        return None
    which = None if located.condition.words else find_which(slotted)
    if which and which.which not in (Which.LATEST, Which.EACH):
        return None
    left_out, other_kinds = authorities_left_out(slotted), kinds_left_out(slotted)
    found = Found(slotted, (), wanted, which, None, find_leader(slotted), None, left_out, other_kinds)
    if words_left(slotted, [*found.used, *located.extents]):
        return None
    latest = which is not None and which.which is Which.LATEST
    conditions = replace(of_facts(found, wanted, ()), focus=located.condition, which=None)
    return replace(
        conditions, newest_of_each=latest and len(names) != 1, newest=1 if latest and len(names) == 1 else None
    )
