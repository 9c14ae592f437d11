from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import MONTHS
from qa_service.periods import Period, asks_for_latest, closeness, find_periods


def the_period(text):
    [period] = find_periods(text)
    return period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("oct 2022", "2022-10-01", "2022-10-31"),
        ("Oct. 2022", "2022-10-01", "2022-10-31"),
        ("sept 2022", "2022-09-01", "2022-09-30"),
        ("October, 2022", "2022-10-01", "2022-10-31"),
        ("October of 2022", "2022-10-01", "2022-10-31"),
        ("February 2024", "2024-02-01", "2024-02-29"),
        ("12 May 2023", "2023-05-01", "2023-05-31"),
        ("November-December 2022", "2022-11-01", "2022-12-31"),
        ("November – December 2022", "2022-11-01", "2022-12-31"),
        ("november to december 2022", "2022-11-01", "2022-12-31"),
        ("Nov/Dec 2022", "2022-11-01", "2022-12-31"),
        ("December-January 2023", "2022-12-01", "2023-01-31"),
        ("spring 2021", "2021-03-01", "2021-05-31"),
        ("the summer of 2021", "2021-06-01", "2021-08-31"),
        ("Autumn 2023", "2023-09-01", "2023-11-30"),
        ("winter 2020", "2020-12-01", "2021-02-28"),
        ("winter 2023", "2023-12-01", "2024-02-29"),
        ("early 2016", "2016-01-01", "2016-04-30"),
        ("the start of 2016", "2016-01-01", "2016-04-30"),
        ("the  beginning of 2016", "2016-01-01", "2016-04-30"),
        ("mid-2019", "2019-05-01", "2019-08-31"),
        ("late 2021", "2021-09-01", "2021-12-31"),
        ("at the end of 2021", "2021-09-01", "2021-12-31"),
        ("the 2022 inspection", "2022-01-01", "2022-12-31"),
        ("inspected in 2022?", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_time_is_read_in_each_way_that_people_say_it(text, first, last):
    period = the_period(text)
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert period.exact


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("since 2018", "2018-01-01"),
        ("after 2018", "2018-01-01"),
        ("from October 2022", "2022-10-01"),
        ("since March 2019?", "2019-03-01"),
    ],
)
def test_since_a_time_has_no_end_and_means_no_report_in_particular(text, first):
    period = the_period(f"What has improved {text}")
    assert (period.first, period.last, period.exact) == (date.fromisoformat(first), date.max, False)


@pytest.mark.parametrize("text", ["since the 2018 inspection", "since 2018 inspection", "after the 2018 visit"])
def test_since_an_inspection_names_that_inspection(text):
    period = the_period(text)
    assert (period.first, period.last, period.exact) == (date(2018, 1, 1), date(2018, 12, 31), True)


def test_several_times_come_in_the_order_they_are_named_and_say_where_they_stand():
    text = "Was it better in autumn 2023, in 2019 or in May 2021?"
    periods = find_periods(text)
    assert [text[period.start : period.end] for period in periods] == ["autumn 2023", "2019", "May 2021"]
    assert [period.first.year for period in periods] == [2023, 2019, 2021]


def test_a_span_of_years_names_both():
    assert [period.first.year for period in find_periods("from 2018 to 2020")] == [2018, 2020]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(MONTHS), st.integers(2000, 2039), st.sampled_from([3, None]))
def test_a_month_is_whole_by_name_or_abbreviation(month, year, letters):
    period = the_period(f"in {month[:letters].title()} {year}, was it")
    assert (period.first.year, period.first.month, period.first.day) == (year, MONTHS.index(month) + 1, 1)
    assert period.last.month == period.first.month
    assert (period.last - period.first).days >= 27


@pytest.mark.parametrize(
    "text", ["", "in October", "1998", "since 1998", "20223", "the 12 May", "2,020 children", "ID-120221"]
)
def test_what_names_no_year_of_these_reports_is_no_time(text):
    assert find_periods(text) == []


@pytest.mark.parametrize("text", ["Do care leavers get £2000 to set up home?", "How long did 2040 children wait?"])
def test_an_amount_or_a_count_is_no_year(text):
    assert find_periods(text) == []


def test_a_range_that_names_both_years_is_one_time():
    period = the_period("December 2022 to January 2023")
    assert (period.first, period.last) == (date(2022, 12, 1), date(2023, 1, 31))


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before it begins"):
        Period(date(2022, 2, 1), date(2022, 1, 31), 0, 4)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"inspected_from": date(2022, 10, 3), "inspected_to": date(2022, 10, 14)}, 1.0),
        ({"inspected_from": date(2022, 9, 19), "inspected_to": date(2022, 10, 1)}, 1.0),
        ({"inspected_from": date(2022, 10, 31), "inspected_to": date(2022, 11, 11)}, 1.0),
        ({"inspected_to": date(2022, 10, 14)}, 1.0),
        ({"inspected_from": date(2022, 10, 14)}, 1.0),
        ({"inspected_to": date(2022, 9, 2), "published": date(2022, 10, 14)}, 0.6),
        ({"published": date(2022, 10, 31)}, 0.6),
        ({"inspected_to": date(2022, 10, 14), "published": date(2022, 11, 30)}, 1.0),
        ({"inspected_to": date(2022, 9, 30), "published": date(2022, 11, 1)}, 0.0),
        ({}, 0.0),
    ],
)
def test_a_visit_in_the_time_is_closest_then_its_publication(make_report, facts, expected):
    assert closeness(make_report(**facts), the_period("October 2022")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the latest report", "its most recent inspection", "what was found most recently", "the last visit",
        "how is Westmarsh doing now?", "is it currently good?", "Is Westmarsh still good?", "caseloads today",
        "the newest letter", "at the moment", "these days",
    ],
)  # fmt: skip
def test_words_about_now_ask_for_the_latest(text):
    assert asks_for_latest(text)


@pytest.mark.parametrize("text", ["in 2019", "last year’s caseloads", "were known to the team", "nowhere to go", ""])
def test_other_words_do_not_ask_for_the_latest(text):
    assert not asks_for_latest(text)
