"""Which reports a search is limited to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from corpus.grades import grade_named
from corpus.types import Report
from index.types import Filters


def allowed_reports(reports: Sequence[Report], filters: Filters) -> npt.NDArray[np.bool_]:
    """For each report, whether the filters let it through."""
    through = [_passes(report, filters) for report in reports]
    if filters.latest_only:
        latest = latest_ids([report for report, passes in zip(reports, through, strict=True) if passes])
        through = [passes and report.id in latest for report, passes in zip(reports, through, strict=True)]
    return np.array(through, dtype=bool)


def latest_ids(reports: Sequence[Report]) -> set[str]:
    """Ids of each authority's latest report of each kind, by the inspection's last day."""
    latest: dict[tuple[str | None, str | None], Report] = {}
    for report in reports:
        key = (report.authority, report.kind)
        if key not in latest or report_day(report) > report_day(latest[key]):
            latest[key] = report
    return {report.id for report in latest.values()}


def report_day(report: Report) -> date:
    """The day that a report stands for: the inspection's last, else its publication's, else before all others."""
    return report.inspected_to or report.published or date.min


def _passes(report: Report, filters: Filters) -> bool:
    return (
        _among(report.authority, filters.authority)
        and _among(report.kind, filters.kind)
        and _among(report.form, filters.form)
        and _among(report.id, filters.report_id)
        and (not filters.grade or any(_graded(report, area, grade) for area, grade in filters.grade))
        and _within(report.inspected_to, filters.inspected_from, None)
        and _within(report.inspected_from, None, filters.inspected_to)
        and _within(report.published, filters.published_from, filters.published_to)
    )


def _among(value: str | None, wanted: Sequence[str]) -> bool:
    return not wanted or (value is not None and value.casefold() in {w.casefold() for w in wanted})


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _graded(report: Report, area: str, grade: str) -> bool:
    """Return whether a report gives an area a grade. Part of the area's name is enough."""
    return any(
        area.casefold() in judgement.area.casefold() and _same_grade(judgement.grade, grade)
        for judgement in report.judgements
    )


def _same_grade(printed: str, asked: str) -> bool:
    """Compare two grades in any of their forms. Other words, such as those of an outcome, match by how they begin."""
    grade = grade_named(asked)
    return grade_named(printed) is grade if grade else printed.casefold().startswith(asked.casefold())
