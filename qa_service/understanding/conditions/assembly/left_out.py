"""Finds the kinds of report that a question is about, and the kinds and authorities that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Kind
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.slots import Entity, Extent, Slot, SlottedText, pattern

_LEFT_OUT = pattern(
    r"\b(?:other than|apart from|except(?: for)?|with the exception of|barring|save for|excluding|aside from|"
    r"besides|not including|leaving out|but not|ignoring|"
    r"not) (?:the |in |those |reports? |ones? |on |about |of |from |for |{K} )*({N}(?:(?:,? (?:and|or) |, ?){N})*)"
)
_EACH_OF = pattern(
    r"\b(?:had|have|has|having|with|got|received|get) (?:both )?(?:an? |one |their )?{K}"
    r"(?:(?:,? and|,? as well as|,? plus) (?:also )?(?:an? |one )?{K})+"
)
_NOT_KIND = pattern(
    r"\b(?:not(?: (?:counting|including|a|an|the|any))*|other than|apart from|except(?: for)?|excluding|ignoring|"
    r"leaving out|without counting|n't) (?:(?:of|at|in|from|the|any|a|an) )*(?P<kind>{K})"
)
"""Words that leave out some kinds of report: "reports that are not focused visits"."""


def authorities_left_out(slotted: SlottedText) -> tuple[re.Match[str], ...]:
    """Return the words that leave out authorities."""
    return tuple(_LEFT_OUT.finditer(slotted.text))


def kinds_left_out(slotted: SlottedText) -> tuple[re.Match[str], ...]:
    """Return the words that leave out kinds of report."""
    matches = _NOT_KIND.finditer(slotted.text)
    return tuple(match for match in matches if slotted.entities_in(*match.span("kind"))[0].value)


def kinds_named(
    slotted: SlottedText, left_out: Sequence[re.Match[str]], ignored: Extent | None = None
) -> tuple[Kind, ...]:
    """Return the kinds of inspection that a question names. If several words name kinds, return only the most specific.

    ``ignored`` are words that name something else.
    """
    without = [match.span("kind")[0] for match in left_out]
    start, end = ignored or (0, 0)
    places = [(at, entity) for at, entity in slotted.positions(Slot.KIND) if not start <= at < end]
    named = [entity for at, entity in places if entity.value and at not in without]
    specific = [entity for entity in named if entity.value != INSPECTIONS]
    return kinds_of(specific or named)


def each_of_kinds(slotted: SlottedText) -> tuple[Entity, ...]:
    """Return the kinds of inspection if an authority must have had one of each.

    Empty if there are fewer than two kinds.
    """
    match = _EACH_OF.search(slotted.text)
    found = slotted.entities_in(*match.span(), Slot.KIND) if match else []
    return tuple(found) if len({entity.value for entity in found if entity.value}) > 1 else ()


def kinds_of(entities: Sequence[Entity]) -> tuple[Kind, ...]:
    """Return the kinds that the given words mean, without repeats."""
    return tuple(dict.fromkeys(kind for entity in entities for kind in entity.value))
