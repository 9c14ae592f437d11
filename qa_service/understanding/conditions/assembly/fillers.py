"""Finds the words of a question that limit nothing: words around it, and words that only introduce names and times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.understanding.conditions.accounting import expression_of, question_words
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.wanted import WHO

_BEFORE_TIME = pattern(
    r"\b(?:during|between|around|over|within|throughout|by|as of|per|until|up to|from|to|and|through|across|"
    r"after|before|since)"
    r" (?:the |its |their |his )*(?={T})|\b(?:in|over|for|during) the (?:years?|period)(?: from| of)? (?={T})"
)
"""A preposition that belongs to the words for a time that follow it."""
_BEFORE_NAMES = pattern(
    r"\b(?:between|among|amongst|out of|comparing)\b(?= {N})|\bof (?:the |them )?(?:two|three|four|\d)\b"
)
"""Words that only introduce the authorities to choose from."""
_ANY_KIND = pattern(
    r"\bof (?:any|whatever|all|every) (?:kind|sort|type)s?\b|\bfrom one {K} to the next\b|\beach of them\b|"
    r"\bbetween (?:one |successive )?{K} and the next\b|\b(?:i'm|i am|we're|we are) after\b|"
    r"\bwith (?:the|its|both|their) (?:two |both )?{K}(?: concerned| named| listed)?"
)
"""Words that do not limit a question."""
_FRAME = pattern(
    r"^for (?:my|our|the|an?|this) (?:[\w'-]+ ){0,2}(?:[\w'-]+|{K}),? (?=(?:i|we|please|can|could)\b)|"
    r"^(?:i am|i'm|we are|we're) (?:preparing|writing|drafting|compiling|updating|working on|putting together)\b"
    r"[^,;:.]{0,60}?(?:,| and| so) (?=(?:i|we|would|need|want|please|can|could)\b)|"
    r"\b{K} dates(?: only)? please\b|, {K} dates?\W*$|"
    r"^(?:please )?(?:can|could|would) you (?:please )?confirm\b|^(?:please )?confirm\b|"
    r"\blooking (?:only |just )?at (?={K}|{N}|{T})|\bonly (?=(?:the |at |in |for |from )*(?:{K}|{T}|{N}))"
)
"""Words around a question that do not change what it asks, and "only" before words that already limit the answer.

The fixed phrases among them are in ``data/question_words.toml``."""
_WHEN = re.compile(r"\W*(?:when|(?:what|which)(?:'s| is| are| was| were)? (?:the )?(?:dates?|days?))\b")
OF_EACH = pattern(rf"\b(?:of |for )?(?:each|every|all)(?: of)?(?: the| our| these)? {WHO}(?:'s?)?")
"""Words that ask for the dates of all authorities. An answer with only one date would ignore them."""
_BOTH = re.compile(r"\bboth\b")
_BOTH_KINDS = pattern(
    r"\bboth\b(?= (?:an? |one )?{K},? (?:and|as well as|plus) )|(?<={K}) (?:as well as|plus)(?= an? {K})"
)


def frames_in(text: str) -> Iterator[Extent]:
    """Yield the words around a question in its slotted text: "for my briefing, can you"."""
    for expression in (_FRAME, expression_of(question_words().frames)):
        yield from (match.span() for match in expression.finditer(text))


def fillers_in(slotted: SlottedText) -> Iterator[Extent]:
    """Yield all words that limit nothing, including those that :func:`frames_in` finds."""
    yield from frames_in(slotted.text)
    for expression in (_BEFORE_TIME, _BEFORE_NAMES, _ANY_KIND, _BOTH_KINDS):
        yield from (match.span() for match in expression.finditer(slotted.text))
    if not slotted.names and _WHEN.match(slotted.text):
        yield from (match.span() for match in OF_EACH.finditer(slotted.text))
    if len(slotted.names) > 1 or len(slotted.positions(Slot.AREA)) > 1:
        yield from (match.span() for match in _BOTH.finditer(slotted.text))
