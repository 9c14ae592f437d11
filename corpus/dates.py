"""Dates as English reports print them: single days and ranges, with months and years left out where they repeat."""

from __future__ import annotations

import re
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
RANGE = re.compile(
    rf"\b{_DAY}(?:\s+({MONTH}))?(?:,?\s+(20\d\d))?\s*(?:to|–|—|-|−|and|until|&)\s*{_DAY}\s+({MONTH})(?:,?\s+(20\d\d))?",
    re.IGNORECASE,
)
_AND_RANGE = re.compile(rf"\s*(?:,|;|and|&)\s*({RANGE.pattern})", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(rf"\b{_DAY}\s+({MONTH})\b(?:,?\s+(20\d\d))?", re.IGNORECASE)


def month_number(name: str) -> int:
    """The month, from 1, that a name or its abbreviation stands for."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def in_words(day: date) -> str:
    """A date as British readers write it, "5 February 2014"; strftime has no portable way to leave out the zero."""
    return f"{day.day} {day:%B %Y}"


def find_date(text: str) -> date | None:
    """The first whole date in a text."""
    for found in DATE.finditer(text):
        day, month, year = found.groups()
        if made := _date(day, month, year):
            return made
    return None


def find_range(text: str, written: date | None = None) -> tuple[date, date] | None:
    """The first range of days in a text, or the first single day as a range of one.

    Of an inspection in two spells ("1 to 5 May and 10 to 12 June 2024"), from the first day to the last. Where no year
    is printed, it is the last such day before ``written``, the date of the letter.
    """
    first = _one_range(text, written)
    found = RANGE.search(text)
    if first and found and (again := _AND_RANGE.match(text, found.end())):
        second = _one_range(again.group(1), written)
        if second and second[0] > first[1]:
            return first[0], second[1]
    return first


def _one_range(text: str, written: date | None) -> tuple[date, date] | None:
    if found := RANGE.search(text):
        first_day, first_month, first_year, last_day, last_month, last_year = found.groups()
        end = _date(last_day, last_month, last_year or _year_before(last_day, last_month, written))
        if end is None:
            return None
        start = _date(first_day, first_month or last_month, first_year or str(end.year))
        if start and start > end and start.month > end.month and not first_year:
            start = _date(first_day, first_month or last_month, str(end.year - 1))  # December to January
        return (start, end) if start and start <= end else None
    if found := _DAY_AND_MONTH.search(text):
        day, month, year = found.groups()
        one = _date(day, month, year or _year_before(day, month, written))
        return (one, one) if one else None
    return None


def _year_before(day: str, month: str, written: date | None) -> str | None:
    if written is None:
        return None
    return str(written.year if (month_number(month), int(day)) <= (written.month, written.day) else written.year - 1)


def _date(day: str, month: str, year: str | None) -> date | None:
    try:
        return date(int(year), month_number(month), int(day)) if year else None
    except ValueError:
        return None
