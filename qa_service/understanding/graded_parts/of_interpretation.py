"""Adds the parts of an inspection that a question asks the grades of to its interpretation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.grades import BOARD
from qa_service.understanding.conditions.types import Conditions, Wanted
from qa_service.understanding.graded_parts.grammar import find_graded_parts
from qa_service.understanding.graded_parts.types import Choice
from qa_service.understanding.interpretation import Interpretation, authorities_named
from qa_service.understanding.questions.asides import without_asides
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.unread import unread_times

_WHERE = re.compile(r"\W*where\b", re.IGNORECASE)


def with_graded_parts(question: Interpretation, authorities: Sequence[str], today: date) -> Interpretation:
    """Return a question with the parts of an inspection that it asks the grades of, if it asks for any.

    It must already have its conditions and past grades. If these answer all of its words, it stays as it is.
    ``authorities`` are the ones that the index has reports on. Times such as "last year" are counted from ``today``.
    """
    conditions = question.conditions
    if question.choices or not question.authorities or question.past_grades or question.wait:
        return question
    of_board = BOARD.is_asked_in(question.text)  # conditions are about inspections of authorities
    of_places = conditions.wanted is Wanted.AUTHORITIES and _WHERE.match(
        question.text
    )  # "where" may mean areas of care
    answered = conditions.is_about_facts and not question.not_applied and not of_board and not of_places
    if (
        (answered and conditions.wanted is not Wanted.GRADES)
        or conditions.wanted is Wanted.BEST_OF
        or unread_times(question.text, today)
    ):
        return question
    text = without_asides(question.text)
    parts = find_graded_parts(text, authorities_named(text, authorities), find_periods(text, today))
    if parts is None or (answered and parts.choice in (Choice.NAMED, Choice.EVERY)):
        return question
    # The grammar of graded parts has used all the words, so no words are left over.
    kept = Conditions(wanted=Wanted.GRADES, which=conditions.which, excluded=conditions.excluded)
    return replace(question, graded_parts=parts, conditions=kept, asks_for_improvements=False)
