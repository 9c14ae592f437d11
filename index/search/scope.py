"""Recognises the sections of a report that say what inspectors looked at, rather than what they found."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SCOPE = re.compile(
    r"(?:areas?|aspects?|issues) (?:covered|reviewed|considered)\b|"
    r"(?:about|scope of|information about|background to) (?:this|the) (?:visit|inspection)\b|"
    r"(?:the )?inspection team\b|methodology\b|scope\b",
    re.IGNORECASE,
)
"""The start of the heading of such a section."""


def is_about_scope(section: Sequence[str]) -> bool:
    """Whether a section, given as its headings, says what inspectors looked at."""
    return bool(section) and bool(_SCOPE.match(section[-1]))
