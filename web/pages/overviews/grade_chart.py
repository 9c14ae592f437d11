"""An authority's grades over time as a chart: one line for each area, with better grades higher up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corpus.grades import MAIN_AREAS, Area, Grade, gives_grades, grade_named
from corpus.types import Report
from index.search.filtering import report_day

_EDGE = 0.04
"""Share of the chart's width that is left empty on each side."""


@dataclass(frozen=True, slots=True)
class Point:
    """One grade on the chart."""

    x: float
    """Distance from the left as a share of the chart's width."""
    y: float
    """Distance from the top as a share of the chart's height."""
    day: date
    grade: str
    report_id: str
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """The grades of one area, oldest first."""

    area: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """Corners of an SVG polyline through the points.

        It has steps, because a grade is valid until the next inspection.
        """
        corners: list[tuple[float, float]] = []
        for point in self.points:
            if corners:
                corners.append((point.x, corners[-1][1]))
            corners.append((point.x, point.y))
        return " ".join(f"{1000 * x:.1f},{100 * y:.1f}" for x, y in corners)


@dataclass(frozen=True, slots=True)
class Plot:
    """The chart for one authority. All its lines cover the same range of years."""

    lines: tuple[Line, ...]
    years: tuple[tuple[int, float], ...]
    """Years to mark, each with its distance from the left as a share of the width."""
    changes: tuple[float, ...] = ()
    """Where the framework changed: half way between two inspections that followed different frameworks."""


def grades_over_time(reports: Sequence[Report]) -> Plot | None:
    """Return the chart for an authority's reports, or None if fewer than two dated reports give grades."""
    graded = sorted((r for r in reports if gives_grades(r) and report_day(r) > date.min), key=report_day)
    if len(graded) < 2:
        return None
    first, last = report_day(graded[0]).toordinal(), report_day(graded[-1]).toordinal()

    def place(day: date) -> float:
        return _EDGE + (1 - 2 * _EDGE) * ((day.toordinal() - first) / max(1, last - first))

    lines = (Line(area.name, _points(graded, area, place)) for area in MAIN_AREAS)
    span = range(report_day(graded[0]).year, report_day(graded[-1]).year + 1)
    years = tuple((y, place(date(y, 1, 1))) for y in span if 0 <= place(date(y, 1, 1)) <= 1)
    changes = tuple(
        (place(report_day(before)) + place(report_day(after))) / 2
        for before, after in pairwise(graded)
        if before.framework != after.framework
    )
    return Plot(tuple(line for line in lines if line.points), years, changes)


def _points(reports: Sequence[Report], area: Area, place: Callable[[date], float]) -> tuple[Point, ...]:
    grades = list(Grade)
    points = []
    for report in reports:
        for judgement in report.judgements:
            grade = grade_named(judgement.grade)
            if grade and area.is_printed_as(judgement.area):
                day = report_day(report)
                height = (grades.index(grade) + 0.5) / len(grades)
                points.append(Point(place(day), height, day, judgement.grade, report.id, judgement.page))
                break
    return tuple(points)
