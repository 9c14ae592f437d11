from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Judgement, Kind
from web.pages.overviews.grade_chart import grades_over_time

OVERALL = "Overall effectiveness"


@pytest.fixture
def graded(westmarsh):
    """Make a report with a date and grades."""

    def make(day: date | None, **grades: str):
        areas = {"overall": OVERALL, "leaders": "The impact of leaders on social work practice"}
        judgements = tuple(Judgement(areas[name], grade, 1, None) for name, grade in grades.items())
        return replace(
            westmarsh,
            inspected_from=day,
            inspected_to=day,
            published=None,
            published_source=None,
            judgements=judgements,
        )

    return make


def test_lines_run_from_the_oldest_grade_to_the_latest_the_better_the_higher(graded):
    plot = grades_over_time(
        [graded(date(2023, 5, 1), overall="Good"), graded(date(2019, 5, 1), overall="Requires improvement to be good")]
    )
    [line] = plot.lines
    assert [point.grade for point in line.points] == ["Requires improvement to be good", "Good"]
    first, second = line.points
    assert first.x < second.x
    assert first.y > second.y
    assert line.path.count(" ") == 2, "a step: along, then up"
    assert [year for year, _ in plot.years] == [2020, 2021, 2022, 2023]


def test_one_inspection_or_none_with_a_day_is_no_plot(graded):
    assert grades_over_time([graded(date(2023, 5, 1), overall="Good")]) is None
    assert grades_over_time([graded(None, overall="Good"), graded(None, overall="Good")]) is None


def test_an_area_that_nobody_graded_has_no_line_and_an_unknown_grade_no_point(graded):
    plot = grades_over_time(
        [graded(date(2019, 5, 1), overall="Adequate", leaders="Good"), graded(date(2023, 5, 1), leaders="Outstanding")]
    )
    assert [line.area for line in plot.lines] == ["Leadership"]


def test_a_grade_has_one_height_in_every_form_that_reports_print(graded):
    forms = ("Requires improvement", "require improvement to be good", "Requires improvement to be good")
    plot = grades_over_time([graded(date(2015 + n, 5, 1), overall=form) for n, form in enumerate(forms)])
    [line] = plot.lines
    assert [point.grade for point in line.points] == list(forms)
    assert {point.y for point in line.points} == {0.625}


def test_the_scale_used_until_2013_is_not_on_the_chart(graded):
    earlier = replace(graded(date(2013, 5, 1), overall="Good"), kind=Kind.LOOKED_AFTER)
    reports = [graded(date(2019, 5, 1), overall="Good"), graded(date(2023, 5, 1), overall="Inadequate")]
    assert grades_over_time([earlier, *reports]) == grades_over_time(reports)
    assert grades_over_time([earlier, reports[0]]) is None


def test_a_change_of_framework_is_half_way_between_the_two_inspections(graded):
    reports = [graded(date(year, 5, 1), overall="Good") for year in (2015, 2019, 2023)]
    first, second, third = (
        replace(report, framework=name) for report, name in zip(reports, ("SIF", "ILACS", "ILACS"), strict=True)
    )
    plot = grades_over_time([first, second, third])
    [line] = plot.lines
    assert plot.changes == ((line.points[0].x + line.points[1].x) / 2,)
    assert grades_over_time([second, third]).changes == ()
