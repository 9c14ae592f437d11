from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.dates import MONTHS
from qa_service.understanding.times.latest import asks_for_latest
from qa_service.understanding.times.period import Period, closeness
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.unread import unread_times
from tests.qa_service.conftest import TODAY

DATA = Path(__file__).resolve().parents[2] / "data" / "understanding"
STARTS = ("past ", "last ", "previous ")
"""Words that introduce a time only at the start of a text."""


def the_period(text):
    [period] = find_periods(text, TODAY)
    return period


def test_an_empty_text_names_no_time():
    assert find_periods("", TODAY) == []
    assert not asks_for_latest("")


def test_several_times_are_in_the_order_of_the_text_with_their_places():
    text = "Was it better in autumn 2023, in 2019 or in May 2021?"
    periods = find_periods(text, TODAY)
    assert [text[period.start : period.end] for period in periods] == ["autumn 2023", "2019", "May 2021"]
    assert [period.first.year for period in periods] == [2023, 2019, 2021]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(MONTHS), st.integers(2000, 2039), st.sampled_from([3, None]))
def test_a_month_by_name_or_abbreviation_is_a_whole_month(month, year, letters):
    period = the_period(f"in {month[:letters].title()} {year}, was it")
    assert (period.first.year, period.first.month, period.first.day) == (year, MONTHS.index(month) + 1, 1)
    assert period.last.month == period.first.month
    assert (period.last - period.first).days >= 27


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("the dec 23 inspection", date(2023, 12, 1), date(2023, 12, 31)),
        ("sept22 visit", date(2022, 9, 1), date(2022, 9, 30)),
        ("the 3/24 letter", date(2024, 3, 1), date(2024, 3, 31)),
        ("in May 24", date(2024, 5, 1), date(2024, 5, 31)),
        ("17 dec 23", date(2023, 12, 17), date(2023, 12, 17)),
        ("on Dec 23 2022", date(2022, 12, 23), date(2022, 12, 23)),
    ],
)
def test_two_digits_after_a_month_are_a_year(text, first, last):
    assert (the_period(text).first, the_period(text).last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["children may 20 be", "June 15%", "11/14 year olds", "10/20 children", "before Dec 31", "in 12/13", "about 1/24"],
)
def test_other_numbers_after_a_month_are_no_year(text):
    assert find_periods(text, TODAY) == []


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
    assert find_periods(f"How many children were in care in {years}?", TODAY) == []
    assert the_period(f"the {years} {call}").last == date(year + 1, 12, 31)


TIMES = (
    "before 2019", "since", "2019", "2015-16", "2019/20", "visit", "the", "May", "2021", "before", "until March 2020",
    "winter", "late", "inspection", "to", "and", "-", "£", ",", "?", "İ", "how many", "from", "between", "by", "not",
    "last", "year", "two", "years ago", "6", "6 May 2019", "published in", "Q2", "term", "financial year", "onwards",
    "or later", "recently", "school", "the end of", "around", "’21", "12/05/2019", "other than", "this", "now", "lockdown",
)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(
    st.lists(st.sampled_from(TIMES), max_size=12),
    st.sampled_from([" ", "\n", ", "]),
    st.dates(date(2000, 1, 1), date(2039, 12, 31)),
)
def test_the_places_of_times_are_right_in_order_and_separate(parts, between, today):
    text = between.join(parts)
    periods = find_periods(text, today)
    spans = sorted([(period.start, period.end) for period in periods] + unread_times(text, today))
    edges = [edge for span in spans for edge in span]
    assert all(start < end for start, end in spans)
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert [period.start for period in periods] == sorted(period.start for period in periods)
    assert [period.words for period in periods] == [text[period.start : period.end] for period in periods]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(TIMES), max_size=12).map(" ".join), st.dates(date(2000, 1, 1), date(2039, 12, 31)))
def test_a_period_and_its_other_reading_have_days_and_a_label(text, today):
    for period in find_periods(text, today):
        for reading in (period, period.alternative or period):
            assert reading.first <= reading.last
            assert reading.shown.strip()
            assert not (reading.exact and {date.min, date.max} & {reading.first, reading.last})
        if period.alternative:
            assert period.alternative.alternative is None
            assert (period.alternative.first, period.alternative.last) != (period.first, period.last)
            assert (period.alternative.start, period.alternative.end) == (period.start, period.end)


LINES = [json.loads(line) for line in (DATA / "times.jsonl").read_text(encoding="utf-8").splitlines()]


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from([line["question"] for line in LINES]),
    st.sampled_from(["We moved office.", "Thank you!", "Is tea on?"]),
)
def test_an_unrelated_sentence_before_a_question_does_not_change_its_times(question, sentence):
    def read(text, moved):
        periods = find_periods(text, TODAY)
        return [(p.first, p.last, p.words, p.start - moved, p.exact, p.excluded, p.published) for p in periods]

    assume(not question.lower().startswith(STARTS))
    moved = len(sentence) + 1
    assert read(f"{sentence} {question}", moved) == read(question, 0)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from([line["question"] for line in LINES]), st.sampled_from([str.upper, str.lower]))
def test_capitals_do_not_change_the_days(question, change):
    def days(text):
        return [(period.first, period.last) for period in find_periods(text, TODAY)]

    assert days(change(question)) == days(question)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "part", [*TIMES, "from 2019 to ", "6, ", "in May and ", "a ", "not in ", "1 May 2019 to ", "  "]
)
def test_a_long_text_takes_time_in_proportion_to_its_length(part):
    def seconds(length):
        text = (f"{part} " * length)[:length]
        began = time.process_time()
        find_periods(text, TODAY)
        unread_times(text, TODAY)
        return time.process_time() - began

    # Reading a text that is eight times as long should take eight times as long. We use the shortest of several runs,
    # because other programs affect it least.
    longest, shortest = (min(seconds(length) for _ in range(3)) for length in (8_000, 1_000))
    assert longest < 16 * max(shortest, 0.005)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("last year", 2027),
        ("in May", 2027),
        ("two years ago", 2026),
        ("recently", 2026),
        ("the year before last", 2026),
    ],
)
def test_times_are_counted_from_the_day_of_the_question(text, first):
    [period] = find_periods(text, date(2028, 2, 29))
    assert (period.first.year, period.relative) == (first, True)


@pytest.mark.parametrize(
    ("today", "text", "first", "last"),
    [
        (date(2024, 2, 29), "in the last year", date(2023, 2, 28), date(2024, 2, 29)),
        (date(2024, 3, 31), "in the last month", date(2024, 2, 29), date(2024, 3, 31)),
        (date(2024, 1, 1), "last month", date(2023, 12, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), "last week", date(2023, 12, 25), date(2023, 12, 31)),
        (date(2024, 3, 31), "this financial year", date(2023, 4, 1), date(2024, 3, 31)),
        (date(2024, 4, 1), "this financial year", date(2024, 4, 1), date(2025, 3, 31)),
        (date(2024, 8, 31), "last school year", date(2022, 9, 1), date(2023, 8, 31)),
        (date(2024, 1, 15), "last winter", date(2022, 12, 1), date(2023, 2, 28)),
        (date(2024, 1, 15), "this winter", date(2023, 12, 1), date(2024, 2, 29)),
        (date(2024, 7, 15), "last summer", date(2023, 6, 1), date(2023, 8, 31)),
        (date(2024, 5, 1), "in May", date(2024, 5, 1), date(2024, 5, 31)),
        (date(2024, 4, 30), "in May", date(2023, 5, 1), date(2023, 5, 31)),
    ],
)
def test_the_edges_of_months_and_years_are_counted_right(today, text, first, last):
    [period] = find_periods(text, today)
    assert (period.first, period.last) == (first, last)


def test_a_label_counted_from_today_is_recognised_on_a_later_day():
    [period], [later] = (find_periods("What was found recently?", TODAY + timedelta(days=days)) for days in (0, 3))
    assert period.shown == "recently (since 29 November 2024)"
    assert later.goes_by([period.shown])
    assert not later.goes_by(["lately (since 29 November 2024)"])
    assert not the_period("in 2019").goes_by(["2020"])


def test_the_table_has_many_times_and_many_words_that_are_none():
    phrases = [line for line in LINES if "periods" in line and "words_of_periods" in line]
    assert len({line["words_of_periods"][0].lower() for line in phrases if line["words_of_periods"]}) >= 380
    assert sum(line.get("periods") == [] and line.get("unread") == [] for line in LINES) >= 80
