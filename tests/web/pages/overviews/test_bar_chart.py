from __future__ import annotations

import pytest

from web.pages.overviews.bar_chart import HEIGHT, WIDTH, Share, bars_by_year

YEARS = [Share(2019, 4, 2), Share(2020, 8, 8), Share(2022, 2, 0)]


def test_a_bar_is_as_high_as_its_total_and_filled_as_far_as_its_count():
    chart = bars_by_year(YEARS)
    assert [(bar.year, bar.outline, bar.filled) for bar in chart.bars if bar.total] == [
        (2019, HEIGHT / 2, HEIGHT / 4),
        (2020, HEIGHT, HEIGHT),
        (2022, HEIGHT / 4, 0),
    ]
    assert chart.most == 8
    assert [bar.count for bar in chart.bars] == [2, 8, 0, 0]


def test_a_year_without_reports_has_an_empty_place():
    bars = bars_by_year(YEARS).bars
    assert [bar.year for bar in bars] == [2019, 2020, 2021, 2022]
    assert bars[2].outline == 0
    assert len({bars[n + 1].x - bars[n].x for n in range(3)}) == 1
    assert bars[0].x > 0
    assert bars[-1].x + bars[-1].width < WIDTH


def test_the_numbers_are_also_in_words():
    assert bars_by_year(YEARS).words == "2019 2 of 4, 2020 8 of 8, 2022 0 of 2"


def test_at_most_seven_years_are_named_and_the_last_one_always_is():
    long = [Share(year, 1, 0) for year in range(2009, 2027)]
    named = [bar.year for bar in bars_by_year(long).bars if bar.named]
    assert named == [2011, 2014, 2017, 2020, 2023, 2026]
    assert all(bar.named for bar in bars_by_year(YEARS).bars)


def test_one_year_is_no_chart_and_neither_are_years_without_anything_to_count():
    assert bars_by_year(YEARS[:1]) is None
    assert bars_by_year([]) is None
    assert bars_by_year([Share(2019, 0, 0), Share(2020, 0, 0)]) is None


def test_a_count_is_at_most_its_total():
    with pytest.raises(ValueError, match="larger than the total"):
        Share(2019, 1, 2)
