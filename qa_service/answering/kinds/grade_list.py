"""A question for the authorities that have a grade: "Which councils are rated outstanding?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.grades import OVERALL, Grade, grade_named
from corpus.types import Kind, Report
from index.search.filtering import report_day
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_grades
from qa_service.answering.printed_grades import printed_grades
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


class GradeList:
    """Lists the authorities whose report of the time named, else whose latest, has the grade asked for."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for authorities by their grade, across all reports."""
        return question.is_across_reports and asks_for_grade_list(question.text)

    def retrieve(self, state: PipelineState, tools: Tools) -> None:
        """Leave the search to the next kind."""

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """List the grades, or abstain if no authority has the grade. Leave it to the next kind if none is graded."""
        question = state.interpretation
        reports = _latest_graded(question, tools.index.allowed(state.question.filters))
        # Without the grade word, the area it belongs to is read instead of every area that has the grade.
        text = without_grade_words(question.text)
        first = [grade for report in reports for grade in printed_grades(report, text, tools.index.store)[:1]]
        if is_overall_asked_for(text):  # some reports print no overall grade, and another must not stand in for it
            first = [grade for grade in first if OVERALL.is_printed_as(grade.judgement.area)]
        if not first:
            return state
        asked = grade_in(question.text)
        matching = tuple(grade for grade in first if grade_named(grade.judgement.grade) is asked)
        decision = Decision(
            AnswerStatus.ANSWERED if matching else AnswerStatus.NOT_IN_REPORTS,
            calibration.GRADE_LIST_CONFIDENCE if matching else calibration.NO_GRADE_CONFIDENCE,
            _reason(question, asked, len(matching), len(first)),
        )
        state = replace(state, decision=decision, total=len(matching))
        return with_grades(state, tools, matching[: calibration.AUTHORITIES_PER_LIST])


def _latest_graded(question: Interpretation, reports: Sequence[Report]) -> list[Report]:
    """Return each authority's latest graded report, of the times named if any, sorted by authority."""
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
    periods = " of the time you named" if any(period.exact for period in question.periods) else ""
    authorities = "authority" if graded == 1 else "authorities"
    rated = "is" if matching == 1 else "are"
    return (
        f"{matching} of the {graded} {authorities} with this judgement {rated} rated {grade}. "
        f"We used each authority’s latest graded report{periods}."
    )
