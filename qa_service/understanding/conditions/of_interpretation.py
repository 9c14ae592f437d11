"""Adds to the interpretation of a question the conditions in its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.types import Kind
from qa_service.understanding.conditions.assembly.conditions import find_conditions
from qa_service.understanding.conditions.assembly.found import Known
from qa_service.understanding.conditions.types import LISTS, Conditions, Span, Wanted
from qa_service.understanding.interpretation import Interpretation, authorities_named
from qa_service.understanding.order_words import find_order, without_order
from qa_service.understanding.questions.asides import without_asides
from qa_service.understanding.questions.grade_questions import asks_for_grade
from qa_service.understanding.questions.register_questions import asks_what_became
from qa_service.understanding.questions.second_questions import first_question, second_question, second_question_of_list
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.unread import unread_times
from qa_service.understanding.times.wording import when

_LISTS = (*LISTS, Wanted.BY_YEAR)


def with_conditions(question: Interpretation, authorities: Sequence[str], today: date) -> Interpretation:
    """Return a question with the conditions in its text. It must already include what earlier questions add.

    ``authorities`` are the ones that the index has reports on. Times such as "last year" are counted from ``today``.
    """
    text = without_asides(without_order(question.text))
    conditions, periods = _find(text, question, authorities, today)
    if (second := second_question(text)) and _leaves_out(conditions, question):
        conditions, periods = _find(first_question(text, second), question, authorities, today)
        conditions = replace(conditions, not_applied=(*conditions.not_applied, second))
    elif (second := second_question_of_list(text)) and not _covers(conditions, second):
        first, times = _find(first_question(text, second), question, authorities, today)
        if first.wanted in _LISTS and len(times) == len(periods):
            conditions, periods = replace(first, not_applied=(*first.not_applied, second)), times
    conditions = replace(conditions, order=find_order(question.text))
    if conditions.is_about_facts and not conditions.kinds and question.kinds == (Kind.AREA_SEND,):
        conditions = replace(conditions, kinds=question.kinds)
    left_out = tuple(period for period in periods if period.excluded)
    by_year = conditions.wanted is Wanted.BY_YEAR or conditions.by_year
    of_publication = conditions.is_new and conditions.since_inspection is None
    of_publication = of_publication or (by_year and conditions.date_of == "published")
    published = tuple(map(_of_publication, question.periods)) if of_publication else question.periods
    newest = conditions.newest or conditions.newest_that_fit or conditions.newest_of_each
    # A search would take "most recent" to mean the latest report of each authority.
    latest = question.latest and not newest
    return replace(question, conditions=conditions, times_left_out=left_out, periods=published, latest=latest)


def _find(
    text: str, question: Interpretation, authorities: Sequence[str], today: date
) -> tuple[Conditions, list[Period]]:
    """Return the conditions and the times in a text, which is a question or the first part of one."""
    periods = find_periods(text, today)
    known = Known(
        named_before=question.authorities,
        asks_for_grade=bool(question.authorities) and asks_for_grade(question),
        asks_for_improvements=question.asks_for_improvements,
        names=tuple(name for name in question.names if not any(name in place for place in question.authorities)),
        regions=question.regions,
        unread_times=tuple(unread_times(text, today)),
    )
    return find_conditions(text, authorities_named(text, authorities), periods, known), periods


def _leaves_out(conditions: Conditions, question: Interpretation) -> bool:
    """Whether the answer is a date, a person or what must improve, and so does not cover a second question."""
    of_list = question.asks_for_improvements and not asks_what_became(question)
    return of_list or conditions.wanted in (Wanted.DATE, Wanted.PERSON)


def _covers(conditions: Conditions, second: Span) -> bool:
    """Whether the facts of reports answer a question with all the words of its second part."""
    return conditions.is_about_facts and all(span.end <= second.start for span in conditions.not_applied)


def _of_publication(period: Period) -> Period:
    """Return a time as the time when reports were published, as in "What's new since June 2026?"."""
    if period.published:
        return period
    return replace(period, published=True, label=f"published {when(period)}")
