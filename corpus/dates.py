"""Dates as English reports print them: single days and ranges, with months and years left out where they repeat."""

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
_STRETCH = re.compile(rf"\b{_PART}(?:{_BETWEEN}{_PART})*", re.IGNORECASE)
"""Days in a row: "19 November–11 December 2013 and 28–30 January 2014"."""
_Printed = tuple[str, str, str]
"""A day, its month and its year as printed, "" where left out."""


def month_number(name: str) -> int:
    """The month, from 1, that a name or its abbreviation stands for."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def in_words(day: date) -> str:
    """A date as British readers write it, "5 February 2014"; strftime has no portable way to leave out the zero."""
    return f"{day.day} {day:%B %Y}"


def days_in_words(first: date | None, last: date | None) -> str | None:
    """A range of days without repeated months or years, "11 to 15 September 2023"; None if both days are unknown.

    If one of the two is unknown, the other stands for both.
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
    """The first whole date in a text."""
    for found in DATE.finditer(text):
        day, month, year = found.groups()
        if made := _date(day, month, year):
            return made
    return None


def find_range(text: str, written: date | None = None) -> tuple[date, date] | None:
    """The first day and the last of the first stretch of days in a text: of one day, of a range, of several spells.

    A month or a year that is left out is that of the day after it. Where none is printed, the year is that of the last
    such day before ``written``, the date of the letter.
    """
    for found in _STRETCH.finditer(text):
        printed = _DAYS.findall(found.group())
        # What follows a stretch may be no day of it ("15 May 2024, 12 children"), or a misprint: the longest that fits.
        for count in range(len(printed), 0, -1):
            if days := _in_order(printed[:count], written):
                return days[0], days[-1]
    return None


def _in_order(printed: Sequence[_Printed], written: date | None) -> list[date] | None:
    """The days of a stretch, or None where the last has no month or they are not in order."""
    days: list[date] = []
    month = year = ""
    for day, own_month, own_year in reversed(printed):
        if not own_year and own_month and month and year and month_number(own_month) > month_number(month):
            year = str(int(year) - 1)  # December, of a stretch that ends in January
        month = own_month or month
        year = own_year or year or (_year_before(day, month, written) if month else "")
        made = _date(day, month, year) if month else None
        if made is None or (days and made > days[-1]):
            return None
        days.append(made)
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
