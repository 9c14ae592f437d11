"""Recognises the titles of a report's lists of improvements, and the labels in a list that say who must act or when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.types import ImprovementKind

_NUMBERED = r"^(?:(?:section|part)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[A-E])?[.):]?\s*"
"""The number of a section, which may come before its title."""
_CHANGE = r"(?:change|improve|happen|be (?:done|better|improved))"
_WHO = r"(?:the|this|these|your) [\w’'-]+(?: [\w’'-]+){0,5}?"
"""Words for those who must act, in a title."""
_TO_IMPROVE = r"(?: (?:next|now|further|to improve(?: (?:its|their|the) [\w’'-]+(?: [\w’'-]+){0,4})?))?"
_LISTS: tuple[tuple[re.Pattern[str], ImprovementKind], ...] = tuple(
    (re.compile(_NUMBERED + pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"(?:areas? (?:for|of) )?priority (?:and immediate )?actions?\W*$", ImprovementKind.PRIORITY),
        (r"areas? for priority actions? and (?:(?:areas? )?for )?improvements?\W*$", ImprovementKind.IMPROVEMENT),
        (r"(?:areas? for (?:immediate )?action|immediate (?:and priority )?actions?)\W*$", ImprovementKind.PRIORITY),
        (r"(?:key |main |our |(?:summary|list) of (?:our |the )?)?recommendations?\W*$",
         ImprovementKind.RECOMMENDATION),
        (r"(?:requirements? and recommendations?|recommendations? and requirements?)\W*$",
         ImprovementKind.RECOMMENDATION),
        (r"recommendations? (?:for|to) (?!date\b)[^.]{2,60}$", ImprovementKind.RECOMMENDATION),
        (r"what (?:still )?needs to improve\b", ImprovementKind.IMPROVEMENT),
        (rf"what (?:(?:still )?needs to|must|should) (?:now |still )?{_CHANGE}(?: (?:next|now))?\W*$",
         ImprovementKind.IMPROVEMENT),
        (rf"what (?:does|do|must|should) {_WHO} (?:need to |have to )?(?:do|improve)\b{_TO_IMPROVE}\W*$",
         ImprovementKind.IMPROVEMENT),
        (rf"what {_WHO} (?:needs? to|must|should|has to|have to) (?:do|improve)\b{_TO_IMPROVE}\W*$",
         ImprovementKind.IMPROVEMENT),
        (r"(?:statutory |legal )requirements?\W*$", ImprovementKind.IMPROVEMENT),
        (r"improvements? (?:that are |which are )?(?:needed|required)\W*$", ImprovementKind.IMPROVEMENT),
        (r"(?:required|necessary) improvements?\W*$", ImprovementKind.IMPROVEMENT),
        (r"areas? (?:that |which )?(?:needs?|needing|requires?|requiring|in need of) (?:further )?improvements?\W*$",
         ImprovementKind.IMPROVEMENT),
        (r"(?:key |main )?(?:areas?|points?) (?:for|of) (?:further )?(?:improvement|development)\W*$",
         ImprovementKind.IMPROVEMENT),
    )
)  # fmt: skip
_OF_SECTION = re.compile(_NUMBERED + r"what (?!(?:still )?needs to improve\b)", re.IGNORECASE)
"""Titles of sections with parts that have titles of their own, such as "Areas for improvement"."""
_PLAIN = re.compile(
    r"^what (?:still )?needs to improve\b.{0,50}[?:]?$|^what (?!(?:still )?needs to improve\b).{4,80}[^.;,]$|"
    r"^(?!what ).{4,60}[^.;,]$",
    re.IGNORECASE,
)
"""The form of a title that looks like the text. It limits the title's length and its last character."""
_ONE_OF_LIST = re.compile(r"^recommendation (?P<number>\d{1,2})\W*$", re.IGNORECASE)
_NUMERALS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_ANNOUNCEMENT = re.compile(
    rf"^(?!.*\b(?:previous|last|earlier|former)\b)[^.:]{{0,120}}?\b(?:makes?|making) (?P<count>the following|"
    rf"{'|'.join(_NUMERALS)}|\d{{1,2}})(?: (?:further|key|main|formal|statutory))? recommendations?\b"
    r"[^.:]{0,60}[.:]$",
    re.IGNORECASE,
)
"""A sentence that says how many recommendations follow."""
_NEXT_STEPS = re.compile(
    rf"{_NUMBERED}(?:next steps|requirements?|actions? (?:required|needed)|(?:required|necessary) actions?|"
    r"actions? (?:for|by) (?:the |all )[\w’'-]+(?: [\w’'-]+){0,5})\W*$",
    re.IGNORECASE,
)
"""Titles of sections that may ask for improvements, or may only say what happens next."""
_INTRODUCTION = re.compile(
    r"^(?:in order )?to (?:secure |support )?improve(?:ment)?\b.{3,240}?\b(?:should|must|needs? to|(?:is|are) (?:asked|"
    r"required) to|take the following)\b.{0,160}?:?$|"
    r"^.{3,160}\b(?:should|must|needs? to) take the following actions?\b.{0,60}$",
    re.IGNORECASE,
)
"""A sentence that introduces a list, and may be printed as its title."""
_STATEMENT = re.compile(
    r"^.{3,160}\bstatement of action\b.{0,160}\bareas? of significant (?:weakness(?:es)?|concern)\b.{0,20}:$",
    re.IGNORECASE,
)
"""A sentence that introduces the weaknesses that a written statement of action must tackle."""
_WHEN = re.compile(
    r"^(?:with )?immediate(?:ly)?(?: (?:action|effect))?$|"
    r"^(?:within|in|over) (?:the next |a |an )?(?:[\w-]+ ){0,3}?(?:days?|weeks?|months?|years?)(?: of .{3,60})?$|"
    r"^by (?:the end of )?(?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|"
    r"november|december)(?: 20\d\d)?$|"
    r"^(?:short|medium|long)[ -]term$|"
    r"^(?:by )?(?:\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december) "
    r"20\d\d|\d{1,2}/\d{1,2}/(?:20)?\d\d)$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"^(?:(?:Ofsted|the Care Quality Commission|CQC|HMICFRS|HMI|HMIP|HMI Probation|inspectors|inspectorates|the|we|and)"
    r"[,\s]+)+(?:also |therefore |jointly )*(?:asks?|requires?|recommends?|requests?|expects?)(?: that)?\s+",
    re.IGNORECASE,
)
"""Words that say who asks, in a label such as "Ofsted and CQC ask the partnership to"."""
_MUST = re.compile(
    r"\s+(?:(?:should|must|needs? to|has to|have to|(?:is|are) (?:asked|required|recommended) to|to|will)"
    r"(?:,? (?:also|together|jointly|now|immediately|urgently))*(?: ensure(?: that)?)?)$",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"^(?:(?:recommendations?|actions?|areas? for improvement|priority actions?) )?(?:for|to) ", re.IGNORECASE
)
_BODY = frozenset(
    """
    authority authorities council councils councillors borough board boards icb icbs ics ccg ccgs nhs health hospital
    hospitals trust trusts police constabulary probation crc yot yos school schools setting settings college colleges
    lscb scb lscp lsp partnership partnerships partner partners agency agencies leader leaders manager managers
    government department departments dfe dhsc ofsted cqc provider providers commissioner commissioners cafcass
    governors chair members director directors everyone services service system group groups team teams headteachers
    academies prison prisons secretary
    """.split()  # noqa: SIM905 - as literals, the words would take three times as many lines
)
"""Words for those who may have to act. The name of a body has at least one of them."""
_IN_NAMES = frozenset(
    """
    the for to and of in across all both each or with at from its their local area wider other relevant independent
    statutory safeguarding care child children children's young people youth social lead leads senior chief executive
    officer officers elected integrated clinical commissioning primary foundation acute mental public community
    voluntary sector offending justice adult adults early years special mainstream families family education county
    city district unitary metropolitan royal london national regional strategic joint combined fire rescue england
    wales general practice practitioners social workers work wellbeing corporate parenting scrutiny committee
    """.split()  # noqa: SIM905 - as literals, the words would take three times as many lines
)
"""Other words that the name of a body may contain, as well as words with a capital letter."""
_LABEL_LENGTH = 120
"""Maximum length of a label in a list, in characters. Chosen by eye."""
_SECTION = re.compile(
    r"^(?:inspection (?:findings|judge?ments?)|(?:key |main )?findings|(?:executive )?summary|overview|"
    r"information about|the (?:experiences|impact|effectiveness|local safeguarding))\b|"
    r"^(?:(?:key |main |areas? of )?strengths?|what (?:is|are) (?:working|going) well)\W*$",
    re.IGNORECASE,
)
_SECTION_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a list that say who must act or by when, and belong to the items below them."""

    body: str | None = None
    deadline: str | None = None


NO_LABEL = Label()
"""The label of an item without a label."""


def list_kind(heading: str) -> ImprovementKind | None:
    """Return the kind of list that a heading announces, or None if it does not announce a list."""
    return next((kind for pattern, kind in _LISTS if pattern.match(heading)), None)


def names_list(heading: str) -> bool:
    """Return whether a heading announces a list of improvements."""
    return list_kind(heading) is not None


def is_plain_title(text: str) -> bool:
    """Return whether a line is a list's title even if it is printed in the same type as the text."""
    return bool(_PLAIN.match(text)) and names_list(text)


def may_list(heading: str) -> bool:
    """Return whether a section may ask for improvements, although sections that do not may have the same title."""
    return bool(_NEXT_STEPS.match(heading))


def introduces_list(text: str) -> bool:
    """Return whether a text introduces a list: "To improve its services, the council should:"."""
    return bool(_INTRODUCTION.match(text) or ("statement of action" in text and _STATEMENT.match(text)))


def is_of_section(heading: str) -> bool:
    """Return whether a heading announces a list only in the text directly below it, because other text may follow."""
    return bool(_OF_SECTION.match(heading))


def number_in_list(heading: str) -> str | None:
    """Return the number in a heading of a single recommendation: "Recommendation 2". Return None for other headings."""
    match = _ONE_OF_LIST.match(heading)
    return match["number"] if match else None


def announced(text: str) -> int | None:
    """Return how many recommendations follow a sentence that announces them.

    Return 0 if it does not say how many, and None if it announces none.
    """
    match = _ANNOUNCEMENT.match(text)
    if match is None:
        return None
    count = match["count"].lower()
    return int(count) if count.isdigit() else _NUMERALS.get(count, 0)


def is_other_section(heading: str) -> bool:
    """Return whether a heading ends a list, even if it is smaller than the heading of the list."""
    return bool(_SECTION.match(heading))


def is_other_section_in_text(text: str) -> bool:
    """Return whether a paragraph is the title of another section, printed in the same type as the text."""
    return len(text) <= _SECTION_LENGTH and text[-1].isalnum() and is_other_section(text)


def label_of(text: str) -> Label | None:
    """Return a line of a list as a label, or None if it says more than who must act or by when."""
    words = text.rstrip(" :–-")
    if not words or len(words) > _LABEL_LENGTH or words[-1] in ".;!?,":
        return None
    if _WHEN.match(words):
        return Label(deadline=words)
    name = _FOR.sub("", _MUST.sub("", _ASKED.sub("", words)))
    return Label(body=words) if _is_body(name) else None


def _is_body(name: str) -> bool:
    """Return whether words are only the names of one or more bodies."""
    words = [word.strip("(),’'").replace("’", "'") for word in name.split()]
    if not words or not all(word[:1].isalnum() or word in ("&", "") for word in words):
        return False
    known = [word.lower().removesuffix("'s").removesuffix("'") for word in words]
    names_body = any(word in _BODY for word in known)
    return names_body and all(
        word in _BODY
        or word in _IN_NAMES
        or f"{word}'s" in _IN_NAMES
        or (place and printed[:1].isupper())
        or (place == 0 and len(words) > 1 and known[1] in _BODY)
        for place, (word, printed) in enumerate(zip(known, words, strict=True))
    )
