"""Finds a question that is only a name: "POWAR?", "Who or what is the Horizon team?", "Southport"."""

from __future__ import annotations

import re

from corpus.names.typed_names import typed_names
from corpus.themes import known_themes
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.words.abbreviations import stands_for
from qa_service.understanding.words.vocabulary import is_term, names_of_same

_ASKS = re.compile(
    r"^\W*(?:(?:and|so|ok|please)\s+)*(?:(?:(?:who|what)(?:['’]?s| is| are| was| were)?"
    r"(?: (?:or|and) (?:who|what)(?: is| are)?)?(?: (?:exactly|about))?|(?:tell me|anything|info(?:rmation)?|more)? ?"
    r"(?:about|on)|define|explain)\s+)?(?:the\s+|an?\s+|this\s+|that\s+)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[\w&@'’.+-]+(?: [\w&@'’.+-]+){0,4}")
_GENERIC = re.compile(
    r"\s+(?:teams?|services?|hubs?|panels?|projects?|schemes?|programmes?|models?|groups?|forums?|offers?|apps?|"
    r"strateg(?:y|ies)|boards?|centres?|pledges?|approach(?:es)?|tools?|courts?)$",
    re.IGNORECASE,
)
"""A noun after a name that says what it is: "Horizon team"."""
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|how|why|when|where|which|any|and|or|"
    r"in|for|of the|with|by|at|from)\b",
    re.IGNORECASE,
)
"""Words of a longer question. "Of" may be part of a name."""


def bare_name(question: Interpretation) -> str:
    """Return the name that a question consists of, apart from authorities. Empty if it says anything else.

    A term of the field, such as "supervision" or "MASH", is a subject and not a name.
    """
    if any((question.pointed, question.periods, question.conditions.is_about_facts, question.asks_for_improvements)):
        return ""
    words = _ASKS.sub("", question.search_text, count=1).strip(" ?!.,;:\"“”'‘’")
    if not _NAME.fullmatch(words) or _SENTENCE.search(words) or len(words) < 3:
        return ""
    if typed_names(words, question.authorities, mend=False).spans:
        return ""  # the name of an authority or a region alone asks for everything about it
    is_subject = any(
        is_term(each) or names_of_same(each) or stands_for(each) or known_themes().themes_of(each)
        for each in (words, without_generic(words))
    )
    return "" if is_subject else words


def without_generic(name: str) -> str:
    """Return a name without the noun that says what it is: "Horizon" for "Horizon team"."""
    return _GENERIC.sub("", name)
