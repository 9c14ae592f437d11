"""Runs queries over the facts of reports: the inspections that took place, their grades, and changes of grade.

No part of a question becomes SQL. Every value is a parameter, and lists are passed as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.grades import CARE_LEAVERS, Area, Grade
from corpus.types import Kind, Report

RunSql = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
Days = tuple[date, date]
"""First and last day."""


class Pick(StrEnum):
    """Which inspections of each authority a query returns."""

    LATEST = "latest"
    PREVIOUS = "previous"
    FIRST = "first"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Limits on the reports that a query finds. An empty field sets no limit, except ``reports``."""

    reports: tuple[str, ...]
    """Ids of the reports that may be used."""
    authorities: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    other_kinds: tuple[Kind, ...] = ()
    """Kinds that are left out."""
    graded: bool = False
    """Whether to include only inspections that grade an authority's services."""
    area: Area | None = None
    """Include only inspections that grade this area."""
    days: tuple[Days, ...] = ()
    """The inspection must end in one of these periods."""
    not_days: tuple[Days, ...] = ()
    published: tuple[Days, ...] = ()
    led_by: str = ""
    """Words from the lead inspector's name, in any case."""
    pick: Pick = Pick.ALL

    def of_all_authorities_and_times(self) -> FactQuery:
        """Return the same query without the limits that :meth:`covers` checks."""
        return replace(self, authorities=(), excluded=(), days=(), not_days=(), published=(), pick=Pick.ALL)

    def covers(self, report: Report) -> bool:
        """Return whether a report is within the query's limits on authorities and times."""
        day = report.inspected_to or report.published
        return (
            (not self.authorities or report.authority in self.authorities)
            and report.authority not in self.excluded
            and (not self.days or _is_within(day, self.days))
            and not _is_within(day, self.not_days)
            and (not self.published or _is_within(report.published, self.published))
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Two inspections of an authority, one after the other, that both grade an area."""

    authority: str
    before: str
    """Id of the earlier report."""
    after: str
    grade_before: Grade
    grade_after: Grade
    is_latest: bool
    """Whether the later inspection is the authority's latest one that grades the area."""


_GRADES = tuple(Grade)
_WHERE = """
    f.report_id IN (SELECT value FROM json_each(?1))
    AND (?2 = '[]' OR f.authority IN (SELECT value FROM json_each(?2)))
    AND (f.authority IS NULL OR f.authority NOT IN (SELECT value FROM json_each(?3)))
    AND (?4 = '[]' OR f.kind IN (SELECT value FROM json_each(?4)))
    AND (?5 = 0 OR f.graded = 1)
    AND (f.kind IS NULL OR f.kind NOT IN (SELECT value FROM json_each(?6)))
    AND (?7 = '' OR instr(lower(f.lead_inspector), lower(?7)) > 0)
"""
_ON_DAYS = """
    (?8 = '[]' OR EXISTS (SELECT 1 FROM json_each(?8) AS d WHERE f.day <> ''
        AND f.day BETWEEN json_extract(d.value, '$[0]') AND json_extract(d.value, '$[1]')))
    AND NOT EXISTS (SELECT 1 FROM json_each(?9) AS d
        WHERE f.day BETWEEN json_extract(d.value, '$[0]') AND json_extract(d.value, '$[1]'))
    AND (?10 = '[]' OR EXISTS (SELECT 1 FROM json_each(?10) AS d
        WHERE f.published BETWEEN json_extract(d.value, '$[0]') AND json_extract(d.value, '$[1]')))
"""
_INSPECTIONS = f"""
WITH picked AS (
    SELECT report_id, authority, day,
        row_number() OVER (PARTITION BY authority ORDER BY day DESC, report_id DESC) AS from_latest,
        row_number() OVER (PARTITION BY authority ORDER BY day, report_id) AS from_first
    FROM report_facts AS f
    WHERE {_WHERE} AND {_ON_DAYS}
    AND (?11 = '' OR EXISTS (SELECT 1 FROM grade_facts AS g WHERE g.report_id = f.report_id AND g.area = ?11
        AND g.rank IS NOT NULL))
)
SELECT report_id FROM picked
WHERE ?12 = 'all' OR (?12 = 'latest' AND from_latest = 1) OR (?12 = 'previous' AND from_latest = 2)
    OR (?12 = 'first' AND from_first = 1)
ORDER BY authority IS NULL, authority, day, report_id
"""  # noqa: S608 - the parts inserted are the constants above
_CHANGES = f"""
WITH graded AS (
    SELECT f.report_id, f.authority, f.day, g.rank, g.shared,
        lag(g.shared) OVER inspections AS before_shared,
        lag(f.report_id) OVER inspections AS before_id, lag(g.rank) OVER inspections AS before_rank,
        lead(f.report_id) OVER inspections IS NULL AS is_latest
    FROM report_facts AS f JOIN grade_facts AS g ON g.report_id = f.report_id AND g.area = ?8 AND g.rank IS NOT NULL
    WHERE {_WHERE} AND f.authority IS NOT NULL
    AND g.position = (SELECT min(position) FROM grade_facts WHERE report_id = f.report_id AND area = ?8)
    WINDOW inspections AS (PARTITION BY f.authority ORDER BY f.day, f.report_id)
)
SELECT authority, before_id, report_id, before_rank, rank, is_latest FROM graded AS f
WHERE before_id IS NOT NULL AND (?9 = 0 OR (shared = 0 AND before_shared = 0))
ORDER BY authority, day
"""  # noqa: S608 - the parts inserted are the constants above


def inspections(query: FactQuery, run: RunSql) -> list[str]:
    """Return the ids of the reports that match a query, ordered by authority and then by day."""
    area = query.area.key if query.area else ""
    times = (_days(query.days), _days(query.not_days), _days(query.published))
    values = [*_limits(query), *times, area, str(query.pick)]
    return [report_id for (report_id,) in run(_INSPECTIONS, values)]


def changes(query: FactQuery, area: Area, run: RunSql) -> list[Change]:
    """Return each pair of successive inspections that grade an area. The query's limits on time are ignored.

    A single grade for care leavers and children in care is not treated as a grade for care leavers.
    """
    rows = run(_CHANGES, [*_limits(query), area.key, int(area is CARE_LEAVERS)])
    return [
        Change(authority, before, after, _GRADES[before_rank], _GRADES[rank], bool(is_latest))
        for authority, before, after, before_rank, rank, is_latest in rows
    ]


def _limits(query: FactQuery) -> list[Any]:
    return [
        json.dumps(query.reports),
        json.dumps(query.authorities),
        json.dumps(query.excluded),
        _kinds(query.kinds),
        int(query.graded),
        _kinds(query.other_kinds),
        query.led_by,
    ]


def _kinds(kinds: Iterable[Kind]) -> str:
    return json.dumps([str(kind) for kind in kinds])


def _is_within(day: date | None, periods: Iterable[Days]) -> bool:
    return day is not None and any(first <= day <= last for first, last in periods)


def _days(periods: Iterable[Days]) -> str:
    return json.dumps([[first.isoformat(), last.isoformat()] for first, last in periods])
