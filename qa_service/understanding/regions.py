"""Finds the region to which a question limits its answer: "Which councils in the South West are inadequate?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.names.regions import Region, region_named
from corpus.names.typed_names import typed_names

_BEFORE = re.compile(
    r"(?P<preposition>\b(?:in|across|within|from|for|of|throughout|around|at|inside|among|over) )?"
    r"(?:\b(?:the|our|all) )*$",
    re.IGNORECASE,
)
_WHO = (
    r"(?:(?:local )?(?:authorit(?:y|ies)|councils?|las?|boroughs?|count(?:y|ies)|trusts?|reports?|inspections?|visits?|"
    r"focus+ed|full|ilacs|children))\b"
)
_AFTER = re.compile(rf"(?P<s>['’]s)?(?: (?:region|area))?(?P<who> (?={_WHO}))?", re.IGNORECASE)
_NOT_WITHIN = re.compile(
    r"\b(?:outside|except(?: for)?|excluding|not in|other than|apart from|beyond|near|next to|bordering|rest of|than|"
    r"vs|versus|compare[ds]?|comparison|against|elsewhere|each region|by region|regions|plac(?:e|es|ed|ing)|liv(?:e|es|"
    r"ing)|moved?|housed|born|based)\b",
    re.IGNORECASE,
)
"""Words that show that a region does not limit the answer, or is not the only limit."""


@dataclass(frozen=True, slots=True)
class RegionalQuestion:
    """A question without the words for its region, and the region."""

    text: str
    region: Region


def regional(text: str, authorities: Sequence[str]) -> RegionalQuestion | None:
    """Return a question without its region.

    None if it names no region or several, or if we do not know the region's authorities. ``authorities`` are the ones
    that the index has reports on. A question that also names one of them is not limited to the region.
    """
    typed = typed_names(text, authorities)
    regions = {region_named(mention.name) for mention in typed.regions}
    if typed.authorities or typed.ambiguous or len(regions) != 1 or _NOT_WITHIN.search(text):
        return None
    [region] = regions
    if region is None:
        return None
    for mention in reversed(typed.regions):
        if (before := _BEFORE.search(text, 0, mention.start)) and (after := _AFTER.match(text, mention.end)):
            described = after["who"] or not before["preposition"]
            start = mention.start if described else before.start()
            the = "the " if described and text[mention.start : mention.end].lower().startswith("the ") else ""
            text = f"{text[:start].rstrip()} {the}{text[after.end() :].lstrip()}"
    return RegionalQuestion(" ".join(text.split()).strip(" ,;:–—-"), region)
