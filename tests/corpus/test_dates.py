from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import find_date, find_range, month_number

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
def test_a_day_is_read_in_each_printed_form(day, form):
    assert find_date(f"published {form.format(d=day)}.") == day
    assert find_range(f"on {form.format(d=day)}.") == (day, day)


@given(DAYS, st.integers(1, 60), st.sampled_from([" to ", " – ", "–", " and ", " - ", " until ", " & "]))
def test_a_range_is_read_with_month_and_year_left_out_where_they_repeat(first, days, joint):
    last = first + timedelta(days)
    printed = {f"{day_month(first)} {first.year}{joint}{day_month(last)} {last.year}"}
    if (first.year, first.month) == (last.year, last.month):
        printed.add(f"{first.day}{joint}{day_month(last)} {last.year}")
    printed.add(f"{day_month(first)}{joint}{day_month(last)} {last.year}")  # over the new year as well
    assert {find_range(f"Inspection dates: {text} Lead inspector") for text in printed} == {(first, last)}


@given(DAYS, st.integers(1, 300), st.integers(0, 4))
def test_a_letters_visit_without_a_year_is_the_last_before_the_letter(first, ago, days):
    last = first + timedelta(days)
    written = last + timedelta(ago)
    printed = f"the visit on {day_month(first)} to {day_month(last)}, which"
    leap_day = (2, 29) in {(first.month, first.day), (last.month, last.day)}
    if not leap_day:
        assert find_range(printed, written) == (first, last)


@pytest.mark.parametrize("text", ["12 and 13 December", "on 7 February"])
def test_without_a_year_or_a_letters_date_the_visit_stays_unknown(text):
    assert find_range(text) is None


@pytest.mark.parametrize(
    "text", ["31 June 2023", "31 April 2022 to 30 April 2022", "from May 2023", "1,204 children", ""]
)
def test_what_is_no_date_is_none(text):
    assert find_range(text) is None


def test_an_impossible_date_does_not_hide_the_next():
    assert find_date("31 June 2023, then 1 July 2023") == date(2023, 7, 1)


@pytest.mark.parametrize(
    ("name", "number"), [("January", 1), ("sept", 9), ("JUN", 6), ("july", 7), ("may", 5), ("Dec", 12)]
)
def test_months_are_known_by_name_and_abbreviation(name, number):
    assert month_number(name) == number


def test_a_misprinted_range_from_29_february_does_not_raise():
    assert find_range("29 February to 1 January 2024") is None


def test_days_out_of_order_in_one_month_are_a_misprint_and_not_a_year():
    assert find_range("14 to 12 May 2023") is None


def spells(*joints):
    """Two spells of days in order, each written with its year, and what joins them."""
    steps = st.tuples(DAYS, st.integers(1, 9), st.integers(1, 90), st.integers(1, 9))
    return st.tuples(steps, st.sampled_from(joints))


def spell(first, last):
    opens = (
        f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{day_month(first)} {first.year}"
    )
    return f"{opens} to {day_month(last)} {last.year}"


@given(spells(" and ", ", ", "; ", " & ", ",", "\nand "))
def test_an_inspection_in_two_spells_lasts_from_the_first_day_to_the_last(drawn):
    (first, days, pause, more), joint = drawn
    ended = first + timedelta(days)
    again = ended + timedelta(pause)
    last = again + timedelta(more)
    printed = f"Inspection dates: {spell(first, ended)}{joint}{spell(again, last)} Lead inspector"
    assert find_range(printed) == (first, last)


@given(spells(". Inspectors came again from ", " (", " with a break, then ", " or "))
def test_days_further_on_in_a_text_are_no_second_spell(drawn):
    (first, days, pause, more), joint = drawn
    ended = first + timedelta(days)
    again = ended + timedelta(pause)
    assert find_range(f"{spell(first, ended)}{joint}{spell(again, again + timedelta(more))}") == (first, ended)


@pytest.mark.parametrize(
    "second",
    ["2 to 4 April 2024", "8 to 12 May 2024", "28 to 31 June 2024", "14 to 12 June 2024"],
    ids=["earlier", "begun before the first ends", "no such day", "misprinted"],
)
def test_what_cannot_follow_the_first_spell_does_not_lengthen_it(second):
    ended = 12 if second.startswith("8") else 6
    assert find_range(f"1 to {ended} May 2024 and {second}") == (date(2024, 5, 1), date(2024, 5, ended))


def test_a_letters_two_spells_without_a_year_are_the_last_before_the_letter():
    printed = "the visit on 14 and 15 May and 4 and 5 June, which"
    assert find_range(printed, date(2024, 7, 1)) == (date(2024, 5, 14), date(2024, 6, 5))
    assert find_range("on 12 to 14 December and 9 to 11 January", date(2024, 2, 1)) == (
        date(2023, 12, 12),
        date(2024, 1, 11),
    )
    assert find_range(printed) is None
