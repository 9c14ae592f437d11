"""Finds times that are relative to another time: "a year later", "the one before", "that year"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates import in_words
from corpus.types import Kind, Report
from index.search.filtering import report_day
from qa_service.understanding.times.days import Days
from qa_service.understanding.times.period import Period

_COUNTS = {
    name: number
    for number, names in enumerate(
        ("a one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
    for name in names.split()
}
_COUNT = rf"(?:{'|'.join(_COUNTS)}|\d{{1,2}})"
_REPORT = r"(?:one|time|(?:(?:full|focus+ed|monitoring)\s+)?(?:inspection|visit)|report|letter)s?"
_ENDS = r"\s+(?:that|then|it|and|or)\b|\s*(?:$|[,.?;:!])"
"""What can follow "before" or "after" if the word is a time by itself, as in "the one before"."""
_MENTION = re.compile(
    rf"""(?<!half\s)\b(?:
        (?P<count>{_COUNT})\s+years?\s+
            (?:(?P<on>later|(?:on|after(?:wards)?)(?={_ENDS}))|(?P<back>earlier|previously|before(?={_ENDS})))
            (?:\s+(?:that|then))?
      | (?:the\s+)?(?P<next_year>following\s+year|next\s+year|year\s+after)(?:\s+(?:that|then))?
      | (?:the\s+)?(?P<year_before>(?:previous|preceding|prior)\s+year
            |year\s+before(?!\s+(?:the|its|their|a|an|last|\w+\s+20|20)))(?:\s+(?:that|then))?
      | (?:(?:a\s+)?(?:few|couple\s+of)|some|several|{_COUNT})\s+months?\s+
            (?:(?P<months_on>later|on|after(?:wards)?)|(?P<months_back>earlier|before))
      | (?:the\s+|that\s+)?(?P<same>(?:same|that(?:\s+same)?)\s+(?:year|time|spring|summer|autumn|winter|month))
      | (?:the\s+)?(?P<before>
            (?:(?:previous|prior|preceding|earlier)\s+{_REPORT}
            |{_REPORT}\s+before(?={_ENDS})(?:\s+(?:that|then|it))?|last\s+(?:\w+\s+)?but\s+one|before\s+(?:that|then)))
      | (?:the\s+)?(?P<after>
            (?:(?:next|following|subsequent|later)\s+{_REPORT}
            |{_REPORT}\s+after(?={_ENDS})(?:\s+(?:that|then|it))?))
      | (?P<since>since\s+then|after\s+that|afterwards|ever\s+since)
      | (?P<mended>(?:that|it|this|these|those|things)\s+(?:(?:been|get|got)\s+)?
            (?:put\s+right|moved\s+on|sorted(?:\s+out)?|fixed|resolved|addressed)(?={_ENDS}|\s+(?:by|since|now)\b))
      | (?P<ever>(?:been\s+\w+|better|worse|so|that|it|this|like\s+that)\s+before)(?=\W*$)
      | (?P<simply>(?<=and\s)before)(?=\W*$)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEIGHBOUR = timedelta(days=548)
"""The longest time that "a few months later" can mean: eighteen months."""


@dataclass(frozen=True, slots=True)
class RelativeTime:
    """A time relative to an anchor, at ``[start, end)`` in the text."""

    start: int
    end: int
    words: str
    years: int | None = None
    """Number of whole years from the anchor. 0 means the same year."""
    step: int = 0
    """The position of the report counted from the anchor: 1 is the next report, and -1 is the previous one."""
    near: bool = False
    """Whether the distance is counted in months, rather than in reports."""
    label: str = ""
    """A label for a time that the words themselves do not name."""
    since: bool = False
    ever: bool = False
    """Whether the words refer to any earlier time."""


def find_relative_time(text: str) -> RelativeTime | None:
    """Return the first relative time in a text."""
    match = _MENTION.search(text)
    if match is None:
        return None
    part, (start, end), words = match.groupdict(), match.span(), match.group()
    if part["mended"]:
        return RelativeTime(start, end, words, step=1, label="the next report")
    if part["count"]:
        count = _COUNTS.get(part["count"].lower()) or int(part["count"])
        return RelativeTime(start, end, words, years=count if part["on"] else -count)
    if part["same"] or part["next_year"] or part["year_before"]:
        return RelativeTime(start, end, words, years=0 if part["same"] else (1 if part["next_year"] else -1))
    if part["months_on"] or part["months_back"]:
        return RelativeTime(start, end, words, step=1 if part["months_on"] else -1, near=True)
    if part["since"]:
        return RelativeTime(start, end, words, since=True)
    if part["ever"]:
        return RelativeTime(start, end, words, ever=True)
    return RelativeTime(start, end, words, step=-1 if part["before"] or part["simply"] else 1)


def resolve(
    relative: RelativeTime, anchor: date, authorities: Sequence[str], kinds: Sequence[Kind], reports: Sequence[Report]
) -> Period | None:
    """Return the period that a relative time refers to, counted from an anchor date. None if the period is unclear.

    A step counts the reports on the given authorities and of the given kinds. If there is no such report, the result is
    still a period, so that we can say that we have no report from it.
    """
    if anchor <= date.min + timedelta(days=1):  # the anchor's report has no date
        return None
    if relative.since:
        words = f"since {anchor:%B %Y}"
        return Period(anchor + timedelta(days=1), date.max, relative.start, relative.end, exact=False, words=words)
    if relative.ever:
        words = f"before {anchor:%B %Y}"
        return Period(date.min, anchor - timedelta(days=1), relative.start, relative.end, exact=False, words=words)
    if relative.years is not None:
        year = min(max(anchor.year + relative.years, date.min.year), date.max.year)
        return _period(relative, (date(year, 1, 1), date(year, 12, 31)), f"{year}")
    about = [r for r in reports if r.authority in authorities and (not kinds or r.kind in kinds)]
    days = sorted(report_day(report) for report in about)
    later = (
        [day for day in days if day > anchor] if relative.step > 0 else [day for day in reversed(days) if day < anchor]
    )
    if relative.near and (not later or abs(later[0] - anchor) > _NEIGHBOUR):
        return None
    if not later:
        if relative.step > 0:
            return _period(relative, (anchor + timedelta(days=1), date.max), f"after {in_words(anchor)}")
        return _period(relative, (date.min, anchor - timedelta(days=1)), f"before {in_words(anchor)}")
    return _period(relative, (later[0], later[0]), in_words(later[0]))


def _period(relative: RelativeTime, days: Days, time: str) -> Period:
    """Return the period of a relative time. Its label begins with the days, so that it can follow "in" or "from"."""
    words = relative.label or relative.words
    return Period(
        *days,
        relative.start,
        relative.end,
        words=f"{words} ({time})",
        label=f"{time} ({words.lower()})",
        of_report=True,
    )
