"""Recognises questions about the present."""

from __future__ import annotations

import re

_LATEST = re.compile(
    r"\b(?:latest|most recent(?:ly)?|newest|last (?:inspect(?:ion|ed)|visit(?:ed)?|report)|"
    r"now|currently|at the moment|these days|still|today)\b",
    re.IGNORECASE,
)


def asks_for_latest(text: str) -> bool:
    """Whether a question is about the present."""
    return bool(_LATEST.search(text))
