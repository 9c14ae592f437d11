"""Decides which reports pass the filters in a query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from corpus.grades import grade_named
from corpus.types import Report
from index.types import Filters


def allowed_reports(reports: Sequence[Report], filters: Filters) -> npt.NDArray[np.bool_]:
    """Return, for each report, whether it passes the filters."""
    allowed = [_passes(report, filters) for report in reports]
    if filters.latest_only:
        latest = latest_ids([report for report, passes in zip(reports, allowed, strict=True) if passes])
        allowed = [passes and report.id in latest for report, passes in zip(reports, allowed, strict=True)]
    return np.array(allowed, dtype=bool)


def latest_ids(reports: Sequence[Report]) -> set[str]:
    """Return the ids of each authority's latest report of each kind, by the last day of the inspection."""
    latest: dict[tuple[str | None, str | None], Report] = {}
    for report in reports:
        key = (report.authority, report.kind)
        if key not in latest or report_day(report) > report_day(latest[key]):
            latest[key] = report
    return {report.id for report in latest.values()}


def report_day(report: Report) -> date:
    """Return the day by which reports are sorted.

    This is the last day of the inspection or, if that is unknown, the day of publication. A report with neither date
    comes first.
    """
    return report.inspected_to or report.published or date.min


def _passes(report: Report, filters: Filters) -> bool:
    return (
        _is_any_of(report.authority, filters.authority)
        and _is_any_of(report.kind, filters.kind)
        and _is_any_of(report.form, filters.form)
        and _is_any_of(report.id, filters.report_id)
        and (not filters.grade or any(_has_grade(report, area, grade) for area, grade in filters.grade))
        and _is_within(report.inspected_to, filters.inspected_from, None)
        and _is_within(report.inspected_from, None, filters.inspected_to)
        and _is_within(report.published, filters.published_from, filters.published_to)
    )


def _is_any_of(value: str | None, choices: Sequence[str]) -> bool:
    return not choices or (value is not None and value.casefold() in {choice.casefold() for choice in choices})


def _is_within(day: date | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _has_grade(report: Report, area: str, grade: str) -> bool:
    """Return whether a report gives an area a particular grade. A part of the area's name is enough."""
    return any(
        area.casefold() in judgement.area.casefold() and _same_grade(judgement.grade, grade)
        for judgement in report.judgements
    )


def _same_grade(printed: str, asked: str) -> bool:
    """Compare two grades in any of their forms.

    Other printed words, such as an outcome, match if they start with the words in the filter.
    """
    grade = grade_named(asked)
    return grade_named(printed) is grade if grade else printed.casefold().startswith(asked.casefold())
