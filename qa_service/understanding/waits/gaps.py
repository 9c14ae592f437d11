"""Recognises questions about the time between successive inspections."""

from __future__ import annotations

import re

from corpus.types import FULL_INSPECTIONS
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import Which
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.waits.parts import (
    HOW_LONG,
    IS,
    ONE_WHO,
    RANK,
    SHORTEST,
    WAITED,
    bound_in,
    kinds_of,
    wait_of,
)
from qa_service.understanding.waits.types import Measure, Order, Wait

_GAPS = r"(?:gap|wait|interval|period|time|space|distance)s?"
_BETWEEN = (
    rf"\bbetween (?:(?:any|an?|one|each|every|all|both|of|the|its|their|his|these|two|2|three|3|successive|"
    rf"consecutive|different|separate|last|latest|most recent|previous|past|and|{WHO}(?:'s?)?|{{T}}|{{N}}(?:'s?)?) )*"
    r"{K}"
    r"(?:,? and (?:the |its |their )*(?:next|following|previous|last|one (?:before|after)(?: (?:it|that))?)"
    r"(?: (?:one|{K}))?(?! report))?"
    rf"(?: (?:of|in|at|for|on) (?:the same|any one|an?|any|one|each|every) {WHO})?"
)
"""Words for successive inspections."""
_BETWEEN_THEM = pattern(_BETWEEN)
_ASKS: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        (
            rf"\b{HOW_LONG} (?:{IS}|(?:do|does|did) (?:{ONE_WHO}|{WHO}) (?:go|wait|have) |{ONE_WHO} |{WAITED} |"
            rf"(?:the )?{_GAPS} )*{_BETWEEN[2:]}"
        ),
        rf"\b(?:{RANK} )?(?:time )?{_GAPS} (?:of time )?{_BETWEEN[2:]}",
        rf"\b{WAITED} (?:for )?(?:the )?{RANK}(?: time)? {_BETWEEN[2:]}",
    )
)
_GAP_OF = re.compile(rf"\b{_GAPS} of\b")
_BOUNDED = tuple(map(pattern, (r"(?:^|[^.?!;]) ?$", r"\bbetween\b[^.?!;]{0,60}?{K}[^.?!;]{0,20}?$")))
"""The words before a limit on such a time."""
_BOUND_ENDS = re.compile(rf" (?:{_GAPS} )?between\b|,|\W*$")
_LAST_TWO = re.compile(r"\b(?:last|latest|most recent|previous|past)\b")
_SEVERAL = re.compile(
    r"\b(?:gaps|waits|intervals|periods|times)\b|\b(?:which|what|list) (?:councils|authorities|las)\b"
)


def find_gap(slotted: SlottedText) -> Wait | None:
    """Return what a question about the time between inspections asks for. None if it is not such a question.

    "Inspections" means full inspections here. An area SEND inspection does not end the wait for the next one.
    """
    text, kinds = slotted.text, kinds_of(slotted)
    between = _BETWEEN_THEM.search(text)
    named = {entity.value for _, entity in slotted.positions(Slot.KIND) if entity.value}
    if between is None or not kinds or len(named) > 1:
        return None  # "between the visit and the inspection"
    cores = [match for core in _ASKS for match in core.finditer(text)]
    lists = not slotted.names
    bound = bound_in(slotted, _BOUNDED, _BOUND_ENDS)
    if not cores and bound is None:
        return None
    rank = next((match["rank"] for match in cores if match.groupdict().get("rank")), "")
    extents = [match.span() for match in (*cores, between, *_GAP_OF.finditer(text))]
    extents += [bound[1]] if bound and lists else []
    return wait_of(
        slotted,
        extents,
        Wait(
            Measure.GAP,
            lists=lists,
            order=Order.SHORTEST if rank in SHORTEST else Order.LONGEST,
            single=bool(rank) and bound is None and not _SEVERAL.search(text),
            bound=bound[0] if bound and lists else None,
            kinds=FULL_INSPECTIONS if kinds == INSPECTIONS else kinds,
            which=Which.LATEST if _LAST_TWO.search(between.group()) else Which.EACH,
        ),
    )
