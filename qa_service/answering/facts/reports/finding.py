"""Finds the reports that meet the conditions of a question, and puts them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus.types import FULL_INSPECTIONS, Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import last_full_of
from qa_service.answering.facts.grades import meets_all
from qa_service.answering.facts.inspections import after_last_full, fact_query, named
from qa_service.answering.facts.times import Window, windows
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import kind_noun
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.types import Conditions, GradeChange
from qa_service.wording import named_by_date


def find_reports(scope: FactScope) -> list[Report]:
    """Return the reports that meet all conditions of a question, newest first.

    They are in order of the day of inspection or, if the question is about publication, of the day of publication.
    """
    if scope.question.conditions.since_inspection is not None:
        return _after_inspection(scope)
    question = scope.question
    conditions = [c for c in question.conditions.grades if not isinstance(c, GradeChange)]
    reports: dict[str, Report] = {}
    for window in windows(question):
        query = fact_query(scope, window.whole, graded=bool(conditions), authorities=named(scope))
        reports.update((report.id, report) for report in scope.store.inspections(query))
        if question.conditions.is_new and window.published:
            reports.update((report.id, report) for report in _undated_reports_inspected_in(scope, window))
    if not reports and question.periods and all(period.exact for period in question.periods):
        reports = _reports_published_in_times(scope)
    if question.conditions.since_last_full:
        reports = after_last_full(scope, reports)
    fitting = [
        r for r in reports.values() if not conditions or meets_all(r, conditions, any_of=question.conditions.any_of)
    ]
    return sorted(fitting, key=lambda report: (day_of(scope, report), report.id), reverse=True)


def newest_asked(conditions: Conditions, reports: Sequence[Report]) -> list[Report]:
    """Return the newest reports that a question asks for, or all of them. They must come newest first."""
    if not conditions.newest_of_each:
        return list(reports[: conditions.newest])
    newest: dict[str, Report] = {}
    for report in reports:
        if report.authority:
            newest.setdefault(report.authority, report)
    return list(newest.values())


def _after_inspection(scope: FactScope) -> list[Report]:
    """If a question names an inspection by its time, return the reports after it, newest first."""
    anchors = {name: _inspection_named(scope, name) for name in named(scope)}
    question = scope.question
    conditions = replace(question.conditions, since_inspection=None)
    timeless = replace(scope, question=replace(question, conditions=conditions, periods=()))
    return [
        report
        for report in find_reports(timeless)
        if (anchor := anchors.get(report.authority or "")) and report_day(report) > report_day(anchor)
    ]


def _inspection_named(scope: FactScope, name: str) -> Report | None:
    """Return the inspection of an authority at the time in a question. We prefer a full inspection to a visit.

    If no inspection ended then, "the 2023 inspection" means the one whose report was published then. None if we have
    neither.
    """
    kinds = scope.question.conditions.since_inspection
    period = scope.question.periods[0]
    of_kind = [r for r in scope.reports if r.authority == name and (not kinds or r.kind in kinds)]
    for day in (report_day, lambda report: report.published or date.min):
        then = [report for report in of_kind if period.first <= day(report) <= period.last]
        if then:
            return max(then, key=lambda report: (report.kind in FULL_INSPECTIONS, report_day(report)))
    return None


def since_words(scope: FactScope) -> str:
    """Name the inspection that a list starts from: the last full one, or the one at a time in the question.

    Empty if a question names none.
    """
    if (kinds := scope.question.conditions.since_inspection) is not None:
        noun, then = kind_noun(kinds or INSPECTIONS, 1), scope.question.periods[0].words
        if len(named(scope)) != 1:
            return f" since the {noun} of each in {then}"
        one = _inspection_named(scope, named(scope)[0])
        return f" since its {named_by_date(one)}" if one else f" since its {noun} of {then}, which we do not have"
    if not scope.question.conditions.since_last_full:
        return ""
    if len(named(scope)) != 1:
        return " since the last full inspection of each authority"
    full = last_full_of(report for report in scope.reports if report.authority in named(scope))
    return f" since its {named_by_date(full)}" if full else " since its last full inspection, which we do not have"


def day_of(scope: FactScope, report: Report) -> date:
    """Return the day that decides the order of a list. It is the day of publication if a question is about that."""
    return (report.published or report_day(report)) if is_of_publication(scope) else report_day(report)


def day_words(scope: FactScope) -> str:
    """Name the day that decides which reports are the newest."""
    return "date of publication" if is_of_publication(scope) else "last day of the inspection or visit"


def is_of_publication(scope: FactScope) -> bool:
    """Whether a question asks for the reports that were published in a time, or for the last ones published."""
    asked = scope.question.conditions
    of_reports = asked.by_year or asked.newest or asked.newest_that_fit or asked.newest_of_each
    return any(period.published for period in scope.question.periods) or (
        bool(of_reports) and asked.date_of == "published"
    )


def _undated_reports_inspected_in(scope: FactScope, window: Window) -> list[Report]:
    """Return the reports that have no date of publication but whose inspection ended within a window of days."""
    query = fact_query(scope, replace(window.whole, published=False), graded=False, authorities=named(scope))
    return [report for report in scope.store.inspections(query) if not report.published]


def _reports_published_in_times(scope: FactScope) -> dict[str, Report]:
    """Return the reports published in the times named, because "the 2019 report" may be on a visit in 2018."""
    found: dict[str, Report] = {}
    for window in windows(scope.question):
        by_publication = replace(window.whole, published=True)
        for report in scope.store.inspections(
            fact_query(scope, by_publication, graded=False, authorities=named(scope))
        ):
            found[report.id] = report
    return found


def in_order(scope: FactScope, reports: Sequence[Report]) -> Sequence[Report]:
    """Return reports in the order that the question asks for. They must be given newest first."""
    order = scope.question.conditions.order
    return reports if order is None or order.newest_first else reports[::-1]
