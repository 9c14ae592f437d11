"""Reads dates in the forms used in English reports: single days, and ranges that leave out a repeated month or year.

Dates in figures put the day first ("6/3/23" is 6 March 2023). We do not read a date that can only be in the American
order.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

# fmt: off
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thur?s?|fri|sat|sun)\b\.?,?\s+(?:the\s+)?)?"
DAY = rf"{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?"
_DAY = rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?"
_OF = r"\s+(?:of\s+)?"
DATE = re.compile(rf"\b{_DAY}{_OF}({MONTH})\.?,?\s+(20\d\d)\b", re.IGNORECASE)
_PART = rf"{_DAY}(?:{_OF}({MONTH})\b\.?)?(?:,?\s+(20\d\d)\b)?"
_DASH = "[-‐‑‒–—―−~]"
_BETWEEN = rf"\s*(?:,\s*and|to|{_DASH}|and|until|through|&|,|;|(?<=\s)/(?=\s))\s*(?:the\s+)?"
_DAYS = re.compile(_PART, re.IGNORECASE)
STRETCH = re.compile(rf"\b{_PART}(?:{_BETWEEN}{_PART})*", re.IGNORECASE)
"""A group of dates: "19 November–11 December 2013 and 28–30 January 2014"."""
_IN_FIGURES = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:20)?\d\d)(?![\d/-]|\.\d)|"
    r"(?<![\d./-])(?P<iso>20\d\d-\d\d-\d\d)(?![\d/-])"
)
"""A date in figures: "06.03.2023", "6/3/23" or "2023-03-06". Times of day and web addresses have other marks."""
_MAY_BE_DATE = re.compile(r"\d[/.-]\d")
"""The characters that every date in figures contains."""
_START_IN_FIGURES = re.compile(
    rf"(?<![\d./-])(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?={_BETWEEN}\d{{1,2}}/\d{{1,2}}/(?:20)?\d\d(?![\d/-]))"
)
"""The start of a range in figures, without its year: "6/3 – 10/3/23"."""
_AMERICAN = re.compile(
    rf"(?<![\d./-])(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?:/(?:20)?\d\d)?{_BETWEEN}"
    rf"(?P=first)/(?!(?P=second)/)\d{{1,2}}/(?:20)?\d\d(?![\d/-])"
)
"""A range whose days start with the same figure, such as "3/6/23 – 3/10/23". In the American order this is a few days
in March, and in the British order it is four months. So we do not read it."""
_FIGURE_RANGES = re.compile(
    rf"(?<![\d./-])(?:\d{{1,2}}(?:[/.-]\d{{1,2}})?{_BETWEEN})?(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20)?\d\d|"
    rf"20\d\d-\d\d-\d\d)(?:{_BETWEEN}(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:20)?\d\d|20\d\d-\d\d-\d\d))?(?![\d/-])",
    re.IGNORECASE,
)
_CLOSE_RANGE = re.compile(
    rf"((?<![\d./-])\d{{1,2}}[./]\d{{1,2}}(?:[./](?:20)?\d\d)?)({_DASH})(?=\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d(?!\d))"
)
"""The start of a range of dates in figures, without spaces around the dash: "09.06.25-13.06.25"."""
_WEEK = re.compile(
    r"\s*\b(?:w/?c|w/?b|week[- ](?:commencing|beginning|starting|of))\b\.?:?\s*(?:the\s+)?", re.IGNORECASE
)
_MONTH_ALONE = re.compile(rf"\s*(?P<words>(?P<month>{MONTH})\b\.?,?\s+(?P<year>20\d\d))\b", re.IGNORECASE)
_WEEK_DAYS = 7
UNKNOWN_DAY = "an unknown date"
"""The words for a day that we do not know. In code such a day is 1 January of the year 1. Nobody must ever see that
date."""
_Printed = tuple[str, str, str]
"""A day, a month and a year, as printed. A part that is not printed is ""."""


def month_number(name: str) -> int:
    """Return the number of a month, from 1, given its name or abbreviation."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def in_words(day: date) -> str:
    """Return a date as British readers write it: "5 February 2014"."""
    if day == date.min:
        return UNKNOWN_DAY
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
    for match in DATE.finditer(_in_letters(text)):
        if day := _date(*match.groups()):
            return day
    return None


def find_range(text: str, written: date | None = None) -> tuple[date, date] | None:
    """Return the first and last day of the first group of dates in a text. The group may contain days, ranges or both.

    If a day has no month or year, we take it from the day that follows. If no year is printed, we use the latest year
    that puts the day on or before ``written``, the date of the letter.
    """
    for stretch in STRETCH.finditer(_in_letters(text)):
        printed = _DAYS.findall(stretch.group())
        # The last numbers may be misprints, or may not be days at all ("15 May 2024, 12 children"). We use the longest
        # valid list.
        for count in range(len(printed), 0, -1):
            if days := _in_order(printed[:count], written):
                return days[0], days[-1]
    return None


def find_week_or_month(text: str) -> tuple[date, date, str] | None:
    """If a text starts with a week or month, return its first and last day, and the words that name it.

    A week is named by its first day ("w/c 6 March 2023"). A month must be alone ("March 2023").
    """
    if week := _WEEK.match(text):
        day = DATE.match(text, week.end()) or _IN_FIGURES.match(text, week.end())
        first = find_date(day.group()) if day else None
        if day is None or first is None:
            return None
        return first, first + timedelta(days=_WEEK_DAYS - 1), " ".join(text[: day.end()].split())
    if month := _MONTH_ALONE.match(text):
        number, year = month_number(month["month"]), int(month["year"])
        words = " ".join(month["words"].split())
        return date(year, number, 1), date(year, number, monthrange(year, number)[1]), words
    return None


def readable_dates(text: str) -> str:
    """Return a text with its dates in words instead of figures, so that we can read facts from it.

    If any date has the month first, the others may have it too: "3/6/2023" may be 6 March. So each becomes "?".
    """
    if not _MAY_BE_DATE.search(text):  # true of most texts
        return text
    return _FIGURE_RANGES.sub("?", text) if _is_american(text) else _in_letters(text)


def dates_in_figures(text: str) -> Iterator[re.Match[str]]:
    """Yield the ranges and days in a text that are in figures."""
    return _FIGURE_RANGES.finditer(text)


def _is_american(text: str) -> bool:
    """Return whether any date in figures has the month first ("3/25/2023")."""
    return any(
        found["day"] and int(found["month"]) > len(MONTHS) >= int(found["day"]) and found["mark"] != "."
        for found in _IN_FIGURES.finditer(text)
    )


def _in_letters(text: str) -> str:
    """Return a text in which dates in figures have their month in words: "6/3/23" becomes "6 March 2023".

    A date that does not exist becomes "?", and so does one that may be in the American order.
    """
    if not _MAY_BE_DATE.search(text):
        return text
    text = _AMERICAN.sub("?", _CLOSE_RANGE.sub(r"\1 \2 ", text))
    text = _START_IN_FIGURES.sub(lambda found: _month_in_words(found["day"], found["month"]), text)
    return _IN_FIGURES.sub(_date_in_words, text)


def _date_in_words(found: re.Match[str]) -> str:
    year, month, day = found["iso"].split("-") if found["iso"] else (found["year"], found["month"], found["day"])
    with_month = _month_in_words(day, month)
    return f"{with_month} {year if len(year) > 2 else f'20{year}'}" if with_month != "?" else "?"


def _month_in_words(day: str, month: str) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1].capitalize()}" if 1 <= int(month) <= len(MONTHS) else "?"


def _in_order(printed: Sequence[_Printed], written: date | None) -> list[date] | None:
    """Return printed days as dates. Return None if the last day has no month, or if the days are not in order."""
    days: list[date] = []
    month = year = ""
    for day, own_month, own_year in reversed(printed):
        if not own_year and own_month and month and year and month_number(own_month) > month_number(month):
            year = str(int(year) - 1)  # a day in December before days in January
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
