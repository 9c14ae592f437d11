"""Finds all the conditions in a question, and what it asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa_service.understanding.conditions.accounting import overlaps, words_left
from qa_service.understanding.conditions.assembly.fillers import frames_in
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.left_out import authorities_left_out, kinds_left_out
from qa_service.understanding.conditions.contents.themes import LocatedTheme, find_theme
from qa_service.understanding.conditions.grades.changes import find_change, find_last_two, find_movement, says_still_now
from qa_service.understanding.conditions.grades.conditions import find_grade_conditions
from qa_service.understanding.conditions.grades.relations import find_area_comparison, relation_in
from qa_service.understanding.conditions.people import LocatedLeader, find_leader
from qa_service.understanding.conditions.selection import LocatedWhich, find_count, find_turn, find_which
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText
from qa_service.understanding.conditions.types import (
    LISTS,
    GradeChange,
    GradeCondition,
    LocatedCondition,
    Wanted,
    Which,
)
from qa_service.understanding.conditions.wanted import (
    LocatedWanted,
    asks_of_all,
    asks_yes_or_no,
    find_wanted,
    limits_all,
)
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason


def find_all(slotted: SlottedText, names: Collection[str], *, certain: LocatedWanted | None = None) -> Found:
    """Find all the conditions, and what the question asks for.

    ``certain`` is what the question asks for, if this is already known.
    """
    change, comparison = find_change(slotted), find_area_comparison(slotted)
    movement = None if change or comparison else find_movement(slotted)
    stated = [change] if change else [comparison] if comparison else find_grade_conditions(slotted)
    wanted = None
    compares = len(slotted.names) > 1 and relation_in(slotted.text) is not None
    left_out, other_kinds = authorities_left_out(slotted), kinds_left_out(slotted)
    theme = find_theme(slotted, [match.span() for match in (*left_out, *other_kinds)])
    stated = _outside(theme, stated)
    # "Audits" and "agency" may be part of a theme. Otherwise they mean that the question is not about authorities.
    of_facts = not asks_for_reason(slotted.question) and (bool(theme) or not asks_about_others(slotted.question))
    if of_facts:
        wanted = find_wanted(slotted, names, conditions=bool(stated), moves=movement is not None or compares)
    between = None
    if wanted and len(slotted.names) > 1 and wanted.wanted in (Wanted.BEST_OF, Wanted.YES_OR_NO):
        between = relation_in(slotted.text)
    if change and _asks_only_for_grade_now(slotted, change, wanted, names):
        stated = [_as_it_was(change)]
    if between:
        stated = []
    elif movement and wanted:
        stated = [movement]
        if slotted.positions(Slot.GRADE):  # "fell since 2019 and yet are good now"
            stated += find_grade_conditions(slotted)
    if wanted is None and stated and not names and of_facts:
        wanted = _bare_list(slotted, stated)
    count = find_count(slotted)
    if count and wanted and wanted.counts and count.extent[0] < wanted.extent[1]:
        count = None  # "how many monitoring visits" does not give a number of visits
    which = _which(slotted, stated, wanted)
    asserts, of_all = _asserts(slotted.text, wanted, names, conditions=len(stated))
    leader = find_leader(slotted) if wanted else None
    wanted = _reports_of(leader, wanted, slotted)
    wanted = certain or wanted or _bare_theme(slotted, theme)
    theme = theme if wanted and wanted.wanted in LISTS else None
    return Found(
        slotted, tuple(stated), wanted, which, count, leader, between, left_out, other_kinds, theme, asserts, of_all
    )


def _asserts(
    text: str, wanted: LocatedWanted | None, names: Collection[str], *, conditions: int
) -> tuple[Extent | None, bool]:
    """Return the words that show that a question about a list wants yes or no, and whether all items must fit.

    ``conditions`` is the number of conditions on grades. Sometimes all of a group must fit, such as all councils that
    were inadequate before. We do not know the group, so we do not say yes or no.
    """
    asserts = asks_yes_or_no(text) if wanted and wanted.wanted in LISTS and not wanted.counts else None
    if wanted is None or asserts is None:
        return None, False
    if asks_of_all(text, asserts):
        whole = conditions < 2 and not limits_all(text, asserts)
        compared = wanted.wanted is Wanted.AUTHORITIES or conditions > 0
        return (asserts, True) if whole and compared else (None, False)
    return (asserts if wanted.wanted is Wanted.AUTHORITIES or names else None), False


def _reports_of(
    leader: LocatedLeader | None, wanted: LocatedWanted | None, slotted: SlottedText
) -> LocatedWanted | None:
    """Make a question ask for reports if it names a lead inspector: "reports with Ann Bell as lead inspector"."""
    if leader is None or wanted is None or wanted.wanted is not Wanted.PERSON:
        return wanted
    return replace(wanted, wanted=Wanted.REPORTS, counts=bool(re.search(r"\bhow many\b", slotted.text)))


def _bare_theme(slotted: SlottedText, theme: LocatedTheme | None) -> LocatedWanted | None:
    """Make a question ask for reports, if it consists only of a condition on a theme: "caseloads too high"."""
    return LocatedWanted(Wanted.REPORTS, (0, 0)) if theme and theme.extent == (0, len(slotted.text)) else None


def _outside(theme: LocatedTheme | None, stated: Sequence[LocatedCondition]) -> list[LocatedCondition]:
    """Leave out grades that are part of a condition on a theme: "good things to say about supervision"."""
    return [located for located in stated if theme is None or not overlaps(theme.extent, located.extents)]


def _which(
    slotted: SlottedText, stated: Sequence[LocatedCondition], wanted: LocatedWanted | None
) -> LocatedWhich | None:
    """Return which inspections a question is about.

    A change between the last two inspections is the change at the latest one.

    If the question gives the times of both inspections, it means these inspections.
    """
    changes = any(isinstance(one.condition, GradeChange) for one in stated)
    if changes and len(slotted.positions(Slot.TIME)) < 2 and (last_two := find_last_two(slotted)):
        return LocatedWhich(Which.LATEST, last_two)
    return find_which(slotted) or (find_turn(slotted) if wanted and wanted.wanted is Wanted.DATE else None)


def _asks_only_for_grade_now(
    slotted: SlottedText, change: LocatedCondition, wanted: LocatedWanted | None, names: Collection[str]
) -> bool:
    """Whether a question with a change such as "still good" asks only for the present grade.

    A list of areas uses their present grades. A list of authorities that "are still inadequate" includes every
    authority that is inadequate now, even if it was not before.
    """
    of_areas = wanted is not None and wanted.wanted is Wanted.AREAS
    return of_areas or (not names and says_still_now(slotted, change))


def _as_it_was(located: LocatedCondition) -> LocatedCondition:
    """If a change says that a grade stayed the same, replace it with a condition on that grade.

    Return other changes as they are.
    """
    change = located.condition
    if isinstance(change, GradeChange) and change.before == change.after and change.latest:
        return replace(located, condition=GradeCondition(change.after, change.area))
    return located


def _bare_list(slotted: SlottedText, stated: Sequence[LocatedCondition]) -> LocatedWanted | None:
    """Make a question ask for authorities, if it consists only of conditions: "below good for leaders"."""
    extents = [extent for located in stated for extent in located.extents]
    extents += frames_in(slotted.text)
    return None if words_left(slotted, extents) else LocatedWanted(Wanted.AUTHORITIES, (0, 0))
