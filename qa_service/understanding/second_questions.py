"""Finds a second question at the end of a message, which the answer to the first does not cover: "and have they?"."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.types import Span

_SECOND = re.compile(
    r"(?:,\s*|\s)(?:and|but)\s+(?:if so,?\s+)?"
    r"(?P<words>(?:has|have|had|did|does|do|is|are|was|were)(?:n['’]t)?\s+(?:it|they|he|she|this|that|these|those)\b"
    r"(?:\s+[\w'’-]+){0,10})\s*[?.!]*\s*$",
    re.IGNORECASE,
)


def second_question(text: str) -> Span | None:
    """Return the words of a second question that says "it" or "they" for the subject of the first, or None."""
    match = _SECOND.search(text)
    return Span(*match.span("words")) if match else None
