"""Reads times that have both ends: part of a time, a time counted from today, a date, or a month without its year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from corpus.dates import MONTH, month_number
from qa_service.understanding.times.counted import read_counted
from qa_service.understanding.times.days import TERMS, around, days_label, latest_begun, part_of
from qa_service.understanding.times.units import Time, read_unit, slice_of_year

REPORT = r"(?:(?:re-?)?inspection|visit|report|letter|ILACS|JTAI|finding|judgement|grading|rating|one)"
"""Words for reports and events that have dates, such as "visit"."""
OF_REPORT = re.compile(rf"(?:['’]s)?(?:\s+[\w’'-]+){{0,4}}?\s+{REPORT}s?\b", re.IGNORECASE)
"""The words after a time that make it the time of a report: "the 2019 focused visit"."""
_PART = re.compile(
    r"(?:the\s+)?(?:very\s+)?(?:(?P<part>early|mid|late)(?:\s+(?:on\s+)?in(?:to)?\b)?"
    r"|(?P<edge>start|beginning|end|middle)(?:\s+of)?"
    r"|(?P<slice>first|second|third|fourth|1st|2nd|3rd|4th|last|final)\s+(?P<unit>quarter|half|third)\s+of)"
    r"[\s-]+(?:the\s+)?",
    re.IGNORECASE,
)
_NTH = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_COUNTS = {"half": 2, "third": 3, "quarter": 4}
_AROUND = re.compile(r"(?:around|circa|roughly|approximately)\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
_NOT_VERB = r"(?!\s+(?:be|have|has|not|need|also|still|well|help|want|get|find|feel|include|require|lead|then|only)\b)"
BARE_MONTH = re.compile(rf"(?P<month>{MONTH})\b\.?(?!\s*\d)(?!-\w){_NOT_VERB}", re.IGNORECASE)
_BARE_TERM = re.compile(r"(?:the\s+)?(?P<term>autumn|spring|summer)\s+term\b(?!\s+\d)", re.IGNORECASE)
_AFTER_PREPOSITION = re.compile(
    r"(?<!\dst\s)(?<!\dnd\s)(?<!\drd\s)(?<!\dth\s)\b"
    r"(?:in|during|since|before|after|until|till|by|from|between|of|for)\s+"
    rf"(?:{MONTH}\s*(?:,|\bor\b|\band\b)\s*)*(?:(?:early|mid|late)[\s-]+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER_ANCHOR = re.compile(r"\b(?:that|then|later|earlier|same\s+year),?\s+(?:and\s+)?in\s+$", re.IGNORECASE)
"""Words such as "a year later, in May". The year of the month is then counted from an earlier question."""
BACK = 60
"""How many characters before a time we check for words that change it."""


def read_closed(text: str, at: int, today: date) -> Time | None:
    """Return the closed time at a place in a text: a part of a time, a time counted from today, or a date."""
    if match := _AROUND.match(text, at):
        time = read_whole(text, match.end(), today)
        if time is None or time.wide or date.min in time.days or OF_REPORT.match(text, time.end):
            return None
        return replace(time, days=around(time.days), label=_approximate(time))
    return read_whole(text, at, today)


def _approximate(time: Time) -> str:
    return f"around {days_label(time.days)} ({days_label(around(time.days))})"


def read_whole(text: str, at: int, today: date) -> Time | None:
    """Return the closed time at a place in a text, without "around"."""
    if (match := _PART.match(text, at)) and (time := _part(text, match, today)):
        return time
    return read_counted(text, at, today) or read_unit(text, at, today) or _bare(text, at, today)


def _part(text: str, match: re.Match[str], today: date) -> Time | None:
    """Return a part of the time that follows: "early 2019", "the end of last year", "the first half of 2023"."""
    at = match.end()
    time = read_counted(text, at, today) or read_unit(text, at, today) or _bare(text, at, today)
    if time is None or time.wide or date.max == time.days[1] or (time.figure and not match["slice"]):
        return None
    if match["edge"] and OF_REPORT.match(text, time.end):
        return None  # these words mean the end of the 2022 inspection, not of 2022
    if match["slice"]:
        count = _COUNTS[match["unit"].lower()]
        index = _NTH.get(match["slice"].lower(), -1)
        if index >= count or (time.days[1] - time.days[0]).days < 300:
            return None
        return slice_of_year(time, index % count, count)
    name = (match["part"] or match["edge"]).lower()
    days = part_of(time.days, name)
    edge = {"start": "start", "beginning": "start", "end": "end"}.get(name, "")
    gloss = time.days[1].year != time.days[0].year or bool(time.label) or time.gloss
    return Time(days, time.end, relative=time.relative, gloss=gloss, edge=edge)


def _bare(text: str, at: int, today: date) -> Time | None:
    """Return the month or term at a place in a text. Its year is the latest in which it has begun.

    None if no preposition shows that it is a time.
    """
    before = text[max(0, at - BACK) : at]
    if not _AFTER_PREPOSITION.search(before) or _AFTER_ANCHOR.search(before):
        return None
    if time := read_month(text, at, today):
        return time
    if match := _BARE_TERM.match(text, at):
        days = latest_begun(TERMS[match["term"].lower()], today)
        return Time(days, match.end(), f"{days_label(days)} (the {match['term'].lower()} term)", relative=True)
    return None


def read_month(text: str, at: int, today: date) -> Time | None:
    """Return the month at a place in a text. Its year is the latest in which it has begun."""
    match = BARE_MONTH.match(text, at)
    if match is None:
        return None
    month = month_number(match["month"])
    days = latest_begun((month, month), today)
    return Time(days, match.end(), days_label(days), relative=True)
