"""A question about which authorities have a particular grade: "Which councils are rated outstanding?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.grades import OVERALL, Grade, grade_named
from corpus.types import Kind, Report
from index.search.filtering import report_day
from index.storage.store import Store
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_grades
from qa_service.answering.printed_grades import PrintedGrade, printed_grades
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.grade_questions import (
    asks_for_grade_list,
    grade_in,
    is_overall_asked_for,
    without_grade_words,
)
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.periods import closeness


@dataclass(frozen=True, slots=True)
class ListedGrades:
    """The first page of the grades that a question asks for."""

    grades: tuple[PrintedGrade, ...]
    total: int
    """Number of authorities with the grade, on all pages."""
    reason: str


class GradeList:
    """Lists the authorities that have the grade in their report for the time named, or else in their latest report."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for authorities by their grade, across all reports."""
        return question.is_across_reports and asks_for_grade_list(question.text)

    def retrieve(self, state: PipelineState, tools: Tools) -> None:
        """Leave the search to the next kind."""

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """List the grades, or abstain if no authority has the grade. If nothing is graded, let the next kind answer."""
        listed = list_grades(state.interpretation, tools.index.allowed(state.question.filters), tools.index.store)
        if listed is None:
            return state
        decision = Decision(
            AnswerStatus.ANSWERED if listed.grades else AnswerStatus.NOT_IN_REPORTS,
            calibration.GRADE_LIST_CONFIDENCE if listed.grades else calibration.NO_GRADE_CONFIDENCE,
            listed.reason,
        )
        return with_grades(replace(state, decision=decision, total=listed.total), tools, listed.grades)


def list_grades(question: Interpretation, reports: Sequence[Report], store: Store) -> ListedGrades | None:
    """Return the authorities with the grade asked for. None if no list is asked for, or if nothing is graded."""
    if not (question.is_across_reports and asks_for_grade_list(question.text)):
        return None
    # We remove the grade word so as to read only the area that is named, and not every area that has the grade.
    text = without_grade_words(question.text)
    latest = _latest_graded(question, reports)
    first = [grade for report in latest for grade in printed_grades(report, text, store)[:1]]
    if is_overall_asked_for(text):  # some reports have no overall grade, and another grade must not stand in for it
        first = [grade for grade in first if OVERALL.is_printed_as(grade.judgement.area)]
    if not first:
        return None
    asked = grade_in(question.text)
    matching = tuple(grade for grade in first if grade_named(grade.judgement.grade) is asked)
    reason = _reason(question, asked, len(matching), len(first))
    return ListedGrades(matching[: calibration.AUTHORITIES_PER_LIST], len(matching), reason)


def _latest_graded(question: Interpretation, reports: Sequence[Report]) -> list[Report]:
    """Return each authority's latest graded report (from the times named, if any), sorted by authority."""
    exact = [period for period in question.periods if period.exact]
    latest: dict[str, Report] = {}
    for report in reports:
        name = report.authority
        graded = bool(report.judgements) and report.kind not in (Kind.AREA_SEND, Kind.LSCB_REVIEW)
        of_time = not exact or any(closeness(report, period) for period in exact)
        if name and graded and of_time and (name not in latest or report_day(report) > report_day(latest[name])):
            latest[name] = report
    return [latest[name] for name in sorted(latest)]


def _reason(question: Interpretation, grade: Grade | None, matching: int, graded: int) -> str:
    """Say how many authorities have the grade, out of how many, and how many are shown."""
    name = str(grade).capitalize()
    if graded == 1:
        count = f"The only authority with this grade is {'' if matching else 'not '}rated {name}."
    elif matching:
        count = (
            f"{matching} of the {graded} authorities with this grade {'is' if matching == 1 else 'are'} rated {name}."
        )
    else:
        count = f"None of the {graded} authorities with this grade is rated {name}."
    time = " from the time you asked about" if any(period.exact for period in question.periods) else ""
    first = calibration.AUTHORITIES_PER_LIST
    shown = f" The first {first} are shown, in alphabetical order." if matching > first else ""
    return f"{count} We used each authority’s latest graded report{time}.{shown}"
