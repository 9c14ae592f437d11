"""Times that a calendar names: days, months, quarters, seasons, terms, years and decades, and groups of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from corpus.dates import MONTH, days_in_words, find_date, find_range, month_number
from qa_service.understanding.times.days import (
    SEASONS,
    TERMS,
    Days,
    days_label,
    latest_begun,
    month_of,
    named_months,
    slice_of,
    year_from,
    years,
)
from qa_service.understanding.times.numbers import (
    CALENDAR_YEAR,
    NOT_RANGE,
    ORDINAL,
    YEAR,
    is_counted,
    ordinal_of,
    year_of,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a text, whose words end at ``end``."""

    days: Days
    end: int
    label: str = ""
    """What we understood the words to mean, if they are not clear enough by themselves."""
    relative: bool = False
    """Whether the time depends on the day when the question is asked."""
    gloss: bool = False
    """Whether the label must give the days after the words: "Q2 2024 (April to June 2024)"."""
    alternative: tuple[Days, str] | None = None
    """The other days that the words may mean, and their label."""
    edge: str = ""
    """ "start" or "end" if the words name the first or the last part of a time."""
    figure: bool = False
    """Whether the words give the year that a figure is for ("2015-16"), unless they belong to an inspection or a
    report."""
    joined: bool = False
    """Whether the words join two times: "6 to 17 May 2019"."""
    window: bool = False
    """Whether the words may count from an inspection instead of from today: "in the last year"."""
    wide: bool = False
    """Whether the words only set a wide limit: any time in the last two years, or more than three years ago."""


_DAY_NAME = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_SEASON = "spring|summer|autumn|winter"
_JOIN = r"\s*(?:-|–|—|/|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b|&)\s*"
_TWO_YEARS = r"(?P<year>20[0-3]\d)(?:\s?[-–/]\s?|\s+to\s+)(?P<next>(?:20)?[0-4]\d)\b"
_SHORT_YEAR = r"(?:1[3-9]|2\d)\b(?!\s?[-–/]\s?\d|['’]?s\b|[,.:]?\d|,?\s+20\d\d\b|%|\s*(?:per\s?cent|percent)\b)"
"""The last two digits of a year after a month: "Dec 23"."""
_ALSO_WORDS = ("may", "march", "mar")
"""Months that are also words: "may 20 children"."""
_BEFORE_MONTH = re.compile(
    r"(?:^|\b(?:in|from|since|of|the|after|before|until|till|by|to|and|between|around|during|for|last)\s+|[(,–-]\s*)$",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:re-?)?(?:inspect\w*|visit\w*|reports?|letter|ILACS|JTAI|monitoring)\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"[\s-]*(?:years?|yrs?|y/?os?|olds?|of|children|kids|cases|people|young|pupils|families|staff|posts?|homes?)\b",
    re.IGNORECASE,
)
_SCHOOL = "school|academic"
_FINANCIAL = "financial|fiscal|tax"
_NTH = ("first", "second", "third", "fourth")
_SLICES = {2: "half", 3: "third", 4: "quarter"}
"""The name of each equal slice of a year, by the number of slices."""


def _worded_day(match: re.Match[str], today: date) -> Time | None:
    part = match.groupdict()
    number = part["day"] or str(ordinal_of(part["ordinal"]))
    day = find_date(f"{number} {part['month']} {year_of(part['year'], today)}")
    return Time((day, day), match.end(), relative=is_counted(part["year"])) if day else None


def _numeric_day(match: re.Match[str], _: date) -> Time | None:
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    try:
        day = date(int(year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Time((day, day), match.end())


def _group_of_days(match: re.Match[str], _: date) -> Time | None:
    """Read "6 to 17 May 2019" as one time. ``find_range`` checks the order of the days."""
    days = find_range(re.sub(r"\s+of\s+", " ", match.group(), flags=re.IGNORECASE))
    return Time(days, match.end(), joined=True) if days and days[0] < days[1] else None


def _months(match: re.Match[str], today: date) -> Time:
    first, last = month_number(match["first"] or match["month"]), month_number(match["month"])
    year = year_of(match["year"], today)
    days = (month_of(year - (first > last), first)[0], month_of(year, last)[1])
    joined = bool(match["first"]) and "/" not in match.group()
    return Time(days, match.end(), relative=is_counted(match["year"]), joined=joined)


def _short_month(match: re.Match[str], today: date) -> Time | None:
    """Read "Dec 23" and "12/23". A month after today is none: "Dec 31" is a day."""
    year, month = 2000 + int(match["year"]), match["month"]
    before, after = match.string[: match.start()], match.string[match.end() :]
    is_unclear = month.lower() in _ALSO_WORDS or (month.isdecimal() and month[0] != "0")
    if is_unclear and not (_BEFORE_MONTH.search(before) or _AFTER_MONTH.match(after)):
        return None
    if month.isdecimal() and (_COUNTED.match(after) or year == 2000 + int(month) + 1):  # "12/13" may be a school year
        return None
    number = int(month) if month.isdecimal() else month_number(month)
    days = month_of(year, number)
    return Time(days, match.end(), days_label(days)) if days[0] <= today else None


def _short_day(match: re.Match[str], today: date) -> Time | None:
    """Read "12 Dec 23"."""
    day = find_date(f"{match['day']} {match['month']} 20{match['year']}")
    return Time((day, day), match.end(), days_label((day, day))) if day and day <= today else None


def _seasons(match: re.Match[str], today: date) -> Time | None:
    year = year_of(match["year"], today)
    if match["next"] and int(match["next"]) != (year + 1) % 100:
        return None
    last = named_months(SEASONS[match["season"].lower()], year)
    first = named_months(SEASONS[(match["first"] or match["season"]).lower()], year)
    if first > last:
        first = named_months(SEASONS[match["first"].lower()], year - 1)
    joined = bool(match["first"]) and "/" not in match.group()
    return Time((first[0], last[1]), match.end(), relative=is_counted(match["year"]), joined=joined)


def _numeric_month(match: re.Match[str], _: date) -> Time:
    return Time(month_of(int(match["year"]), int(match["month"])), match.end())


def _twelve_months(match: re.Match[str], _: date) -> Time | None:
    """Read a financial year (from April) or a school year (from September)."""
    part = match.groupdict()
    school = (part.get("kind") or "").lower() in _SCHOOL.split("|")
    first = int(part["year"]) if len(part["year"]) == 4 else 2000 + int(part["year"])
    kind, month = ("school year", 9) if school else ("financial year", 4)
    days = year_from(first, month)
    if part.get("next"):
        if int(part["next"]) % 100 != (first + 1) % 100:
            return None
        return Time(days, match.end(), f"{days_in_words(*days)} ({kind})")
    before = year_from(first - 1, month)
    if "FY" in match.group().upper():  # "FY2024" is the financial year that ends in 2024
        days, before = before, days
    return Time(
        days,
        match.end(),
        f"{days_in_words(*days)} ({kind})",
        alternative=(before, f"{days_in_words(*before)} ({kind})"),
    )


def _year_ending(match: re.Match[str], _: date) -> Time:
    last = month_of(int(match["year"]), month_number(match["month"]))[1]
    days = (year_from(last.year - 1, last.month % 12 + 1)[0] if last.month < 12 else date(last.year, 1, 1), last)
    return Time(days, match.end(), days_label(days))


def _term(match: re.Match[str], today: date) -> Time | None:
    name = match["term"].lower()
    year = year_of(match["year"], today)
    if match["next"]:
        if int(match["next"]) % 100 != (year + 1) % 100:
            return None
        year += name != "autumn"  # the spring term of 2022/23 is in 2023
    days = named_months(TERMS[name], year)
    return Time(days, match.end(), f"{days_in_words(*days)} (the {name} term)", relative=is_counted(match["year"]))


def _slice(match: re.Match[str], today: date) -> Time | None:
    """Read "Q2 2024" and "H1 2023". The quarters and halves of "2023/24" begin in April."""
    count = 2 if match["letter"].lower() == "h" else 4
    index = int(match["number"]) - 1
    if index >= count:
        return None
    year = year_of(match["year"], today)
    whole = Time(years(year), match.end(), relative=is_counted(match["year"]))
    return slice_of_year(whole, index, count, financial=bool(match["next"]))


def slice_of_year(year: Time, index: int, count: int, *, financial: bool = False) -> Time:
    """Return one of the quarters or halves of a year, with ``index`` from 0."""
    if financial or year.figure:
        part, label = _slice_of_financial_year(year, index, count)
        return Time(part, year.end, label)
    part = slice_of(year.days, index, count)
    if year.days != years(year.days[0].year):
        return Time(part, year.end, relative=year.relative, gloss=True)
    other = _slice_of_financial_year(year, index, count)
    return Time(part, year.end, relative=year.relative, gloss=True, alternative=other)


def _slice_of_financial_year(year: Time, index: int, count: int) -> tuple[Days, str]:
    """Return a slice of the financial year that begins in a year, and its label."""
    part = slice_of(year_from(year.days[0].year, 4), index, count)
    return part, f"{days_label(part)} (the {_NTH[index]} {_SLICES[count]} of the financial year)"


def _decade(match: re.Match[str], _: date) -> Time:
    first = int(match["decade"])
    return Time(years(first, first + 9), match.end())


def _two_years(match: re.Match[str], _: date) -> Time | None:
    """Read "2019-2023" and "2019–23" as calendar years. "2019-20" may also be a financial year."""
    first, last = int(match["year"]), int(match["next"]) % 100 + 2000
    if last <= first:
        return None
    days, short = years(first, last), len(match["next"]) == 2
    if last > first + 1:
        return Time(days, match.end(), days_label(days) if short else "", joined=True)
    financial = year_from(first, 4)
    other = (financial, f"{days_in_words(*financial)} (financial year)")
    return Time(days, match.end(), days_label(days), alternative=other, figure=short)


def _year(match: re.Match[str], today: date) -> Time:
    year = year_of(match["year"], today)
    relative = is_counted(match["year"])
    return Time(years(year), match.end(), str(year) if match["year"][0] in "'’‘" else "", relative)


def _bare_season(match: re.Match[str], today: date) -> Time:
    """Read "last summer" and "this spring"."""
    season, term = match["season"].lower(), match["term"]
    bounds = (TERMS if term and season in TERMS else SEASONS)[season]
    if match["which"].lower() == "last":
        days = latest_begun(bounds, today, ended=True)
    else:
        days = latest_begun(bounds, today)
        this_year = named_months(bounds, today.year)
        days = days if days[1] >= today else this_year
    return Time(days, match.end(), relative=True)


def _bare_month(match: re.Match[str], today: date) -> Time:
    """Read "last May" and "this May"."""
    month = month_number(match["month"])
    days = latest_begun((month, month), today, ended=match["which"].lower() == "last")
    return Time(month_of(today.year, month) if match["which"].lower() == "this" else days, match.end(), relative=True)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Time | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.VERBOSE), read)
    for pattern, read in (
        (r"(?P<year>20[0-3]\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _numeric_day),
        (
            r"(?P<day>\d{1,2})(?P<mark>[/.])(?P<month>\d{1,2})(?P=mark)(?P<year>20[0-3]\d|[0-3]\d)(?![\d/])",
            _numeric_day,
        ),
        (
            rf"""{_DAY_NAME}\d{{1,2}}{_ORDINAL}(?:\s+{MONTH}\b\.?)?
            (?:\s*(?:-|–|—|,|&|\bto\b|\band\b|\buntil\b)\s*(?:the\s+)?
              {_DAY_NAME}\d{{1,2}}{_ORDINAL}(?:\s+(?:of\s+)?{MONTH}\b\.?)?){{1,4}},?\s+20[0-3]\d\b{NOT_RANGE}""",
            _group_of_days,
        ),
        (
            rf"""{_DAY_NAME}(?:the\s+)?(?:(?P<day>\d{{1,2}}){_ORDINAL}|(?P<ordinal>{ORDINAL}))\s+(?:of\s+)?
            (?P<month>{MONTH})\b\.?,?\s*(?:of\s+)?(?P<year>{YEAR})""",
            _worded_day,
        ),
        (
            (
                rf"(?P<month>{MONTH})\b\.?\s+(?:the\s+)?(?:(?P<day>\d{{1,2}}){_ORDINAL}|(?P<ordinal>{ORDINAL}))"
                rf",?\s+(?P<year>{CALENDAR_YEAR}{NOT_RANGE})"
            ),
            _worded_day,
        ),
        (
            (
                rf"(?P<letter>[QH])(?P<number>[1-4])(?:\s+of\s+|\s?[-/]\s?|\s+)(?:FY\s?)?"
                rf"(?P<year>{CALENDAR_YEAR}|(?:this|last)\s+year\b)"
                r"(?:\s?[-–/]\s?(?P<next>(?:20)?\d\d)\b)?"
            ),
            _slice,
        ),
        (r"(?P<year>20[0-3]\d)\s?-?(?P<letter>[QH])(?P<number>[1-4])\b(?P<next>)", _slice),
        (
            rf"(?:the\s+)?(?P<kind>{_FINANCIAL}|{_SCHOOL})\s+years?\s+(?:of\s+|in\s+|from\s+)?{_TWO_YEARS}",
            _twelve_months,
        ),
        (rf"(?:the\s+)?{_TWO_YEARS}\s+(?P<kind>{_FINANCIAL}|{_SCHOOL})\s+year\b", _twelve_months),
        (r"FY\s?(?P<year>(?:20)?[0-3]\d)\s?[-–/]\s?(?P<next>(?:20)?\d\d)\b", _twelve_months),
        (r"FY\s?(?P<year>(?:20)?[0-3]\d)\b", _twelve_months),
        (rf"(?:the\s+)?(?P<kind>{_FINANCIAL}|{_SCHOOL})\s+year\s+(?:of\s+)?(?P<year>20[0-3]\d)\b", _twelve_months),
        (rf"(?:the\s+)?(?P<year>20[0-3]\d)\s+(?P<kind>{_FINANCIAL}|{_SCHOOL})\s+year\b", _twelve_months),
        (
            rf"""(?:the\s+)?(?:financial\s+|school\s+|academic\s+)?(?:year|12\s+months|twelve\s+months)\s+
            (?:ending|ended|to)\s+(?:the\s+end\s+of\s+)?(?:in\s+)?(?:\d\d(?:st|th)?\s+)?
            (?P<month>{MONTH})\b\.?,?\s+(?P<year>20[0-3]\d)\b{NOT_RANGE}""",
            _year_ending,
        ),
        (
            (
                rf"(?:the\s+)?(?P<term>autumn|spring|summer)\s+term(?:,|\s+of|\s+in)?\s+(?P<year>{CALENDAR_YEAR}"
                rf"(?:{NOT_RANGE}|(?=\s?[-–/]\s?\d\d))|{YEAR})(?:\s?[-–/]\s?(?P<next>(?:20)?\d\d)\b)?"
            ),
            _term,
        ),
        (rf"(?:the\s+)?(?P<year>{YEAR})\s+(?P<term>autumn|spring|summer)\s+term\b(?P<next>)", _term),
        (
            rf"(?:(?P<first>{MONTH})\b\.?{_JOIN})?(?P<month>{MONTH})\b\.?,?(?:\s*|\s+of\s+|-)(?P<year>{YEAR})",
            _months,
        ),
        (rf"(?P<day>\d{{1,2}}){_ORDINAL}\s+(?P<month>{MONTH})\b\.?,?\s+(?P<year>{_SHORT_YEAR})", _short_day),
        (rf"(?<!\d\s)(?P<month>{MONTH})\.?(?:\s*|-)(?P<year>{_SHORT_YEAR})", _short_month),
        (
            (
                rf"(?:(?P<first>{_SEASON}){_JOIN})?(?P<season>{_SEASON})\b,?(?:\s+of)?\s+(?P<year>{CALENDAR_YEAR})"
                r"(?:\s?[-–/]\s?(?:20)?(?P<next>\d\d)\b)?"
            ),
            _seasons,
        ),
        (
            rf"(?:(?P<first>{_SEASON}){_JOIN})?(?P<season>{_SEASON})\b,?(?:\s+of)?\s+(?P<year>{YEAR})(?P<next>)",
            _seasons,
        ),
        (r"(?P<month>0?[1-9]|1[0-2])/(?P<year>20[0-3]\d)\b(?!/)", _numeric_month),
        (rf"(?P<month>0?[1-9]|1[0-2])/(?P<year>{_SHORT_YEAR})", _short_month),
        (r"(?:the\s+)?(?P<decade>20[0-3]0)s\b", _decade),
        (r"(?:the\s+years?\s+)?(?P<year>20[0-3]\d)\s?[-–/]\s?(?P<next>(?:20)?[0-4]\d)\b(?![-/]\d)", _two_years),
        (r"(?P<year>20[0-3]\d)-(?P<month>0[1-9]|1[0-2])\b(?!-)", _numeric_month),
        (rf"(?:(?:the\s+)?(?:calendar\s+)?year\s+)?(?P<year>{YEAR})", _year),
        (rf"(?:the\s+)?(?P<which>this|last)\s+(?P<season>{_SEASON})(?P<term>\s+term)?\b", _bare_season),
        (rf"(?P<which>this|last)\s+(?P<month>{MONTH})\b(?!\s+\d)", _bare_month),
    )
)


def read_unit(text: str, at: int, today: date) -> Time | None:
    """Return the calendar time at a place in a text, or None if there is none."""
    for pattern, read in _FORMS:
        if (match := pattern.match(text, at)) and (time := read(match, today)):
            return time
    return None
