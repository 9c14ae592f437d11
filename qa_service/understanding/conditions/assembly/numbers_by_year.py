"""Finds all the conditions in a question that asks for the number of grades, or of reports, in each year."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qa_service.understanding.conditions.accounting import is_modifier
from qa_service.understanding.conditions.assembly.answered_by import denies
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.left_out import authorities_left_out, kinds_left_out
from qa_service.understanding.conditions.by_year import LocatedByYear, find_by_year, find_reports_by_year
from qa_service.understanding.conditions.contents.themes import find_theme
from qa_service.understanding.conditions.people import find_leader
from qa_service.understanding.conditions.slots import Extent, SlottedText
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conditions.wanted import LocatedWanted, find_wanted
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason


def find_numbers_by_year(slotted: SlottedText, names: Collection[str]) -> Found | None:
    """Return the parts of a question that asks for numbers of grades by year.

    None if the question does not ask for these.
    """
    return _found(slotted, find_by_year(slotted, names), Wanted.BY_YEAR)


def find_numbers_of_reports(slotted: SlottedText) -> Found | None:
    """Return the parts of a question that asks for numbers of reports by year.

    None if the question does not ask for these.
    """
    return _found(slotted, find_reports_by_year(slotted), Wanted.REPORTS)


def _found(slotted: SlottedText, located: LocatedByYear | None, counted: Wanted) -> Found | None:
    question = slotted.question
    if located is None or asks_for_reason(question) or asks_about_others(question):
        return None
    left_out, other_kinds = authorities_left_out(slotted), kinds_left_out(slotted)
    if find_theme(slotted, [match.span() for match in (*left_out, *other_kinds)]):
        return None
    wanted = LocatedWanted(
        counted,
        (0, 0),
        counts=True,
        share=located.share,
        date_of="published" if located.published else "inspected",
    )
    leader = find_leader(slotted)
    return Found(slotted, located.stated, wanted, None, None, leader, None, left_out, other_kinds, by_year=located)


def only_modifies(found: Found, left: Sequence[Extent]) -> bool:
    """Whether the remaining words of a question about numbers by year limit its answer.

    If they do, the answer names them.
    """
    who = find_wanted(found.slotted, (), conditions=True, moves=False)
    return not denies(found.slotted.text, left) and is_modifier(found.slotted, left, who.extent if who else (0, 0))
