"""Recognises questions about the time since an inspection or a report."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.slots import SlottedText, pattern
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.waits.parts import (
    HOW_LONG,
    IS,
    LISTED_WHO,
    ONE_OF_THEM,
    ONE_WHO,
    PUBLISH,
    RANK,
    SHORTEST,
    UNITS,
    WAITED,
    bound_in,
    kinds_of,
    wait_of,
    which_of,
)
from qa_service.understanding.waits.types import Measure, Order, Wait

_ALL_WHO = rf"(?:each|every|all|the different)(?: of)?(?: the)? {WHO}"
_SINCE: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{HOW_LONG} {IS}*since\b",
        rf"\bhow (?:long|many {UNITS}) (?:ago|back)\b",
        (
            rf"\bhow (?:long|many {UNITS}) (?:has|have|had|did) (?:{ONE_WHO}(?:,? and |,? or |, | ))+"
            rf"(?:now |so far |last )*{WAITED} (?:now |so far )*(?:without|since|"
            r"for(?= (?:an? |its |their |the |another |any )*(?:next |last |proper |new )*{K}))(?= |$)"
        ),
        rf"\bhow (?:long|many {UNITS}) (?:has|have) it been without\b",
        rf"\bhow (?:long|many {UNITS}) (?:has|have) {ONE_WHO} not (?:had|been inspected)\b",
    )
)
"""Asks how long ago the inspections of the authorities named were."""
_RANKED: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{WAITED} (?:for )?(?:the )?{RANK}(?: time)?\b",
        rf"\b(?:the )?{RANK} (?:wait|gap|time|period|interval)s? (?:since|for|without|to)\b",
        rf"\b(?:the )?{RANK} (?:time )?(?:ago|since)\b",
        (
            rf"\b(?:by|in (?:the )?order of|with) (?:the )?(?:length of )?(?:time|how long|{UNITS})(?: ago)? "
            rf"{IS}*(?:since|ago|without|(?:the|its|their|each|every) )"
        ),
        r"\b(?:by|in (?:the )?order of) how long ago\b",
        (
            rf"\b{HOW_LONG} (?:{IS}*since|(?:ago|back) (?:was|were|did|is)|(?:has|have)) (?:the )?"
            rf"(?:(?:last |latest |most recent |full )*{{K}} (?:of|in|at|to) )?{_ALL_WHO}\b"
        ),
    )
)
"""Asks to compare authorities by the time since their last inspection."""
_BOUNDED: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{WAITED} (?:for )?$",
        r"(?:\b(?:not|no|never|without)|n't)\b[^.?!;]{0,60}?(?:{K}|\binspected|\bvisited)[^.?!;]{0,20}?\b(?:for|in) $",
        r"\b(?:last|latest|most recent)\b[^.?!;]{0,40}?(?:{K}|\binspected|\bvisited)[^.?!;]{0,40}?$",
        r"\b(?:it is|it's|it has been|it's been|been|with) $",
    )
)
"""The words before a limit on the time since an inspection: "have gone", "were last inspected"."""
_BOUND_ENDS = re.compile(r" (?:ago|without|since|for|now|with no)\b|,|\W*$")
"""The words after such a limit."""


def find_since(slotted: SlottedText) -> Wait | None:
    """Return what a question about the time since an event asks for. None if it is not such a question."""
    text = slotted.text
    published = re.search(rf"\b{PUBLISH}\b", text)
    if not (kinds_of(slotted) or published):
        return None  # "how long did it wait for its report?" asks for something else
    ranked = [match for core in _RANKED for match in core.finditer(text)]
    bound = bound_in(slotted, _BOUNDED, _BOUND_ENDS)
    asked = [match for core in _SINCE for match in core.finditer(text)]
    listed = bool(LISTED_WHO.search(text))
    lists = listed and bool(ranked or bound)
    if not lists and not asked:
        return None
    ranks = sorted((match.start("rank"), match["rank"]) for match in ranked if match.groupdict().get("rank"))
    rank = ranks[0][1] if ranks and lists else ""
    first_rank = re.search(r"\bfrom (?:the )?(longest|shortest)\b", text)
    rank = first_rank[1] if first_rank and rank else rank
    cores = [*(ranked if lists else ()), *asked]
    denied = re.finditer(r"\b(?:not|n't|no|never|without|\w+n't)\b", text) if lists else ()
    extents = [match.span() for match in (*cores, *denied)] + ([bound[1]] if bound else [])
    return wait_of(
        slotted,
        extents,
        Wait(
            Measure.SINCE_PUBLICATION if published else Measure.SINCE_INSPECTION,
            lists=lists,
            order=Order.SHORTEST if rank in SHORTEST else Order.LONGEST,
            single=bool(rank) and bound is None and bool(ONE_OF_THEM.search(text)),
            bound=bound[0] if bound and lists else None,
            kinds=kinds_of(slotted),
            which=which_of(slotted, lists=lists),
        ),
    )
