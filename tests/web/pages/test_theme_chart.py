from __future__ import annotations

from index.types import Stance
from qa_service.analysis.remarks import YearCount
from web.pages.theme_chart import HEIGHT, WIDTH, counts_over_time

YEARS = [YearCount(2019, 4, 2, 2), YearCount(2020, 8, 8, 0), YearCount(2022, 2, 0, 2)]


def test_a_bar_is_as_high_as_its_reports_and_filled_as_far_as_they_take_the_stance():
    chart = counts_over_time(YEARS, Stance.STRENGTH)
    assert [(bar.year, bar.outline, bar.filled) for bar in chart.bars if bar.reports] == [
        (2019, HEIGHT / 2, HEIGHT / 4),
        (2020, HEIGHT, HEIGHT),
        (2022, HEIGHT / 4, 0),
    ]
    assert chart.most == 8
    assert [bar.count for bar in counts_over_time(YEARS, Stance.WEAKNESS).bars] == [2, 0, 0, 2]


def test_a_year_without_reports_has_an_empty_place():
    bars = counts_over_time(YEARS, Stance.STRENGTH).bars
    assert [bar.year for bar in bars] == [2019, 2020, 2021, 2022]
    assert bars[2].outline == 0
    assert len({bars[n + 1].x - bars[n].x for n in range(3)}) == 1
    assert bars[0].x > 0
    assert bars[-1].x + bars[-1].width < WIDTH


def test_the_numbers_are_also_in_words():
    assert counts_over_time(YEARS, Stance.STRENGTH).words == "2019 2 of 4, 2020 8 of 8, 2022 0 of 2"


def test_at_most_seven_years_are_named_and_the_last_one_always_is():
    long = [YearCount(year, 1, 0, 0) for year in range(2009, 2027)]
    named = [bar.year for bar in counts_over_time(long, Stance.WEAKNESS).bars if bar.named]
    assert named == [2011, 2014, 2017, 2020, 2023, 2026]
    assert all(bar.named for bar in counts_over_time(YEARS, Stance.WEAKNESS).bars)


def test_one_year_is_no_chart():
    assert counts_over_time(YEARS[:1], Stance.STRENGTH) is None
    assert counts_over_time([], Stance.STRENGTH) is None
