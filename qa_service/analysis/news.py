"""What each addition of reports changed: new reports, grades that moved, items to improve and counts of themes.

Everything is worked out from the current build. A report keeps the time at which it was added, so no earlier build is
needed, and a report that was removed leaves no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.grades import MAIN_AREAS, Area
from corpus.types import Report
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
    """Whether there were no reports before."""

    def __post_init__(self) -> None:
        if not self.reports or self.when.tzinfo is None:
            raise ValueError(f"an addition has reports, and a time with its zone: {self.when}")

    @property
    def id(self) -> str:
        """The time in UTC as digits, such as "20261130T052211567826"."""
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
    """Grades that moved, or stayed the same, with a new report as the later one. The areas are in the usual order."""
    items: int
    """Number of items that the new reports ask to improve."""
    replaced: tuple[Report, ...]
    """Earlier issues that the new reports replace."""
    themes: tuple[ThemeMove, ...]
    """The themes that new reports praise or criticise."""


def additions(index: SearchIndex) -> list[Addition]:
    """Return all additions, latest first."""
    usable = {report.id for report in index.store.reports}
    by_time: dict[str, list[Report]] = {}
    for report, added in index.store.additions():
        if report.id in usable:
            by_time.setdefault(added, []).append(report)
    times = sorted(by_time, key=datetime.fromisoformat)
    found = [
        Addition(datetime.fromisoformat(time), tuple(sorted(by_time[time], key=_order)), is_first=time == times[0])
        for time in times
    ]
    return found[::-1]


def find_addition(index: SearchIndex, addition_id: str) -> Addition | None:
    """Return the addition with the given id. None if there is none."""
    return next((each for each in additions(index) if each.id == addition_id), None)


def news_of(index: SearchIndex, addition: Addition) -> News:
    """Return what an addition changed. Later additions do not count."""
    new = {report.id for report in addition.reports}
    until = [
        report
        for report, added in index.store.additions()
        if report.superseded_by is None and datetime.fromisoformat(added) <= addition.when
    ]
    before = [report for report in until if report.id not in new]
    return News(
        addition,
        tuple((area, movement) for area in MAIN_AREAS for movement in _movements_to(until, area, new)),
        items=sum(len(report.improvements) for report in addition.reports),
        replaced=tuple(each for each in index.store.all_reports() if each.superseded_by in new),
        themes=tuple(_moved_themes(index, before, until)),
    )


def _movements_to(reports: Sequence[Report], area: Area, new: set[str]) -> list[Movement]:
    found = movements_among(grade_histories(reports, area), MovementQuery())
    return [movement for movement in found if movement.after.report.id in new]


def _moved_themes(index: SearchIndex, before: Sequence[Report], after: Sequence[Report]) -> list[ThemeMove]:
    pairs = zip(count_themes(index, before), count_themes(index, after), strict=True)
    moves = [ThemeMove(*pair) for pair in pairs]
    return [move for move in moves if move.more_strengths or move.more_weaknesses]


def _order(report: Report) -> tuple[str, int, str]:
    return ((report.authority or report.title).casefold(), report_day(report).toordinal(), report.file)
