"""Finds a second question at the end of a message, if the answer to the first does not cover it: "and have they?"."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.types import Span

_AND = r"(?:,\s*|\s)(?:and|but)\s+(?:if so,?\s+)?"
_SECOND = re.compile(
    rf"{_AND}(?P<words>(?:has|have|had|did|does|do|is|are|was|were)(?:n['’]t)?\s+"
    r"(?:it|they|he|she|this|that|these|those)\b(?:\s+[\w'’-]+){0,10})\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_OF_LIST = re.compile(
    rf"{_AND}(?P<words>(?:(?:has|have|had|did|does|do|is|are|was|were)(?:n['’]t)?\s+"
    r"(?:there\s+(?:ones?|any|anything|some|something)|any(?:\s+of\s+(?:them|these|those))?|"
    r"(?:one|some|all|most)\s+of\s+(?:them|these|those)|it|they|this|these|those)\b|"
    r"(?:should|must|need|can|do)\s+(?:we|i)\b|which\s+(?:ones?|of\s+(?:them|these|those))\b)"
    r"(?:\s+[\w'’-]+){0,12})\s*[?.!]*\s*$",
    re.IGNORECASE,
)
"""A second question about the items of a list: "and is there one we should be worried about"."""
_JOINED = re.compile(rf"{_AND}$", re.IGNORECASE)


def second_question(text: str) -> Span | None:
    """Return the words of a second question in which "it" or "they" means the subject of the first.

    None if the text has no second question.
    """
    match = _SECOND.search(text)
    return Span(*match.span("words")) if match else None


def second_question_of_list(text: str) -> Span | None:
    """Return the words of a second question about the items in the list that the first one asks for.

    None if the text has no second question.
    """
    match = _OF_LIST.search(text)
    return Span(*match.span("words")) if match else None


def first_question(text: str, second: Span) -> str:
    """Return the words before a second question, without the "and" that joins them."""
    return _JOINED.sub("", text[: second.start])
