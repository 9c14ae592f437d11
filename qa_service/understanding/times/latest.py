"""Recognises questions about the present."""

from __future__ import annotations

import re

_REPORT = r"\b(?:latest|most recent(?:ly)?|newest|last (?:inspect(?:ion|ed)|visit(?:ed)?|report))\b"
_NAMES_LATEST = re.compile(_REPORT, re.IGNORECASE)
_LATEST = re.compile(rf"{_REPORT}|\b(?:now|currently|at the moment|these days|still|today)\b", re.IGNORECASE)


def asks_for_latest(text: str) -> bool:
    """Whether a question is about the present."""
    return bool(_LATEST.search(text))


def names_latest(text: str) -> bool:
    """Whether a question names the latest report, and does not only ask about now."""
    return bool(_NAMES_LATEST.search(text))
