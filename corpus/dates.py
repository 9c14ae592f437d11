"""Reads dates in the forms used in English reports: single days, and ranges that leave out a repeated month or year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# fmt: off
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?"
DATE = re.compile(rf"\b{_DAY}\s+({MONTH})\.?,?\s+(20\d\d)\b", re.IGNORECASE)
_PART = rf"{_DAY}(?:\s+({MONTH})\b\.?)?(?:,?\s+(20\d\d)\b)?"
_BETWEEN = r"\s*(?:,\s*and|to|–|—|-|−|and|until|through|&|,|;)\s*"
_DAYS = re.compile(_PART, re.IGNORECASE)
STRETCH = re.compile(rf"\b{_PART}(?:{_BETWEEN}{_PART})*", re.IGNORECASE)
"""A group of dates: "19 November–11 December 2013 and 28–30 January 2014"."""
_Printed = tuple[str, str, str]
"""A day, a month and a year, as printed. A part that is not printed is ""."""


def month_number(name: str) -> int:
    """Return the number of a month, from 1, given its name or abbreviation."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def in_words(day: date) -> str:
    """Return a date as British readers write it: "5 February 2014"."""
    # Not every system's strftime can leave out the zero in "05".
    return f"{day.day} {day:%B %Y}"


def days_in_words(first: date | None, last: date | None) -> str | None:
    """Return a range with no repeated month or year ("11 to 15 September 2023"), or None if neither day is known.

    If only one of the two days is known, it is used for both.
    """
    first, last = first or last, last or first
    if first is None or last is None:
        return None
    if first == last:
        return in_words(last)
    if first.year != last.year:
        return f"{in_words(first)} to {in_words(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} to {in_words(last)}"
    return f"{first.day} to {in_words(last)}"


def find_date(text: str) -> date | None:
    """Return the first date in a text that has a day, a month and a year."""
    for match in DATE.finditer(text):
        if day := _date(*match.groups()):
            return day
    return None


def find_range(text: str, written: date | None = None) -> tuple[date, date] | None:
    """Return the first and last day of the first group of dates in a text. The group may contain days, ranges or both.

    A month or a year that is left out is taken from the following day. If no year is printed, we use the latest year
    that puts the day on or before ``written``, the date of the letter.
    """
    for stretch in STRETCH.finditer(text):
        printed = _DAYS.findall(stretch.group())
        # The last numbers may be misprints, or may not be days at all ("15 May 2024, 12 children"). The longest valid
        # list wins.
        for count in range(len(printed), 0, -1):
            if days := _in_order(printed[:count], written):
                return days[0], days[-1]
    return None


def _in_order(printed: Sequence[_Printed], written: date | None) -> list[date] | None:
    """Return printed days as dates, or None if the last day has no month or the days are not in order."""
    days: list[date] = []
    month = year = ""
    for day, own_month, own_year in reversed(printed):
        if not own_year and own_month and month and year and month_number(own_month) > month_number(month):
            year = str(int(year) - 1)  # a day in December, before days in January
        month = own_month or month
        year = own_year or year or (_year_before(day, month, written) if month else "")
        complete = _date(day, month, year) if month else None
        if complete is None or (days and complete > days[-1]):
            return None
        days.append(complete)
    return days[::-1]


def _year_before(day: str, month: str, written: date | None) -> str:
    if written is None:
        return ""
    return str(written.year if (month_number(month), int(day)) <= (written.month, written.day) else written.year - 1)


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), month_number(month), int(day)) if year else None
    except ValueError:
        return None
