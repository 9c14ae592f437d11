"""Works out which reports a question refers to by their dates, by their kinds, or as the latest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.grades import OVERALL, Grade, grade_named
from corpus.types import FULL_INSPECTIONS, OTHER_KINDS, Kind, Report
from index.search.filtering import report_day
from qa_service.calibration import PREFERENCE
from qa_service.understanding.conditions.types import Which
from qa_service.understanding.interpretation import Interpretation, Part, is_about_partnership
from qa_service.understanding.times.period import Period, closeness


def preferences(question: Interpretation, part: Part, reports: Sequence[Report]) -> dict[str, float]:
    """Return how much to add to the scores of each preferred report's passages, by report id.

    A report is preferred for its time or its kind, or because it is the latest. If the question names no time, newer
    reports are slightly preferred, because a weakness in an old report may have been put right.
    """
    added: dict[str, float] = {}
    latest = _latest(question, part, reports) if part.latest and part.after is None else set()
    timeless = bool(part.authorities) and (part.after is not None or not (part.periods or part.latest))
    newest = _newest(reports) if timeless else {}
    for report in reports:
        bonus = PREFERENCE.recent * _recency(report, newest) if timeless else 0.0
        bonus += PREFERENCE.period * max((_match(report, period) for period in part.periods), default=0.0)
        bonus += PREFERENCE.kind * (report.kind in question.kinds)
        bonus += PREFERENCE.latest * (report.id in latest)
        bonus += PREFERENCE.form * (report.form is question.form)
        bonus += PREFERENCE.claimed_grade * (timeless and _gave(report, question.claimed_grade))
        if bonus:
            added[report.id] = PREFERENCE.scale * bonus
    return added


def reports_of_time(part: Part, reports: Sequence[Report]) -> set[str] | None:
    """Return the ids of the reports on a part's authorities that match its times. None if the part names no time.

    If a part names several years, a report from any of them counts.
    """
    if not part.periods:
        return None
    about = [report for report in reports if not part.authorities or report.authority in part.authorities]
    exact = [period for period in part.periods if period.exact]
    limits = [period for period in part.periods if not period.exact]
    return {
        report.id
        for report in about
        if (not exact or any(closeness(report, period) for period in exact))
        and all(_ended_in(report, period) for period in limits)
    }


def reports_of_kind(question: Interpretation, part: Part, reports: Sequence[Report]) -> set[str] | None:
    """Return the ids of the reports of the kinds that a question names, or of the latest reports if it asks for them.

    None if the question does not limit the reports.
    """
    conditions = question.conditions
    position = _POSITIONS.get(conditions.which) if conditions.which else None
    left_out = question.times_left_out
    since = question.since_last
    if not (question.only_kinds or part.latest or since or conditions.excluded or left_out or position is not None):
        return None
    allowed = [
        report
        for report in reports
        if report.authority not in conditions.excluded and not any(_ended_in(report, period) for period in left_out)
    ]
    if question.only_kinds:
        allowed = [report for report in allowed if report.kind in question.kinds]
    if position is not None:
        return _at(position, question, allowed)
    chosen = {report.id for report in allowed}
    if part.latest:
        chosen = _after(question, part, allowed) or _latest(question, part, allowed)
    elif since:
        chosen = _since_last(question, allowed)
    return {report.id for report in allowed if report.id in chosen}


_POSITIONS: Mapping[Which, int] = {Which.FIRST: 0, Which.PREVIOUS: -2}
"""For each choice, the index of the report that it takes from an authority's reports, oldest first."""


def _at(position: int, question: Interpretation, reports: Sequence[Report]) -> set[str]:
    """Return the id of the report at a given position for each authority.

    Only full inspections count, unless the question names kinds.
    """
    of_kind = [r for r in reports if r.kind in (question.kinds if question.only_kinds else FULL_INSPECTIONS)]
    by_authority: dict[str | None, list[Report]] = {}
    for report in sorted(of_kind, key=report_day):
        by_authority.setdefault(report.authority, []).append(report)
    return {listed[position].id for listed in by_authority.values() if -len(listed) <= position < len(listed)}


def _ended_in(report: Report, period: Period) -> bool:
    """Whether an inspection ended in a period.

    If the period is about publication, whether the report was published then.
    """
    day = report.published if period.published else report_day(report)
    return day is not None and day != date.min and period.first <= day <= period.last


def _newest(reports: Sequence[Report]) -> dict[str | None, date]:
    """Return the date of each authority's newest report."""
    newest: dict[str | None, date] = {}
    for report in reports:
        newest[report.authority] = max(report_day(report), newest.get(report.authority, date.min))
    return newest


def _recency(report: Report, newest: Mapping[str | None, date]) -> float:
    """Return 1.0 for an authority's newest report, and 0.5 for one ``PREFERENCE.years_to_half`` years older."""
    years = (newest[report.authority] - report_day(report)).days / 365.25
    return PREFERENCE.years_to_half / (PREFERENCE.years_to_half + years)


def _gave(report: Report, grade: Grade | None) -> bool:
    """Whether a report gives this overall grade."""
    return grade is not None and any(
        OVERALL.is_printed_as(judgement.area) and grade_named(judgement.grade) is grade
        for judgement in report.judgements
    )


def _match(report: Report, period: Period) -> float:
    """Return how well a report matches a period, from 0 to 1."""
    return closeness(report, period) * (1.0 if period.exact else PREFERENCE.vague_period)


def _latest(question: Interpretation, part: Part, reports: Sequence[Report]) -> set[str]:
    """Return the ids of the latest reports on the authorities in a part of a question.

    If the question names kinds, only those kinds count.
    """
    latest: dict[str | None, Report] = {}
    for report in reports:
        named = not part.authorities or report.authority in part.authorities
        if (
            named
            and (not question.kinds or report.kind in question.kinds)
            and _is_of_remit(question, report)
            and (report.authority not in latest or report_day(report) > report_day(latest[report.authority]))
        ):
            latest[report.authority] = report
    return {report.id for report in latest.values()}


def _is_of_remit(question: Interpretation, report: Report) -> bool:
    """Whether a report is of a kind that describes the present position on the subject of a question."""
    of_partnership = report.kind is Kind.AREA_SEND
    return (is_about_partnership(question) or not of_partnership) and (
        report.kind not in OTHER_KINDS or report.kind in question.kinds
    )


def _after(question: Interpretation, part: Part, reports: Sequence[Report]) -> set[str]:
    """Return the ids of the reports after the time that a part compares with. Empty if it compares with none."""
    if part.after is None:
        return set()
    return {report.id for report in reports if report_day(report) > part.after.last and _is_of_remit(question, report)}


def _since_last(question: Interpretation, reports: Sequence[Report]) -> set[str]:
    """Return the ids of each authority's last full inspection and of the reports after it."""
    full = (Kind.AREA_SEND,) if is_about_partnership(question) else FULL_INSPECTIONS
    last = _newest([report for report in reports if report.kind in full])
    return {
        report.id
        for report in reports
        if report_day(report) >= last.get(report.authority, date.min) and _is_of_remit(question, report)
    }
