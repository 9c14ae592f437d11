"""Answers a question from the facts of reports, if its conditions ask for facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from corpus.grades import BOARD
from corpus.types import Kind
from qa_service.answering.facts.authorities.lists import list_authorities
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.named.authority import areas_answer, grades_answer, yes_or_no_answer
from qa_service.answering.facts.named.comparisons import best_of_answer
from qa_service.answering.facts.reports.by_year import by_year_answer
from qa_service.answering.facts.reports.dates import date_answer
from qa_service.answering.facts.reports.people import person_answer
from qa_service.answering.facts.reports.report_list import list_reports
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.understanding.conditions.types import Wanted

_ANSWERS: Mapping[Wanted, Callable[[FactScope], FactAnswer | None]] = {
    Wanted.AUTHORITIES: list_authorities,
    Wanted.REPORTS: list_reports,
    Wanted.GRADES: grades_answer,
    Wanted.AREAS: areas_answer,
    Wanted.YES_OR_NO: yes_or_no_answer,
    Wanted.BEST_OF: best_of_answer,
    Wanted.DATE: date_answer,
    Wanted.PERSON: person_answer,
    Wanted.BY_YEAR: by_year_answer,
}
_OF_AUTHORITIES = (Wanted.GRADES, Wanted.AREAS, Wanted.YES_OR_NO, Wanted.BEST_OF)
"""The things that a question can ask for only if it names authorities."""


def answer_from_facts(scope: FactScope) -> FactAnswer | None:
    """Return the answer that follows from the facts of reports. None if they do not answer the question."""
    question = scope.question
    wanted = question.conditions.wanted
    if wanted not in _ANSWERS or not scope.reports:
        return None
    if wanted in _OF_AUTHORITIES and not named(scope):
        return None
    if _is_of_partnership(scope):
        return None
    return _ANSWERS[wanted](scope)


def _is_of_partnership(scope: FactScope) -> bool:
    """Whether a question asks for the outcome of an area SEND inspection, or for one board's grade.

    Outcomes are not grades. One board's grade may be in a review of that board, but we do not read facts from reviews.
    """
    conditions = scope.question.conditions
    of_authority = conditions.wanted in _OF_AUTHORITIES
    of_grades = bool(conditions.grades) or of_authority or conditions.wanted is Wanted.BY_YEAR
    of_send = Kind.AREA_SEND in conditions.kinds[:1] and of_grades
    return of_send or (of_authority and BOARD.is_asked_in(scope.question.text))
