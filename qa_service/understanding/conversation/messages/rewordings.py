"""Rewrites questions and notes in words that the rest of the service understands: "Orle inadequate ever?".

``data/rewordings.toml`` has the shapes that we know, and the question that each stands for. We rewrite a text only if a
shape accounts for every word of it, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from qa_service.understanding.conversation.messages.shapes import (
    Needs,
    compiled,
    filled,
    needs,
    shapes_data,
    slotted_for_shapes,
)

_MOST_WORDS = 45
"""Maximum number of words in a text that we rewrite. Chosen by judgement."""


@dataclass(frozen=True, slots=True)
class _Rewording:
    """A shape, and the question that a text of this shape stands for."""

    shape: str
    asks: str
    needs: Needs
    each: str = ""
    """The slot whose subjects are asked about one by one."""


def reworded(text: str, authorities: Sequence[str], today: date) -> str:
    """Return the question that a text stands for. If the text has no known shape, return it as it is.

    ``authorities`` are the ones that the index has reports on.
    """
    if not text.strip() or len(text.split()) > _MOST_WORDS:
        return text
    slotted = slotted_for_shapes(text, authorities, today)
    named = frozenset(entity.slot for entity in slotted.entities)
    for rewording in _rewordings():
        if not rewording.needs.are_met_by(slotted, named):
            continue
        match = compiled(rewording.shape, whole=True).fullmatch(slotted.text)
        if match and (asked := filled(rewording.asks, match, slotted, each=rewording.each)):
            return asked
    return text


@cache
def _rewordings() -> tuple[_Rewording, ...]:
    """Return the shapes of ``data/rewordings.toml``, in order."""
    return tuple(
        _Rewording(shape, each["asks"], needs(shape), each.get("each", ""))
        for each in shapes_data()["question"]
        for shape in each["typed"]
    )
