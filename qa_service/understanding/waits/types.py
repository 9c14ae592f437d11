"""What a question about a length of time between two events asks for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from corpus.types import Kind
from qa_service.understanding.conditions.types import Span, Which
from qa_service.understanding.times.period import Period


class Measure(StrEnum):
    """The two events that a length of time is between."""

    SINCE_INSPECTION = "since-inspection"
    """From the end of an inspection to the day of the question."""
    SINCE_PUBLICATION = "since-publication"
    """From the day when a report was published to the day of the question."""
    DELAY = "delay"
    """From the end of an inspection to the day when its report was published."""
    GAP = "gap"
    """From the end of an inspection to the end of the authority's next one."""


class Order(StrEnum):
    """Which lengths of time come first in a list."""

    LONGEST = "longest"
    SHORTEST = "shortest"


class Comparison(StrEnum):
    """How a length of time must compare with a bound."""

    MORE = "more"
    LEAST = "least"
    FEWER = "fewer"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class LengthBound:
    """A limit on a length of time: "more than three years"."""

    comparison: Comparison
    months: int = 0
    days: int = 0
    span: Span | None = None
    """The place in the question of the words for the limit."""

    def __post_init__(self) -> None:
        if self.months < 0 or self.days < 0 or not (self.months or self.days):
            raise ValueError(f"a length of time is at least a day or a month: {self}")

    def allows(self, first: date, last: date) -> bool:
        """Whether the time from one day to another is within the limit."""
        reached = later(first, self.months, self.days)
        return {
            Comparison.MORE: last > reached,
            Comparison.LEAST: last >= reached,
            Comparison.FEWER: last < reached,
            Comparison.MOST: last <= reached,
        }[self.comparison]


@dataclass(frozen=True, slots=True)
class Wait:
    """What a question about a length of time asks for."""

    measure: Measure
    lists: bool = False
    """Whether the question compares authorities or reports, rather than naming those that it is about."""
    order: Order = Order.LONGEST
    single: bool = False
    """Whether the question asks only for the first of the list: "which council", not "which councils"."""
    bound: LengthBound | None = None
    kinds: tuple[Kind, ...] = ()
    """The kinds of inspection that count. Empty if all reports count."""
    which: Which = Which.LATEST
    """Which of an authority's inspections the question means: the latest, the first or the one before the latest.

    For gaps between inspections, it means the latest gap or each of them.
    """
    until: Period | None = None
    """The past time that the question counts to the end of: "by the end of 2024". None if the question counts to the
    day when it is asked."""
    not_applied: tuple[Span, ...] = ()
    """Words that look like a condition, but that we could not apply."""

    def __post_init__(self) -> None:
        if self.bound and not self.lists:
            raise ValueError(f"only a list has a limit on the length of time: {self}")

    @property
    def depends_on_day(self) -> bool:
        """Whether the length depends on the day when the question is asked."""
        return self.measure not in (Measure.DELAY, Measure.GAP) and (self.until is None or self.until.relative)

    def counted_to(self, today: date) -> date:
        """Return the day to which the length is counted, if the question is asked today."""
        return self.until.last if self.until else today


def later(day: date, months: int, days: int = 0) -> date:
    """Return the day that is a number of months and days after another one.

    If the month has no such day, it is the first day of the next month: a year after 29 February ends on 1 March. This
    matches :func:`qa_service.analysis.grade_history.months_between`. Returns ``date.max`` if the result would be later
    than that.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    length = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(day.day, length)) + timedelta(days=int(day.day > length))
    return date.max if (date.max - moved).days < days else moved + timedelta(days=days)
