"""Finds the times that a question names, using a fixed list of forms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from qa_service.understanding.times.days import days_label
from qa_service.understanding.times.grammar import Found, read_at
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.units import Time
from qa_service.understanding.times.wording import with_capitals, with_preposition

_CALL = r"(?:re)?inspect(?:ed|ions?)|visit(?:ed|s)?|reports?|letter|ILACS|inspectors?|ofsted"
_AFTER_CALL = re.compile(rf"\b(?:{_CALL})\b(?:\W+\w+){{0,4}}\W*$", re.IGNORECASE)
_BEFORE_CALL = re.compile(rf"(?:\W+\w+){{0,3}}\W+(?:{_CALL})\b", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w£$€])(?:\w+|['’](?:\d\d|til)\b)", re.IGNORECASE)
_PEOPLE = (
    r"(?:children|young\s+people|people|kids|pupils|leavers|carers|families|parents|adults|adopters|staff|"
    r"(?:social\s+)?workers|managers|cases|referrals|contacts|homes|households|pounds|hours|words)\b"
)
_COUNTED = re.compile(rf"\s{{1,3}}(?:[a-z][\w-]*\s{{1,3}})?{_PEOPLE}(?!(?:\s+\w+)?\s+(?:{_CALL})\b)", re.IGNORECASE)
_BEFORE_COUNT = re.compile(
    r"\b(?:did|do|does|of|of\s+the|are|were|all|about|nearly|almost|over|only|have|has|had|than|with|some|how|to)\s+$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:room|page|section|paragraph|para|no\.?|number|ref(?:erence)?|case|id|extension|flat|building|form|"
    r"act|regulations?|rules|order)\s+(?:\(\w+\)\s+)?$",
    re.IGNORECASE,
)
"""Words before a number that only looks like a year, or is the year of a law. This kind of number cannot limit an
answer."""
_DENIED = re.compile(
    r"(?:(?:^|(?<=[,;:.!(?]\s))no\s+(?=reports?\b|inspections?\b)|\bnothing\s|"
    r"\b(?:not(?:\s+counting)?|nor|exclude|ignore|skip|omit|leave\s+out|other\s+than|except(?:ing)?(?:\s+for)?|excluding|"
    r"apart\s+from|aside\s+from|leaving\s+out|ignoring|"
    r"rather\s+than|instead\s+of|(?:all|any|every|year|anything|everything)\s+but|outside(?:\s+of)?)\s+)"
    r"(?:(?:in|from|for|of|during|the|those|reports?|inspections?)\s+){0,3}$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?P<words>\b(?:publish(?:ed)?|publications?(?:\s+date)?|(?P<out>c[ao]me\s+out|coming\s+out|released|issued))\s+"
    r"(?:(?:in|on|during|at|over|within|of|around|any\s*time)\s+)?(?:the\s+)?)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:reports?|letters?|inspections?|findings|results|judgements|that|which|what|it|they)(?:\s+\w+){0,2}\s+$|^$",
    re.IGNORECASE,
)
"""Words for what can "come out", which means to be published. "How did Hull come out in 2018" asks for a grade."""
_OTHER_TEXT = re.compile(
    r"\b(?:strateg(?:y|ies)|plans?|guidance|polic(?:y|ies)|acts?|codes?|frameworks?|offers?|data|figures|statistics|"
    r"standards|reviews?|protocols?|documents?|fines?|notices?|orders?|warrants?)(?:\W+\w+){0,2}\W*$",
    re.IGNORECASE,
)
_AND_ALSO = re.compile(r"\s{0,3}(?:,|(?:,\s{0,3})?\b(?:and|or|nor)\b)\s{1,3}(?:\b(?:in|the)\s{1,3})?", re.IGNORECASE)
_ARTICLE = re.compile(r"the\s+(?=(?:early|mid|late)[\s-]20\d\d\b)", re.IGNORECASE)
_BACK = 120
"""How many characters on each side of a time we check, to see what the time belongs to."""


def find_periods(text: str, today: date) -> list[Period]:
    """Return the periods that a text names, in order. ``today`` is the day from which "last year" is counted.

    We leave out the year of a figure ("in 2015-16"). We also leave out "in the last year" if the text gives the year of
    an inspection. In both cases, the year tells us when something in a report happened, and not which report the
    question means.
    """
    read, _ = read_times(text, today)
    return [_without_article(period) for period in read]


def _without_article(period: Period) -> Period:
    """Return a period without "the" before a part of a year or a season, so that the search text keeps that word."""
    article = _ARTICLE.match(period.words)
    if not article:
        return period
    return replace(period, start=period.start + article.end(), words=period.words[article.end() :])


@lru_cache(maxsize=32)  # we read the same question several times
def read_times(text: str, today: date) -> tuple[tuple[Period, ...], tuple[tuple[int, int], ...]]:
    """Return the periods that a text names, and the spans of times that belong to the content of a report."""
    periods: list[Period] = []
    times: list[Time] = []
    at = 0
    while match := _WORD.search(text, at):
        at = match.end()
        if not _may_begin(text, match.start()):
            continue
        for found in read_at(text, match.start(), today):
            if not _is_number(text, found):
                periods.append(_period(text, found, periods[-1] if periods else None))
                times.append(found.time)
                at = max(at, found.time.end)
    of_visit = any(
        (p.of_report or text[p.start - 1 : p.start] == "(")
        and p.exact
        and not (p.relative or p.excluded or p.published)
        for p in periods
    )
    inside = [
        (time.figure and not period.of_report) or (time.window and of_visit and not period.published)
        for period, time in zip(periods, times, strict=True)
    ]
    read = tuple(period for period, left_out in zip(periods, inside, strict=True) if not left_out)
    return read, tuple((p.start, p.end) for p, left_out in zip(periods, inside, strict=True) if left_out)


def _may_begin(text: str, at: int) -> bool:
    """Whether a time can begin here.

    It cannot begin inside a number, an amount of money or a date that we cannot read.
    """
    before = text[max(0, at - 5) : at]
    return not re.search(r"[£$€.]$|\d[/–-]$|(?<!\d)\d{1,3},$", before) or not text[at].isdigit()


def _is_number(text: str, found: Found) -> bool:
    """Whether a number such as 2020 is a count or a label, rather than a year: "of 2020 children", "room 2019"."""
    words, before = text[found.start : found.time.end], text[max(0, found.start - _BACK) : found.start]
    if not re.fullmatch(r"20\d\d", words):
        return False
    counts = _COUNTED.match(text, found.time.end) and _BEFORE_COUNT.search(before)
    return bool(counts or _NUMBERED.search(before))


def _period(text: str, found: Found, previous: Period | None) -> Period:
    time, start = found.time, found.start
    before = text[max(0, start - _BACK) : start]
    same = previous is not None and bool(_AND_ALSO.fullmatch(text, previous.end, start))
    published = bool(same and previous and previous.published)
    if match := _publication(text, before, time.end):
        published, start = True, start - len(match["words"])
        before = before[: match.start()]
    excluded = bool(same and previous and previous.excluded and "," not in text[previous.end : start])
    denied = _DENIED.search(before)
    if denied and not (denied.group().strip().lower() == "not" and not found.exact):
        excluded, start = True, start - len(denied.group())
    words = text[start : time.end]
    period = Period(
        *time.days,
        start,
        time.end,
        exact=found.exact,
        words=words,
        of_report=published or _is_of_report(text, start, time.end),
        label=_label(text, found, published=published, excluded=excluded),
        published=published,
        excluded=excluded,
        relative=time.relative,
    )
    if time.alternative is None:
        return period
    days, label = time.alternative
    other = Period(
        *days, start, time.end, found.exact, words, period.of_report, label, published, excluded, None, time.relative
    )
    return replace(period, alternative=other)


def _publication(text: str, before: str, end: int) -> re.Match[str] | None:
    """Return the words that make a time a date of publication: "published in", "that came out in"."""
    match = _PUBLISHED.search(before)
    if match is None or _OTHER_TEXT.search(before[: match.start()]):
        return None
    of_report = _SUBJECT.search(before[: match.start()]) and not _BEFORE_CALL.match(text[end : end + _BACK])
    return match if of_report or not match["out"] else None


def _label(text: str, found: Found, *, published: bool, excluded: bool) -> str:
    time, plain = found.time, with_capitals(re.sub(r"\s+", " ", text[found.start : found.time.end]))
    label = time.label or (f"{plain} ({days_label(time.days)})" if time.relative or time.gloss else plain)
    if not (published or excluded):
        return label
    published_words = "in reports published " if excluded else "published "
    return f"{'other than ' * excluded}{published_words * published}{with_preposition(label, time.days)}"


def _is_of_report(text: str, start: int, end: int) -> bool:
    return bool(_AFTER_CALL.search(text[max(0, start - _BACK) : start]) or _BEFORE_CALL.match(text[end : end + _BACK]))
