"""A chart of a theme's counts by year. Each year has a bar, which is filled as far as its reports take a stance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Stance
from qa_service.analysis.remarks import YearCount

WIDTH, HEIGHT = 600, 170
"""Size of the area for the bars, in the units of the chart."""
_GAP = 0.25
"""Share of a year's width that stays empty."""
_MAX_LABELS = 7
"""Maximum number of years to name below the bars, so that the names do not touch on a narrow screen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's reports. The outline stands for all of them, and the filled part for those that take the stance."""

    year: int
    reports: int
    count: int
    x: float
    width: float
    outline: float
    """Height of the whole bar."""
    filled: float
    """Height of the filled part."""
    named: bool
    """Whether the year is printed below the bar."""

    @property
    def middle(self) -> float:
        """Distance from the left edge to the middle of the bar."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class BarChart:
    """The chart for one stance. Years without reports have an empty space."""

    stance: Stance
    bars: tuple[Bar, ...]
    most: int
    """Number of reports that a bar of the full height stands for."""

    @property
    def words(self) -> str:
        """The numbers of the chart in words."""
        return ", ".join(f"{bar.year} {bar.count} of {bar.reports}" for bar in self.bars if bar.reports)


def counts_over_time(years: Sequence[YearCount], stance: Stance) -> BarChart | None:
    """Return the chart for a stance, or None if the reports are from fewer than two years."""
    if len(years) < 2:
        return None
    by_year = {each.year: each for each in years}
    span = range(years[0].year, years[-1].year + 1)
    most, step = max(each.reports for each in years), WIDTH / len(span)
    between_names = -(-len(span) // _MAX_LABELS)
    bars = []
    for place, year in enumerate(span):
        each = by_year.get(year, YearCount(year, 0, 0, 0))
        count = each.strengths if stance is Stance.STRENGTH else each.weaknesses
        bars.append(
            Bar(
                year=year,
                reports=each.reports,
                count=count,
                x=round((place + _GAP / 2) * step, 1),
                width=round((1 - _GAP) * step, 1),
                outline=round(HEIGHT * each.reports / most, 1),
                filled=round(HEIGHT * count / most, 1),
                named=(span[-1] - year) % between_names == 0,
            )
        )
    return BarChart(stance, tuple(bars), most)
