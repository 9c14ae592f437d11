"""Recognises a question that counts or lists reports by their own lists: "How many reports have a priority action?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.types import ImprovementKind
from qa_service.understanding.conditions.slots import Extent, SlottedText

_HAS = (
    r"(?:ha(?:ve|s|d|ving)|got|gets?|with|list(?:s|ed|ing)?|contain(?:s|ed|ing)?|includ(?:e|es|ed|ing)|sets?(?: out)?|"
    r"given|gave|gives?|identif(?:y|ies|ied)|names?|named|receiv(?:e|ed|es)|ma(?:ke|kes|de)|issued?|raised?)"
)
_SOME = r"(?:an?|any|some|one|at least one|one or more|formal|the|their own|its own)"
_LISTS = (
    (
        (
            r"(?:(?:areas?|actions?|items?|points?) (?:for|of|requiring|needing) )?"
            r"(?:priority (?:and immediate )?|immediate (?:and priority )?)actions?"
        ),
        ImprovementKind.PRIORITY,
    ),
    (r"(?:formal )?recommendations?", ImprovementKind.RECOMMENDATION),
)
_ITEMS = tuple(
    (re.compile(rf"\b{_HAS} (?:been given )?(?:{_SOME} )*(?P<items>{words})(?![\w-])"), kind) for words, kind in _LISTS
)


@dataclass(frozen=True, slots=True)
class LocatedOwnList:
    """The kind of item that the reports' own lists must have, and the words that say this."""

    kind: ImprovementKind
    extent: Extent
    items: Extent
    """The words for the items: "area for priority action"."""


def find_own_list(slotted: SlottedText) -> LocatedOwnList | None:
    """Return the kind of item that the reports' own lists must have. None if the question names no such kind."""
    found = ((expression.search(slotted.text), kind) for expression, kind in _ITEMS)
    return next((LocatedOwnList(kind, match.span(), match.span("items")) for match, kind in found if match), None)
