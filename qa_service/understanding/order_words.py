"""Recognises the words for the order of an answer at the end of a question: "newest first"."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.types import OrderCondition, Span

_WORDS = re.compile(
    r"(?P<words>\b(?:(?:(?:list|sort|order|show|put|give)(?:ed)?(?: (?:them|it|these|me))?|in (?:date )?order|by date|"
    r"starting|with|please|the|and)[ ,]{1,2}){0,6}"
    r"(?:(?P<newest>newest|most recent|latest)|oldest|earliest)"
    r"(?: (?:one|ones|reports?|inspections?|visits?|letters?))? first\b|"
    r"\b(?:in )?(?P<reverse>reverse )?chronological order\b)"
    r"\)?(?:[,\s]{1,2}(?:please|pls|thanks|thank you)){0,2}\W*$",
    re.IGNORECASE,
)


def find_order(text: str) -> OrderCondition | None:
    """Return the order that a question asks for at its end.

    None if the question asks for no order, or for nothing else.
    """
    match = _WORDS.search(text)
    if match is None or not re.search(r"[A-Za-z]{3}", text[: match.start()]):
        return None
    newest = bool(match["newest"] or match["reverse"])
    return OrderCondition(newest_first=newest, span=Span(*match.span("words")))


def without_order(text: str) -> str:
    """Return a question without the words for its order at the end, so that the other words keep their places."""
    order = find_order(text)
    return text[: order.span.start].rstrip(" ,;:(–-") if order else text
