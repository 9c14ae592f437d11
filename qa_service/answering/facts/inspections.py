"""Finds the inspections that a question about facts refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.types import Report
from index.search.filtering import report_day
from index.storage.fact_query import FactQuery, Pick
from qa_service.analysis.grade_history import last_full_of
from qa_service.answering.facts.times import Window, left_out, windows
from qa_service.answering.facts.types import FactScope
from qa_service.understanding.conditions.types import Which


def fact_query(scope: FactScope, window: Window, *, graded: bool, authorities: Iterable[str] = ()) -> FactQuery:
    """Return the query that finds the inspections of a scope within a window of days."""
    question = scope.question
    days = (window.days,) if window.is_limited else ()
    return FactQuery(
        reports=scope.ids,
        authorities=tuple(authorities),
        excluded=question.conditions.excluded,
        kinds=() if graded else question.conditions.kinds,
        other_kinds=() if graded else question.conditions.other_kinds,
        graded=graded,
        days=() if window.published else days,
        published=days if window.published else (),
        not_days=left_out(question),
        led_by=question.conditions.led_by,
        pick=window.pick,
    )


def named(scope: FactScope) -> tuple[str, ...]:
    """Return the authorities that a question names, except those that it excludes."""
    return tuple(name for name in scope.question.authorities if name not in scope.question.conditions.excluded)


def all_inspections(scope: FactScope) -> list[Report]:
    """Return the reports of the kinds and times that a question names, by authority."""
    found: dict[str, Report] = {}
    for window in windows(scope.question):
        for report in scope.store.inspections(fact_query(scope, window.whole, graded=False, authorities=named(scope))):
            found[report.id] = report
    return list((after_last_full(scope, found) if scope.question.conditions.since_last_full else found).values())


def after_last_full(scope: FactScope, reports: Mapping[str, Report]) -> dict[str, Report]:
    """Return the reports on inspections and visits after the last full inspection of their authority."""
    last = {name: last_full_of(r for r in scope.reports if r.authority == name) for name in scope.authorities}
    return {
        key: report
        for key, report in reports.items()
        if (full := last.get(report.authority or "")) and report_day(report) > report_day(full)
    }


def graded_inspections(scope: FactScope, *, all_of_them: bool) -> dict[str, list[Report]]:
    """Return the graded inspections of each authority in the times that a question names, oldest first."""
    found: dict[str, list[Report]] = {}
    for window in windows(scope.question):
        picked = window.whole if all_of_them else window
        for report in scope.store.inspections(fact_query(scope, picked, graded=True, authorities=named(scope))):
            if report.authority and report not in found.setdefault(report.authority, []):
                found[report.authority].append(report)
    return found


def picked_inspections(scope: FactScope, every: Mapping[str, Sequence[Report]]) -> Mapping[str, Sequence[Report]]:
    """Return the graded inspections of each authority that a question is about.

    ``every`` contains all graded inspections from the times that the question names.
    """
    chosen = windows(scope.question)
    if len(chosen) != 1:
        return graded_inspections(scope, all_of_them=False)
    picked = _PLACES[chosen[0].pick]
    return {name: reports[picked] for name, reports in every.items()}


_PLACES = {Pick.ALL: slice(None), Pick.FIRST: slice(1), Pick.LATEST: slice(-1, None), Pick.PREVIOUS: slice(-2, -1)}
"""The slice that each choice takes from an authority's inspections, oldest first."""


def named_inspections(scope: FactScope, *, all_of_them: bool = False) -> list[Report]:
    """Return the graded inspections that a question is about, by authority in the order named and then by day."""
    reports: list[Report] = []
    for window in windows(scope.question):
        picked = window.whole if all_of_them else window
        found = scope.store.inspections(fact_query(scope, picked, graded=True, authorities=named(scope)))
        if not found and window.is_limited and not window.published:
            by_publication = Window(window.days, picked.pick, window.words, published=True)
            closed = all(period.exact for period in scope.question.periods)
            if closed and scope.question.conditions.which not in (Which.BEFORE, Which.AFTER):
                found = scope.store.inspections(
                    fact_query(scope, by_publication, graded=True, authorities=named(scope))
                )
        reports += [report for report in found if report not in reports]
    order = {name: place for place, name in enumerate(named(scope))}
    return sorted(reports, key=lambda report: order.get(str(report.authority), 0))
