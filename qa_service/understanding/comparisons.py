"""Recognises a question that compares authorities, and finds what it compares: "Compare Orle and Hesk on caseloads"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.grade_questions import asks_for_reason
from qa_service.understanding.interpretation import Interpretation

_COMPARES = re.compile(
    r"\bcompar(?:e[sd]?|ing|isons?)\b|\b(?:versus|vs)\b|\bdifferences? between\b|\bdiffers?\b|"
    r"\bside by side\b|\bhow do(?:es)? .{3,60}\b(?:measure up|stack up|shape up)\b",
    re.IGNORECASE,
)
_MORE = (
    r"(?:better|best|worse|worst|stronger|strongest|weaker|weakest|higher|highest|lower|lowest|quicker|quickest|"
    r"faster|fastest|slower|slowest|longer|longest|shorter|shortest|larger|largest|bigger|biggest|smaller|smallest|"
    r"greater|greatest|more|most|less|least|fewer|fewest)"
)
_MORE_WORD = re.compile(rf"\b{_MORE}\b", re.IGNORECASE)
_NAME_IS_GONE = r"(?=\W*$|[?,.;:]| (?:on|in|at|for|with|when|about|over|to)\b)"
_RELATES = re.compile(
    rf"\b{_MORE}\b.*\bthan(?: (?:in|at|for|those|that|of|the|ones))*{_NAME_IS_GONE}|"
    rf"\b{_MORE}\b.*\bor(?=\W*$|[?,.;:])|\bor (?=(?:\w+ )?{_MORE}\b)|\b(?:which|who)\b.*\b{_MORE}\b",
    re.IGNORECASE,
)
"""Words that ask which authority has more or does better, in a text without the authorities' names: "is or better at",
"more than in?"."""
_AMOUNT = re.compile(
    r"\b(?:more|most|fewer|fewest|less|least)\b(?! \w*(?:ly|ive|ful|able|ible|ent|ant|ous|ed|ing|al|ic)\b)|"
    r"\b(?:higher|highest|lower|lowest|larger|largest|bigger|biggest|smaller|smallest|greater|greatest) "
    r"(?:(?:average|overall|annual) )?(?:numbers?|rates?|proportions?|percentages?|shares?|costs?|budgets?|amounts?|"
    r"spend(?:ing)?|pay|salar(?:y|ies)|fees?|allowances?|funding)\b|\b(?:paid|pays?|spends?|costs?|earns?|fund(?:ed|ing)|resourced)\b",
    re.IGNORECASE,
)
"""Words that compare amounts, and not how well something is done. Only figures can answer them."""
_FRAME = (
    r"(?:how|what|who|which|whose|where|does|do|did|has|have|is|are|was|were|be|the|a|an|there|any|please|and|or|with|"
    r"on|for|in|of|to|at|about|over|around|regarding|concerning|terms|respect|regards?|comes|when|it|their|its|them|"
    r"both|each|they|show|give|tell|me|us|compar(?:ed?|ing|isons?)|differences?|differs?|versus|vs|between|side|"
    r"say|said|think|thought|found|find|findings?|report(?:s|ed)?|works?|services?|well|deals?|council's|councils?|authorit(?:y|ies)|"
    r"ofsted|inspectors?|than|whom|have|having|doing|done|those|that|good|effective|out)"
)
_FRAMING = re.compile(rf"^(?:\W*\b(?:{_FRAME}|{_MORE})\b)+\W*|\W*(?:\b(?:{_FRAME}|{_MORE})\b\W*)+$|\W+$", re.IGNORECASE)
"""Words around the aspect that say nothing about it: "what did inspectors say about … in"."""
_WITHIN = re.compile(
    rf"\s*\b(?:{_MORE}|than|numbers? of|rates? of|proportions? of)\b(?: (?:at|in|on)\b)?", re.IGNORECASE
)
"""Words inside the aspect that compare, and so are not part of it: "are caseloads higher in"."""
_LONGEST = 6
"""Maximum number of words for what is compared. More say something that we would have to ignore."""
MAX_COMPARED = 6
"""Maximum number of authorities in one answer. More are easier to read on the page that compares them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a question compares authorities on."""

    words: str
    """The words for it, in the question's own words."""
    amounts: bool = False
    """Whether the question compares amounts, which only figures can answer: "more … than in"."""

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a comparison needs words for what it compares")


def compared_in(question: Interpretation) -> Compared | None:
    """Return what a question compares its authorities on. None if it does not compare them.

    A question that names a time, a kind of report or a document means certain reports, so it is no comparison of what
    the authorities' latest reports say.
    """
    each_named = all(len(part.authorities) == 1 for part in question.parts)
    several = 2 <= len({name for part in question.parts for name in part.authorities}) <= MAX_COMPARED
    means_reports = bool(question.periods or question.only_kinds or question.form or question.places)
    if not (several and each_named) or means_reports or question.conditions.wanted is not Wanted.SENTENCES:
        return None
    if asks_for_reason(question.text) or re.search(r"\bwhat makes\b", question.text, re.IGNORECASE):
        return None
    relates = bool(_RELATES.search(question.search_text))
    if not relates and (question.not_applied or not _COMPARES.search(question.text)):
        return None
    if not all(_MORE_WORD.search(words) for words in question.not_applied):
        return None
    amounts = relates and bool(_AMOUNT.search(question.search_text))
    words = _FRAMING.sub(
        "", _WITHIN.sub("", _FRAMING.sub("", question.search_text)) if relates else question.search_text
    )
    return Compared(words, amounts) if 0 < len(words.split()) <= _LONGEST else None


def without_comparison(question: Interpretation) -> Interpretation:
    """Return a question without the words that compare, such as "better at", among its limits.

    The answer shows each authority's sentences, and says that the reports do not compare them.
    """
    limits = (each for each in question.conditions.limits if not _MORE_WORD.search(question.words_at(each.span)))
    return replace(question, conditions=replace(question.conditions, limits=tuple(limits), not_applied=()))
