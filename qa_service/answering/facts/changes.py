"""Changes of grade from one inspection to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from corpus.grades import OVERALL, Area, Grade, gives_grades, grade_of, is_unread, judgement_of, relation
from corpus.types import Report
from index.search.filtering import report_day
from index.storage.fact_query import Change
from qa_service.answering.facts.inspections import fact_query, graded_inspections, named
from qa_service.answering.facts.times import Window, says_now, windows
from qa_service.answering.facts.types import FactRow, FactScope
from qa_service.understanding.conditions.types import GradeChange, Which
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.times.period import Period

_SINCE_INSPECTION = re.compile(
    r"\bsince (?:the |its |their |that )?(?:[\w'’]+ ){1,3}(?:inspection|report)\b", re.IGNORECASE
)


def find_changes(scope: FactScope, change: GradeChange) -> list[Change]:
    """Return the changes that a question asks about, sorted by authority and then by day."""
    return changes_that_fit(scope, change, changes_in_time(scope, change.area or OVERALL, change))


def changes_that_fit(scope: FactScope, change: GradeChange, pairs: Iterable[Change]) -> list[Change]:
    """Return the pairs of successive inspections whose grades changed as a question says."""
    return [
        pair
        for pair in _latest_pairs_if_asked(scope, pairs)
        if pair.grade_before in change.before
        and pair.grade_after in change.after
        and relation(pair.grade_after, pair.grade_before) in change.relations
        and (pair.is_latest or not change.latest or scope.question.periods)
        and _far_enough(pair, change.least)
    ]


def _far_enough(pair: Change, least: int) -> bool:
    """Whether two grades are at least a given number of grades apart. If one is given, equal grades also count."""
    order = list(Grade)
    apart = abs(order.index(pair.grade_before) - order.index(pair.grade_after))
    return least == 1 or apart >= least


def changes_in_more_steps(scope: FactScope, change: GradeChange, pairs: Iterable[Change]) -> list[Change]:
    """Return the changes between the two grades that a question names, with another grade in between.

    Each authority has one change, from the last inspection with the first grade to the next inspection with the other.
    Empty if the question limits the inspections, because a change may begin or end outside its limits.
    """
    limited = scope.question.conditions.which not in (None, Which.EACH) or scope.question.conditions.led_by
    if not change.names_both or limited or any(w.is_limited or w.published for w in windows(scope.question)):
        return []
    started: dict[str, Change] = {}
    found: dict[str, Change] = {}
    for pair in pairs:
        if pair.grade_before in change.before:
            started[pair.authority] = pair
        began = started.get(pair.authority)
        if began and pair.grade_after in change.after:
            del started[pair.authority]
            if began is not pair:
                found.setdefault(pair.authority, replace(pair, before=began.before, grade_before=began.grade_before))
    return list(found.values())


def _latest_pairs_if_asked(scope: FactScope, pairs: Iterable[Change]) -> list[Change]:
    """If a question is about the latest inspection, keep only the last pair of inspections of each authority."""
    by_day = list(pairs)
    if not asks_about_latest(scope.question):
        return by_day
    return list({pair.authority: pair for pair in by_day}.values())


def asks_about_latest(question: Interpretation) -> bool:
    """Whether a question is about changes at the latest inspection. "Are good now" is about a grade, not a change."""
    return question.conditions.which is Which.LATEST and not says_now(question)


def changes_in_time(scope: FactScope, area: Area, change: GradeChange | None = None) -> list[Change]:
    """Return all pairs of successive inspections whose later one is in the time that a question names.

    If ``change`` compares a grade with that of an earlier time, return the inspections of the two times instead. Two
    inspections are not successive if we could not read the grade of an inspection between them.
    """
    if change and change.than:
        return _compared_with(scope, area, change.than)
    return _certain(scope, _pairs_in_time(scope, area), area)


def unread_inspections(scope: FactScope, area: Area) -> list[Report]:
    """Return the graded inspections whose grade for an area we could not read."""
    return [report for report in scope.reports if gives_grades(report) and is_unread(report, area)]


def _certain(scope: FactScope, pairs: list[Change], area: Area) -> list[Change]:
    """Leave out pairs with an unread grade between them.

    If an unread grade is later than a pair, the pair is not the latest.
    """
    unread = unread_inspections(scope, area)
    if not unread:
        return pairs
    certain = []
    for pair in pairs:
        before, after = report_day(scope.report(pair.before)), report_day(scope.report(pair.after))
        days = [report_day(report) for report in unread if report.authority == pair.authority]
        if not any(before < day < after for day in days):
            certain.append(replace(pair, is_latest=pair.is_latest and not any(day > after for day in days)))
    return certain


def _compared_with(scope: FactScope, area: Area, than: Period) -> list[Change]:
    """Return a pair for each authority that has a grade from both times. The pair has its latest grade from each time.

    If the question names only one time, the other grade is the latest one.
    """
    later = [period for period in scope.question.periods if period != than]
    windows_of = (Window((than.first, than.last)), Window((later[0].first, later[0].last)) if later else Window())
    first, last = (
        {r.authority: r for r in _graded_inspections(scope, window) if judgement_of(r, area)} for window in windows_of
    )
    if named(scope) and later:  # a grade is valid until the next one, so it may be from before the time
        first = {**_standing(scope, area, than.last), **first}
        last = {**_standing(scope, area, later[0].last), **last}
    pairs = []
    for name in sorted(name for name in first.keys() & last.keys() if name):
        before, after = (judgement_of(report[name], area) for report in (first, last))
        if before and after and report_day(first[name]) < report_day(last[name]):
            pairs.append(Change(name, first[name].id, last[name].id, grade_of(before), grade_of(after), is_latest=True))
    return pairs


def _standing(scope: FactScope, area: Area, day: date) -> dict[str | None, Report]:
    """For each authority named, return the inspection that had given its latest grade for an area by a day."""
    reports = _graded_inspections(scope, Window((date.min, day)))
    return {report.authority: report for report in reports if judgement_of(report, area)}


def _graded_inspections(scope: FactScope, window: Window) -> list[Report]:
    return scope.store.inspections(fact_query(scope, window, graded=True, authorities=named(scope)))


def _pairs_in_time(scope: FactScope, area: Area) -> list[Change]:
    if is_since_inspection(scope.question):
        return _changes_since(scope, area)
    pairs: list[Change] = []
    chosen = windows(scope.question)
    for window in chosen:
        query = fact_query(scope, window, graded=True, authorities=named(scope))
        pairs += [pair for pair in scope.store.changes(query, area) if pair not in pairs]
    if len(chosen) > 1 and all(period.exact for period in scope.question.periods):
        within = {report.id for report in _all_graded(scope)}  # "between its 2019 and 2023 inspections"
        pairs = [pair for pair in pairs if pair.before in within] or pairs
    return pairs


def _changes_since(scope: FactScope, area: Area) -> list[Change]:
    """Return the pairs of successive inspections that start in the time in the question, or later."""
    start = min(period.first for period in scope.question.periods)
    query = fact_query(scope, Window(), graded=True, authorities=named(scope))
    return [pair for pair in scope.store.changes(query, area) if report_day(scope.report(pair.before)) >= start]


def is_since_inspection(question: Interpretation) -> bool:
    """Whether a question asks what changed since an inspection at a given time: "since the 2023 inspection".

    Later grades are compared with the grade of that inspection, so a change at that inspection itself does not count.
    """
    return bool(question.periods) and bool(_SINCE_INSPECTION.search(question.text))


def _all_graded(scope: FactScope) -> list[Report]:
    """Return all graded inspections from the times that a question names."""
    return [report for reports in graded_inspections(scope, all_of_them=True).values() for report in reports]


def change_rows(scope: FactScope, pair: Change, area: Area) -> tuple[FactRow, ...]:
    """Return the two grades of a change, the earlier one first."""
    rows = []
    for report in (scope.report(pair.before), scope.report(pair.after)):
        judgement = judgement_of(report, area)
        if judgement:
            rows.append(FactRow(report, judgement))
    return tuple(rows)
