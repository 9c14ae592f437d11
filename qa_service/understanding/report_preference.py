"""Which reports a question means: by their time, their kind, or being the latest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.types import Kind, Report
from index.search.filtering import report_day
from qa_service.understanding.grade_claims import grade_of
from qa_service.understanding.interpretation import Interpretation, Part, is_of_partnership
from qa_service.understanding.periods import Period, closeness

_PREFERENCE = {"period": 2.0, "kind": 0.6, "latest": 1.0, "form": 1.0, "claimed": 1.0, "recent": 0.3, "scale": 0.7}
"""How much each wish that a report meets adds to its passages' scores, all times the scale; a score is under 2."""
_YEARS_TO_HALF = 3.0


def preferences(question: Interpretation, part: Part, reports: Sequence[Report]) -> dict[str, float]:
    """What is added for each report that meets a wish of the question: the time, the kind, being the latest.

    Where a question names no time, newer reports are preferred a little: an old finding may have been put right since.
    """
    added: dict[str, float] = {}
    latest = _latest(question, part, reports) if part.latest else set()
    timeless = bool(part.authorities) and not part.periods and not part.latest
    newest = _newest(reports) if timeless else {}
    for report in reports:
        bonus = _PREFERENCE["recent"] * _recency(report, newest) if timeless else 0.0
        bonus += _PREFERENCE["period"] * max((_wish(report, period) for period in part.periods), default=0.0)
        bonus += _PREFERENCE["kind"] * (report.kind in question.kinds)
        bonus += _PREFERENCE["latest"] * (report.id in latest)
        bonus += _PREFERENCE["form"] * (report.form is question.form)
        bonus += _PREFERENCE["claimed"] * (timeless and _gave(report, question.claimed))
        if bonus:
            added[report.id] = _PREFERENCE["scale"] * bonus
    return added


def reports_of_time(part: Part, reports: Sequence[Report]) -> set[str] | None:
    """Ids of the reports of the times that a part names, and of its authorities; None where it names no time."""
    exact = [period for period in part.periods if period.exact]
    if not exact:
        return None
    about = (report for report in reports if not part.authorities or report.authority in part.authorities)
    return {report.id for report in about if any(closeness(report, period) for period in exact)}


def _newest(reports: Sequence[Report]) -> dict[str | None, date]:
    """The day of each authority's newest report."""
    newest: dict[str | None, date] = {}
    for report in reports:
        newest[report.authority] = max(report_day(report), newest.get(report.authority, date.min))
    return newest


def _recency(report: Report, newest: Mapping[str | None, date]) -> float:
    """1.0 for an authority's newest report, half of that for one of three years before it, and so on."""
    years = (newest[report.authority] - report_day(report)).days / 365.25
    return _YEARS_TO_HALF / (_YEARS_TO_HALF + years)


def _gave(report: Report, claimed: str | None) -> bool:
    """Whether a report's overall grade is the one that a question takes for given."""
    return any("overall" in j.area.lower() and grade_of(j.grade) == claimed for j in report.judgements)


def _wish(report: Report, period: Period) -> float:
    return closeness(report, period) * (1.0 if period.exact else 0.3)


def _latest(question: Interpretation, part: Part, reports: Sequence[Report]) -> set[str]:
    """The latest report of each of a part's authorities, among those of the kinds named if there are any."""
    latest: dict[str | None, Report] = {}
    partnership = is_of_partnership(question)
    for report in reports:
        fits = not question.kinds or report.kind in question.kinds
        fits = fits and (partnership or report.kind is not Kind.AREA_SEND)
        named = not part.authorities or report.authority in part.authorities
        if (
            fits
            and named
            and (report.authority not in latest or report_day(report) > report_day(latest[report.authority]))
        ):
            latest[report.authority] = report
    return {report.id for report in latest.values()}
