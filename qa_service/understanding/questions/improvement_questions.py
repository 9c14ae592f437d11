"""Recognises what a question about required improvements is about: "What must Brent do about supervision?"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from corpus.themes import known_themes
from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.interpretation import IMPROVE_SEARCH, Interpretation, authorities_named, without_kinds
from qa_service.understanding.questions.register_questions import asks_what_became
from qa_service.understanding.subjects import is_named, subjects_of

_ON = r"(?:about|on|for|around|regarding|re|concerning|over|with|in relation to|relating to|to do with|in respect of)"
_BODY = (
    r"(?:integrated care boards?(?: \(ICBs?\))?|ICBs?|(?:the )?NHS(?: [\w’'-]+){0,5}? ICB|NHS|"
    r"(?:area |local area |local )?partnerships?(?: board)?|partner agencies|partners|agenc(?:y|ies)|"
    r"(?:health|education|council|senior|school|social care|service) (?:leaders|managers|services|partners)|"
    r"leaders|managers|(?:local )?authorit(?:y|ies)|councils?|police|schools|health|board|LSCB|LSCP|bod(?:y|ies)|"
    r"boroughs?|county|children(?:['’]?s|s['’])? (?:services?|social care)|it|they|the|which|who|what|@\S*)"
)
"""Those who must act. They are not what the question is about. "@" stands for an authority."""
_ACTORS = rf"(?:(?:{_BODY}|in|at|of|and) ){{0,5}}?"
_DO = (
    r"(?:do (?:better|more|something|anything)|do|fix|sort(?: out)?|address|improve|work (?:harder )?on|tackle|change|"
    r"strengthen|develop|act (?:up)?on|act|put right|get right|focus(?: more)? on|prioritise|resolve|deal with|"
    r"(?:get|be|become|make) (?:\w+ )?better(?: at)?|get (?:on top of|to grips with|sorted|done|a grip on)|"
    r"get a grip of|take (?:\w+ )?action|take(?= (?:about|on|over|around|regarding|re)\b)|tighten(?: up)?|"
    r"sharpen(?: up)?|look at|make (?:\w+ )?(?:improvements|progress)|pay attention to|step up|move on|"
    r"concentrate on|happen|"
    r"be (?:done|improved|fixed|addressed|sorted(?: out)?|changed|strengthened|tackled|put right))"
)
"""What somebody must do about a subject."""
_MUST = (
    r"(?:must|should|ought to|shall|needs?(?: to)?|needed to|ha(?:s|ve|d) (?:got )?to|got to|gotta|"
    r"(?:told|tell|asked|ask|asking|required?|requires|instructed|advised|recommend(?:ed|s)?|expect(?:ed|s)?|urged?|"
    r"challenged|supposed|meant|wants?|wanted|still|something|anything|things?|ones?|areas?|priority|"
    r"priorities) (?:[\w’'@-]+ ){0,4}?to)"
)
_LIST = (
    r"(?:areas? (?:for|of|needing|requiring) (?:improvement|development|(?:priority )?action)|recommendations?|recs|"
    r"(?:priority|improvement|required) actions?|action points?|improvement (?:points?|areas?|items?)|"
    r"points? for (?:action|improvement)|(?:items?|things?) (?:to improve|for improvement)|"
    r"improvements? (?:needed|required|wanted|asked for)|required improvements?|what (?:must|needs to|should|has to) "
    r"improve|improvement list|list of improvements|to[- ]do list)"
)
_STARTS_LIST = r"(?:any|the|all|list|show|give|me|us|what|which|are|is|were|key|main|outstanding|there|@\S*)"
_NEEDS = r"(?:fixing|sorting|improving|work|attention|action|addressing|improvement|changing|strengthening)"
_CUES = tuple(
    re.compile(expression, re.IGNORECASE)
    for expression in (
        rf"\b{_MUST} {_ACTORS}(?:be )?(?:\w+ly )?{_DO}\b",
        rf"\b{_LIST}\b",
        rf"^\W*(?:{_STARTS_LIST} )*actions? {_ON}\b",
        (
            r"(?:@\S*|\b(?:it|council|authority|leaders|partnership)) (?:been |being |get |got )?"
            rf"(?:told|advised|warned) {_ON}\b|\b(?:tell|told) @\S* {_ON}\b"
        ),
        rf"\bneeds? (?:some |more |urgent )?{_NEEDS}\b",
    )
)
"""Words that ask what somebody was told to improve."""
_MAY_ASK = re.compile(
    r"\b(?:must|should|ought|shall|need\w*|told|tell|ask\w*|requir\w+|instructed|advised|recommend\w*|recs|expect\w*|"
    r"urged?|challenged|supposed|meant|want\w*|still|something|anything|things?|ones?|areas?|priorit\w+|actions?|"
    r"improv\w+|points?|to[- ]do|warned|got to|gotta|ha(?:s|ve|d) (?:got )?to)\b",
    re.IGNORECASE,
)
"""Words of which each of these has one. To look for names takes longer than to look for these."""
_BEFORE_IT = (
    r"(?:(?:and|so|but|ok|please|hi|hello|can|could|you|tell|show|give|remind|me|us|in|at|for|after|from|the)\b|@\S*+|"
    r"[-–—:,])"
)
_ASKS = re.compile(
    rf"^[^\w@]*+(?:[^?.!]{{0,60}}?[,–—:-] )?(?:{_BEFORE_IT} ?)*+"
    r"(?:what|which|who|where|anything|something|any|has|have|had|was|were|did|do|does|is|are|list|show|areas?|"
    r"recommendations?|recs|priority|improvements?|actions?|points?|items?|things?|required)\b",
    re.IGNORECASE,
)
"""The start of a question that asks for items, or whether there are any."""
_YES_OR_NO = re.compile(
    r"^[^\w@]*+(?:(?:(?:and|so|but|ok|please)\b|@\S*+|[-–—:,]) ?)*+"
    r"(?:(?P<now>do|does|is|are)|has|have|had|was|were|did)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:why|when|how (?:many|much|long|often|soon|far|old|big)|which (?:other )?(?:councils?|authorit\w+|las)|"
    r"how come|what happens|what would|what will|never|compared? (?:to|with)|"
    r"(?:done|doing) (?:anything|something|enough|much|more|it|so|what))\b|n['’]t\b|"
    r"\b(?:and|or) (?:has|have|had|did|was|were|is|are|why|how|when|who) ",
    re.IGNORECASE,
)
"""Words that ask for something other than the items."""
_FRAMES = (
    re.compile(
        rf"^(?P<before>.*?)\b(?:(?:must|should|ought to|needs?|to|got to|has to|have to|had to) {_ACTORS}"
        rf"(?:\w+ly )?{_DO}(?: (?:in order )?to {_DO})?|"
        rf"needs? (?:some |more |urgent )?{_NEEDS})\b(?: (?:at|in))?(?P<rest>.*)$",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rf"^(?P<before>.*?)\b(?:{_ON}|mention(?:s|ing)?|cover(?:s|ing)?|include[sd]?|including|address(?:es|ing)?)\b"
        r"(?P<rest>.*)$",
        re.IGNORECASE | re.DOTALL,
    ),
)
"""The words of a question before its subject. A search leaves out names, times and words such as "told"."""
_TO_DO = re.compile(
    r"(?: (?:that|which|it|they))?(?: (?:was|were|is|are|has|have|had|needs?))?(?: been)? (?:to|must|should) "
    rf"{_DO}\W*$",
    re.IGNORECASE,
)
"""Words for what must be done, after a subject: "anything on audits that it has to fix"."""
_NOT_IN_SUBJECT = re.compile(
    rf"\b(?:must|should|ought|told|tell|asked|because|if|whether|have|has|had|did|does|do|was|were|{_LIST}|"
    rf"{_MUST} {_DO})\b|[?!;]\s*\w|,? and (?:what|how|why|who|when|which|is|are)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(rf"\b{_LIST}\b", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\b(?:one of|among(?:st)?|something|an? (?:priority|area|thing|recommendation|issue|action|point)|"
    r"(?:on|in) (?:the|its|their|@\S*) (?:\w+ )?list)\b",
    re.IGNORECASE,
)
"""Words that ask whether a subject is an item: "Was neglect one of the things to improve?"."""
_BODIES = re.compile(rf"\b{_BODY}\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r" \([^()]*\)")
"""The abbreviation after a name that was written out: "personal education plans (PEPs)"."""
_LAST_TIME = re.compile(r"\b(?:the )?(?:last|this) time(?: (?:around|round|out))?\b", re.IGNORECASE)
_AT_END = re.compile(
    r",? (?:at|in|during|after|following|from|before|since|by) (?:the |its |their |that )?(?:[\w’'-]+ ){0,4}?"
    r"(?:visits?|inspections?|reports?|letters?)\b.*$|"
    r", (?:at|in|during|after|following|from|before|since|by|when|as)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
"""The words at the end of a question that name a report."""
_WORD = re.compile(r"\w[\w’'/&-]*")
_MOST_WORDS = 12
"""Maximum number of words for a subject. We chose this value by judgement."""
_OF_SUBJECTS = frozenset(
    {"care", "children", "children's", "social", "visits", "visit", "placed", "case", "cases", "leadership"}
)
"""Words of subjects that are also words of questions about inspections."""
_NO_SUBJECT = frozenset(
    {
        "urgently", "quickly", "again", "later", "recently", "lately", "previously", "originally", "specifically",
        "differently", "immediately", "something", "anything", "thing", "things", "item", "items", "ones", "around",
        "re", "concerning", "over", "relating", "relation", "respect", "wrong", "round", "about", "expected", "asked",
        "instructed", "advised", "supposed", "meant", "due", "ask", "warned", "urged", "after", "before", "since",
        "during", "when", "last", "latest", "next", "more", "better", "do", "done", "most", "terms", "fixing",
        "sorting", "addressing", "attention", "action", "actions", "ofsted", "inspectors", "inspection",
        "inspections", "report", "reports", "letter", "old", "new", "previous", "council", "authority", "area",
        "areas", "local", "improve", "improvement", "improvements", "first", "now", "still", "on", "focused", "full",
        "monitoring", "top", "main", "key", "biggest", "other", "order", "being", "all", "every", "each", "whole",
        "entire", "complete", "everything",
    }
)  # fmt: skip
"""Further words that do not say what such a question is about."""


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """What a question about required improvements is about."""

    subject: str
    """The words for it. Empty if the question names no subject."""
    is_named: bool
    """Whether the words name something that we know: a theme, or a term or its abbreviation. If they follow a
    preposition such as "about", they also count."""
    yes_or_no: bool
    """Whether the question can be answered with yes or no: "Has Brent been told to improve supervision?"."""
    now: bool
    """Whether such a question is about now: "Does Brent need to improve supervision?"."""


def items_asked(question: Interpretation) -> ItemsAsked | None:
    """Return what a question about required improvements is about. None if the question asks for anything else."""
    if not (question.asks_for_improvements or _MAY_ASK.search(question.text)):
        return None
    text = _with_mark(question)
    if _OTHER.search(text) or not _ASKS.search(text) or asks_what_became(question):
        return None
    if not (question.asks_for_improvements or any(cue.search(text) for cue in _CUES)):
        return None
    subject, follows = _subject_of(question)
    yes_or_no = _YES_OR_NO.search(text)
    if subject is None or (subject and not (follows or (yes_or_no and _ONE_OF.search(text)))):
        return None
    after = bool(subject) and re.search(rf"\b{_ON} (?:the |its |their )?{re.escape(subject)}", text, re.IGNORECASE)
    known = bool(after or known_themes().themes_of(subject) or is_named(subject))
    return ItemsAsked(subject, known, bool(yes_or_no), bool(yes_or_no and yes_or_no["now"]))


def without_words_for_improving(question: Interpretation) -> Interpretation:
    """Return a question with no words marked as not applied if they only ask what must improve, or are its subject."""
    subject = (_subject_of(question)[0] or "").lower()
    kept = tuple(
        span
        for span in question.conditions.not_applied
        if (words := _trimmed(question.words_at(span), _frame(), _frame()).lower()) and words not in subject
    )
    return replace(question, conditions=replace(question.conditions, not_applied=kept))


def _with_mark(question: Interpretation) -> str:
    """Return the text of a question with "@" in place of the names of authorities."""
    text = question.text
    for mention in reversed(authorities_named(text, question.authorities)):
        text = f"{text[: mention.start]}@{text[mention.end :]}"
    return " ".join(text.split())


def _subject_of(question: Interpretation) -> tuple[str | None, bool]:
    """Return the words for a question's subject, and whether they follow the words for what must be done about it.

    The subject is None if some words are neither the subject nor ask what must improve, and empty if there is none.
    """
    searched = _LAST_TIME.sub(" ", question.search_text.removesuffix(IMPROVE_SEARCH))
    for word in question.unrecognised:
        searched = re.sub(rf"\b{re.escape(word)}\b", " ", searched)
    searched = _LISTS.sub("recommendations", " ".join(searched.split()))
    framed = next(
        (match for frame in _FRAMES if (match := frame.match(searched)) and _only_asks(match["before"])), None
    )
    if framed:
        rest = _TO_DO.sub("", _AT_END.sub("", framed["rest"]))
        subject = _trimmed(without_kinds(rest), _before(), _after())
        subject = subject if _trimmed(subject, _frame(), _frame()) else ""
    else:
        subject = _trimmed(without_kinds(searched), question_words().function, _frame())
    subject = " ".join(subject.split())
    if _NOT_IN_SUBJECT.search(subject) or len(subject.split()) > _MOST_WORDS:
        return None, framed is not None
    return (subject if subjects_of(subject) else ""), framed is not None


def _only_asks(text: str) -> bool:
    """Whether a text has only words that ask what must improve, and those for who must act."""
    return not _trimmed(_BODIES.sub(" ", without_kinds(text)), _frame(), _frame())


def _trimmed(text: str, before: Collection[str], after: Collection[str]) -> str:
    """Return a text without the words at its start and at its end that only hold a question together."""
    words = list(_WORD.finditer(text))
    while words and words[0].group().lower().replace("’", "'") in before:
        del words[0]
    while words and words[-1].group().lower().replace("’", "'") in after:
        del words[-1]
    if not words:
        return ""
    end = words[-1].end()
    return _IN_BRACKETS.sub("", text[words[0].start() : end + (text[end : end + 1] == ")")])


@cache
def _frame() -> frozenset[str]:
    """Return the words that do not say what a question about improvements is about."""
    words = question_words()
    known = words.function | words.asking | words.with_improvement | words.with_summary | words.with_matter
    return (known | _NO_SUBJECT) - _OF_SUBJECTS


@cache
def _before() -> frozenset[str]:
    """Return the words that may come between the words for what must be done and the subject."""
    return question_words().function | {"re", "concerning", "over", "relating", "relation", "respect", "around", "on"}


@cache
def _after() -> frozenset[str]:
    """Return the words that may come after a subject that follows the words for what must be done about it."""
    return question_words().function | _NO_SUBJECT
