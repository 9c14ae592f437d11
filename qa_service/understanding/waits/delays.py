"""Recognises questions about the time from an inspection to its report."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.waits.parts import (
    HOW_LONG,
    LEAVING,
    LISTED_WHO,
    PUBLISH,
    RANK,
    SHORTEST,
    UNITS,
    bound_in,
    kinds_of,
    wait_of,
    which_of,
)
from qa_service.understanding.waits.types import Measure, Order, Wait

_REPORT = r"(?:{K} reports?\b|(?P<report>{K})(?! report))"
_INSPECTED = rf"(?:{{K}}|\binspected|\bvisited|{LEAVING})"
"""The first event of a delay: an inspection, or its end."""
_EVENT = pattern(r"{K}|\b(?:re-?)?(?:inspect|visit)(?:ed|s)?\b")
_DELAY: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        (
            rf"\bhow (?:long|much time|many {UNITS}) (?:did|does|do|has|had) (?:it|ofsted|(?:the )?inspectors|they) "
            rf"(?:take|taken|need|wait)\b[^.?!;]{{0,90}}?\b{PUBLISH}\b"
        ),
        (
            rf"\bhow (?:long|much time|many {UNITS}) (?:did|does|do|has|had)\b[^.?!;]{{0,60}}?{{K}}"
            rf"[^.?!;]{{0,40}}?\b(?:take|taken) to (?:be )?{PUBLISH}\b"
        ),
        (
            rf"\b{HOW_LONG}\b[^.?!;]{{0,40}}?\b(?:between|from)\b[^.?!;]{{0,80}}?{_INSPECTED}"
            rf"[^.?!;]{{0,40}}?\b(?:and|to|until|till)\b[^.?!;]{{0,60}}?(?:\b{PUBLISH}\b|{_REPORT})"
        ),
        (
            rf"\bhow (?:long|many {UNITS}|soon|quickly|much later)\b[^.?!;]{{0,90}}?\bafter\b"
            rf"(?=[^.?!;]*{_INSPECTED})(?=.*\b{PUBLISH}\b)"
        ),
        (
            rf"\bhow (?:long|many {UNITS}|soon|quickly)\b[^.?!;]{{0,60}}?\b{PUBLISH}\b[^.?!;]{{0,40}}?\bafter\b"
            rf"(?=[^.?!;]*{_INSPECTED})"
        ),
        (
            rf"\bhow (?:long|many {UNITS}|soon|quickly)\b(?=[^?.!;]*{_INSPECTED})[^?.!;]{{0,90}}?"
            rf"\b(?:get|got|gets|receive[sd]?|have) (?:(?:its|the|their) )?{_REPORT}"
        ),
        rf"\b(?:{RANK} )?delays?\b[^.?!;]{{0,50}}?\b{PUBLISH}\b",
        rf"\b(?:{RANK} )?{PUBLISH} delays?\b",
        (
            rf"\bhow (?:long|many {UNITS}) (?:did|does|do|has|had|have)\b[^.?!;]{{0,40}}?\bwait(?:ed)? "
            rf"(?:for|to (?:see|get|have|receive)) (?:(?:its|the|their) )?{_REPORT}"
        ),
        rf"\bwaited (?:the )?{RANK} for (?:its|the|their) {_REPORT}",
        (
            rf"\b{RANK}(?: time| gap| interval| wait| period)? (?:to|before|until|between)\b"
            rf"[^.?!;]{{0,60}}?\b{PUBLISH}\b"
        ),
        rf"\b{PUBLISH} (?:the )?(?:most )?(?:{RANK}|quickly|slowly)\b(?! ago)",
        (
            rf"\b(?:by|in (?:the )?order of) (?:the )?(?:length of )?(?:time|how long|{UNITS})\b[^.?!;]{{0,60}}?"
            rf"\b(?:took|take|taken|until|before|between|to)\b[^.?!;]{{0,30}}?\b{PUBLISH}\b"
        ),
    )
)
"""Asks how long after an inspection its report was published."""
_DELAY_BOUNDED = pattern(rf"\b(?:took|take|taken|waited) $|\b{PUBLISH}\b[^.?!;]{{0,20}}?$|\bdelays? (?:of )?$")
"""The words before a limit on such a delay: "took more than 60 days to be published"."""
_DELAY_BOUND_ENDS = re.compile(r" (?:to|after|before|from|until|between|of)\b|,|\W*$")
_LISTED_REPORTS = pattern(
    rf"\bwhat (?:is|was|'s) the {RANK.replace('?P<rank>', '?:')} |"
    r"\b(?:which|what|list|show(?: me)?|name|find|all|rank|how many)\b[^.?!;]{0,30}?{K}"
)


def find_delay(slotted: SlottedText) -> Wait | None:
    """Return what a question about the delay of a report asks for. None if it is not such a question."""
    text = slotted.text
    cores = [match for core in _DELAY for match in core.finditer(text) if _ends_in_report(slotted, match)]
    bound = bound_in(slotted, (_DELAY_BOUNDED,), _DELAY_BOUND_ENDS) if re.search(rf"\b{PUBLISH}\b", text) else None
    if bound and not _EVENT.search(text):
        bound = None
    if not cores and bound is None:
        return None
    rank = next((match["rank"] for match in cores if match.groupdict().get("rank")), "")
    listed = bool(_LISTED_REPORTS.search(text) or (LISTED_WHO.search(text) and not slotted.names))
    lists = bool(rank or bound or re.search(r"\b(?:by|order of)\b", text)) and listed
    if (rank or bound) and not lists:
        return None
    extents = [match.span() for match in (*cores, *re.finditer(LEAVING, text))] + ([bound[1]] if bound else [])
    kinds = kinds_of(slotted)
    if lists and kinds == INSPECTIONS and _names_reports(slotted):
        kinds = ()  # "which report took longest after the inspection" means reports of any kind
    plural = re.search(r"\b(?:reports|inspections|visits|letters)\b", slotted.question.lower())
    return wait_of(
        slotted,
        extents,
        Wait(
            Measure.DELAY,
            lists=lists,
            order=Order.SHORTEST if rank in SHORTEST else Order.LONGEST,
            single=bool(rank) and not plural and bound is None,
            bound=bound[0] if bound and lists else None,
            kinds=kinds,
            which=which_of(slotted, lists=lists),
        ),
    )


def _names_reports(slotted: SlottedText) -> bool:
    """Whether a question says "report", and not only "inspection"."""
    by_itself = any(not entity.value for _, entity in slotted.positions(Slot.KIND))
    return by_itself or bool(re.search(r"\breports?\b", slotted.text))


def _ends_in_report(slotted: SlottedText, match: re.Match[str]) -> bool:
    """Whether the second event of a delay is a report, and not another inspection."""
    report = match.groupdict().get("report")
    return not report or slotted.entities_in(*match.span("report"))[0].value == ()
