"""Grades over time as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from index.search.filtering import report_day
from qa_service.analysis.grade_history import GivenGrade, GradeHistory, Movement, months_between
from qa_service.answering.overviews.grade_table import NOT_READ
from qa_service.wording import MOVEMENTS, capitalised, length_of_time


def histories_text(histories: Sequence[GradeHistory], today: date) -> Iterator[str]:
    """Yield the lines for each authority: its grades, oldest first, and the time since its last full inspection."""
    for history in histories:
        yield f"\n{history.authority}"
        yield from history_text(history)
        if history.last_full:
            day = report_day(history.last_full)
            yield f"  Last full inspection: {day:%B %Y}, {length_of_time(months_between(day, today))} ago"


def history_text(history: GradeHistory) -> Iterator[str]:
    """Yield one line for each inspection, oldest first."""
    for each in history.inspections:
        yield f"  {report_day(each.report):%B %Y}: {_grade_with_page(each.given) if each.given else NOT_READ}"


def movements_text(movements: Sequence[Movement]) -> Iterator[str]:
    """Yield one line for each change of grade."""
    for each in movements:
        new = ", new framework" if each.has_new_framework else ""
        before, after = _dated_grade(each.before), _dated_grade(each.after)
        yield f"{each.authority}: {before} → {after} ({MOVEMENTS[each.relation].lower()}{new})"


def _grade_with_page(given: GivenGrade) -> str:
    note = ", one grade for care leavers and children in care" if given.shared else ""
    return f"{capitalised(given.judgement.grade)} (page {given.judgement.page}{note})"


def _dated_grade(given: GivenGrade) -> str:
    return f"{capitalised(given.judgement.grade)} ({given.day:%B %Y}, page {given.judgement.page})"
