"""Finds which inspections a question is about (the latest, the first, the previous one or each one), and how many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.types import Kind
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import CountCondition, Span, Which
from qa_service.understanding.times.numbers import NUMBER, number_of

_INSPECTION = r"(?:{K}|(?:one|time|grades?|ratings?|judge?ments?|outcome|report)\b)"
_ADJECTIVES = r"(?: (?:ever|full|graded|ofsted|overall))*"
_NEWEST = r"(?:last|latest|most recent|current|present|newest)"
_RATED = r"(?:inspected|visited|rated|judged|graded|given|found|got|get|became|become)"
_SINCE_LAST_FULL = re.compile(
    r"\bsince (?:the|its|their|that|each) (?:(?:very )?last|latest|most recent) "
    r"(?:(?:full|graded|standard|ofsted|ilacs) )*inspections?\b"
    r"(?: (?:of|for|at|in) (?:each|every) (?:local )?(?:authority|council|borough|county|la)\b)?",
    re.IGNORECASE,
)
_OF_ANCHOR = r"(?:(?:full|graded|ofsted|ilacs|last|latest|previous) )*"
_SINCE_INSPECTION = pattern(
    r"(?P<since>\bsince )(?:(?:the|its|their|that|{N}(?:'s?)?) )*"
    rf"(?P<inspection>{_OF_ANCHOR}{{T}} {_OF_ANCHOR}{{K}}|"
    rf"{_OF_ANCHOR}{{K}} (?:of|in|from|on|published in) (?:the )?{{T}})"
)
"""An inspection at a given time, after which reports must come: "since the 2023 inspection"."""
_WHICH: tuple[tuple[re.Pattern[str], Which], ...] = tuple(
    (pattern(expression), which)
    for expression, which in (
        (
            rf"\b(?:before|prior to|preceding) (?:the|its|their) (?:{{T}} {_INSPECTION}|{{K}} (?:of|in) {{T}})",
            Which.BEFORE,
        ),
        (
            (
                r"(?:{K}|\b(?:one|time)) (?:that |which )?(?:followed|following|came after|after|succeeded) "
                r"(?:the one |the {K} |its |the )*(?:in |of )?{T}"
            ),
            Which.AFTER,
        ),
        (
            (
                r"(?:{K}|\b(?:one|time)) (?:that |which )?(?:preceded|came before|before) "
                r"(?:the one |the {K} |its |the )*(?:in |of )?{T}"
            ),
            Which.BEFORE,
        ),
        (
            (
                rf"\b(?:after|following) (?:the|its|their) (?:{{T}} {_INSPECTION}|{{K}} (?:of|in) {{T}})"
                r"(?:,? (?:i\.?e\.?,? )?at the next (?:one|{K}))?"
            ),
            Which.AFTER,
        ),
        (r"\bbetween (?:its|the|their) (?:previous|prior|last) (?:{K}|one) and\b", Which.EACH),
        (
            (
                r"\b(?:previous|prior|preceding|penultimate|earlier|last but one|second (?:to last|last|"
                r"most recent|latest)|"
                rf"next to last){_ADJECTIVES} {_INSPECTION}"
            ),
            Which.PREVIOUS,
        ),
        (
            (
                rf"(?<!\w)(?:the )?(?:last |latest )?{_INSPECTION} "
                rf"(?:before (?:last|that|the {_NEWEST})(?: one| {{K}})?|but one\b)"
            ),
            Which.PREVIOUS,
        ),
        (
            rf"\b(?:before (?:the|its|their) {_NEWEST} (?:one|{{K}})|previously|last but one)",
            Which.PREVIOUS,
        ),
        (
            (
                r"{K} by {K}|\b(?:at|in|on|for|of|over)? ?(?:each|every|all)(?: of)?(?: (?:the|its|their|full|graded|"
                r"ofsted|past))* "
                r"{K}|\bover (?:time|the years)\b|\bhistory\b|\btrack record\b|"
                r"\b(?:at|in) (?:both|successive|consecutive) {K}|\bthrough the years\b|"
                r"\b(?:between|across|over|at|in) (?:the|its|their) (?:last|latest|past|most recent) (?:two|2)"
                r"(?: (?:full|graded))* {K}"
            ),
            Which.EACH,
        ),
        (
            (
                rf"\b(?:first(?: ever)?|earliest|oldest|original|initial){_ADJECTIVES} {_INSPECTION}|"
                rf"\b(?:was|were|is|did|has|had|get|been|be) (?:\w+ |{{N}} ){{0,3}}first (?:ever )?{_RATED}\b|"
                rf"\bfirst(?: ever)? {_RATED}\b|\bat first\b|\boriginally\b|\b(?:the )?(?:longest ago|first time)\b"
            ),
            Which.FIRST,
        ),
        (
            (
                rf"\b{_NEWEST}{_ADJECTIVES} {_INSPECTION}|\b(?:last|most recently|latest) (?:been )?{_RATED}\b|"
                r"\b(?:the )?last time\b|\b(?:right )?now\b|\bcurrently\b|\bat (?:the moment|present)\b|"
                r"\bthese days\b|\btoday\b|\bpresently\b|\bnowadays\b|\b(?:latest|most recent(?:ly)?|newest)\b"
            ),
            Which.LATEST,
        ),
        (
            (
                r"\b(?:each|every|all)(?: of)?(?: (?:the|its|their|full|graded|ofsted|past))* "
                r"(?:grades?|ratings?|judge?ments?)"
            ),
            Which.EACH,
        ),
    )
)
_WHAT_IS_NEW = re.compile(
    r"\b(?:what(?:['’]?s| is| are| has| have| did| was| were)?|how many|"
    r"(?:is|are|has|have|was|were|did) (?:there )?(?:been )?any(?:thing)?|any(?:thing)?|something)"
    r"(?: (?:else|been|ofsted|they|inspectors|the|that has|that is|has|have|reports?|letters?|just))*"
    r" (?:new(?= (?:\w+ )?(?:reports?|letters?|inspections?|visits?)\b)|newly published|"
    r"new\b(?! (?:to\b|social|care|children|services?|areas?|authorit|councils?|places?|framework|standard|trust|"
    r"grade|rating|judge?ment|lead))|"
    r"(?:c[ao]me|coming) out(?! of\b)|publish(?:ed)?|issued?|released?|put out)\b",
    re.IGNORECASE,
)
_CAME_OUT = re.compile(r"\b(?:come|came|coming) out\b(?! of\b)", re.IGNORECASE)
_TURN = re.compile(r"\b(?:(?P<first>first)|last|most recently|latest)\b")
_NUMBER = rf"(?:no\b|{NUMBER})"
_MULTIPLE = {"once": 1, "twice": 2}
_COUNTED = r"(?: (?:full|graded|ofsted|separate|different))*(?: {K}| times)"
_N = rf"(?P<n>once|twice|{_NUMBER}(?=(?: \w+)*{_COUNTED}))(?:{_COUNTED})?"
_NONE = r"(?:inspected|visited|reinspected)"
_COUNT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (pattern(expression), operator)
    for expression, operator in (
        (rf"\b(?<!no )(?:more than|over|above) {_N}", "over"),
        (rf"\b(?:at least|no (?:fewer|less) than|a minimum of) {_N}", "least"),
        (rf"\b(?:(?P<n>once|twice) or more|(?P<m>{_NUMBER})(?:{_COUNTED} or more| or more{_COUNTED}))", "least"),
        (rf"\b(?:fewer|less) than (?P<n>{_NUMBER}){_COUNTED}", "under"),
        (rf"\b(?:at most|no more than|a maximum of|up to) {_N}", "most"),
        (rf"\b(?P<n>once|twice|{_NUMBER}) or (?:fewer|less)(?:{_COUNTED})?", "most"),
        (rf"\b(?:exactly|only|just) {_N}", "exactly"),
        (
            (
                r"\b(?:more than one|several|multiple|many|a number of|repeated)(?: \w+)? {K}|\brepeatedly\b|"
                r"\bseveral times\b"
            ),
            "several",
        ),
        (rf"\b(?P<n>twice|{_NUMBER} times)\b", "least"),
        (rf"\b(?:had|have|has|with|received|been) (?P<n>{_NUMBER})(?: (?:full|graded|ofsted))* {{K}}", "exactly"),
        (
            (
                rf"\bnever (?:had|been|received)(?: an?)? (?:{{K}}|{_NONE})|\b(?:had|have|has|with) no {{K}}|"
                r"\bwithout (?:an? |any )?{K}|\bno {K}(?: (?:and|or) (?:no )?{K})*|"
                r"\bneither (?:an? )?{K} nor (?:an? )?{K}|"
                rf"(?:\bnot|n't) (?:yet )?(?:had|have|been|received)"
                rf"(?: (?:an?|any|one|even|single))* (?:{{K}}|{_NONE})"
            ),
            "none",
        ),
    )
)


_SAID_OFTEN = pattern(
    rf"\b(?:(?P<over>more than)|at least)? ?(?P<n>once|twice|(?!one\b|1\b){NUMBER} times)(?: or more)?(?! a\b)|"
    r"\b(?:repeatedly|again and again|several times|time and again|over and over)\b|"
    rf"\b(?:in|by|at) (?:(?:at least )?(?P<m>(?!one\b|1\b){NUMBER})(?: or more)?|several|more than one)"
    r"(?: (?:separate|different|successive))? {K}"
)
"""How many reports must say something: "criticised for caseloads more than once"."""


@dataclass(frozen=True, slots=True)
class LocatedWhich:
    """Which inspections a question is about, and the part of the slotted text that says this."""

    which: Which
    extent: Extent


@dataclass(frozen=True, slots=True)
class LocatedSince:
    """The kinds of the inspection that comes before the reports in the list, and the words that say this."""

    kinds: tuple[Kind, ...]
    spans: tuple[Span, ...]
    """The place of the words in the question, without the name of an authority."""


@dataclass(frozen=True, slots=True)
class LocatedCount:
    """How many inspections an authority must have had, and the part of the slotted text that says this."""

    count: CountCondition
    extent: Extent


def find_since_last_full(text: str) -> Span | None:
    """Return the words of a question for the time since an authority's last full inspection.

    None if the question has no such words.
    """
    match = _SINCE_LAST_FULL.search(text)
    return Span(*match.span()) if match else None


def find_since_inspection(slotted: SlottedText) -> LocatedSince | None:
    """Return the inspection at a given time that reports must come after.

    None if the question names no such inspection.
    """
    match = _SINCE_INSPECTION.search(slotted.text)
    if match is None:
        return None
    named = slotted.entities_in(*match.span("inspection"), Slot.KIND)
    spans = tuple(Span(*slotted.span(*match.span(part))) for part in ("since", "inspection"))
    return LocatedSince(named[0].value, spans)


def find_which(slotted: SlottedText) -> LocatedWhich | None:
    """Return which of an authority's inspections a question is about. None if the question does not say which."""
    for expression, which in _WHICH:
        if match := expression.search(slotted.text):
            return LocatedWhich(which, match.span())
    return None


def find_what_is_new(slotted: SlottedText) -> Extent | None:
    """Return the words that ask what is new: "What's new since June?". None if the question has no such words.

    A question about an area, a grade or exact words asks what reports say.
    """
    match = _WHAT_IS_NEW.search(slotted.question)
    of_content = any(slotted.positions(slot) for slot in (Slot.AREA, Slot.GRADE, Slot.PHRASE))
    of_reports = any(slotted.positions(slot) for slot in (Slot.TIME, Slot.AUTHORITY))
    return slotted.extent_of(*match.span()) if match and of_reports and not of_content else None


def says_came_out(slotted: SlottedText) -> bool:
    """Whether a question limits reports by the time when they "came out"."""
    return bool(_CAME_OUT.search(slotted.question))


def find_turn(slotted: SlottedText) -> LocatedWhich | None:
    """Return whether a question that asks for a date means the first or the last time."""
    match = _TURN.search(slotted.text)
    return LocatedWhich(Which.FIRST if match["first"] else Which.LATEST, match.span()) if match else None


def find_count(slotted: SlottedText) -> LocatedCount | None:
    """Return how many inspections an authority must have had: "more than one monitoring visit", "rated good twice"."""
    for expression, operator in _COUNT:
        match = expression.search(slotted.text)
        if match is None:
            continue
        number = _number(match.groupdict().get("n") or match.groupdict().get("m") or "")
        counts = {
            "over": CountCondition(least=number + 1),
            "least": CountCondition(least=number),
            "under": CountCondition(most=max(number - 1, 0)),
            "most": CountCondition(most=number),
            "exactly": CountCondition(least=number, most=number),
            "several": CountCondition(least=2),
            "none": CountCondition(most=0),
        }
        return LocatedCount(counts[operator], match.span())
    return None


def find_how_often(slotted: SlottedText) -> LocatedCount | None:
    """Return how many reports on an authority must say something.

    None if one is enough, or if the question does not say.
    """
    match = _SAID_OFTEN.search(slotted.text)
    if match is None:
        return None
    words = match["n"] or match["m"] or ""
    least = _number(words) if words else 2
    least += 1 if match["over"] else 0
    return LocatedCount(CountCondition(least=least), match.span()) if least > 1 else None


def _number(words: str) -> int:
    """Return the number before the noun that is counted. 0 if there is no number, or if it is "no"."""
    if words in _MULTIPLE:
        return _MULTIPLE[words]
    match = re.match(NUMBER, words)
    return number_of(match.group()) if match else 0
