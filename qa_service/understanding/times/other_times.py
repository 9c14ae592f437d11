"""Finds the other times that a question may mean: "2019-20" can be two calendar years or a financial year.

We rewrite the question so that it names the other time in full. We then read it again, to check that it now has only
that meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from corpus.dates import in_words
from qa_service.types import OtherTime
from qa_service.understanding.times.days import ONE_DAY, days_label
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.words.normalisation import normalised
from qa_service.wording import in_list

_PREPOSITION = r"(?:in|during|for|within|over|between|from|by|of)"
_BEFORE = re.compile(rf"\b{_PREPOSITION}\s+(?:the\s+)?$", re.IGNORECASE)
_OPENING = re.compile(
    rf"(?P<published>(?:published|publications?(?:\s+date)?|c[ao]me\s+out|coming\s+out|released|issued)\s+)?"
    rf"(?P<preposition>{_PREPOSITION}\s+)?(?P<the>the\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words in a question that name a time. ``before`` and ``after`` are the rest of the question."""

    before: str
    after: str
    has_preposition: bool

    def with_time(self, days: tuple[date, date]) -> Iterator[str]:
        """Yield the question with other days in place of the words.

        Each of these questions has a different suitable wording. The plainest comes first.
        """
        for words in _phrases(days) if self.has_preposition else _names(days):
            yield f"{self.before}{words}{self.after}"


def other_times(text: str, periods: Sequence[Period], today: date) -> tuple[OtherTime, ...]:
    """Return the other times that a question may mean, each with a question that has only that meaning.

    ``text`` is the question as typed, and ``periods`` are the times that we took it to name. A time is left out if it
    comes from an earlier question, or if we find no wording that means that time alone.
    """
    found = []
    for days, group in groupby(periods, key=_other_days):
        together = tuple(group)
        other = together[0].alternative
        if days is None or other is None:
            continue
        question = _rewritten(text, together, other, today)
        if question:
            taken = in_list([period.shown for period in together])
            found.append(OtherTime(taken, other.shown, question))
    return tuple(found)


def _other_days(period: Period) -> tuple[date, date] | None:
    return (period.alternative.first, period.alternative.last) if period.alternative else None


def _rewritten(text: str, together: Sequence[Period], other: Period, today: date) -> str | None:
    """Return the question with the other time in place of the original words. None if no wording means that time."""
    days = (other.first, other.last)
    for typed in dict.fromkeys((text, normalised(text))):
        words = _find(typed, together)
        if words is None:
            continue
        expected = len(find_periods(typed, today)) - len(together) + 1
        for question in words.with_time(days):
            read = find_periods(question, today)
            fits = [
                p for p in read if (p.first, p.last) == days and not p.alternative and p.published == other.published
            ]
            if fits and len(read) == expected:
                return question
    return None


def _find(text: str, together: Sequence[Period]) -> _Words | None:
    """Return the places in a text of the words for some periods. None if it does not contain them exactly once."""
    words = r"\s+(?:and|to|or)\s+".join(r"\s+".join(map(re.escape, period.words.split())) for period in together)
    matches = list(re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE))
    if len(matches) != 1:
        return None
    [match] = matches
    opening = _OPENING.match(match.group())
    published = (opening["published"] or "") if opening else ""
    before, after = text[: match.start()] + published, text[match.end() :]
    if opening and opening["preposition"]:
        return _Words(before, after, has_preposition=True)
    if preposition := _BEFORE.search(before):
        return _Words(before[: preposition.start()], after, has_preposition=True)
    article = (opening["the"] or "") if opening else ""
    return _Words(before + article, after, has_preposition=bool(published))


def _phrases(days: tuple[date, date]) -> Iterator[str]:
    """Yield phrases for a time, with a preposition: "in 2019", "between 1 April 2019 and 31 March 2020"."""
    first, last = days
    if first == date.min:
        yield f"before {in_words(last + ONE_DAY)}"
        yield f"until {in_words(last)}"
    elif last == date.max:
        yield f"since {in_words(first)}"
    else:
        for name in _names(days):
            if " to " not in name:
                yield f"in {name}"
        yield f"between {in_words(first)} and {in_words(last)}"
        yield f"from {in_words(first)} to {in_words(last)}"


def _names(days: tuple[date, date]) -> Iterator[str]:
    """Yield names for a time that has both a beginning and an end: "2019", "July to September 2024"."""
    first, last = days
    if date.min < first and last < date.max:
        yield days_label(days)
        yield f"{in_words(first)} to {in_words(last)}"
