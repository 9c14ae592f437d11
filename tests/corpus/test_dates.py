from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import (
    UNKNOWN_DAY,
    days_in_words,
    find_date,
    find_range,
    find_week_or_month,
    in_words,
    month_number,
    readable_dates,
)

DAYS = st.dates(date(2010, 1, 1), date(2029, 12, 31))


def day_month(day):
    return f"{day.day} {day:%B}"


@given(
    DAYS,
    st.sampled_from(
        [
            "{d.day} {d:%B} {d.year}",
            "{d:%d} {d:%b} {d.year}",
            "{d:%A} {d.day} {d:%B} {d.year}",
            "{d.day}th {d:%B}, {d.year}",
        ]
    ),
)
def test_a_day_is_read_in_every_printed_form(day, form):
    assert find_date(f"published {form.format(d=day)}.") == day
    assert find_range(f"on {form.format(d=day)}.") == (day, day)


@given(DAYS, st.integers(1, 60), st.sampled_from([" to ", " – ", "–", " and ", " - ", " until ", " & "]))
def test_a_range_is_read_without_its_repeated_month_and_year(first, days, joint):
    last = first + timedelta(days)
    printed = {f"{day_month(first)} {first.year}{joint}{day_month(last)} {last.year}"}
    if (first.year, first.month) == (last.year, last.month):
        printed.add(f"{first.day}{joint}{day_month(last)} {last.year}")
    printed.add(f"{day_month(first)}{joint}{day_month(last)} {last.year}")  # even if the range crosses the new year
    assert {find_range(f"Inspection dates: {text} Lead inspector") for text in printed} == {(first, last)}


@given(DAYS, st.integers(1, 300), st.integers(0, 4))
def test_a_visit_without_a_year_is_the_last_one_before_the_letter(first, ago, days):
    last = first + timedelta(days)
    written = last + timedelta(ago)
    printed = f"the visit on {day_month(first)} to {day_month(last)}, which"
    leap_day = (2, 29) in {(first.month, first.day), (last.month, last.day)}
    if not leap_day:
        assert find_range(printed, written) == (first, last)


@pytest.mark.parametrize("text", ["12 and 13 December", "on 7 February"])
def test_a_visit_stays_unknown_without_a_year_and_the_date_of_a_letter(text):
    assert find_range(text) is None


@pytest.mark.parametrize(
    "text", ["31 June 2023", "31 April 2022 to 30 April 2022", "from May 2023", "1,204 children", ""]
)
def test_other_numbers_are_not_dates(text):
    assert find_range(text) is None


def test_an_impossible_date_does_not_hide_the_next_one():
    assert find_date("31 June 2023, then 1 July 2023") == date(2023, 7, 1)


@pytest.mark.parametrize(
    ("name", "number"), [("January", 1), ("sept", 9), ("JUN", 6), ("july", 7), ("may", 5), ("Dec", 12)]
)
def test_months_are_known_by_name_and_abbreviation(name, number):
    assert month_number(name) == number


def test_a_misprinted_range_from_29_february_raises_nothing():
    assert find_range("29 February to 1 January 2024") is None


def test_days_out_of_order_in_one_month_are_a_misprint_and_not_a_year_apart():
    assert find_range("14 to 12 May 2023") is None


def two_parts(*joints):
    """Two parts of an inspection in order, each with its year, and the text that joins them."""
    steps = st.tuples(DAYS, st.integers(1, 9), st.integers(1, 90), st.integers(1, 9))
    return st.tuples(steps, st.sampled_from(joints))


def one_part(first, last):
    opens = (
        f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{day_month(first)} {first.year}"
    )
    return f"{opens} to {day_month(last)} {last.year}"


@given(two_parts(" and ", ", ", "; ", " & ", ",", "\nand "))
def test_an_inspection_in_two_parts_lasts_from_the_first_day_to_the_last(drawn):
    (first, days, pause, more), joint = drawn
    ended = first + timedelta(days)
    again = ended + timedelta(pause)
    last = again + timedelta(more)
    printed = f"Inspection dates: {one_part(first, ended)}{joint}{one_part(again, last)} Lead inspector"
    assert find_range(printed) == (first, last)


@given(two_parts(". Inspectors came again from ", " (", " with a break, then ", " or "))
def test_days_further_on_in_a_text_are_not_a_second_part(drawn):
    (first, days, pause, more), joint = drawn
    ended = first + timedelta(days)
    again = ended + timedelta(pause)
    assert find_range(f"{one_part(first, ended)}{joint}{one_part(again, again + timedelta(more))}") == (first, ended)


@pytest.mark.parametrize(
    "second",
    ["2 to 4 April 2024", "8 to 12 May 2024", "28 to 31 June 2024", "14 to 12 June 2024"],
    ids=["earlier", "begun before the first ends", "no such day", "misprinted"],
)
def test_days_that_cannot_follow_the_first_part_do_not_extend_it(second):
    ended = 12 if second.startswith("8") else 6
    assert find_range(f"1 to {ended} May 2024 and {second}") == (date(2024, 5, 1), date(2024, 5, ended))


def test_two_parts_without_a_year_are_the_last_ones_before_the_letter():
    printed = "the visit on 14 and 15 May and 4 and 5 June, which"
    assert find_range(printed, date(2024, 7, 1)) == (date(2024, 5, 14), date(2024, 6, 5))
    assert find_range("on 12 to 14 December and 9 to 11 January", date(2024, 2, 1)) == (
        date(2023, 12, 12),
        date(2024, 1, 11),
    )
    assert find_range(printed) is None


JOINTS = (
    " to ",
    " and ",
    ", and ",
    " until ",
    " through ",
    " – ",
    "–",
    "—",
    " - ",
    "−",
    ", ",
    ",",
    "; ",
    " & ",
    "\nand ",
)


@st.composite
def date_groups(draw, *, dated=True):
    """Days in order, and a text that lists them. A day may omit its month or year if a later day states it."""
    steps = draw(st.lists(st.integers(1, 60), max_size=7))
    days = list(accumulate(steps, lambda day, step: day + timedelta(step), initial=draw(DAYS)))
    printed = f"{day_month(days[-1])} {days[-1].year}" if dated else day_month(days[-1])
    for day, after in reversed(list(pairwise(days))):
        forms = [f"{day_month(day)} {day.year}"] if dated else []
        if day.year == after.year or day.month > after.month:
            forms.append(day_month(day))  # this is a day in December, before days in January
        if (day.year, day.month) == (after.year, after.month):
            forms.append(f"{day.day}")
        weekday = draw(st.sampled_from(["", f"{day:%A} ", f"{day:%A}, "]))
        printed = f"{weekday}{draw(st.sampled_from(forms))}{draw(st.sampled_from(JOINTS))}{printed}"
    return days, printed


@given(date_groups())
def test_any_group_of_dates_lasts_from_its_first_day_to_its_last(date_group):
    days, printed = date_group
    assert find_range(f"Inspection dates: {printed} Lead inspector") == (days[0], days[-1])


@given(date_groups(dated=False), st.integers(0, 300))
def test_a_group_of_dates_without_a_year_is_the_last_one_before_the_letter(date_group, ago):
    days, printed = date_group
    assert find_range(f"the visit on {printed}, which", days[-1] + timedelta(ago)) == (days[0], days[-1])


@given(date_groups(), st.sampled_from(JOINTS), st.integers(0, 99), st.sampled_from(["children", "homes", "%", "social workers in May 2019"]))  # fmt: skip
def test_another_number_after_a_group_of_dates_neither_extends_nor_hides_it(date_group, joint, number, words):
    days, printed = date_group
    assert find_range(f"{printed}{joint}{number} {words}") == (days[0], days[-1])


@given(date_groups(), st.sampled_from(["12 children on ", "2019, when 3 homes, on ", "30 to 40 pages; ", "3.", "(4) "]))
def test_another_number_before_a_group_of_dates_does_not_hide_it(date_group, before):
    days, printed = date_group
    assert find_range(f"{before}{printed}") == (days[0], days[-1])


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("19 November–11 December 2013 and 28–30 January 2014", "2013-11-19", "2014-01-30"),
        ("4 to 8 December, 11 to 15 December and 8 to 12 January 2024", "2023-12-04", "2024-01-12"),
        ("3 and 4 May, 5 and 6 June and 7 July 2024", "2024-05-03", "2024-07-07"),
        ("3rd, 4th and 5th May 2024", "2024-05-03", "2024-05-05"),
        ("Monday 3 to Friday 7 June 2024", "2024-06-03", "2024-06-07"),
        ("Tuesday, 4th June, 2024", "2024-06-04", "2024-06-04"),
        ("3 Sept. to 5 Oct. 2024", "2024-09-03", "2024-10-05"),
        ("30 December to 3 January 2024", "2023-12-30", "2024-01-03"),
        ("28 and 29 February 2024", "2024-02-28", "2024-02-29"),
    ],
)
def test_groups_of_dates_are_read_as_reports_print_them(printed, first, last):
    assert find_range(printed) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("3 May 2024 to 31 June 2024", "2024-05-03", "2024-05-03"),
        ("3 to 7 May 2024, 10 to 40 June 2024", "2024-05-03", "2024-05-07"),
        ("3 to 7 May 2024, 10 to 14 May 2023", "2024-05-03", "2024-05-07"),
        ("14 to 12 May 2023, then on 3 June 2023", "2023-06-03", "2023-06-03"),
        ("28 and 29 February 2023. Then 1 March 2023", "2023-03-01", "2023-03-01"),
    ],
)
def test_a_misprint_ends_a_group_of_dates_and_hides_no_later_one(printed, first, last):
    assert find_range(printed) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("printed", ["28 and 29 February", "30 and 31 April"])
def test_a_day_that_does_not_exist_in_the_year_of_the_letter_stays_unknown(printed):
    assert find_range(printed, date(2023, 6, 1)) is None


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 9, 11), date(2023, 9, 15), "11 to 15 September 2023"),
        (date(2014, 1, 28), date(2014, 2, 5), "28 January to 5 February 2014"),
        (date(2013, 12, 30), date(2014, 1, 8), "30 December 2013 to 8 January 2014"),
        (date(2020, 10, 13), date(2020, 10, 13), "13 October 2020"),
        (None, date(2020, 10, 3), "3 October 2020"),
        (None, None, None),
    ],
)
def test_a_range_is_worded_without_repeated_months_or_years(first, last, words):
    assert days_in_words(first, last) == words


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("8th–12th May 2023", date(2023, 5, 8), date(2023, 5, 12)),
        ("Tuesday 14 March to Thursday 16 March 2023", date(2023, 3, 14), date(2023, 3, 16)),
        ("Tue 14 – Thu 16 Mar 2023", date(2023, 3, 14), date(2023, 3, 16)),
        ("6/3/23 – 10/3/23", date(2023, 3, 6), date(2023, 3, 10)),
        ("6/3 – 10/3/23", date(2023, 3, 6), date(2023, 3, 10)),
        ("6–10/3/2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("06.03.2023 to 10.03.2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("2023-03-06 to 2023-03-10", date(2023, 3, 6), date(2023, 3, 10)),
        ("06.03.2023", date(2023, 3, 6), date(2023, 3, 6)),
        ("06.03.23-10.03.23", date(2023, 3, 6), date(2023, 3, 10)),
        ("6/3-10/3/23", date(2023, 3, 6), date(2023, 3, 10)),
        ("Monday 6th – Friday 10th March 2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("6th‑10th March 2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("6 ‒ 10 March 2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("Mon 6 ~ Fri 10 March 2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("6th of March to the 10th of March 2023", date(2023, 3, 6), date(2023, 3, 10)),
        ("9th / 10th March 2023", date(2023, 3, 9), date(2023, 3, 10)),
        ("28/2/2023 and 1/3/2023", date(2023, 2, 28), date(2023, 3, 1)),
    ],
)
def test_dates_as_councils_write_them_are_read(printed, first, last):
    assert find_range(printed) == (first, last)
    assert find_range(f"from {printed}, by two inspectors") == (first, last)


@given(
    DAYS, st.sampled_from(["{d.day}/{d.month}/{d.year}", "{d:%d.%m.%Y}", "{d.day}-{d.month}-{d:%y}", "{d:%Y-%m-%d}"])
)
def test_a_day_in_figures_has_its_day_first(day, form):
    assert find_date(form.format(d=day)) == day


@pytest.mark.parametrize(
    "printed",
    ["3/25/2023", "31/2/2023", "3/6/23 – 3/10/23", "0/3/2023", "1.2.3.2023", "192.168.20.23", "12/34/5678", "99/99/99"],
)
def test_american_and_impossible_dates_in_figures_are_no_dates(printed):
    assert (find_range(printed), find_date(printed)) == (None, None)


def test_one_american_date_makes_all_dates_in_figures_of_a_text_doubtful():
    assert readable_dates("from 3/6/2023 to 3/17/2023, and 5 May 2023") == "from ?, and 5 May 2023"
    assert readable_dates("3/17/2023, then 03.06.23-07.06.23 or 2023-06-03") == "?, then ? or ?"
    assert (
        readable_dates("from 6/3/2023 to 17/3/2023, version 4.13.20") == "from 6 March 2023 to 17 March 2023, version ?"
    )


@pytest.mark.parametrize(
    ("printed", "first", "last", "words"),
    [
        ("w/c 6 March 2023 by two inspectors", date(2023, 3, 6), date(2023, 3, 12), "w/c 6 March 2023"),
        ("week commencing 06/03/2023", date(2023, 3, 6), date(2023, 3, 12), "week commencing 06/03/2023"),
        ("March 2023", date(2023, 3, 1), date(2023, 3, 31), "March 2023"),
        ("Feb. 2024", date(2024, 2, 1), date(2024, 2, 29), "Feb. 2024"),
    ],
)
def test_a_week_or_a_month_keeps_the_words_that_name_it(printed, first, last, words):
    assert find_week_or_month(printed) == (first, last, words)


@pytest.mark.parametrize(
    "printed", ["6 March 2023", "w/c 31 June 2023", "w/c the summer", "in March 2023", "March", ""]
)
def test_other_words_are_no_week_or_month(printed):
    assert find_week_or_month(printed) is None


def test_the_day_that_stands_for_unknown_is_never_printed_as_a_date():
    assert in_words(date.min) == UNKNOWN_DAY
    assert "January 1" not in in_words(date.min)


def test_long_rows_of_figures_are_read_in_time_that_grows_with_their_length():
    assert find_range("1/1/" * 50_000) is None
    assert find_range("1 - " * 20_000) is None
