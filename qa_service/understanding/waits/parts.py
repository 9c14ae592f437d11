"""What the questions about lengths of time share: the words for a length, for its limit, and for inspections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.types import FULL_INSPECTIONS, VISITS, Kind
from qa_service.understanding.conditions.accounting import is_modifier, merged, with_preposition, words_left
from qa_service.understanding.conditions.entities import INSPECTIONS
from qa_service.understanding.conditions.selection import find_which
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import Span, Which
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.quantities import BOUNDS
from qa_service.understanding.times.numbers import COUNT, number_of
from qa_service.understanding.waits.types import Comparison, LengthBound, Wait

ANY_INSPECTION = (*INSPECTIONS, *VISITS)
"""The kinds that "inspected" means."""
UNITS = r"(?:days?|weeks?|months?|years?)"
_LENGTH = re.compile(
    rf"(?<![\w.,-])(?:(?:{'|'.join(f'(?P<{name}>{words})' for name, words in BOUNDS.items())}) )?(?:about |around )?"
    rf"(?P<count>{COUNT}|an?)(?P<half> and a half)? (?P<unit>{UNITS})\b(?P<after_half> and a half)?"
    r"(?: (?P<least_after>or (?:more|longer))| (?P<most_after>or (?:less|fewer)))?"
)
"""A length of time, with or without a limit: "more than three years"."""
HOW_LONG = (
    rf"(?:how (?:long|much time|many {UNITS})|"
    r"(?:^|(?<=tell me )|(?<=give me )|what(?:'s| is| was) )(?:the )?(?:length of )?(?:time|gap|interval))"
)
IS = r"(?:(?:is|was|has|have|had|it|it's|'s|been|passed|gone by|elapsed|now|there|that|roughly|exactly|about),? )"
WAITED = r"(?:gone|been going|been waiting|been|waited|had to wait|waiting|go|wait|went)"
ONE_WHO = rf"(?:{{N}}(?:'s?)?|it|they|(?:the |that |this ){WHO})"
PUBLISH = (
    r"(?:publish(?:ed|ing)?|publication|releas(?:e|ed|ing)|issu(?:e|ed|ing)|c[ao]me out|coming out|appear(?:ed|ing)?)"
)
LEAVING = (
    r"\binspectors? (?:(?:have|had|has|were) )?(?:left|leaving|leave|gone|went|going|finish(?:ed|ing)?)\b|"
    r"\b(?:fieldwork|on-?site (?:visit|work))\b"
)
RANK = r"(?P<rank>longest|shortest|least|most|greatest|biggest|smallest|slowest|quickest|fastest|soonest)"
SHORTEST = ("shortest", "least", "smallest", "quickest", "fastest", "soonest")
_FULLY = re.compile(r"\bfully (?:re-?)?inspected\b|\binspected (?:fully|in full)\b|\bfull(?:y)? inspect\b")
LISTED_WHO = pattern(
    rf"\b(?:which|what|list|name|show(?: me)?|find|rank|sort|how many|any|all|every|each|where|identify)\b"
    rf"(?:(?!{{N}})[^.?!;]){{0,30}}?{WHO}|\b(?:who|whose|where)\b|\bwhich (?:of|one)\b|"
    rf"\bwhich (?:has|have|is|was)\b|^{WHO}\b"
)
ONE_OF_THEM = pattern(
    r"\b(?:which|what|name the|show me the|the) (?:\w+ ){0,2}?(?:council|authority|la|borough|county|trust|area|place|"
    r"one)\b|\bwho\b|\bwhose\b|\bwhich (?:has|is|was|of)\b"
)
_KNOWN_WORDS = """
    last latest previous previously first ago back since long longest time times passed gone go elapsed waited
    waiting wait waits been now today current currently between after before until till end ended ending close
    roughly approximately exactly precisely around finish finished publication appear appeared took take takes
    taken delay delays gap length interval sort sorted order ordered rank ranked by full fully proper properly
    again another next went apart later earlier being days weeks months years each every all soon quickly
    happen happened descending
    """.split()  # noqa: SIM905 - a list this long reads better as text
_KNOWN = re.compile(rf"\b(?:{'|'.join(_KNOWN_WORDS)}|most recent(?:ly)?|c[ao]me out|coming out)\b")
"""Words that add nothing to the rest of such a question."""
_LEFT_OUT = pattern(
    r"\b(?:other than|apart from|except(?: for)?|excluding|besides|not including|but not) "
    r"{N}(?:(?:,? and |,? or |, ){N})*"
)
"""The authorities that the conditions of a question leave out."""
_DENIAL = re.compile(r"(?:not|no|never|without|neither|nor|except|excluding|other than|apart from|n't)\b|\w+n't\b")


def wait_of(slotted: SlottedText, extents: Sequence[tuple[int, int]], wait: Wait) -> Wait | None:
    """Return the wait with the words that we did not apply. None if the question has words about another subject."""
    text = slotted.text
    used = [*extents, *(match.span() for core in (_KNOWN, _FULLY, _LEFT_OUT) for match in core.finditer(text))]
    left = words_left(slotted, used)
    groups = [with_preposition(text, extent) for extent in merged(text, left)]
    if any(_DENIAL.match(text[start:end]) for start, end in groups):
        return None
    who = LISTED_WHO.search(text)
    if not is_modifier(slotted, left, who.span() if who else (0, 0)):
        return None
    spans = tuple(Span(*slotted.span(*group)) for group in groups)
    return replace(wait, not_applied=spans)


def bound_in(
    slotted: SlottedText, before: Iterable[re.Pattern[str]], after: re.Pattern[str]
) -> tuple[LengthBound, tuple[int, int]] | None:
    """Return the limit on the length of time between certain words of a question, and the place of the limit."""
    for match in _LENGTH.finditer(slotted.text):
        opening = slotted.text[: match.start()]
        if any(core.search(opening) for core in before) and after.match(slotted.text, match.end()):
            return _length(match, Span(*slotted.span(*match.span()))), match.span()
    return None


def _length(match: re.Match[str], span: Span) -> LengthBound:
    found = match.groupdict()
    stated = next((name for name in BOUNDS if found[name]), "")
    if found["most_after"] or found["least_after"]:
        stated = "most" if found["most_after"] else "least"
    count, unit = _number(found["count"]), found["unit"].rstrip("s")
    half = bool(found["half"] or found["after_half"])
    comparison = Comparison(stated or "least")
    if unit in ("year", "month"):
        months = count * (12 if unit == "year" else 1) + (6 if unit == "year" and half else 0)
        return LengthBound(comparison, months=max(months, 1), span=span)
    days = count * (7 if unit == "week" else 1) + (4 if unit == "week" and half else 0)
    return LengthBound(comparison, days=max(days, 1), span=span)


def _number(words: str) -> int:
    return 1 if words in ("a", "an") else number_of(words)


def which_of(slotted: SlottedText, *, lists: bool) -> Which:
    """Return which of an authority's inspections a question is about."""
    found = find_which(slotted)
    return found.which if found and not lists and found.which in (Which.FIRST, Which.PREVIOUS) else Which.LATEST


def kinds_of(slotted: SlottedText) -> tuple[Kind, ...]:
    """Return the kinds of inspection that a question names, or the kinds that "inspected" means.

    A follow-up begins with the words of the question before it. The kinds that the follow-up itself names replace
    theirs.
    """
    if _FULLY.search(slotted.text):
        return FULL_INSPECTIONS
    places = [(at, entity.value) for at, entity in slotted.positions(Slot.KIND) if entity.value]
    mark = max((match.end() for match in re.finditer(r"[?.!] ", slotted.text)), default=0)
    named = [kinds for at, kinds in places if at >= mark] or [kinds for _, kinds in places]
    specific = [kinds for kinds in named if kinds != INSPECTIONS]
    if named:
        return tuple(dict.fromkeys(kind for kinds in specific or named for kind in kinds))
    return ANY_INSPECTION if re.search(r"\binspect|\bvisited", slotted.text) else ()
