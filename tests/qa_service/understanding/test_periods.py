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


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("before 2019", "2018-12-31"),
        ("Before 2019?", "2018-12-31"),
        ("BEFORE 2019", "2018-12-31"),
        ("prior to 2019", "2018-12-31"),
        ("before March 2019", "2019-02-28"),
        ("before mar. 2020", "2020-02-29"),
        ("before January 2019", "2018-12-31"),
        ("before 2000", "1999-12-31"),
    ],
)
def test_before_a_time_has_no_beginning_and_means_no_report_in_particular(text, last):
    period = the_period(f"What was found {text}")
    assert (period.first, period.last, period.exact) == (date.min, date.fromisoformat(last), False)
    assert period.words == text.rstrip("?")


@pytest.mark.parametrize(
    "text", ["before the 2019 inspection", "before 2019 visit", "prior to the 2019 report", "before the 2019 ILACS"]
)
def test_before_an_inspection_names_that_inspection(text):
    period = the_period(text)
    assert (period.first, period.last, period.exact) == (date(2019, 1, 1), date(2019, 12, 31), True)
    assert period.of_report


@settings(deadline=None, max_examples=60)
@given(st.integers(2001, 2039), st.sampled_from(["", *MONTHS]))
def test_before_and_since_a_time_share_no_day_and_leave_none_out(year, month):
    time = f"{month.title()} {year}".strip()
    before, since = the_period(f"before {time}"), the_period(f"since {time}")
    assert before.last + timedelta(days=1) == since.first
    assert (before.first, since.last) == (date.min, date.max)


@pytest.mark.parametrize(
    "text",
    ["2015-16", "2015/16", "2015–16", "2015 - 16", "In 2015-16, how many children waited?", "2019/20 figures",
     "since 2015-16", "before 2015-16", "March 2015/16", "2019-20, 2020-21", "early 2015-16"],
)  # fmt: skip
def test_a_financial_or_school_year_is_no_time_of_a_report(text):
    assert find_periods(text) == []


@pytest.mark.parametrize("between", ["/", "-", "–"])
@pytest.mark.parametrize("call", ["visit", "inspection", "report", "letter", "visits", "ILACS", "INSPECTION"])
def test_a_visit_of_two_years_is_of_either(between, call):
    period = the_period(f"What did the 2019{between}20 {call} find?")
    assert (period.first, period.last, period.exact) == (date(2019, 1, 1), date(2020, 12, 31), True)
    assert period.words == f"2019{between}20"
    assert period.of_report


@settings(deadline=None, max_examples=40)
@given(st.integers(2000, 2038), st.sampled_from(["visit", "inspection"]), st.sampled_from(["/", "-", " - "]))
def test_two_years_that_follow_are_a_time_only_of_a_report(year, call, between):
    years = f"{year}{between}{(year + 1) % 100:02}"
    assert find_periods(f"How many children were in care in {years}?") == []
    assert the_period(f"the {years} {call}").last == date(year + 1, 12, 31)


def test_a_school_year_beside_an_inspection_is_left_out_and_the_inspection_is_not():
    period = the_period("Were the 2015-16 figures known at the 2018 inspection?")
    assert (period.words, period.of_report) == ("2018", True)


@pytest.mark.parametrize(
    "text",
    ["the 2019 inspection", "the inspection in 2019", "What did inspectors find in 2019?", "Ofsted in 2019",
     "In 2019, did Ofsted say so?", "inspected in 2019", "the visit of May 2022", "in autumn 2023 inspectors said",
     "the letter of 2019", "reinspected in 2019", "THE 2019 VISIT", "2019's inspection"],
)  # fmt: skip
def test_a_time_beside_an_inspection_is_of_that_report(text):
    assert the_period(text).of_report


@pytest.mark.parametrize(
    "text",
    ["2019", "How many children were in care in 2019?", "Which plans were made in 2019?", "the visitor in 2019",
     "What did the report say about the deaths of two children in care in 2019?", "a revisited plan of 2019",
     "the strategy of May 2022", "before 2019"],
)  # fmt: skip
def test_a_time_of_what_happened_is_of_no_report(text):
    assert not the_period(text).of_report


def test_each_of_two_times_says_for_itself_whether_it_is_of_a_report():
    text = "Did the 2018 inspection mention that many more children had been moved from home to home in 2016?"
    assert [(period.words, period.of_report) for period in find_periods(text)] == [("2018", True), ("2016", False)]


TIMES = (
    "before 2019", "since", "2019", "2015-16", "2019/20", "visit", "the", "May", "2021", "before", "until March 2020",
    "winter", "late", "inspection", "to", "and", "-", "£", ",", "?", "İ", "how many",
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(TIMES), max_size=10), st.sampled_from([" ", "\n", ", "]))
def test_times_stand_where_they_say_in_order_and_apart(parts, between):
    text = between.join(parts)
    periods = find_periods(text)
    edges = [edge for period in periods for edge in (period.start, period.end)]
    assert edges == sorted(set(edges))
    assert [period.words for period in periods] == [text[period.start : period.end] for period in periods]
