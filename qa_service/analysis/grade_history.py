"""The grades that authorities were given over time, and how each grade changed from one inspection to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.facts.report_days import OTHER_DATE
from corpus.grades import (
    CARE_LEAVERS,
    Area,
    Grade,
    Relation,
    areas_of,
    gives_grades,
    grade_of,
    is_unread,
    judgement_of,
    relation,
)
from corpus.types import FULL_INSPECTIONS, OWN_ACCOUNT, Judgement, Report
from index.search.filtering import report_day

HOW_READ = (
    "Each grade comes from the table of grades or the title page of a report, and links to that page. We count only "
    "inspections of an authority’s services for children. Until 2013, inspections used another scale, so we leave "
    "those grades out."
)
HOW_COMPARED = (
    "We compare each inspection with the one before it that graded the same area. If we could not read the grade from "
    "an inspection between the two, we do not compare them. A new framework may grade an area in a different way, so "
    "we say when the two inspections followed different frameworks. Some inspections before 2023 gave a single grade "
    "for care leavers and children in care. We do not compare that grade with a grade for care leavers alone."
)

_UNKNOWN = "unknown"


class HistoryOrder(StrEnum):
    """The order in which to list authorities."""

    AUTHORITY = "authority"
    GRADE = "grade"
    """The best latest grade comes first."""
    LONGEST = "longest"
    """The authority that has waited longest since its last full inspection comes first."""


@dataclass(frozen=True, slots=True)
class GivenGrade:
    """The grade that an inspection gave an area."""

    report: Report
    judgement: Judgement
    grade: Grade
    shared: bool = False
    """Whether the report gave one grade to this area and another together, so that this area's own grade is unknown."""

    @property
    def day(self) -> date:
        """The last day of the inspection or, if that is unknown, the day of publication."""
        return report_day(self.report)


@dataclass(frozen=True, slots=True)
class Movement:
    """Two successive inspections of an authority that both grade an area."""

    before: GivenGrade
    after: GivenGrade
    is_latest: bool
    """Whether the later inspection is the authority's latest one that grades the area."""

    def __post_init__(self) -> None:
        if self.before.report.authority != self.after.report.authority or self.before.day > self.after.day:
            raise ValueError(f"a movement is from an earlier inspection of the same authority: {self}")
        if self.before.shared or self.after.shared:
            raise ValueError(f"a movement is between two grades of the area's own: {self}")

    @property
    def authority(self) -> str:
        """The authority that was inspected."""
        return self.after.report.authority or ""

    @property
    def relation(self) -> Relation:
        """How the later grade compares with the earlier one."""
        return relation(self.after.grade, self.before.grade)

    @property
    def has_new_framework(self) -> bool:
        """Whether the two inspections followed different frameworks."""
        return self.before.report.framework != self.after.report.framework


@dataclass(frozen=True, slots=True)
class GradedInspection:
    """An inspection that graded an area."""

    report: Report
    given: GivenGrade | None
    """None if we could not read the grade."""
    movement: Movement | None
    """The change from the grade before to this grade. None if there is no grade to compare it with."""


@dataclass(frozen=True, slots=True)
class GradeHistory:
    """The grades of one area of an authority, oldest first."""

    authority: str
    grades: tuple[GivenGrade, ...]
    unread: tuple[Report, ...] = ()
    """Inspections that graded the area, but whose grade we could not read, oldest first."""
    last_full: Report | None = None
    """The latest full inspection that has a date, whether or not it grades the area."""

    def __post_init__(self) -> None:
        days = [given.day for given in self.grades]
        if days != sorted(days):
            raise ValueError(f"the grades of {self.authority} are not in order: {days}")

    @property
    def latest(self) -> GivenGrade | None:
        """The latest grade.

        None if there is no grade, if it is shared, or if we could not read the grade from a later inspection.
        """
        last = self.grades[-1] if self.grades else None
        if last is None or last.shared or any(report_day(report) > last.day for report in self.unread):
            return None
        return last

    @property
    def movements(self) -> tuple[Movement, ...]:
        """Each pair of successive grades, oldest first.

        Pairs with a shared grade, or with an unread grade in between, are left out.
        """
        days = [report_day(report) for report in self.unread]
        pairs = zip(self.grades, self.grades[1:], strict=False)
        return tuple(
            Movement(before, after, is_latest=after is self.latest)
            for before, after in pairs
            if not (before.shared or after.shared or any(before.day < day < after.day for day in days))
        )

    @property
    def inspections(self) -> tuple[GradedInspection, ...]:
        """All inspections that graded the area, oldest first."""
        to = {movement.after: movement for movement in self.movements}
        read = [GradedInspection(given.report, given, to.get(given)) for given in self.grades]
        unread = [GradedInspection(report, None, None) for report in self.unread]
        return tuple(sorted([*read, *unread], key=lambda each: (report_day(each.report), each.report.id)))


@dataclass(frozen=True, slots=True)
class MovementQuery:
    """Which movements from one grade to the next to list. An empty field sets no limit."""

    before: Collection[Grade] = ()
    after: Collection[Grade] = ()
    relations: Collection[Relation] = ()
    since: date | None = None
    """The first day on which the later inspection may have ended."""
    until: date | None = None
    latest_only: bool = False
    """Whether to list only movements to an authority's latest grade."""

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"the time ends on {self.until}, before it starts on {self.since}")

    def matches(self, movement: Movement) -> bool:
        """Return whether a movement is within the limits."""
        return (
            (not self.before or movement.before.grade in self.before)
            and (not self.after or movement.after.grade in self.after)
            and (not self.relations or movement.relation in self.relations)
            and (self.since is None or movement.after.day >= self.since)
            and (self.until is None or movement.after.day <= self.until)
            and (movement.is_latest or not self.latest_only)
        )


@dataclass(frozen=True, slots=True)
class YearOfGrades:
    """How many authorities had each grade at the end of a year, according to their latest inspection by then."""

    year: int
    counts: tuple[tuple[Grade, int], ...]
    """The number of authorities with each grade, from the best grade to the worst."""
    unknown: int
    """Authorities whose latest grade at that time was shared with another area, or could not be read."""

    @property
    def authorities(self) -> int:
        """The number of authorities that had a grade."""
        return sum(count for _, count in self.counts)


def grade_histories(
    reports: Iterable[Report], area: Area, order: HistoryOrder = HistoryOrder.AUTHORITY
) -> list[GradeHistory]:
    """Return the history of an area for each authority that has a grade for it, or a grade that we could not read.

    Reports without an authority or a date are left out, and so are issues that were replaced by a later one.
    """
    by_authority: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda each: (report_day(each), each.id)):
        if report.authority and report.superseded_by is None and report_day(report) > date.min:
            by_authority.setdefault(report.authority, []).append(report)
    histories = [_history(authority, of_authority, area) for authority, of_authority in by_authority.items()]
    return sorted((each for each in histories if each.grades or each.unread), key=_KEYS[order])


def last_full_of(reports: Iterable[Report]) -> Report | None:
    """Return the latest full inspection among the reports on an authority, whether or not we could read its grades.

    Reports without a date are left out, and so are issues that were replaced by a later one. None if no full inspection
    remains.
    """
    full = [
        report
        for report in reports
        if report.kind in FULL_INSPECTIONS
        and report.form in OWN_ACCOUNT
        and report.superseded_by is None
        and report_day(report) > date.min
    ]
    return max(full, key=lambda report: (report_day(report), report.id), default=None)


def movements_among(histories: Iterable[GradeHistory], query: MovementQuery) -> list[Movement]:
    """Return the movements that match a query, by authority and then by day."""
    return [
        movement
        for history in sorted(histories, key=lambda each: each.authority.casefold())
        for movement in history.movements
        if query.matches(movement)
    ]


def grades_by_year(histories: Sequence[GradeHistory]) -> list[YearOfGrades]:
    """Return how many authorities had each grade at the end of each year, from the first year with a grade."""
    years = [given.day.year for history in histories for given in history.grades]
    if not years:
        return []
    result = []
    for year in range(min(years), max(years) + 1):
        standing = Counter(_standing(history, date(year, 12, 31)) for history in histories)
        counts = tuple((grade, standing[grade]) for grade in Grade)
        result.append(YearOfGrades(year, counts, unknown=standing[_UNKNOWN]))
    return result


def months_between(first: date, last: date) -> int:
    """Return the number of whole months from one day to a later one, or 0 if it is not later."""
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    return max(0, months)


def publication_delay(report: Report) -> int | None:
    """Return the number of days from the end of an inspection to the publication of its report.

    None if we do not know both days.

    The date of publication may come from the file's name. ``Report.published_source`` says where it comes from.
    """
    if not report.inspected_to or not report.published or report.inspected_as or report.published_source == OTHER_DATE:
        return None
    days = (report.published - report.inspected_to).days
    return days if days >= 0 else None


def _history(authority: str, reports: Sequence[Report], area: Area) -> GradeHistory:
    """Return the history of an authority from its reports, which are in order."""
    graded = [report for report in reports if gives_grades(report)]
    grades, unread = [], []
    for report in graded:
        judgement = judgement_of(report, area, alone=True) or judgement_of(report, area)
        if judgement:
            shared = area is CARE_LEAVERS and len(areas_of(judgement)) > 1
            grades.append(GivenGrade(report, judgement, grade_of(judgement), shared))
        elif is_unread(report, area):
            unread.append(report)
    return GradeHistory(authority, tuple(grades), tuple(unread), last_full_of(reports))


def _standing(history: GradeHistory, day: date) -> Grade | str:
    """Return the grade that an authority had on a day, "unknown" if we do not know it, or "none"."""
    given = next((each for each in reversed(history.grades) if each.day <= day), None)
    unread = [report_day(report) for report in history.unread if report_day(report) <= day]
    if unread and (given is None or unread[-1] > given.day):
        return _UNKNOWN
    if given is None:
        return "none"
    return _UNKNOWN if given.shared else given.grade


def _by_grade(history: GradeHistory) -> tuple[int, str]:
    order = tuple(Grade)
    return (order.index(history.latest.grade) if history.latest else len(order), history.authority.casefold())


def _by_wait(history: GradeHistory) -> tuple[date, str]:
    return (report_day(history.last_full) if history.last_full else date.max, history.authority.casefold())


_KEYS = {
    HistoryOrder.AUTHORITY: lambda each: each.authority.casefold(),
    HistoryOrder.GRADE: _by_grade,
    HistoryOrder.LONGEST: _by_wait,
}
