"""Recognises a question that compares authorities, and finds what it compares: "Compare Orle and Hesk on caseloads"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.types import Kind
from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation, without_kinds
from qa_service.understanding.questions.grade_questions import asks_for_reason

_COMPARES = re.compile(
    r"\bcompar(?:e[sd]?|ing|isons?)\b|\b(?:versus|vs?)\b|\bsame (?:\w+ ){0,2}or (?:different|not|another)\b|"
    r"\bdifferences? between\b|\bdiffers?\b|"
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
_WITHIN = re.compile(
    rf"\s*\b(?:{_MORE}|than|numbers? of|rates? of|proportions? of)\b(?: (?:at|in|on)\b)?", re.IGNORECASE
)
"""Words inside the aspect that compare, and so are not part of it: "are caseloads higher in"."""
_MARKS = '?.,;:!–-()"“”'
_LONGEST = 9
"""Maximum number of words for the thing that is compared. Longer texts say something that we would have to ignore."""
MAX_COMPARED = 6
"""Maximum number of authorities in one answer. If there are more, they are easier to read on the page that compares
authorities."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The aspect on which a question compares authorities."""

    words: str
    """The words for the aspect, as in the question."""
    amounts: bool = False
    """Whether the question compares amounts, which only figures can answer: "more … than in"."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of report that the question names. Empty if it names none."""
    latest: bool = False
    """Whether it names the latest report of these kinds."""

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a comparison needs words for what it compares")


def compared_in(question: Interpretation) -> Compared | None:
    """Return what a question compares its authorities on. None if the question does not compare them.

    A question that names a time or a document means certain reports, so it does not compare what the authorities'
    latest reports say. It may name the latest report of a kind.
    """
    each_named = all(len(part.authorities) == 1 for part in question.parts)
    several = 2 <= len({name for part in question.parts for name in part.authorities}) <= MAX_COMPARED
    named_kinds = question.kinds if question.only_kinds else ()
    means_reports = bool(question.periods or question.form or question.places or (named_kinds and not question.latest))
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
    words = _without_frame(without_kinds(question.search_text) if named_kinds else question.search_text)
    words = _without_frame(_WITHIN.sub("", words)) if relates else words
    if not 0 < len(words.split()) <= _LONGEST:
        return None
    return Compared(words, amounts, tuple(named_kinds), latest=bool(named_kinds) and question.latest)


def _without_frame(text: str) -> str:
    """Return a text without the words at its start and end that do not belong to its subject."""
    words = text.split()
    while words and (not (bare := words[0].strip(_MARKS)) or bare.lower() in question_words().with_comparison):
        words.pop(0)
    while words and (not (bare := words[-1].strip(_MARKS)) or bare.lower() in question_words().with_comparison):
        words.pop()
    return " ".join(words).strip(_MARKS)


def without_comparison(question: Interpretation) -> Interpretation:
    """Return a question without the limits that only compare, such as "better at".

    The answer shows each authority's sentences, and says that the reports do not compare them.
    """
    limits = (each for each in question.conditions.limits if not _MORE_WORD.search(question.words_at(each.span)))
    return replace(question, conditions=replace(question.conditions, limits=tuple(limits), not_applied=()))
