from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import MONTHS
from qa_service.understanding.periods import Period, asks_for_latest, closeness, find_periods


def the_period(text):
    [period] = find_periods(text)
    return period


def test_an_empty_text_names_no_time():
    assert find_periods("") == []
    assert not asks_for_latest("")


def test_several_times_are_in_the_order_of_the_text_with_their_places():
    text = "Was it better in autumn 2023, in 2019 or in May 2021?"
    periods = find_periods(text)
    assert [text[period.start : period.end] for period in periods] == ["autumn 2023", "2019", "May 2021"]
    assert [period.first.year for period in periods] == [2023, 2019, 2021]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(MONTHS), st.integers(2000, 2039), st.sampled_from([3, None]))
def test_a_month_by_name_or_abbreviation_is_a_whole_month(month, year, letters):
    period = the_period(f"in {month[:letters].title()} {year}, was it")
    assert (period.first.year, period.first.month, period.first.day) == (year, MONTHS.index(month) + 1, 1)
    assert period.last.month == period.first.month
    assert (period.last - period.first).days >= 27


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
def test_a_visit_in_the_period_is_closer_than_a_publication_in_it(make_report, facts, expected):
    assert closeness(make_report(**facts), the_period("October 2022")) == expected


@settings(deadline=None, max_examples=60)
@given(st.integers(2001, 2039), st.sampled_from(["", *MONTHS]))
def test_before_and_since_a_time_cover_every_day_without_overlap(year, month):
    time = f"{month.title()} {year}".strip()
    before, since = the_period(f"before {time}"), the_period(f"since {time}")
    assert before.last + timedelta(days=1) == since.first
    assert (before.first, since.last) == (date.min, date.max)


@settings(deadline=None, max_examples=40)
@given(st.integers(2000, 2038), st.sampled_from(["visit", "inspection"]), st.sampled_from(["/", "-", " - "]))
def test_two_consecutive_years_are_a_time_only_next_to_a_kind_of_report(year, call, between):
    years = f"{year}{between}{(year + 1) % 100:02}"
    assert find_periods(f"How many children were in care in {years}?") == []
    assert the_period(f"the {years} {call}").last == date(year + 1, 12, 31)


TIMES = (
    "before 2019", "since", "2019", "2015-16", "2019/20", "visit", "the", "May", "2021", "before", "until March 2020",
    "winter", "late", "inspection", "to", "and", "-", "£", ",", "?", "İ", "how many",
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(TIMES), max_size=10), st.sampled_from([" ", "\n", ", "]))
def test_the_places_of_times_are_right_in_order_and_separate(parts, between):
    text = between.join(parts)
    periods = find_periods(text)
    edges = [edge for period in periods for edge in (period.start, period.end)]
    assert edges == sorted(set(edges))
    assert [period.words for period in periods] == [text[period.start : period.end] for period in periods]
