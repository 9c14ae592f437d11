"""Reads times that are counted from the day of the question: "in the last two years", "this financial year"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from corpus.dates import in_words
from qa_service.understanding.times.days import (
    ONE_DAY,
    TERMS,
    Days,
    add_months,
    back,
    latest_begun,
    unit_around,
    year_from,
    years,
)
from qa_service.understanding.times.numbers import COUNT, NUMBER, number_of
from qa_service.understanding.times.units import Time

_RECENT_YEARS = 2
"""How many years "recently" goes back."""
_UNIT = r"(?P<unit>day|week|fortnight|month|mth|quarter|year|yr|decade)"
_WRITTEN_OUT = {"mth": "month", "yr": "year"}
_KIND_OF_YEAR = r"(?:(?P<kind>financial|fiscal|tax|school|academic|calendar)\s+)?"
_NOT_OF = r"(?!\s+(?:of|before|(?:in|at)\s+(?:care|school|college|university|post|custody)|old)\b)(?!-)"
"""Excludes phrases such as "the last year of school", which do not name a time."""
_REPORT = r"(?:(?:ofsted|ILACS|full|focus+ed|monitoring|SEND|JTAI)\s+){0,2}(?:inspections?|reports?|visits?|letters?)"
_ATTRIBUTE = r"(?!\s+(?!published|inspected|visited|reported|issued|released|changed|improved)\w+(?:ed|en|born)\b)"
"""Excludes "recently qualified" and "recently arrived", which describe people rather than times."""
_HAPPENED = r"(?:(?<=\bhas\s)|(?<=\bhave\s)|(?<=\bhad\s)|(?<=\bbeen\s)|(?<=[’']ve\s))"


def _since(first: date, today: date, end: int, words: str) -> Time:
    wide = add_months(first, 12) < today
    return Time((first, today), end, f"{words} (since {in_words(first)})", relative=True, wide=wide)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _unit(match: re.Match[str]) -> str:
    """Return a unit of time in full: "year" for "yrs"."""
    unit = match["unit"].lower()
    return _WRITTEN_OUT.get(unit, unit)


def _last_units(match: re.Match[str], today: date) -> Time | None:
    """Read "the last two years"."""
    count = number_of(match["count"]) if match["count"] else 1
    first = back(today, count, _unit(match))
    time = _since(first, today, match.end(), _plain(match.group())) if first > date.min else None
    return time and replace(time, window=True)


def _ago(match: re.Match[str], today: date) -> Time | None:
    """Read "two years ago" as that calendar year, and "more than two years ago" as a time with an open end."""
    unit = _unit(match)
    day = back(today, number_of(match["count"]), unit)
    if day == date.min:
        return None
    words, end = _plain(match.group()), match.end()
    bound = "at least" if match["more"] else _plain(match["bound"] or "").lower()
    if bound in ("less than", "up to", "under", "within"):
        return _since(day, today, end, words)
    if bound in ("more than", "over", "at least"):
        last = day if bound == "at least" else day - ONE_DAY
        return Time((date.min, last), end, f"{words} (up to {in_words(last)})", relative=True, wide=True)
    return Time(unit_around(day, unit), end, relative=True)


def _this_unit(match: re.Match[str], today: date) -> Time:
    """Read "this month" and "last week"."""
    unit, which = match["unit"].lower(), match["which"].lower()
    days = unit_around(today, unit)
    return Time(unit_around(days[0] - ONE_DAY, unit) if which in _BEFORE else days, match.end(), relative=True)


_BEFORE = ("last", "previous", "past")


def _this_long_year(match: re.Match[str], today: date) -> Time:
    """Read "this financial year" and "last school year"."""
    days = _year_of_kind(match["kind"].lower(), today)
    if match["which"].lower() in _BEFORE:
        days = _year_of_kind(match["kind"].lower(), days[0] - ONE_DAY)
    return Time(days, match.end(), relative=True)


def _year_of_kind(kind: str, day: date) -> Days:
    if kind == "calendar":
        return years(day.year)
    month = 9 if kind in ("school", "academic") else 4
    return year_from(day.year if day.month >= month else day.year - 1, month)


def _this_term(match: re.Match[str], today: date) -> Time:
    days = _term_around(today)
    if match["which"].lower() in _BEFORE:
        days = _term_around(days[0] - ONE_DAY)
    return Time(days, match.end(), relative=True)


def _term_around(day: date) -> Days:
    return max(latest_begun(bounds, day) for bounds in TERMS.values())


def _to_date(match: re.Match[str], today: date) -> Time:
    """Read "so far this year" and "year to date"."""
    kind = (match["kind"] or "calendar").lower()
    first = _year_of_kind(kind, today)[0]
    return _since(first, today, match.end(), _plain(match.group()))


def _earlier_in(match: re.Match[str], today: date) -> Time:
    first = unit_around(today, match["unit"].lower())[0]
    return Time((first, today), match.end(), f"{_plain(match.group())} (since {in_words(first)})", relative=True)


def _near_day(match: re.Match[str], today: date) -> Time:
    words = match.group().lower()
    day = today - ONE_DAY * (words.count("yesterday") + words.count("before"))
    return Time((day, day), match.end(), f"{_plain(match.group())} ({in_words(day)})", relative=True)


def _recent(match: re.Match[str], today: date) -> Time:
    first = back(today, _RECENT_YEARS, "year")
    end = match.start() + len(match["words"])
    return Time(
        (first, today),
        end,
        f"{_plain(match['words'])} (since {in_words(first)})",
        relative=True,
        window=True,
        wide=True,
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Time | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.VERBOSE), read)
    for pattern, read in (
        (
            rf"""(?:(?:within|over|during|throughout|across)\s+)?(?:the|these|this)\s+
            (?:(?:previous|preceding)\s+(?={COUNT})|(?:last|past|latest)\s+)
            (?P<count>{COUNT}\s+)?{_UNIT}s?\b{_NOT_OF}""",
            _last_units,
        ),
        (
            rf"""(?:(?:within|over|during|throughout|across)\s+|(?<=\bin\s)|(?<=\bfor\s)|\A|(?<=[,;.?(]\s)|(?<=\()
            |(?<=\bsince\s))(?:last|past|previous|preceding)\s+(?P<count>{COUNT}\s+){_UNIT}s?\b{_NOT_OF}""",
            _last_units,
        ),
        (
            (
                rf"(?:(?P<bound>more\s+than|less\s+than|up\s+to|at\s+least|over|under|within)\s+)?"
                r"(?:about\s+|around\s+)?"
                rf"(?P<count>(?:an?|(?:a\s+)?couple\s+of|{NUMBER})\s+){_UNIT}s?\s+ago\b"
                r"(?P<more>\s+or\s+(?:more|longer|earlier)\b)?"
            ),
            _ago,
        ),
        (
            rf"(?:the\s+|this\s+)?{_KIND_OF_YEAR}year\s+(?:to\s+date|so\s+far)\b|YTD\b",
            _to_date,
        ),
        (rf"so\s+far\s+this\s+{_KIND_OF_YEAR}year\b", _to_date),
        (r"earlier\s+(?:on\s+)?this\s+(?P<unit>year|month|week|quarter)\b", _earlier_in),
        (
            (
                r"(?:the\s+)?(?P<which>this|last|current|previous|present)\s+"
                rf"(?P<kind>financial|fiscal|tax|school|academic|calendar)\s+year\b{_NOT_OF}"
            ),
            _this_long_year,
        ),
        (
            (
                r"(?P<which>)(?:(?<=start\sof\sthe\s)|(?<=beginning\sof\sthe\s))"
                rf"(?P<kind>financial|fiscal|tax|school|academic|calendar)\s+year\b{_NOT_OF}"
            ),
            _this_long_year,
        ),
        (rf"(?P<which>this|last)\s+(?:school\s+)?term\b{_NOT_OF}", _this_term),
        (rf"(?P<which>this|last)\s+(?P<unit>week|fortnight|month|quarter|decade)\b{_NOT_OF}", _this_unit),
        (
            rf"the\s+(?P<which>current|present)\s+(?P<unit>week|month|quarter|year|decade)\b{_NOT_OF}",
            _this_unit,
        ),
        (r"(?:the\s+day\s+before\s+)?yesterday\b", _near_day),
        (
            (
                r"today(?=['’]s\s+(?:report|letter|inspection|visit))"
                r"|(?:(?<=published\s)|(?<=issued\s)|(?<=inspected\s)|(?<=visited\s)|(?<=came\sout\s))today\b"
            ),
            _near_day,
        ),
        (
            rf"""(?<!most\s)(?<!more\s)(?P<words>(?:(?:the|in)\s+)?recent\s+(?:years|months|weeks|times|past)\b
            |recent(?=\s+{_REPORT}\b)
            |{_HAPPENED}recently\b|(?<!how\s)recently\b{_ATTRIBUTE}|lately\b)""",
            _recent,
        ),
    )
)


def read_counted(text: str, at: int, today: date) -> Time | None:
    """Return the time at a place in a text that is counted from today, or None."""
    for pattern, read in _FORMS:
        if (match := pattern.match(text, at)) and (time := read(match, today)):
            return time
    return None
