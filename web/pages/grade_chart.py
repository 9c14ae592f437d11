"""Grades over time as a plot: for each area a line of points, the better the higher, in fractions of the figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.grades import MAIN_AREAS, Area, Grade, grade_named
from corpus.types import Report
from index.search.filtering import report_day

_EDGE = 0.04
"""Of the width, left free on either side."""


@dataclass(frozen=True, slots=True)
class Point:
    """One grade at its time."""

    x: float
    y: float
    day: date
    grade: str
    report_id: str
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """One area's grades, oldest first."""

    area: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The points joined as SVG's polyline has it: steps, as a grade stands until the next inspection."""
        corners: list[tuple[float, float]] = []
        for point in self.points:
            if corners:
                corners.append((point.x, corners[-1][1]))
            corners.append((point.x, point.y))
        return " ".join(f"{1000 * x:.1f},{100 * y:.1f}" for x, y in corners)


@dataclass(frozen=True, slots=True)
class Plot:
    """The lines of one authority over the same years."""

    lines: tuple[Line, ...]
    years: tuple[tuple[int, float], ...]
    """Years to be marked, each with its place."""


def grades_over_time(reports: Sequence[Report]) -> Plot | None:
    """The plot of an authority's reports; None where fewer than two of them give grades."""
    graded = sorted((r for r in reports if r.judgements and report_day(r) > date.min), key=report_day)
    if len(graded) < 2:
        return None
    first, last = report_day(graded[0]).toordinal(), report_day(graded[-1]).toordinal()

    def place(day: date) -> float:
        return _EDGE + (1 - 2 * _EDGE) * ((day.toordinal() - first) / max(1, last - first))

    lines = (Line(area.name, _points(graded, area, place)) for area in MAIN_AREAS)
    span = range(report_day(graded[0]).year, report_day(graded[-1]).year + 1)
    years = tuple((y, place(date(y, 1, 1))) for y in span if 0 <= place(date(y, 1, 1)) <= 1)
    return Plot(tuple(line for line in lines if line.points), years)


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
