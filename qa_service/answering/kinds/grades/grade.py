"""A question that asks for a grade: "What grade did Westmarsh get for care leavers in 2023?"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.grades import AREAS, BOARD, OVERALL, grades_services, is_unread
from corpus.types import OTHER_KINDS, Kind, Report
from index.search.filtering import report_day
from index.storage.store import Store
from qa_service import calibration
from qa_service.answering.abstention import Decision, from_times
from qa_service.answering.facts.wording import report_words, unread_words, without_overall_words
from qa_service.answering.kinds.kind import Tools, with_grades
from qa_service.answering.printed.printed_grades import PrintedGrade, origin_of, printed_grades
from qa_service.answering.printed.stated_grades import asks_for_stated_grade, with_stated_grades
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.questions.grade_questions import (
    asks_for_grade,
    asks_for_previous,
    asks_only_for_overall,
)
from qa_service.understanding.times.period import closeness
from qa_service.wording import in_list, share_of, verb_after


class GradeOf:
    """Answers with the grades that the reports give for the areas and times named."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for a grade that the facts of reports did not give."""
        return _may_print_grades(question) or asks_for_stated_grade(question)

    def retrieve(self, state: PipelineState, tools: Tools) -> None:
        """Leave the search to the next kind."""

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """State the grades, or say why there are none.

        If no report covers the authority, leave the question to the next kind.
        """
        question, store = state.interpretation, tools.index.store
        reports = tools.index.allowed(state.question.filters)
        parts = question.parts if _may_print_grades(question) else ()
        by_part = (grades_of_part(question, part, reports, store) for part in parts)
        # Two parts may refer to the same report, whose grade is then stated only once.
        grades = {(grade.report.id, grade.judgement.area): grade for part in by_part for grade in part}
        if not grades and (stated := with_stated_grades(state, tools)):
            return stated
        if not grades and not (_may_print_grades(question) and asks_for_grade(question)):
            return state  # the question asks for more than a table of grades contains
        if not grades:
            return replace(state, decision=_decide_without_grade(question, reports))
        reason = origin_of(grades.values())
        graded = {grade.report.id: grade.report for grade in grades.values()}
        lacking = [report for report in graded.values() if not _prints_overall(report)]
        if asks_only_for_overall(question.text) and lacking:
            unread = sum(is_unread(report, OVERALL) for report in lacking)
            reason = without_overall_words(len(lacking), len(graded), unread)
        decision = Decision(AnswerStatus.ANSWERED, calibration.GRADE_CONFIDENCE, reason)
        return with_grades(replace(state, decision=decision), tools, tuple(grades.values()))


def _may_print_grades(question: Interpretation) -> bool:
    """Return whether a question asks for the grade of a partnership or a board, or for one that is not in the facts."""
    if Kind.AREA_SEND in question.kinds or BOARD.is_asked_in(question.text):
        return asks_for_grade(question)
    return question.conditions.wanted in (Wanted.GRADES, Wanted.YES_OR_NO) or asks_for_grade(question)


def grades_of_part(question: Interpretation, part: Part, reports: Iterable[Report], store: Store) -> list[PrintedGrade]:
    """Return the grades for one part of a question.

    They come from the report of the time that the part names or, if there is none, from the latest report.
    """
    fitting = [report for report in reports if _is_graded_for(report, question)]
    report = _graded_report(part, fitting, previous=asks_for_previous(question.text))
    return printed_grades(report, question.text, store) if report else []


def _is_graded_for(report: Report, question: Interpretation) -> bool:
    """Whether a report gives grades for what the question is about.

    A partnership or a board counts only if the question names it.
    """
    if Kind.AREA_SEND in question.kinds and Kind.ILACS not in question.kinds:
        return report.kind is Kind.AREA_SEND
    if BOARD.is_asked_in(question.text):
        return any(BOARD.asked.search(judgement.area) for judgement in report.judgements)
    if others := set(question.kinds) & set(OTHER_KINDS):
        return report.kind in others
    return grades_services(report)


def _graded_report(part: Part, reports: Iterable[Report], *, previous: bool) -> Report | None:
    """Return the authority's graded report nearest to the time that the question names.

    If the question names no time, return the latest graded report or, with ``previous``, the one before that.
    """
    graded = [report for report in reports if report.authority in part.authorities and report.judgements]
    exact = [period for period in part.periods if period.exact]
    if exact:
        close = {report.id: max(closeness(report, period) for period in exact) for report in graded}
        graded = [report for report in graded if close[report.id] == max(close.values()) > 0]
    graded.sort(key=report_day, reverse=True)
    position = 1 if previous and not exact else 0
    return graded[position] if len(graded) > position else None


def _decide_without_grade(question: Interpretation, reports: Sequence[Report]) -> Decision | None:
    """Say why we cannot give the authority's grade: no report is from that time, or none gives the grade."""
    about = [report for report in reports if report.authority in question.authorities]
    if not about:
        return None
    authorities = in_list(question.authorities)
    exact = [period for period in question.periods if period.exact]
    if exact and not any(closeness(report, period) for report in about for period in exact):
        reason = f"We have no report about {authorities} {from_times(exact)}."
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.05, reason)
    if question.only_kinds and not any(report.kind in question.kinds for report in about):
        reason = f"We have no {report_words(question.kinds, 1, question.authorities)}, so we have no outcome of it."
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.05, reason)
    if unread := _unread(question, about):
        return Decision(AnswerStatus.LOW_CONFIDENCE, calibration.NO_GRADE_CONFIDENCE, unread)
    reason = (
        f"{share_of(0, len(about))} about {authorities} {verb_after(0, len(about), 'gives', 'give')} a grade for this. "
        "Visits are not graded, and inspections do not grade every area."
    )
    return Decision(AnswerStatus.NOT_JUDGED, calibration.NO_GRADE_CONFIDENCE, reason)


def _unread(question: Interpretation, about: Iterable[Report]) -> str:
    """Say that we could not read the grades asked for in the report that should give them. Empty if this is not so."""
    exact = [period for period in question.periods if period.exact]
    fitting = [
        report
        for report in about
        if _is_graded_for(report, question) and (not exact or any(closeness(report, period) for period in exact))
    ]
    asked = [area for area in AREAS if area.is_asked_in(question.text)] or [OVERALL]
    for report in sorted(fitting, key=report_day, reverse=True):
        names = [name for name in report.missing_areas if any(area.is_printed_as(name) for area in asked)]
        if names:
            return unread_words(names, report)
        if report.judgements:  # the latest inspection that gives grades
            return ""
    return ""


def _prints_overall(report: Report) -> bool:
    return any(OVERALL.is_printed_as(judgement.area) for judgement in report.judgements)
