"""Adds to the interpretation of a question the length of time that it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa_service.understanding.conditions.types import Conditions, Span, Wanted
from qa_service.understanding.interpretation import (
    Interpretation,
    asks_about_change,
    authorities_named,
    divide,
)
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.unread import unread_times
from qa_service.understanding.waits.grammar import find_wait, is_length
from qa_service.understanding.waits.types import Measure, Wait

_HOW_MANY = re.compile(r"(?:many|long)\b", re.IGNORECASE)
"""The words after "how", which do not name a time: "many months ago"."""
_MOMENT = re.compile(r"\b(?:at|as of|as at|by) (?:the )?(?:end|close|start|beginning) of [^.?!;]*$", re.IGNORECASE)
"""Words for the day that a question counts to: "by the end of 2024"."""


def with_wait(question: Interpretation, authorities: Sequence[str], today: date) -> Interpretation:
    """Return a question with the length of time that it asks for, if it asks for one.

    It must already have its conditions. Words that apply to a length of time replace them. ``authorities`` are the ones
    that the index has reports on. Times such as "last year" are counted from ``today``.
    """
    found = find_periods(question.text, today)
    wait = find_wait(question.text, authorities_named(question.text, authorities), found)
    if wait is None or question.choices:
        return question
    lengths = {_key(period) for period in found if is_length(period, question.text)}
    periods = tuple(period for period in question.periods if _key(period) not in lengths)
    known = [span for span in (*wait.not_applied, wait.bound.span if wait.bound else None) if span]
    unread = tuple(
        Span(start, end)
        for start, end in unread_times(question.text, today)
        if not _HOW_MANY.match(question.text[start:end])
        and not any(span.start < end and start < span.end for span in known)
    )
    conditions = Conditions(
        wanted=_wanted_for(wait),
        kinds=wait.kinds,
        which=wait.which,
        excluded=question.conditions.excluded,
        not_applied=(*wait.not_applied, *unread),
    )
    change = asks_about_change(question.text)
    parts = divide(question.authorities, periods, latest=question.latest, change=change)
    wait = replace(wait, until=_until(question.text, periods, today))
    return replace(question, wait=wait, conditions=conditions, periods=periods, parts=parts)


def _until(text: str, periods: Sequence[Period], today: date) -> Period | None:
    """Return the time of a question, if it names only one, counts to its end, and that is before today."""
    if len(periods) != 1 or not _MOMENT.search(f"{text[: periods[0].start]}{periods[0].words}"):
        return None
    return periods[0] if periods[0].last < today else None


def _wanted_for(wait: Wait) -> Wanted:
    if not wait.lists:
        return Wanted.DATE
    return Wanted.REPORTS if wait.measure is Measure.DELAY else Wanted.AUTHORITIES


def _key(period: Period) -> tuple[str, date, date]:
    return period.words, period.first, period.last
