"""A period that a question names, and how well a report matches it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from corpus.types import Report


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a question names, at ``[start, end)`` in its text."""

    first: date
    last: date
    start: int
    end: int
    exact: bool = True
    """Whether the question means a report from exactly that time, rather than any report before or after that time."""
    words: str = ""
    """The question's own words."""
    of_report: bool = False
    """Whether it is the time of an inspection, a visit or a report, rather than of an event in a report."""
    label: str = ""
    """What we understood, in words that can be shown. Empty if the question's own words are clear enough."""
    published: bool = False
    """Whether it is the time when a report was published, rather than the time of the inspection."""
    excluded: bool = False
    """Whether the question excludes this time: "other than 2023"."""
    alternative: Period | None = None
    """The other days that the same words may mean."""
    relative: bool = False
    """Whether the days depend on the day when the question is asked."""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period ends before it begins: {self.first} to {self.last}")

    @property
    def shown(self) -> str:
        """The label to show to a person."""
        return self.label or self.words

    def goes_by(self, labels: Collection[str]) -> bool:
        """Whether a list of labels contains this period's label, even if its days were counted from another day."""
        own, _, _ = self.shown.partition(" (")
        return any(label == self.shown or (self.relative and label.partition(" (")[0] == own) for label in labels)


def closeness(report: Report, period: Period) -> float:
    """Return 1.0 if the inspection was in the period, 0.6 if only the publication was, and otherwise 0.0."""
    visited = report.inspected_from or report.inspected_to
    ended = report.inspected_to or report.inspected_from
    if visited and ended and visited <= period.last and ended >= period.first:
        return 1.0
    if report.published and period.first <= report.published <= period.last:
        return 0.6
    return 0.0
