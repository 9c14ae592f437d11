"""The times that a question names, in the ways people say them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.dates import MONTH, month_number
from corpus.types import Report

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "start of": (1, 4),
    "end of": (9, 12),
    "beginning of": (1, 4),
}
_YEAR = r"(20[0-3]\d(?!\s?[-–/]\s?\d\d\b))"
"""A year, but not 2015-16 or 2015/16. Those are the financial or school years that figures cover, not the times of
reports."""
_CALL = r"(?:re)?inspect(?:ed|ions?)|visit(?:ed|s)?|reports?|letter|ILACS|inspectors?|ofsted"
_TWO_YEARS = re.compile(r"20\d\d\s?[-–/]\s?\d\d")
_AFTER_CALL = re.compile(rf"\b(?:{_CALL})\b(?:\W+\w+){{0,4}}\W*$", re.IGNORECASE)
_BEFORE_CALL = re.compile(rf"^(?:\W+\w+){{0,3}}\W+(?:{_CALL})\b", re.IGNORECASE)
_MENTION = re.compile(
    rf"""(?<![£$€,.\d])\b(?:
        (?P<from_month>{MONTH})\.?\s+(?P<from_year>{_YEAR})\s*(?:to|until|-|–)\s*(?P<to_month>{MONTH})\.?\s+(?P<to_year>{_YEAR})
      | (?P<since>since|after|from)\s+(?:\d{{1,2}}\s+)?(?:(?P<since_month>{MONTH})\.?\s+)?(?P<since_year>{_YEAR})\b
          (?!\s*(?:to|and|-|–|inspection|visit|report))
      | (?P<until>before|until|till|up\s+to|prior\s+to)\s+(?:the\s+)?
          (?:\d{{1,2}}\s+)?(?:(?P<until_month>{MONTH})\.?\s+)?(?P<until_year>{_YEAR})\b
          (?!\s*(?:\w+\s+)?(?:inspection|visit|report|letter|ilacs))
      | (?:(?P<first>{MONTH})\.?\s*(?:-|–|/|to|and)\s*)?(?P<month>{MONTH})\.?,?\s+(?:of\s+)?(?P<month_year>{_YEAR})
      | (?P<season>spring|summer|autumn|winter)(?:\s+of)?\s+(?P<season_year>{_YEAR})
      | (?P<part>early|mid|late|(?:the\s+)?(?:start|end|beginning)\s+of)[\s-]+(?P<part_year>{_YEAR})
      | (?P<first_year>20[0-3]\d)\s?[-–/]\s?(?P<second_year>\d\d)(?!\d)
      | (?P<year>{_YEAR})
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LATEST = re.compile(
    r"\b(?:latest|most recent(?:ly)?|newest|last (?:inspect(?:ion|ed)|visit(?:ed)?|report)|"
    r"now|currently|at the moment|these days|still|today)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days that a question names, at ``[start, end)`` in its text."""

    first: date
    last: date
    start: int
    end: int
    exact: bool = True
    """Whether the question refers to a report from this period, and not to any report before or since."""
    words: str = ""
    """The question's own words for the period."""
    of_report: bool = False
    """Whether this is the time of an inspection, a visit or a report, and not of the events that a report describes."""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a period ends before it begins: {self.first} to {self.last}")


def find_periods(text: str) -> list[Period]:
    """Return the periods that a text names, in order."""
    periods = [
        replace(_period(match), words=match.group(), of_report=_is_of_report(text, *match.span()))
        for match in _MENTION.finditer(text)
        if not _is_denied(text, match.start())
    ]
    # A financial or school year is the time of the events that a report describes, unless it is the time of a visit.
    return [period for period in periods if period.of_report or not _TWO_YEARS.fullmatch(period.words)]


def asks_for_latest(text: str) -> bool:
    """Whether a question is about how things are now."""
    return bool(_LATEST.search(text))


def closeness(report: Report, period: Period) -> float:
    """Return 1.0 if the inspection was in the period, 0.6 if only its publication was, and 0.0 otherwise."""
    visited = report.inspected_from or report.inspected_to
    ended = report.inspected_to or report.inspected_from
    if visited and ended and visited <= period.last and ended >= period.first:
        return 1.0
    if report.published and period.first <= report.published <= period.last:
        return 0.6
    return 0.0


def _is_denied(text: str, start: int) -> bool:
    """Whether the text rules out a time: "2023, not 2019"."""
    return bool(re.search(r"\bnot\s+$", text[:start], re.IGNORECASE))


def _is_of_report(text: str, start: int, end: int) -> bool:
    return bool(_AFTER_CALL.search(text[:start]) or _BEFORE_CALL.search(text[end:]))


def _period(match: re.Match[str]) -> Period:
    part = match.groupdict()
    start, end = match.span()
    if part["from_month"]:
        first, last = month_number(part["from_month"]), month_number(part["to_month"])
        return _months(int(part["from_year"]), first, int(part["to_year"]), last, start, end)
    if part["since"]:
        year, month = int(part["since_year"]), month_number(part["since_month"]) if part["since_month"] else 1
        return Period(date(year, month, 1), date.max, start, end, exact=False)
    if part["until"]:
        before = date(int(part["until_year"]), month_number(part["until_month"]) if part["until_month"] else 1, 1)
        if part["until"].lower() not in ("before", "prior to") and not part["until_month"]:
            before = date(before.year + 1, 1, 1)  # "up to 2020" includes 2020
        return Period(date.min, before - timedelta(days=1), start, end, exact=False)
    if part["month"]:
        year, last = int(part["month_year"]), month_number(part["month"])
        first = month_number(part["first"]) if part["first"] else last
        return _months(year if first <= last else year - 1, first, year, last, start, end)
    if part["season"]:
        year, (first, last) = int(part["season_year"]), _SEASONS[part["season"].lower()]
        return _months(year, first, year if first <= last else year + 1, last, start, end)
    if part["part"]:
        year = int(part["part_year"])
        first, last = _PARTS[re.sub(r"^the\s+", "", re.sub(r"\s+", " ", part["part"].lower()))]
        return _months(year, first, year, last, start, end)
    if part["first_year"]:
        first_year, second = int(part["first_year"]), 2000 + int(part["second_year"])
        return _months(first_year, 1, second if second == first_year + 1 else first_year, 12, start, end)
    year = int(part["year"])
    return _months(year, 1, year, 12, start, end)


def _months(first_year: int, first: int, last_year: int, last: int, start: int, end: int) -> Period:
    last_day = monthrange(last_year, last)[1]
    return Period(date(first_year, first, 1), date(last_year, last, last_day), start, end)
