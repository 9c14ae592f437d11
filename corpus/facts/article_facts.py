"""Reads facts from the prose of an article: the dates of a visit, its number, and the judgement before it."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import MONTH, find_range, readable_dates
from corpus.grades import GRADE_WORDS
from corpus.measures import ARTICLE_OPENING

_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|final|latest)"
_VISIT = re.compile(rf"\b(?P<which>{_ORDINAL})\s+(?:quarterly\s+)?(?P<kind>monitoring|focus+ed)\s+visit", re.IGNORECASE)
_TO_COME = re.compile(
    r"s?\s+(?:(?:is|are|will)\s+(?:(?:now|to|be)\s+)*(?:expected|planned|scheduled|due|follow|take|held)|"
    r"(?:has|have)\s+been\s+(?:planned|scheduled))\b",
    re.IGNORECASE,
)
_DAYS = (
    r"(?:(?!\b(?:visit|inspection|published|since|letter|report)\b)[^.]){0,60}?\b(?:on|between|from|of)\s+"
    r"(?P<days>(?:[A-Z]\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\b[^.]{4,50})"
)
_VISIT_DATED = re.compile(rf"(?<!\bnext )\bvisit\b{_DAYS}", re.IGNORECASE)
_INSPECTION_DATED = re.compile(rf"(?<!\bnext )\binspection\b{_DAYS}", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"\b(?:judged|rated|graded|found)\s+(?:to\s+be\s+|as\s+)?[‘“'\"]?"
    rf"(?P<grade>{GRADE_WORDS})[’”'\"]?,?\s+in\s+"
    rf"(?P<month>{MONTH}\s+20\d\d)",
    re.IGNORECASE,
)


def visit_of(text: str) -> str | None:
    """Return the visit that an article is about: the last visit that it numbers ("sixth monitoring visit")."""
    visits = _visits(text[:ARTICLE_OPENING])
    return f"{visits[-1]['which']} {visits[-1]['kind']} visit".lower() if visits else None


def visited_on(text: str) -> tuple[date, date] | None:
    """Return the first and last day of the visit, if the prose gives dates for only one visit."""
    opening = readable_dates(text[:ARTICLE_OPENING])
    if len({match["which"].lower() for match in _visits(opening)}) > 1:
        return None  # the dates may belong to another visit
    pattern = _VISIT_DATED if re.search(r"\bvisit\b", opening, re.IGNORECASE) else _INSPECTION_DATED
    ranges = {find_range(match["days"]) for match in pattern.finditer(opening)} - {None}
    return ranges.pop() if len(ranges) == 1 else None


def follows_judgement(text: str) -> str | None:
    """Return the judgement that led to a visit, with its date as printed ("inadequate in June 2016")."""
    judged = _FOLLOWS.search(text[:ARTICLE_OPENING])
    return f"{judged['grade']} in {judged['month']}" if judged else None


def _visits(opening: str) -> list[re.Match[str]]:
    """Return the numbered visits in the text, except visits in the future."""
    return [match for match in _VISIT.finditer(opening) if not _TO_COME.match(opening, match.end())]
