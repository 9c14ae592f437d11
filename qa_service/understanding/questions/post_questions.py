"""Recognises questions for the person who runs an authority's services: "Who is Westmarsh's DCS?".

A letter from Ofsted is addressed to that person, and an area SEND report names them.
"""

from __future__ import annotations

import re

from qa_service.understanding.interpretation import Interpretation, authorities_named

_NAME = "qqname"
"""A placeholder for the name of an authority."""
_WHOM = r"(?:children(?:'?s)?|families|family|young people(?:'s)?|people)"
_WORK = r"(?:adults?'?|social care|services?|education|learning|skills|lifelong|and)"
_FIELD = rf"(?:(?: of| for)?(?: {_WORK})*(?: {_WHOM})(?: (?:{_WHOM}|{_WORK}))*)"
"""The services that a director is responsible for. "Director of finance" is another post."""
_RANK = r"(?:(?:interim|acting|executive|exec|corporate|strategic|statutory) )*"
_DIRECTOR = rf"(?:dcs|{_RANK}(?:director|chief officer){_FIELD}?)"
_DIRECTORS = rf"{_RANK}(?:directors|chief officers){_FIELD}?"
_THE = (
    rf"(?:(?:the|a|an|its|their|our|{_NAME}(?:'?s)?|council(?:'s)?|current|currently|now|new|then|present|latest|in "
    r"post as) )*"
)
_FORMER = r"(?:former|previous|last|old|earlier|past)"
_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_WHEN = (
    r"(?: (?:is|was|at|of|in|for|with|to|on|during|around|back|then|now|currently|there|here|when|while|as|since|"
    r"before|after|between|and|according|the|its|it|their|they|this|that|council|borough|county|city|london|trust|latest|"
    r"last|most|recent|newest|focus+ed|monitoring|visit|visited|letter|report|inspection|inspected|wrote|came|went|"
    r"ofsted(?:'s)?|inspectors?|time|date|days?|month|year|early|late|mid|end|beginning|start|spring|summer|autumn|"
    rf"winter|please|called|right|moment|present|\d+(?:st|nd|rd|th)?|{_MONTHS}|{_NAME}(?:'?s)?)\b)*"
)
"""Words after the post that say where and when."""
_LETTER = rf"{_THE}(?:ofsted's )?(?:focus+ed visit )?letters?{_WHEN} (?:addressed|sent|written) to"
_ASKED = tuple(
    re.compile(rf"\b{expression}{_WHEN}$")
    for expression in (
        rf"who(?:'?s| is| was) {_THE}{_DIRECTOR}",
        rf"who {_THE}{_DIRECTOR} (?:is|was)",
        rf"names? (?:of )?{_THE}{_DIRECTOR}",
        rf"what(?:'?s| is| was) {_THE}{_DIRECTOR}(?:'s)? (?:name|called)",
        rf"who (?:runs|leads|heads(?: up)?|is in charge of) {_THE}children'?s services",
        rf"whom? (?:is|was|are|were) {_LETTER}",
        r"whom? (?:did|does) (?:ofsted|(?:the )?inspectors) (?:write|address|send)(?: [a-z]+){0,3}? to",
    )
)
_ALL_ASKED = tuple(
    re.compile(rf"\b{expression}{_WHEN}$")
    for expression in (
        rf"who(?:'?s| is| was| are| were| has been| have been|'ve been) {_THE}{_DIRECTORS}",
        rf"who (?:has|have|had) been {_THE}{_DIRECTOR}",
        rf"who(?:'?s| is| was| were) {_THE}{_FORMER} (?:{_DIRECTORS}|{_DIRECTOR})",
        rf"names of {_THE}{_DIRECTORS}",
        rf"whom? (?:are|were) {_THE}(?:ofsted's )?letters{_WHEN} (?:addressed|sent|written) to",
    )
)
"""Questions for everyone who held the post, or for an earlier holder."""


def asks_for_director(question: Interpretation) -> bool:
    """Whether a question asks who runs the services of an authority that it names, or who a letter is addressed to."""
    return bool(question.authorities) and _matches(question, (*_ASKED, *_ALL_ASKED))


def asks_for_all_directors(question: Interpretation) -> bool:
    """Whether such a question asks for everyone who held the post, or for an earlier holder."""
    return _matches(question, _ALL_ASKED)


def _matches(question: Interpretation, patterns: tuple[re.Pattern[str], ...]) -> bool:
    text = question.text
    for mention in reversed(authorities_named(text, question.authorities)):
        text = f"{text[: mention.start]}{_NAME}{text[mention.end :]}"
    words = re.findall(r"[\w']+", text.lower().replace("’", "'").replace("&", " and "))
    return any(pattern.search(" ".join(words)) for pattern in patterns)
