"""Recognises questions about what became of the improvements that reports asked for."""

from __future__ import annotations

import re

from qa_service.understanding.interpretation import Interpretation

_BECAME = re.compile(
    r"\b(?:what (?:(?:has |have )?(?:become|became) of|(?:has |have )?happened (?:to|with))|"
    r"(?:has|have|did|were|was|are|is) (?:[\w’'-]+ ){1,10}?"
    r"(?:acted on|followed up|put right|addressed|dealt with|fixed|tackled))\b",
    re.IGNORECASE,
)
_ITEMS = re.compile(
    r"\b(?:improvements?|recommendations?|priority actions?|(?:things|items|points|areas?) (?:for|to|it|they|asked))\b",
    re.IGNORECASE,
)


def asks_what_became(question: Interpretation) -> bool:
    """Whether a question asks what became of improvements: "What became of the improvements asked of Brent?"."""
    return bool(_BECAME.search(question.text) and _ITEMS.search(question.text))
