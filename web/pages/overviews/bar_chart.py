"""A chart of counts by year. Each year has a bar for the total. The filled part of the bar shows the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 170
"""Size of the area for the bars, in the units of the chart."""
_GAP = 0.25
"""Share of a year's width that stays empty."""
_MAX_LABELS = 7
"""Maximum number of years to name below the bars, so that the names do not touch on a narrow screen."""


@dataclass(frozen=True, slots=True)
class Share:
    """The number of a year's reports or authorities that we count, and the total."""

    year: int
    total: int
    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total:
            raise ValueError(f"the count is larger than the total: {self}")


@dataclass(frozen=True, slots=True)
class Bar:
    """One year. The outline of the bar shows the total, and the filled part shows the count."""

    year: int
    total: int
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
    """The chart. A year without anything to count has no bar."""

    bars: tuple[Bar, ...]
    most: int
    """The total that a bar of full height shows."""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def words(self) -> str:
        """The numbers of the chart in words."""
        return ", ".join(f"{bar.year} {bar.count} of {bar.total}" for bar in self.bars if bar.total)


def bars_by_year(shares: Sequence[Share]) -> BarChart | None:
    """Return the chart of some years in order, or None if there are fewer than two, or nothing to count."""
    if len(shares) < 2 or not any(each.total for each in shares):
        return None
    by_year = {each.year: each for each in shares}
    span = range(shares[0].year, shares[-1].year + 1)
    most, step = max(each.total for each in shares), WIDTH / len(span)
    between_names = -(-len(span) // _MAX_LABELS)
    bars = []
    for place, year in enumerate(span):
        each = by_year.get(year, Share(year, 0, 0))
        bars.append(
            Bar(
                year=year,
                total=each.total,
                count=each.count,
                x=round((place + _GAP / 2) * step, 1),
                width=round((1 - _GAP) * step, 1),
                outline=round(HEIGHT * each.total / most, 1),
                filled=round(HEIGHT * each.count / most, 1),
                named=(span[-1] - year) % between_names == 0,
            )
        )
    return BarChart(tuple(bars), most)
