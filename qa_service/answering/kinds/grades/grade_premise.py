"""A question that assumes a grade that no report gives: "Why was it judged inadequate?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.dates import in_words
from corpus.grades import Grade, grade_named, grade_words, grades_services
from corpus.types import OTHER_KINDS, Kind, Report
from index.search.filtering import report_day
from index.storage.store import Store
from qa_service import calibration
from qa_service.answering.abstention import Decision, from_times
from qa_service.answering.kinds.kind import Tools, with_grades
from qa_service.answering.printed.printed_grades import PrintedGrade, grades_in_words, printed_grades
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.grade_claims import claimed_grade
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.grade_questions import asks_about_others
from qa_service.understanding.times.period import closeness
from qa_service.wording import in_list, is_dated, month_of

_STATES_GRADE = (
    r"(?:judged|rated|graded|judge?ment|grade|rating|found to be)[^.]{{0,60}}\b{grade}|"
    r"\b{grade}[^.]{{0,40}}(?:judge?ment|grade|rating|inspection)"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The grades that the reports give, which differ from the assumed grade, and a sentence that says so."""

    grades: tuple[PrintedGrade, ...]
    reason: str


class GradePremise:
    """Corrects a wrong assumption about the grade of one authority, with the grades that the reports give."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question assumes that one authority has a certain grade."""
        return _assumed_grade(question) is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> None:
        """Leave the search to the next kind."""

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """If the premise is false, decide to say so."""
        reports = tools.index.allowed(state.question.filters)
        correction = correct_premise(state.interpretation, reports, tools.index.store)
        if correction is None:
            return state
        decision = Decision(AnswerStatus.FALSE_PREMISE, calibration.PREMISE_CONFIDENCE, correction.reason)
        return with_grades(replace(state, decision=decision), tools, correction.grades)


def correct_premise(question: Interpretation, reports: Sequence[Report], store: Store) -> Correction | None:
    """Return a correction to the grade that a question assumes, or None if it needs no correction.

    The assumption is wrong only if we have graded reports from the time in the question and none of them gives that
    grade. If the question names no time, there must also be no report on the authority that mentions that grade.
    """
    assumed, graded = _assumed_grade(question), _graded_reports(question, reports)
    if assumed is None or not graded:
        return None
    if any(grade_named(judgement.grade) is assumed for report in graded for judgement in report.judgements):
        return None
    if any(report.missing_areas for report in graded):  # an area that we could not read may have the assumed grade
        return None
    if not _names_a_time(question) and _is_mentioned(question, assumed, reports, store):
        return None
    grades = tuple(
        grade
        for report in graded[: calibration.REPORTS_PER_PREMISE]
        for grade in printed_grades(report, question.text, store)
    )
    if not grades:
        return None
    return Correction(grades, f"{_denial(question, assumed, graded)} {_correction_words(grades, len(graded))}")


def _assumed_grade(question: Interpretation) -> Grade | None:
    """Return the grade that a question assumes about one authority.

    If the question is a follow-up, take the question before it into account.
    """
    other = question.kinds == (Kind.AREA_SEND,) or not set(question.kinds).isdisjoint(OTHER_KINDS)
    about_one = len(question.authorities) == 1 and not other
    claimed = claimed_grade(question.text) or question.claimed_grade
    return claimed if about_one and not asks_about_others(question.text) else None


def _names_a_time(question: Interpretation) -> bool:
    return question.latest or any(period.exact for period in question.periods)


def _graded_reports(question: Interpretation, reports: Iterable[Report]) -> list[Report]:
    """Return the authority's graded reports from the time in the question, newest first.

    If the question names no time, return all of them, or only the latest if it asks for that.
    """
    graded = [
        report
        for report in reports
        if report.authority in question.authorities and report.judgements and grades_services(report)
    ]
    graded.sort(key=report_day, reverse=True)
    exact = [period for period in question.periods if period.exact]
    if exact:
        return [report for report in graded if any(closeness(report, period) for period in exact)]
    return graded[:1] if question.latest else graded


def _is_mentioned(question: Interpretation, grade: Grade, reports: Iterable[Report], store: Store) -> bool:
    """Whether a report on the authority mentions this grade. Letters about visits mention earlier grades."""
    states_grade = re.compile(_STATES_GRADE.format(grade=grade_words(grade)), re.IGNORECASE)
    about = (report for report in reports if report.authority in question.authorities)
    return any(
        states_grade.search(indexed.passage.text) for report in about for indexed in store.passages_of(report.id)
    )


def _denial(question: Interpretation, grade: Grade, graded: Sequence[Report]) -> str:
    times = [period for period in question.periods if period.exact]
    when = f"at any inspection in our reports {from_times(times) if times else ''}".strip()
    if len(graded) == 1:
        ended = f"inspection that ended on {in_words(report_day(graded[0]))}"
        when = f"at the {ended if is_dated(graded[0]) else 'undated inspection'}"
    return f"{question.authorities[0]} was not rated {grade.capitalize()} {when}."


def _correction_words(grades: Sequence[PrintedGrade], inspections: int) -> str:
    """Say which grades the reports give, oldest first, with the month of each if there are several inspections."""
    by_report: dict[str, list[PrintedGrade]] = {}
    for grade in grades:
        by_report.setdefault(grade.report.id, []).append(grade)
    oldest_first = [(grades_in_words(of_one), of_one[0].report) for of_one in reversed(by_report.values())]
    if inspections == 1:
        return f"It was rated {oldest_first[0][0]}."
    if len({words for words, _ in oldest_first}) == 1:
        return f"It was rated {oldest_first[0][0]} {in_list([month_of(report) for _, report in oldest_first])}."
    return f"It was rated {in_list([f'{words} {month_of(report)}' for words, report in oldest_first])}."
