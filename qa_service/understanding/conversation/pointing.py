"""Follow-ups that refer to something in the last answer: "What about the second one?", "Explain number 3", "go on"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.types import Report
from qa_service.understanding.interpretation import Interpretation, Relation

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)}|last|final|\d{{1,2}}(?:st|nd|rd|th))"
_NOUN = (
    r"(?:one|item|(?:bullet )?point|bullet|entry|recommendation|improvement|(?:priority )?action|"
    r"area(?: for improvement)?|quote|quotation|sentence|(?:council|authority|report)(?= (?:on|in|from)\b))"
)
_OF_LIST = r"(?: (?:on|in|from) (?:the|that|this|your) list| of (?:these|those|them|the list))"
_THING = (
    rf"(?:the )?{_ORDINAL}(?: {_NOUN})?{_OF_LIST}?"
    r"|(?:(?:the )?(?:item|point|bullet(?: point)?|recommendation|improvement|area|quote)\s*)?"
    rf"(?:number|no\.?|#)\s*(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})"
    rf"|(?:item|point|bullet(?: point)?|recommendation|quote)\s+(?P<item>\d{{1,2}}|{'|'.join(_NUMBERS)})"
)
_UNCLEAR = r"(?:that|this) (?:one|item|point)|(?:one of )?(?:these|those|them)"
_OPENING = (
    r"(?:(?:and|so|ok(?:ay)?|but|now|then|also|please|yes|sorry|thanks?)[,;.\s]++)*+"
    r"(?:(?:can|could|would|will) you (?:please )?|please |i(?:[’']d| would) like (?:you )?to |let[’']?s )?"
)
_MORE_ABOUT = r"(?:(?:a (?:bit|little) )?(?:more|further) )?(?:details?|information|info)? ?"
_VERB = (
    r"(?:(?:what|how) about|what of|what is|what[’']s|what does|"
    rf"(?:tell|give|show) me (?:something |a (?:bit|little) )?(?:more )?{_MORE_ABOUT}(?:about|on|of|for)?|"
    r"(?:know|hear|see) (?:more )?about|say (?:something |a (?:bit|little) )?(?:more )?(?:about|on)|explain|"
    r"(?:expand|elaborate) on|"
    rf"{_MORE_ABOUT}(?:about|on|of|for)|describe|show|go into|why|quote|"
    r"what (?:do|does|did) (?:the )?(?:reports?|inspectors?|ofsted|they|it) say (?:about|on)|i mean(?:t)?)"
)
_SAYS_ABOUT = r"(?:do|does|did) (?:the )?(?:reports?|inspectors?|ofsted|they|it) (?:say|find|tell us)"
_CLOSING = (
    r"(?:[,;]? (?:means?|about|in (?:more |greater )?detail|a bit more|further|more|please|then|again|too|instead))*"
    rf"(?:\s*[-–—:,;.?]\s*(?:and )?(?:what {_SAYS_ABOUT}(?: about (?:it|that|this))?|(?:what|how) about (?:it|that)|"
    r"(?:(?:can|could) you )?(?:tell|show|give) me (?:a (?:bit|little) )?more(?: about (?:it|that))?|"
    r"(?:a (?:bit|little) )?more(?: details?)?|explain(?: (?:it|that))?|why|in (?:more )?detail)(?: please)?)?\W*"
)
_AT_ITEM = re.compile(rf"\A\W*+{_OPENING}(?:{_VERB} )?(?:{_THING}){_CLOSING}", re.IGNORECASE)
"""A question that only refers to an item."""
_AT_ONE = re.compile(rf"\A\W*+{_OPENING}{_VERB} (?:{_UNCLEAR}){_CLOSING}", re.IGNORECASE)
"""A question that refers to an item without saying which: "Why that one?"."""
_WITHIN = re.compile(
    rf"\b(?:the {_ORDINAL} (?:one{_OF_LIST}?|of (?:these|those|them)|(?:item|council|authority|report){_OF_LIST})|"
    rf"(?:item )?(?:number|no\.) (?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)}))\b(?!\s+(?:to|that|who|which|of)\b)",
    re.IGNORECASE,
)
"""Words that refer to an authority or report in a list, in a question with a subject of its own."""
_WHOLE = r"(?: (?:on|about|into) (?:that|this|it|them|these))?(?: please| then)*\W*"
_MORE = re.compile(
    rf"\A\W*+{_OPENING}(?:elaborate(?: more| further)?|expand|go on|continue|carry on|keep going|say more|"
    r"explain(?: more| further)?|"
    r"(?:(?:tell|give|show) me )?(?:(?:some|any|a (?:bit|little)) )?(?:more|further)"
    r"(?: (?:details?|information|info|sentences?|quotes?|examples?|of (?:these|those|them)))?|"
    r"(?:(?:give|show) me )?(?:the |some )?details?|in (?:more|greater|further) detail|what else|"
    r"(?:is there )?anything (?:else|more)|"
    rf"go into (?:more |further )?detail|say that in more detail){_WHOLE}",
    re.IGNORECASE,
)
"""A question that only asks for more of the last answer."""
_THAT = r"(?:that|this|it|them|these|those)"
_THEY = r"(?:they|it|he|she|leaders|managers|the (?:council|authority|partnership|leaders|service))"
_REASON = re.compile(
    rf"\A\W*+{_OPENING}(?:(?:why|how come|what for)(?: (?:is|was|are|were|has|have|did|does|do) {_THAT}"
    rf"(?: (?:so|the case|happen(?:ed|ing)?))?| so| not)?|"
    rf"(?:what (?:is|was|are|were)|what[’']?s|what about|give me|tell me) (?:the )?(?:main )?(?:reasons?|causes?)"
    rf"(?: (?:for|of|behind) {_THAT})?|what (?:is|was|lies|lay) behind {_THAT}|"
    rf"what (?:caused|causes|led to|explains|explained) {_THAT}|(?:for )?what reasons?){_CLOSING}",
    re.IGNORECASE,
)
"""A question that only asks for the reason for a quote."""
_REMEDY = re.compile(
    rf"\A\W*+{_OPENING}(?:what (?:were|was|are|is|have|has|had) {_THEY} (?:been )?"
    rf"(?:asked|told|expected|advised|required|recommended) to (?:do|change|improve|fix)|"
    rf"what (?:should|must|ought|can|do|does|did) {_THEY} (?:to |need to |have to )?(?:do|change|improve|fix)|"
    rf"what (?:should|must|can|needs to|has to|had to|was to) be (?:done|changed|improved|fixed)|"
    rf"what (?:was|were|is|are) (?:the )?recommend(?:ed|ations?)|(?:any |what )?recommendations?)"
    rf"(?: (?:about|on|for|with) {_THAT})?{_CLOSING}",
    re.IGNORECASE,
)
"""A question that only asks what the report says must be done about a quote."""
_LONGEST = 15
"""Maximum number of words in a question that has a subject of its own and also refers to an item in a list. We chose
this value by judgement."""
LAST = -1
"""Position of the last item."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a follow-up refers to."""

    words: str
    """The words that refer to it, such as "the second one"."""
    position: int | None = None
    """Position of the item, from 1, or ``LAST``. None if the words do not say which item."""
    start: int = 0
    end: int = 0
    """The words are at ``[start, end)`` in the question."""
    whole: bool = True
    """Whether the question asks nothing about the item."""
    by_number: bool = False
    """Whether the words give a number, which may be printed before the item."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an answer: the words that a report printed, or an authority or a report in a list."""

    words: str = ""
    """The words to search for. Empty if the item is an authority or a report."""
    authority: str | None = None
    report: Report | None = None
    """The report that prints the words. If the item is a report, that report. None if the item is an authority."""
    label: str | None = None
    """The number that the report prints before the item."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the answer to an earlier question showed."""

    items: tuple[Item, ...] = ()
    is_list: bool = False
    """Whether the items are a list, rather than a few quoted sentences."""
    is_whole: bool = False
    """Whether the answer lists everything that fits the question, so that there is nothing more to show."""
    quotes: tuple[str, ...] = ()
    """The sentences that were quoted."""
    next_offset: int | None = None
    """Index of the first item in the list that we have not shown. None if we have shown them all."""


ShownBy = Callable[[int, Interpretation], Shown]
"""A function that takes the index of an earlier question in the history, and returns what its answer showed."""


def find_pointer(text: str) -> Pointer | None:
    """Return what a question refers to. None if the question refers to no item in an earlier answer.

    "What did the first inspection find?" is a question in its own right. So is any other question that does more than
    give an item's place in a list.
    """
    if match := _AT_ITEM.fullmatch(text):
        return _pointer(match, whole=True)
    if match := _AT_ONE.fullmatch(text):
        return Pointer(match.group().strip(), start=match.start(), end=match.end())
    match = _WITHIN.search(text)
    if match and len(text.split()) <= _LONGEST and not re.match(r"\W*(?:and )?which\b", text, re.IGNORECASE):
        return _pointer(match, whole=False)
    return None


def asks_for_more(text: str) -> bool:
    """Whether a question only asks for more of what the last answer showed: "Can you elaborate?", "go on"."""
    return bool(_MORE.fullmatch(text)) and not find_pointer(text)


def relation_asked(text: str) -> Relation | None:
    """Return what a question asks about the sentences just quoted. None if the question asks for anything else."""
    if _REASON.fullmatch(text):
        return Relation.REASON
    return Relation.REMEDY if _REMEDY.fullmatch(text) else None


def _pointer(match: re.Match[str], *, whole: bool) -> Pointer:
    groups = match.groupdict()
    named = next(name for name in ("ordinal", "number", "item") if groups.get(name))
    value = groups[named].lower()
    if value in ("last", "final"):
        position = LAST
    elif value in _ORDINALS:
        position = _ORDINALS.index(value) + 1
    else:
        position = _NUMBERS.index(value) + 1 if value in _NUMBERS else int(re.sub(r"\D", "", value))
    words = match.group() if not whole else f"the {value} one" if named == "ordinal" else f"number {value}"
    return Pointer(words, position, match.start(), match.end(), whole, by_number=named != "ordinal")
