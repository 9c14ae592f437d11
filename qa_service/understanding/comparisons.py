"""Recognises a question that compares authorities, and finds what it compares: "Compare Orle and Hesk on caseloads"."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation

_COMPARES = re.compile(
    r"\bcompar(?:e[sd]?|ing|isons?)\b|\b(?:versus|vs)\b|\bdifferences? between\b|\bdiffers?\b|"
    r"\bside by side\b|\bhow do(?:es)? .{3,60}\b(?:measure up|stack up|shape up)\b",
    re.IGNORECASE,
)
_FRAME = (
    r"(?:how|what|who|which|whose|where|does|do|did|has|have|is|are|was|were|be|the|a|an|there|any|please|and|or|with|"
    r"on|for|in|of|to|at|about|over|around|regarding|concerning|terms|respect|regards?|comes|when|it|their|its|them|"
    r"both|each|they|show|give|tell|me|us|compar(?:ed?|ing|isons?)|differences?|differs?|versus|vs|between|side|"
    r"say|said|think|thought|found|find|findings?|report(?:s|ed)?|works?|services?|well|deals?|council's|councils?|authorit(?:y|ies)|"
    r"ofsted|inspectors?)"
)
_FRAMING = re.compile(rf"^(?:\W*\b{_FRAME}\b)+\W*|\W*(?:\b{_FRAME}\b\W*)+$|\W+$", re.IGNORECASE)
"""Words around the aspect that say nothing about it: "what did inspectors say about … in"."""
_LONGEST = 6
"""Maximum number of words for what is compared. More say something that we would have to ignore."""
MAX_COMPARED = 6
"""Maximum number of authorities in one answer. More are easier to read on the page that compares them."""


def aspect_compared(question: Interpretation) -> str:
    """Return the words for what a question compares its authorities on. Empty if it does not compare them.

    A question that names a time, a kind of report or a document means certain reports, so it is no comparison of what
    the authorities' latest reports say.
    """
    each_named = all(len(part.authorities) == 1 for part in question.parts)
    several = 2 <= len({name for part in question.parts for name in part.authorities}) <= MAX_COMPARED
    means_reports = bool(question.periods or question.only_kinds or question.form or question.places)
    if not (several and each_named) or means_reports or question.conditions.wanted is not Wanted.SENTENCES:
        return ""
    if question.not_applied or not _COMPARES.search(question.text):
        return ""
    words = _FRAMING.sub("", question.search_text)
    return words if 0 < len(words.split()) <= _LONGEST else ""
