"""Puts a time into a sentence, with the right preposition and the right tense of the verb."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from corpus.dates import MONTH
from qa_service.understanding.times.days import Days
from qa_service.understanding.times.numbers import COUNT, ORDINAL
from qa_service.understanding.times.period import Period

_NAME = re.compile(rf"\b(?:{MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[qh][1-4])\b", re.IGNORECASE)
"""A word that starts with a capital letter."""
_COMPLETE = re.compile(
    rf"""(?:after|ahead|any|around|as|before|between|by|circa|dating|during|earlier|early\sin|ever|from|going|in|late\sin
    |lately|later|less|more|newer|no|not|older|on|other|over|past(?!\s+{COUNT})|post|pre|prior|published|recently|since
    |so|starting|beginning(?!\sof)|['’]?til|till|throughout|across|until|up|within|roughly|approximately|this|today
    |yesterday|the\sday\sbefore|last(?!\s+{COUNT}|\s\w+\sof))\b|[^(]*\bago\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""A time that has a preposition of its own, or that needs none."""
_WITHOUT_ARTICLE = re.compile(
    rf"""(?:{COUNT})\s+(?:month|year)s?\s|(?:last|past|previous|preceding|first|final)\s+{COUNT}
    |(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th))\s(?:half|third|quarter)\b|current|present|year\sto
    |(?:previous|financial|school|academic)\s|(?:end|close|start|beginning|middle|spring|summer|autumn|winter)\sof\b
    |(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})\sof\b|20\d0s\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""A time that needs "the" before it: "last two years", "end of 2016", "1st of May 2021", "2010s"."""
_EDGE = re.compile(r"the (?:end|close|start|beginning|turn) of\b", re.IGNORECASE)
_SPAN = re.compile(r"(?P<first>[^(]+?) (?:(?:up )?to|until|till|through) (?P<last>.+)", re.IGNORECASE)
_ONWARDS = re.compile(r"[^(]*\b(?:onwards?|forwards?)\b", re.IGNORECASE)
_DAYS_IN_MONTH = 28
_IN = re.compile(r"(?:in(?! between\b| advance\b)|on(?! or\b)|at)\s")
_NEEDS_FROM = re.compile(
    r"(?:before|after|around|early in|late in|earlier this|this|last|today|yesterday|the day)\b"
    r"|(?!since|until|up|within|by)[^(]*\bago\b"
)
_ONLY_GLOSS = re.compile(r"(?:recently|lately|so far)\b.*\((since .+)\)$")
_TO_NOW = re.compile(r"(?!earlier\b).*\bsince\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:FY|YTD|[QH][1-4])\b|FY\d|\d")


class Tense(StrEnum):
    """The tense that a verb needs."""

    PRESENT = "present"
    PERFECT = "perfect"
    PAST = "past"


def tense_with(periods: Iterable[Period]) -> Tense:
    """Return the tense that a verb needs next to some times.

    It is the past, or the perfect if all the times reach the present. The tense is present if there is no time.
    """
    to_now = [period.last == date.max or bool(_TO_NOW.match(period.shown)) for period in periods]
    if not to_now:
        return Tense.PRESENT
    return Tense.PERFECT if all(to_now) else Tense.PAST


def when(period: Period) -> str:
    """Return words for a time, to put after a verb: "in 2021", "on 3 June 2021", "before 2022", "last year (2025)"."""
    return with_preposition(period.shown, (period.first, period.last))


def from_when(period: Period) -> str:
    """Return words for a time, to put after "reports": "from 2021", "since 2021", "from last year (2025)"."""
    words = when(period)
    if gloss := _ONLY_GLOSS.match(words):
        return gloss[1]
    if match := _IN.match(words):
        return f"from {words[match.end() :]}"
    return f"from {words}" if _NEEDS_FROM.match(words) else words


def with_preposition(words: str, days: Days) -> str:
    """Return the words for some days with the preposition that they need: "between April and June 2019"."""
    words = with_capitals(_within_sentence(words))
    words = re.sub(r"^recent(?= \(|$)", "recently", words)
    words = re.sub(r"^the (?=\d{1,2}\b|\d{4}\b)", "", words)  # "the 3 June 2015 report" is from 3 June 2015
    if words.startswith("from ") and (span := _SPAN.fullmatch(words.removeprefix("from "))):
        return _between(span)
    if _COMPLETE.match(words):
        return words
    if _WITHOUT_ARTICLE.match(words):
        words = f"the {words}"
    elif not words.startswith("the ") and (span := _SPAN.fullmatch(words)):
        return _between(span)
    return f"{_preposition(words, days)} {words}"


def with_capitals(words: str) -> str:
    """Return the words for a time with the capital letters of its months and days: "dec 2023" as "Dec 2023"."""
    return _NAME.sub(lambda name: name.group().capitalize(), words)


def _within_sentence(words: str) -> str:
    """Return words without the capital letters of a heading or of the start of a question."""
    if _ABBREVIATION.match(words):
        return words
    return words.lower() if words.isupper() else f"{words[:1].lower()}{words[1:]}"


def _between(span: re.Match[str]) -> str:
    return f"between {span['first']} and {span['last']}"


def _preposition(words: str, days: Days) -> str:
    if _EDGE.match(words):
        return "at"
    if _ONWARDS.match(words):
        return "from"
    length = (days[1] - days[0]).days + 1
    return "on" if length == 1 or (length < _DAYS_IN_MONTH and words[0].isdigit()) else "in"
