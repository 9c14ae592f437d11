"""The spans of days that a question about facts is limited to, and the words that describe them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.storage.fact_query import Days, Pick
from qa_service.understanding.conditions.types import Which
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.wording import Tense, from_when, tense_with, when
from qa_service.wording import in_list

ALWAYS: Days = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days in which an inspection must end, and which of these inspections a question means."""

    days: Days = ALWAYS
    pick: Pick = Pick.LATEST
    words: str = ""
    """The time in words, as a part of a sentence: "before 2022". Empty if there is no time."""
    published: bool = False
    """Whether the days limit the date of publication, not the date of the inspection."""

    @property
    def is_limited(self) -> bool:
        """Whether the window leaves out any days."""
        return self.days != ALWAYS

    @property
    def whole(self) -> Window:
        """The same window, but for all the inspections in it."""
        return replace(self, pick=Pick.ALL)


def windows(question: Interpretation) -> tuple[Window, ...]:
    """Return the windows of a question: one for each year or month that it names, or else one for all of its times."""
    which = question.conditions.which
    pick = _PICKS.get(which, Pick.LATEST) if which else Pick.LATEST
    closed = [_as_of(period, question.text) for period in question.periods if period.exact]
    open_ended = [period for period in question.periods if not period.exact]
    if which in (Which.BEFORE, Which.AFTER) and closed:
        return tuple(_neighbour(period, which) for period in closed)
    if not closed:
        return tuple(w for w in (_intersection(open_ended, pick),) if w)
    then = tuple(w for period in closed if (w := _intersection([period, *open_ended], pick)))
    return (*then, Window()) if says_now(question) else then


def left_out(question: Interpretation) -> tuple[Days, ...]:
    """Return the days that a question excludes: "other than 2023"."""
    return tuple((period.first, period.last) for period in question.times_left_out)


def in_words(question: Interpretation, *, of_reports: bool = False, of_inspections: bool = False) -> str:
    """Return words for the limits on the inspections, starting with a space. Empty if there are no limits.

    ``of_reports`` means that the words follow a noun such as "reports", not a verb: "from 2024", not "in 2024".
    ``of_inspections`` means that they follow a noun such as "inspection", which can itself be "led by" someone. Both
    together mean that they follow reports on inspections, which can be "published in 2024".
    """
    leader = question.conditions.led_by
    led = f" {'' if of_reports or of_inspections else 'in inspections '}led by {leader}" if leader else ""
    in_time = _when if not of_reports else when if of_inspections else from_when
    times = in_list([in_time(period) for period in question.periods] or [""])
    left_out = in_list([period.shown for period in question.times_left_out] or [""])
    return f"{led} {', '.join(filter(None, (times, left_out)))}".rstrip()


def tense_of(question: Interpretation) -> Tense:
    """Return the tense of the verb before the words that limit the inspections.

    It is the present tense if nothing limits them.
    """
    is_earlier = question.conditions.which in (Which.FIRST, Which.PREVIOUS)
    limited = is_earlier or question.conditions.led_by or question.times_left_out
    return Tense.PAST if limited and not question.periods else tense_with(question.periods)


def _as_of(period: Period, text: str) -> Period:
    """Remove the earliest day of a time if a question asks how things were at the time: "at the end of 2016"."""
    is_state_then = _STOOD.search(text[: period.start + len("the ")]) and _MOMENT.match(period.words)
    return replace(period, first=date.min) if is_state_then else period


_STOOD = re.compile(r"\b(?:at|as of|as at|by)\s+(?:the\s*)?$", re.IGNORECASE)
_MOMENT = re.compile(r"(?:the )?(?:end|close|start|beginning|turn) of\b", re.IGNORECASE)


def says_now(question: Interpretation) -> bool:
    """Whether a question says "now" but names no inspection: "in 2019 compared with now", "are good now"."""
    return question.conditions.which is Which.LATEST and bool(_NOW.search(question.text))


_NOW = re.compile(r"\b(?:now|today|currently|at present|these days)\b", re.IGNORECASE)
_PICKS = {
    Which.LATEST: Pick.LATEST,
    Which.FIRST: Pick.FIRST,
    Which.PREVIOUS: Pick.PREVIOUS,
    Which.EACH: Pick.ALL,
}


def _intersection(periods: Sequence[Period], pick: Pick) -> Window | None:
    """Return a window with the days that all the given periods share. None if they share no days."""
    if not periods:
        return Window(pick=pick)
    first, last = max(period.first for period in periods), min(period.last for period in periods)
    if first > last:
        return None
    words = in_list([_when(period) for period in periods])
    return Window((first, last), pick, words, published=any(period.published for period in periods))


def _neighbour(period: Period, which: Which) -> Window:
    """Return a window for the inspection before or after the one in a period."""
    if which is Which.BEFORE:
        return Window((date.min, period.first - timedelta(days=1)), Pick.LATEST, f"before {period.words}")
    return Window((period.last + timedelta(days=1), date.max), Pick.FIRST, f"after {period.words}")


def _when(period: Period) -> str:
    """Return words for a time, to put after a verb: "in the reports published in 2021"."""
    return f"in the reports {when(period)}" if period.published else when(period)
