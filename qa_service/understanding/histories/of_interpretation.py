"""Adds to the interpretation of a question the past grades that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa_service.understanding.conditions.types import Conditions, Wanted
from qa_service.understanding.histories.grammar import find_past_grades
from qa_service.understanding.histories.types import Form
from qa_service.understanding.interpretation import Interpretation, asks_about_change, authorities_named, divide
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.unread import unread_times


def with_past_grades(question: Interpretation, authorities: Sequence[str], today: date) -> Interpretation:
    """Return a question with the past grades that it asks for, if it asks for any.

    It must already have its conditions. A question that asks for the date of an inspection stays as it is.
    ``authorities`` are the ones that the index has reports on. Times such as "last year" are counted from ``today``.
    """
    conditions = question.conditions
    if question.choices or not question.authorities or unread_times(question.text, today):
        return question
    if conditions.wanted is Wanted.BEST_OF or (conditions.wanted is Wanted.DATE and not conditions.not_applied):
        return question
    named = authorities_named(question.text, authorities)
    found = find_past_grades(question.text, named, find_periods(question.text, today))
    if found is None or (found.form not in (Form.RECORD, Form.CHANGED) and question.periods):
        return question  # an earlier question limits this one to a time, such as "and before that?"
    wanted = conditions.wanted if conditions.is_about_facts else Wanted.GRADES
    # The grammar of past grades has used all the words, so no words are left over.
    conditions = Conditions(wanted=wanted, grades=conditions.grades, excluded=conditions.excluded)
    question = replace(question, past_grades=found, conditions=conditions)
    if found.form is Form.RECORD and found.and_since:  # the question does not ask only about the time that it names
        change = asks_about_change(question.text)
        parts = divide(question.authorities, (), latest=question.latest, change=change)
        question = replace(question, periods=(), parts=parts)
    return question
