"""What changed each time that reports were added: new reports, grades, items to improve and counts of themes.

We work out everything from the current build. Each report keeps the time at which it was added, so we need no earlier
build. A report that was removed leaves no trace. A report that was replaced keeps its grades and its items, but not its
text. So we use its latest issue to count themes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from corpus.grades import MAIN_AREAS, Area, Grade
from corpus.types import Report
from index.building.reissues import superseded
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service.analysis.grade_history import Movement, MovementQuery, grade_histories, movements_among
from qa_service.analysis.themes import ThemeCount, count_themes


@dataclass(frozen=True, slots=True)
class Addition:
    """The reports that one build added."""

    when: datetime
    reports: tuple[Report, ...]
    """Sorted by authority and then by day."""
    is_first: bool
    """Whether there were no reports in the index before."""

    def __post_init__(self) -> None:
        if not self.reports or self.when.tzinfo is None:
            raise ValueError(f"an addition has reports, and a time with its zone: {self.when}")

    @property
    def id(self) -> str:
        """The time of the addition in UTC, as digits: "20261130T052211567826"."""
        return f"{self.when.astimezone(UTC):%Y%m%dT%H%M%S%f}"


@dataclass(frozen=True, slots=True)
class ThemeMove:
    """The counts of a theme before and after an addition."""

    before: ThemeCount
    after: ThemeCount

    @property
    def more_weaknesses(self) -> int:
        """How many of the new reports criticise the theme."""
        return self.after.weaknesses - self.before.weaknesses

    @property
    def more_strengths(self) -> int:
        """How many of the new reports praise the theme."""
        return self.after.strengths - self.before.strengths


@dataclass(frozen=True, slots=True)
class News:
    """What an addition changed."""

    addition: Addition
    movements: tuple[tuple[Area, Movement], ...]
    """Each change from an earlier grade to a grade in a new report, even if the two are the same. The areas are in the
    usual order."""
    items: int
    """Number of items that the new reports ask to improve."""
    replaced: tuple[Report, ...]
    """Earlier issues that the new reports replace."""
    themes: tuple[ThemeMove, ...]
    """The themes that new reports praise or criticise. A later issue counts as the report that it replaces."""
    reissued: int = 0
    """Number of the new reports that have since been replaced. We count their themes in the later issue."""


def additions(index: SearchIndex) -> list[Addition]:
    """Return all additions, latest first. They include reports that were replaced later."""
    added = list(index.store.additions())
    times = sorted({time for _, time in added}, key=_moment)
    found = []
    for time in times:
        in_force = {report.id for report in _in_force(added, _moment(time))}
        new = [report for report, of_report in added if of_report == time and report.id in in_force]
        if new:
            found.append(Addition(_moment(time), tuple(sorted(new, key=_order)), is_first=time == times[0]))
    return found[::-1]


def find_addition(index: SearchIndex, addition_id: str) -> Addition | None:
    """Return the addition with the given id. None if no addition has this id."""
    return next((each for each in additions(index) if each.id == addition_id), None)


def news_of(index: SearchIndex, addition: Addition) -> News:
    """Return what an addition changed. It does not take later additions into account."""
    added = list(index.store.additions())
    new = {report.id for report in addition.reports}
    until = _in_force(added, addition.when)
    before = _in_force([each for each in added if _moment(each[1]) < addition.when], addition.when)
    standing = {report.id for report in until}
    replaced = [report for report in before if report.id not in standing]
    return News(
        addition,
        tuple((area, movement) for area in MAIN_AREAS for movement in _movements_to(new, until, before, area)),
        items=sum(len(report.improvements) for report in addition.reports),
        replaced=tuple(index.store.report(report.id) or report for report in replaced),
        themes=tuple(_moved_themes(index, _latest_issues(index, before), _latest_issues(index, until))),
        reissued=sum(each.superseded_by is not None for each in addition.reports),
    )


def _in_force(added: Sequence[tuple[Report, str]], when: datetime) -> list[Report]:
    """Return the reports that could be used for answers at a time, as they were then.

    ``added`` has all reports, each with the time at which it was added. An earlier issue of a report is replaced only
    if the same people may see both. So a report that is not replaced now was not replaced then either.
    """
    until = [(replace(report, superseded_by=None), time) for report, time in added if _moment(time) <= when]
    replaced_now = {report.id for report, _ in added if report.superseded_by}
    replaced = replaced_now.intersection(superseded(until))
    return [report for report, _ in until if report.id not in replaced]


def _latest_issues(index: SearchIndex, reports: Sequence[Report]) -> list[Report]:
    """Return reports.

    For an issue that was replaced later, and whose text is not kept, return the latest issue instead.
    """
    found = (index.store.report(report.id) or report for report in reports)
    latest = (index.store.report(report.superseded_by) if report.superseded_by else report for report in found)
    return list({report.id: report for report in latest if report}.values())


def _movements_to(
    new: Collection[str], until: Sequence[Report], before: Sequence[Report], area: Area
) -> list[Movement]:
    """Return the movements to the grades of new reports.

    A later issue that repeats the grade does not count as news.
    """
    known = {_key(movement) for movement in movements_among(grade_histories(before, area), MovementQuery())}
    found = movements_among(grade_histories(until, area), MovementQuery())
    return [movement for movement in found if movement.after.report.id in new and _key(movement) not in known]


def _key(movement: Movement) -> tuple[str, Grade, date, Grade, date]:
    """Return a key that is the same for a movement even if one of its reports was issued again."""
    before, after = movement.before, movement.after
    return movement.authority, before.grade, before.day, after.grade, after.day


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(time)


def _moved_themes(index: SearchIndex, before: Sequence[Report], after: Sequence[Report]) -> list[ThemeMove]:
    pairs = zip(count_themes(index, before), count_themes(index, after), strict=True)
    moves = [ThemeMove(*pair) for pair in pairs]
    return [move for move in moves if move.more_strengths or move.more_weaknesses]


def _order(report: Report) -> tuple[str, int, str]:
    return ((report.authority or report.title).casefold(), report_day(report).toordinal(), report.file)
