"""Works out how the words around a time change it, as in ranges, open ends, and "the two years before"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from corpus.dates import month_number
from qa_service.understanding.times.days import ONE_DAY, Days, add_months, days_label, month_of
from qa_service.understanding.times.numbers import NUMBER, number_of
from qa_service.understanding.times.parts import (
    BACK,
    BARE_MONTH,
    OF_REPORT,
    REPORT,
    read_closed,
    read_month,
    read_whole,
)
from qa_service.understanding.times.units import Time, read_unit

_OF_ONE_REPORT = re.compile(
    r"(?:['’]s)?\s+(?:(?:full|focus+ed|monitoring|joint|remote|area|local|single|short|ofsted|SEND|ILACS|JTAI)\s+)"
    rf"{{0,3}}{REPORT}\b",
    re.IGNORECASE,
)
_OF_ONE_REPORT_OR_MORE = re.compile(rf"{_OF_ONE_REPORT.pattern[:-2]}s?\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\s+(?!(?:and|or|to|in|at|for|of|on|by|with|how|what|which|who|why|when|where|did|was|were|have|has|had|is|are|do|"
    r"does|that|about)\b)[a-z]"
)
"""A word after "the 2018" that says which event in that year is meant."""
_OPEN = re.compile(
    r"""(?:(?P<since>(?:ever\s+)?since|as\s+from|(?:starting|beginning)\s+(?:from|in|with)|dating\s+from
            |going\s+back\s+to|no\s+earlier\s+than|not\s+(?:before|until)|(?:any\s+time\s+)?on\s+or\s+after)
      |(?P<from>(?<!apart\s)(?<!aside\s)(?<!different\s)from)
      |(?P<after>(?:any\s+time\s+)?(?<!looked\s)(?<!look\s)(?<!looking\s)(?<![’']m\s)(?<!\bam\s)after
            |later\s+than|more\s+recent(?:ly)?\s+than|newer\s+than|past)
      |(?<!in\s)(?P<post>post)(?=[\s–-]?20)
      |(?<!going\s)(?<!judging\s)(?P<by>by)
      |(?P<until>until|till|['’]til|up\s+(?:to|until)(?:\s+and\s+including)?|(?:no|not)\s+later\s+than|not\s+after
            |on\s+or\s+before)
      |(?P<before>before|prior\s+to|earlier\s+than|older\s+than|ahead\s+of|in\s+advance\s+of)
      |(?P<pre>pre)(?=[\s–-]?20)
      )(?:(?<=post)\s*[-–]?\s*|(?<=pre)\s*[-–]?\s*|\s+)(?:(?:at\s+least|around|about|roughly)\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_AND_AFTER = re.compile(
    r",?\s*(?:onwards?\b|\bon\b(?=\s*(?:$|[,.;:?!)]|(?:and|to|what|how|did|was|were|have|has|had)\b))|and\s+onwards?\b"
    r"|forwards?\b|(?:and|or)\s+(?:after(?:wards)?|later|since|beyond|newer)\b(?!\s+(?:the|that|a|\d))|\+(?!\w)"
    r"|at\s+the\s+earliest\b)",
    re.IGNORECASE,
)
_AND_BEFORE = re.compile(
    r",?\s*(?:(?:and|or)\s+(?:earlier|before|older|prior|previously)\b(?!\s+(?:the|that|a|\d))|at\s+the\s+latest\b)",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough(?:\s+to)?\b|\bup\s+to\b)\s*(?:the\s+)?", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:\band\b|&|-|–|\bto\b)\s*(?:the\s+)?", re.IGNORECASE)
_NOW = re.compile(r"(?:now|date|today|the\s+present(?:\s+day)?|present)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"(?P<between>(?:in\s+)?between)\s+(?:the\s+)?|(?P<from>from)\s+(?:the\s+)?", re.IGNORECASE)
_SPELL = re.compile(
    rf"(?:the\s+)?(?:(?P<count>{NUMBER})\s+(?P<units>month|year)s|(?<=the\s)(?P<unit>year))\s+"
    r"(?P<way>(?:leading\s+|running\s+)?up\s+to|to|ending(?:\s+in)?|before|after|following)\s+",
    re.IGNORECASE,
)
_FIRST_MONTHS = re.compile(
    rf"(?:the\s+)?(?P<end>first|last|final)\s+(?P<count>{NUMBER})\s+months\s+of\s+(?:the\s+)?", re.IGNORECASE
)
_BEFORE_AND_AFTER = re.compile(
    r"(?P<before>before)\s+(?:and|or)\s+(?P<after>(?:after|since)\s+(?:the\s+)?)", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:chang|improv|mov|go|went|gone|r[io]se|fall|fell|drop|increas|decreas|gr[eo]w|progress|compar|differ|shift|"
    r"better|worse)\w*"
    r"(?:[^\w.?!]+\w+){0,2}[^\w.?!]+$",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"\b(?:chang|compar|differ)\w*(?:[^\w.?!]+\w+){0,2}[^\w.?!]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A time in a text, with all the words that limit it.

    The words begin at ``start`` and end at ``time.end``.
    """

    start: int
    time: Time
    exact: bool = True


def read_at(text: str, at: int, today: date) -> list[Found]:
    """Return the times whose words begin at a place in a text.

    There are two if the text compares the ends of a range.
    """
    if ends := _range(text, at, today):
        return ends
    if ends := _before_and_after(text, at, today):
        return ends
    if found := _spell(text, at, today) or _open(text, at, today):
        return [found]
    time = read_closed(text, at, today)
    if time is None:
        return []
    return [_with_suffix(text, at, time)]


def _range(text: str, at: int, today: date) -> list[Found]:
    """Return the range from one time to another, or both times if the question compares them."""
    opening = _BETWEEN.match(text, at)
    between = bool(opening and opening["between"])
    start = opening.end() if opening else at
    joiner = _AND if between else _UP_TO
    if opening and (whole := read_unit(text, start, today)) and whole.joined:
        return [Found(at, whole)]
    first = _range_start(text, start, joiner, today)
    if first is None or not (joined := joiner.match(text, first.end)):
        return []
    if now := _NOW.match(text, joined.end()):
        return [Found(at, Time((first.days[0], date.max), now.end(), _since_label(first.days[0])), exact=False)]
    last = read_whole(text, joined.end(), today) or (read_month(text, joined.end(), today) if opening else None)
    if last is None or first.figure or last.figure or last.days[1] < first.days[0] or first.days == last.days:
        return []
    if first.days[0] > last.days[0] or date.min in first.days:
        return []
    span = _span(first, last)
    before = text[max(0, at - BACK) : at]
    compared = (_DIFFERENCE if between else _CHANGE).search(before) and not first.relative
    if opening and (compared or _OF_ONE_REPORT_OR_MORE.match(text, last.end)):
        other = (span, days_label(span))
        return [
            Found(start, replace(first, alternative=other)),
            Found(joined.end(), replace(last, alternative=other)),
        ]
    relative = first.relative or last.relative
    return [Found(at, Time(span, last.end, days_label(span) if relative else "", relative))]


def _span(first: Time, last: Time) -> Days:
    begins = first.days[1] if first.edge == "end" else first.days[0]
    ends = last.days[0] if last.edge == "start" else last.days[1]
    return (begins, ends) if begins <= ends else (first.days[0], last.days[1])


def _before_and_after(text: str, at: int, today: date) -> list[Found]:
    """Return the two times in "before and after 2020"."""
    match = _BEFORE_AND_AFTER.match(text, at)
    if match is None:
        return []
    after = _open(text, match.start("after"), today)
    between = read_whole(text, match.end("after"), today)
    if after is None or between is None:
        return []
    days = (date.min, between.days[0] - ONE_DAY)
    before = Time(days, match.end("before"), days_label(days), between.relative)
    return [Found(at, before, exact=False), after]


def _spell(text: str, at: int, today: date) -> Found | None:
    """Return a stretch of months or years before, after or in a time: "the two years before 2020"."""
    match = _SPELL.match(text, at) or _FIRST_MONTHS.match(text, at)
    time = read_whole(text, match.end(), today) if match else None
    if match is None or time is None or time.wide or time.figure or date.min in time.days:
        return None
    if time.relative or OF_REPORT.match(text, time.end):
        return None
    part = match.groupdict()
    in_years = part.get("unit") or part.get("units", "").lower() == "year"
    months = number_of(part.get("count") or "one") * (12 if in_years else 1)
    first, last = time.days
    if "end" in part:
        first_months = part["end"].lower() == "first"
        days = (
            (first, add_months(first, months) - ONE_DAY)
            if first_months
            else (add_months(last + ONE_DAY, -months), last)
        )
    elif part["way"].lower() == "before":
        days = (add_months(first, -months), first - ONE_DAY)
    elif part["way"].lower() in ("after", "following"):
        days = (last + ONE_DAY, add_months(last + ONE_DAY, months) - ONE_DAY)
    else:
        days = (add_months(last + ONE_DAY, -months), last)
    return Found(at, Time(days, time.end, gloss=True))


def _since_label(day: date) -> str:
    return f"since {days_label((day, day))}"


def _range_start(text: str, at: int, joiner: re.Pattern[str], today: date) -> Time | None:
    """Return the time at the beginning of a range. A month or a day may leave out its year: "March to June 2021"."""
    if (match := BARE_MONTH.match(text, at)) and (joined := joiner.match(text, match.end())):
        last = read_whole(text, joined.end(), today) or read_month(text, joined.end(), today)
        if last and last.days[0].day == 1:
            month = month_number(match["month"])
            year = last.days[0].year - (month > last.days[0].month)
            return Time(month_of(year, month), match.end(), relative=last.relative)
    return read_whole(text, at, today)


def _open(text: str, at: int, today: date) -> Found | None:
    """Return a time that is open at one end: "before 2022", "since last summer"."""
    match = _OPEN.match(text, at)
    if match is None:
        return None
    the = re.compile(r"the\s+", re.IGNORECASE).match(text, match.end())
    time = read_whole(text, match.end(), today) or (read_whole(text, the.end(), today) if the else None)
    cue = match.lastgroup or ""
    if time is None or time.figure or time.wide or date.min in time.days:
        return None
    if text[match.end() : time.end].lower().endswith("ago") and cue == "until":
        return None  # "up to two years ago" means the time since then
    if (OF_REPORT if the else _OF_ONE_REPORT).match(text, time.end) and cue not in ("pre", "post"):
        return None  # "before the 2019 inspection" names that inspection
    if the and cue in ("after", "before") and _EVENT.match(text, time.end):
        cue = {"after": "since", "before": "until"}[cue]  # the event happened at some time in 2018
        time = replace(time, gloss=True)
    if cue == "from" and _is_closed_from(text, at, time.end):
        return Found(at, replace(time, label=time.label or days_label(time.days)))
    if cue in ("since", "from", "after", "post"):
        suffix = _AND_AFTER.match(text, time.end)
        return _opened(text, at, suffix.end() if suffix else time.end, cue, time)
    return _opened(text, at, time.end, cue, time)


_ONE_REPORT_BEFORE = re.compile(
    r"(?:\b(?:report|letter|inspection|visit|ILACS|one|findings|not|nor|except|excluding|than|those|ones)"
    r"|\w[’']s|s[’'])\s+$",
    re.IGNORECASE,
)
_MORE_YEARS = re.compile(
    r"\s{0,3}(?:,\s{0,3})?(?:\b(?:and|or)\s{1,3})?(?:\b(?:in|from)\s{1,3})?\b20[0-3]\d\b", re.IGNORECASE
)


def _is_closed_from(text: str, at: int, end: int) -> bool:
    """Whether "from 2019" means "in 2019": "the letter from 2019", "reports from 2019 or 2020"."""
    if _AND_AFTER.match(text, end):
        return False
    return bool(_ONE_REPORT_BEFORE.search(text[max(0, at - BACK) : at]) or _MORE_YEARS.match(text, end))


_CUES = {"post": "after", "pre": "before"}
"""Plain words for a cue that is joined to a time."""


def _opened(text: str, at: int, end: int, cue: str, time: Time) -> Found:
    first, last = time.days
    words = re.sub(r"\s+", " ", text[at:end])
    if cue in ("since", "from"):
        days = (last if time.edge == "end" else first, date.max)
    elif cue in ("after", "post"):
        days = (first if time.edge == "start" else last + ONE_DAY, date.max)
    elif cue in ("before", "pre"):
        days = (date.min, last if time.edge == "end" else first - ONE_DAY)
    else:
        days = (date.min, first if time.edge == "start" else last)
    label = f"{words} ({days_label(days)})" if time.relative or time.label or time.gloss else ""
    if time.label == days_label(time.days) and not (time.relative or time.gloss):  # "since Jan 19"
        label = f"{_CUES.get(cue, cue)} {time.label}"
    opened = Time(days, end, label, time.relative)
    if cue == "from" and end == time.end:  # "reports from 2019" may mean only the reports of 2019
        return Found(at, replace(opened, alternative=(time.days, days_label(time.days))), exact=False)
    if cue != "by" or time.edge or first == last:
        return Found(at, opened, exact=False)
    if _CHANGE.search(text[max(0, at - BACK) : at]):  # "had it changed by 2023?" asks about that time
        return Found(
            at, replace(opened, days=time.days, label=days_label(time.days), alternative=(days, days_label(days)))
        )
    before = (date.min, first - ONE_DAY)
    return Found(at, replace(opened, label=days_label(days), alternative=(before, days_label(before))), exact=False)


def _with_suffix(text: str, at: int, time: Time) -> Found:
    """Return a time together with words after it that leave it open at one end: "2020 onwards", "2020 or earlier"."""
    if time.figure or time.wide or date.min in time.days:
        return Found(at, time, exact=not time.wide)
    if match := _AND_AFTER.match(text, time.end):
        return _opened(text, at, match.end(), "since", time)
    if match := _AND_BEFORE.match(text, time.end):
        return _opened(text, at, match.end(), "until", time)
    return Found(at, time, exact=not time.wide)
