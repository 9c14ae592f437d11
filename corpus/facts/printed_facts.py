"""Finds the words in which a report states a fact, such as the days of its inspection."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import DATE, STRETCH, dates_in_figures, find_date, find_range

Span = tuple[int, int]


def find_days(text: str, first: date, last: date, written: date | None = None) -> Span | None:
    """Return ``[start, end)`` of the first words in a text that name the days from ``first`` to ``last``.

    ``written`` is the date of the letter. We use it to find the year of dates without one.
    """
    for match in (*STRETCH.finditer(text), *dates_in_figures(text)):
        if find_range(match.group(), written) == (first, last):
            return _stripped(text, *match.span())
    return None


def find_day(text: str, day: date) -> Span | None:
    """Return ``[start, end)`` of the first words in a text that name a day."""
    printed = (*DATE.finditer(text), *dates_in_figures(text))
    return next((match.span() for match in printed if find_date(match.group()) == day), None)


def find_name(text: str, name: str) -> Span | None:
    """Return ``[start, end)`` of the first place where a text has a name, with any spaces between its words."""
    words = r"\s+".join(map(re.escape, name.split()))
    match = re.search(rf"(?<!\w){words}(?!\w)", text)
    return match.span() if match else None


def find_name_and_post(text: str, name: str, post: str | None) -> Span | None:
    """Return ``[start, end)`` of the first words in a text that give a name and then a post.

    Without a post, this is the first place where the name is.
    """
    if not post:
        return find_name(text, name)
    named, held = (r"\s+".join(map(re.escape, words.split())) for words in (name, post))
    match = re.search(rf"(?<!\w){named}(?:,|\s[-–—])?\s+{held}(?!\w)", text)
    return match.span() if match else None


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
