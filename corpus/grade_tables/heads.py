"""Recognises the heads of columns, rows and parts that say if their grades are from this inspection or another.

Other grades may be from an earlier inspection, or may not be from inspectors, such as a council's own grades.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from corpus.dates import MONTH

_OTHER = re.compile(
    r"\b(?:previous(?:ly)?|prior|last|earlier|former(?:ly)?|before|then|past|histor(?:y|ic|ical)|original(?:ly)?|old|"
    r"self|own|our|targets?|expect(?:ed|ation)|predict(?:ed|ion)|proposed|provisional|draft|aims?|goals?|ambition|"
    r"hoped|likely|forecast|estimated?|national(?:ly)?|england|region(?:al)?|neighbours?|averages?|comparators?|"
    r"change|direction|trend)\b",
    re.IGNORECASE,
)
"""Words in the head of grades that are not from this inspection."""
_CURRENT = re.compile(
    r"\b(?:current(?:ly)?|now|new|latest|most recent|present|today|this (?:inspection|time|visit|report))\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?:the |overall |final |inspection |inspectors?[’']? |ofsted(?:[’']s)? )*"
    r"(?:grades?|judge?ments?|ratings?|outcomes?|results?)"
    r"(?: (?:given|awarded|made|grades?|by (?:ofsted|inspectors)))*\W*",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:\W*\b(?:grades?|judge?ments?|ratings?|inspections?|inspected|at|in|of|on|the|to|and|\d{1,2}(?:st|nd|rd|th)?|"
    rf"{MONTH})\b)*\W*\b(?:19|20)\d\d\b\W*",
    re.IGNORECASE,
)
_OTHER_PART = re.compile(
    r"\b(?:previous(?:ly)?|prior|last|earlier|former(?:ly)?|history|self[- ](?:assess|evaluat)\w*|"
    r"(?:assess|judg|grad|rat)(?:e[ds]?|ing)? (?:itself|themselves)|expect(?:ed|s)?|"
    r"predict(?:ed|s)?|proposed|provisional|targets?|forecast|hoped?|example)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:previous|prior|last|earlier|former)(?:,? \w+){0,3} "
    r"(?:inspect(?:ions?|ed)|visits?|reports?|grades?|judge?ments?|outcomes?|ratings?)\b"
    r"|\b(?:previously|last|earlier) (?:inspected|judged|graded|rated)\b|\bin 20\d\d\b"
    r"|\b(?:grades?|judge?ments?|outcomes?|ratings?)(?: \w+){0,4}? at that (?:inspection|visit|time)\b"
    r"|\binspection history\b",
    re.IGNORECASE,
)
_LONGEST = 120
"""A head with more characters than this says nothing about its grades. Chosen by eye."""
_LEAD_IN = 160
"""Maximum length of a paragraph that announces the grades below it, in characters, without a colon. Chosen by eye."""
_GRADE_WORDS = re.compile(r"\b(?:grades?|judge?ments?|ratings?|graded|judged|rated)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LOOKS_BACK = re.compile(
    r"(?:these|those|the above|they|(?:all |both )?of (?:these|them))\b[^.]{0,60}"
    r"\b(?:were|was|previous(?:ly)?|last|earlier)\b",
    re.IGNORECASE,
)


class Head(Enum):
    """What the head of a column of grades says about the grades."""

    CURRENT = auto()
    """The head says that the grades are from this inspection."""
    PLAIN = auto()
    """The head says only that its column has grades."""
    DATED = auto()
    """The head says only when the grades were given."""
    OTHER = auto()
    """The head says that the grades are from another inspection, or that inspectors did not give them."""
    UNKNOWN = auto()


def head_of(text: str) -> Head:
    """Return what a head says about the grades below it or next to it."""
    if _OTHER.search(text):
        return Head.OTHER
    if len(text) > _LONGEST:
        return Head.UNKNOWN
    if _CURRENT.search(text):
        return Head.CURRENT
    if _PLAIN.fullmatch(text):
        return Head.PLAIN
    return Head.DATED if _DATED.fullmatch(text) else Head.UNKNOWN


def current_of(heads: Mapping[int, Head]) -> int | None:
    """Return the column with the grades of this inspection, if the heads of several columns show which it is."""
    for sort in (Head.CURRENT, Head.PLAIN):
        found = [column for column, head in heads.items() if head is sort]
        if found:
            others = [head for column, head in heads.items() if column != found[0]]
            sure = sort is Head.CURRENT or all(head is not Head.DATED for head in others)
            return found[0] if len(found) == 1 and sure else None
    left = [column for column, head in heads.items() if head is not Head.OTHER]
    return left[0] if len(left) == 1 and heads[left[0]] is Head.DATED else None


def is_other_part(heading: str) -> bool:
    """Return whether the heading above grades says that they are not from this inspection."""
    return bool(_OTHER_PART.search(heading)) and not _CURRENT.search(heading)


def announces_others(text: str) -> bool:
    """Return whether a paragraph above grades says that they are not from this inspection."""
    if len(text) > _LEAD_IN and not text.endswith(":"):
        return False
    return says_earlier(text) or (is_other_part(text) and not text.endswith("."))


def dates_grades(text: str) -> bool:
    """Return whether a short text above grades says in which year they were given.

    It may be the year of another inspection.
    """
    return len(text) <= _LEAD_IN and bool(_GRADE_WORDS.search(text) and _YEAR.search(text))


def looks_back(text: str) -> bool:
    """Return whether a text below grades says that they were from an earlier inspection: "These were …"."""
    return bool(_LOOKS_BACK.match(text))


def says_earlier(text: str) -> bool:
    """Return whether a text names an earlier inspection, or its grades."""
    return bool(_EARLIER.search(text))
