"""Finds the values of numbers and years in digits or words."""

from __future__ import annotations

import re
from datetime import date

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
    "couple": 2,
    "few": 3,
}
_FIRST_TEN = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_ORDINALS = [*_FIRST_TEN, "eleventh", "twelfth", *(f"{teen}th" for teen in _TEENS[3:]), "twentieth"]
_ONE = "|".join(_ONES)
_TEEN = "|".join(_TEENS)
NUMBER = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{_ONE}))?|{_TEEN}|{_ONE}|\d{{1,3}})\b"
"""A number below 1,000 in digits, or below 100 in words."""
COUNT = rf"(?:(?:a\s+)?(?:couple|few)(?:\s+of)?|{NUMBER})"
"""A number, "a couple of" (2) or "a few" (3)."""
ORDINAL = rf"(?:thirty[\s-]first|thirtieth|twenty[\s-](?:{'|'.join(_ORDINALS[:9])})|{'|'.join(_ORDINALS)})"
"""The ordinal of a day of the month, in words."""
NOT_RANGE = r"(?!\s?[-–/]\s?\d\d(?:\d\d)?\b)"
CALENDAR_YEAR = (
    r"(?:20[0-3]\d\b(?!\.\d)"
    rf"|twenty\s+(?:(?:twenty|thirty)(?:[\s-](?:{_ONE}))?|{_TEEN})\b(?![\s-]+years?\b)"
    rf"|two\s+thousand\s+and\s+(?:(?:twenty|thirty)(?:[\s-](?:{_ONE}))?|{_TEEN}|{_ONE})\b)"
)
"""A year from 2000 to 2039, in digits or words."""
YEAR = (
    rf"(?:{CALENDAR_YEAR}{NOT_RANGE}|['’‘][0-3]\d\b(?!['’‘]?s\b){NOT_RANGE}"
    r"|(?:the\s+)?year\s+before\s+last\b|(?:this|last)\s+year\b(?!\s+(?:of|before|at)\b))"
)
"""A year, which may be shortened ("’21") or counted from today ("last year"). The first year of "2019-20" does not
count."""


def number_of(words: str) -> int:
    """Return the number written in digits or words."""
    words = re.sub(r"\s+of$", "", words.lower().strip())
    if words.isdecimal():
        return int(words)
    return sum(_VALUES[word] for word in re.split(r"[\s-]+", words) if word != "a") or 1


def ordinal_of(words: str) -> int:
    """Return the number of an ordinal in words."""
    *tens, last = re.split(r"[\s-]+", words.lower())
    if last == "thirtieth":
        return 30
    return sum(_VALUES[word] for word in tens) + _ORDINALS.index(last) + 1


def year_of(words: str, today: date) -> int:
    """Return the year that words name."""
    words = words.lower()
    if words.endswith("last"):
        return today.year - 2
    if words.endswith("year"):
        return today.year - words.startswith("last")
    if words[0] in "'’‘":
        return 2000 + int(words[1:])
    if words.isdecimal():
        return int(words)
    _, *rest = re.split(r"[\s-]+", words)
    return 2000 + sum(_VALUES.get(word, 0) for word in rest)


def is_counted(words: str) -> bool:
    """Whether the words for a year count from today."""
    return words.lower().endswith(("year", "last"))
