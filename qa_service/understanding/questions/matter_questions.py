"""Recognises questions about what became of one matter: "Did Brent fix its caseloads?", "When was it first raised?"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.interpretation import IMPROVE_SEARCH, Interpretation
from qa_service.understanding.questions.register_questions import asks_what_became

_RAISED = (
    r"(?:raised|flagged(?: up)?|identified|criticised|criticized|highlighted|picked up|brought up|called out|"
    r"asked (?:for|about)|(?:an? |the )?(?:issue|problem|concern|weakness)|pointed out|reported as an? \w+)"
)
_RAISE = (
    r"(?:raise|flag(?: up)?|identify|criticise|criticize|highlight|pick up|bring up|call out|ask (?:for|about)|"
    r"point out)"
)
_BE = r"(?:was|were|is|are|been|being|be|got|had been|has been|have been|became|become)"
_IT = r"(?:it|they|this|that|these|them)"
_FIXED = (
    r"(?:fixed|sorted(?: out)?|resolved|addressed|tackled|dealt with|put right|rectified|remedied|solved|cracked|"
    r"turned (?:a)?round|ironed out|got (?:on top of|to grips with)|gotten (?:on top of|to grips with)|acted (?:up)?on|"
    r"(?:brought )?under control)"
)
_FIX = (
    r"(?:fix|sort(?: out)?|resolve|address|tackle|deal with|put right|rectify|remedy|solve|crack|turn (?:a)?round|"
    r"iron out|get on top of|get to grips with|act (?:up)?on|under control)"
)
_PROBLEM = r"(?:problem|issue|concern|weakness|worry|weak spot|area of (?:concern|weakness)|challenge|shortcoming)s?"
_WEAK = rf"(?:an? )?(?:big |real |serious |significant |live |known )?(?:{_PROBLEM}|weak|poor)"
_BY = r"(?: (?:by|in) (?:ofsted|(?:the |an? )?(?:inspectors?|reports?|inspections?)))?"
_HAPPENED = (
    r"\bwhat(?:['’]?s| has| have)? (?:happened|happens|become|became|changed|came|come)\b"
    r"(?: about| with| to| of| on| regarding| over| around)?"
)
_OUTCOME = tuple(
    re.compile(expression)
    for expression in (
        rf"[-–—:,]* ?\b(?:{_FIXED}|improved|better) (?:yet )?or (?:not|still {_WEAK})\b",
        rf"[-–—:,]* ?\b(?:still {_WEAK}|unresolved) or (?:not|{_FIXED}|improved|better)\b",
        rf"[-–—:,]+ ?(?:ever |since |now )?{_FIXED}(?: yet| now| since)?(?=\W*$)",
        rf"\b(?:is|are|was|were|do|does|has|have|remains?)\b(?=.*\bstill\b.*\b(?:{_PROBLEM}|weak|poor)\W*$)",
        rf"\b(?:still|remains?|continues? to be|continuing to be|ongoing)(?: to be)? {_WEAK}(?=\W*$)",
        rf"\bstill (?:being )?{_RAISED}{_BY}(?=\W*$)",
        rf"\b(?:did|has|have|had|was|were)\b(?=.*\b(?:{_FIX}|{_FIXED})\b)",
        rf"(?<=\|)(?P<actor>[^|?]*?)\b(?:ever |since |now |yet |been |properly |fully |finally )*(?:{_FIX}|{_FIXED})\b",
        rf"{_HAPPENED}(?=.*\b(?:after|since|once|when) {_IT} {_BE} (?:\w+ )?{_RAISED})",
        rf"\b(?:after|since|once|when) {_IT} {_BE} (?:first |last )?{_RAISED}{_BY}",
        r"\bwhat (?:became|has become|came|has come) of\b",
    )
)
"""Words that ask what became of a matter. :func:`matter_asked` removes them in this order."""
_DATES = re.compile(
    r"\b(?:first|last|latest|earliest|initially|originally|most recently) (?:time )?(?:\w+ ){0,3}?"
    rf"(?:{_RAISED}|{_RAISE})\b|"
    rf"\b(?:{_RAISED}|{_RAISE}) (?:\w+ ){{0,3}}?(?:first|last|most recently|initially)\b|"
    rf"\bhow (?:many times|often)\b.*\b(?:{_RAISED}|{_RAISE})\b",
)
"""Asks when reports raised a matter."""
_WORDS_OF_DATES = re.compile(
    rf"\b(?:{_RAISED}|{_RAISE}|most recent(?:ly)?|how (?:many (?:times|years|months)|long|often|far)|"
    r"first|last(?:ly)?|latest|earliest|initially|originally|gap|interval|difference|distance|length|between|until|"
    r"times?|passed|elapsed|apart|years?|months?|dates?|when|was|were|being|been|since|again|as|by|as an?)\b|[,–—:-] "
)
_OTHER = re.compile(r"^\W*when\b|\b(?:why|who(?:m|se)?|which|where|how|whether .* or whether)\b")
"""Words that ask for something other than what became of a matter."""
_MUST_DO = re.compile(rf"\b(?:ha(?:s|ve|d)|needs?|needed|ought|got) to (?:{_FIX})\b")
"""Asks what somebody must do, rather than what became of it: "what it has to fix"."""
_NOT_ALONE = re.compile(r"\b(?:not|never|cannot)\b(?<!or not)|n['’]t\b")
_SERVICES = re.compile(
    r"\b(?:the )?(?:children(?:['’]?s|s['’])? (?:social care|services?)|local authority|council)\b(?:['’]s)?"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
"""The abbreviation after a name that was written out: "multi-agency safeguarding hub (MASH)"."""
_ASKS_WHAT = re.compile(r"\W*what\b")
"""The start of a question such as "What was Leeds told to fix?", which asks for the matter itself."""
_OR_NOT = re.compile(r"\bor not\b")
_OF_REPORTS = re.compile(r"\b(?:the |an? )?(?:ofsted|inspectors?|reports?|inspections?)\b(?:['’]s)?")
_WORD = re.compile(r"\w[\w’'/&-]*")
_OF_SUBJECTS = frozenset({"care", "children", "children's", "social", "visits", "visit", "placed", "case", "cases"})
"""Words of subjects that are also words of questions about inspections."""


def matter_asked(question: Interpretation) -> str:
    """Return the words for the matter of a question that asks only what became of it or when it was raised.

    Empty if the question asks for anything else, or if we cannot account for each of its words.
    """
    text = _text_of(question)
    if asks_what_became(question):
        return ""
    if _DATES.search(text):
        return _subject_in(_OF_REPORTS.sub(" | ", _WORDS_OF_DATES.sub(" | ", text)))
    if _OTHER.search(text) or _MUST_DO.search(text) or _NOT_ALONE.search(text.replace("or not", "")):
        return ""
    left = text
    for expression in _OUTCOME:
        left = expression.sub(lambda found: f"{found.groupdict().get('actor') or ''} | ", left)
    if left == text or _ASKS_WHAT.match(left):
        return ""
    return _subject_in(_OF_REPORTS.sub(" | ", _OR_NOT.sub(" | ", left)))


def asks_when_raised(question: Interpretation) -> bool:
    """Whether a question about a matter asks when reports raised it, or how often."""
    return bool(_DATES.search(_text_of(question)))


def _text_of(question: Interpretation) -> str:
    text = question.search_text.removesuffix(IMPROVE_SEARCH).lower()
    return " ".join(_SERVICES.sub(" ", _IN_BRACKETS.sub(" ", text)).split())


def _subject_in(text: str) -> str:
    """Return the words for a subject, if they are all together in a text.

    Empty if they are in several places or if there are none.

    A "|" replaces words that we have accounted for.
    """
    found = [kept for stretch in text.split("|") if (kept := _trimmed(_WORD.findall(stretch)))]
    return " ".join(found[0]) if len(found) == 1 else ""


def _trimmed(words: list[str]) -> list[str]:
    """Return words without the function words at their start and end."""
    while words and words[0] in _frame():
        words = words[1:]
    while words and words[-1] in _frame():
        words = words[:-1]
    return words


@cache
def _frame() -> frozenset[str]:
    """Return the words that do not say which matter a question is about."""
    words = question_words()
    return (words.function | words.asking | words.with_matter) - _OF_SUBJECTS


def without_words_of_matter(question: Interpretation) -> Interpretation:
    """Return a question about a matter with no words marked as not applied, because we used all of them."""
    conditions = replace(question.conditions, not_applied=(), limits=(), order=None)
    return replace(question, conditions=conditions)
