"""What an article is about by its prose: the days of the visit, which visit it was, the judgement it follows."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import MONTH, find_range
from corpus.grades import GRADE_WORDS

_OPENING = 3000
"""Characters of an article in which it says what it is about."""
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
    """Which visit an article is about ("sixth monitoring visit"): the last that it names by number, if any."""
    found = _visits(text[:_OPENING])
    return f"{found[-1]['which']} {found[-1]['kind']} visit".lower() if found else None


def visited_on(text: str) -> tuple[date, date] | None:
    """The days of the visit, where the prose gives those of one visit only."""
    opening = text[:_OPENING]
    if len({match["which"].lower() for match in _visits(opening)}) > 1:
        return None  # dates of one visit, in an article about another
    pattern = _VISIT_DATED if re.search(r"\bvisit\b", opening, re.IGNORECASE) else _INSPECTION_DATED
    dated = (find_range(match["days"]) for match in pattern.finditer(opening))
    days = {day for day in dated if day}
    return days.pop() if len(days) == 1 else None


def follows_judgement(text: str) -> str | None:
    """The judgement that a visit follows, with its month, as printed ("inadequate in June 2016")."""
    found = _FOLLOWS.search(text[:_OPENING])
    return f"{found['grade']} in {found['month']}" if found else None


def _visits(opening: str) -> list[re.Match[str]]:
    """The visits that are named by number, without those to come."""
    return [match for match in _VISIT.finditer(opening) if not _TO_COME.match(opening, match.end())]
