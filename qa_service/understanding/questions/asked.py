"""Recognises questions that only a name, a time or a cause can answer: "Who is …?", "When was …?", "Why is …?".

A sentence may be close to such a question, and repeat all its words, without stating what it asks for.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Asked(StrEnum):
    """What a sentence must state to answer a question."""

    PERSON = "person"
    """The name of a person: "Who is the chief executive?"."""
    CHAIR = "chair"
    """The name or the role of the person who chairs something."""
    LEADER = "leader"
    """The name or the role of the person who leads, manages or runs something."""
    GIVER = "giver"
    """Who gave something: "Who gave the team its award?"."""
    DATE = "date"
    """When something happened: "When was it brought in?"."""
    FUTURE = "future"
    """When something is due to happen."""
    TIME = "time"
    """When something usually happens: "When do children get an adviser?"."""
    NAME = "name"
    """The name of a body or a thing: "Which charity …?", "What is it called?"."""
    THING = "thing"
    """A name, or a description, of a tool or a way of working: "Which tool …?"."""
    CAUSE = "cause"
    """Why something is so: "Why are visits late?"."""
    PURPOSE = "purpose"
    """Why something was done: a cause, or what it was done for."""
    MOST = "most"
    """Which of several comes first or last: "Which team has the highest caseloads?"."""


_WAS = r"(?:['’]?s| is| was| are| were)"
_FIRST = re.compile(
    r"(?:^|(?<=[^\w\s])|\b(?:and|but|so|or|ok|then|please|me|us|know|say|says|out|show|explain|exactly|by|since|report|"
    r"inspection|visit|letter|\d{4})(?=\s))\s*"
    r"(?P<word>who(?:['’]?s|m|se)?|why|how come|what(?:['’]?s)?|which|where|how|"
    r"when(?=(?:['’]s)?(?: exactly)? (?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b|\W*$))"
    r"(?!\w)",
    re.IGNORECASE,
)
"""The first question word. "When" asks only before a verb: "when children go missing" does not. Nor does a word in the
middle of a clause, as in "children who go missing"."""
_POST = (
    r"(?:(?i:chief executive|(?:cabinet|lead|portfolio|elected) (?:member|holder)|(?:(?:executive|corporate|strategic|"
    r"service|assistant|deputy) )*director|dcs|das[sc]?|(?:(?:assistant|deputy|service|"
    r"virtual school) )*head(?:teacher|"
    r"master|mistress| teacher)?|(?:(?:team|service|locality) )*manager|leader|mayor|commissioner|judge|"
    r"councillor|cllr|"
    r"minister|designated officer|lado|principal social worker|principal|ceo|psw))"
)
_OWNER = r"(?:(?i:the|an?|its|their|our|current(?:ly)?|now|present|new|interim|acting)|[\w&.-]+['’]s?|[A-Z][\w&.-]*)"
_NO_ADJECTIVE = r"(?i:for|of|by|to|in|with|at|on|from|and|or|responsible|made|paid|told|given|asked|trained|\w+ing)\b"
_WHO_IS = re.compile(
    rf"(?i:who{_WAS}) (?:{_OWNER} ){{0,6}}(?:(?<=[\w’'] )(?!{_NO_ADJECTIVE})[\w’'&-]+ ){{0,3}}?{_POST}"
    r"\b(?!['’]s?\b)"
)
_NO_VERB = r"(?:(?!(?:do|does|did|is|was|were|are|has|have|had|can|could|kinds?|sorts?|types?|of)\b)[\w’'-]+ ){0,2}?"
_NAME_OF_POST = re.compile(
    rf"(?i:which|what) {_NO_VERB}(?i:judge|inspector|councillor|minister|mp|commissioner)\b|"
    rf"(?i:what{_WAS}) (?:[\w’'&-]+ ){{0,5}}?{_POST}\b.*(?i:['’]s name|\bcalled)\W*$|"
    rf"(?i:what{_WAS} the name of) (?:[\w’'&-]+ ){{0,4}}?{_POST}\b"
)
_ALSO = r"(?:(?:now|currently|jointly|also|else|actually) )*(?:co-?)?"
_CHAIRS = re.compile(
    rf"who {_ALSO}chair(?:s|ed|ing)?\b|who{_WAS} (?:[\w’'&-]+ ){{0,4}}?chair(?:man|woman|person)?\b", re.IGNORECASE
)
_LEADS = re.compile(
    rf"who {_ALSO}(?:leads?|led|manages?|managed|runs?|ran|heads?(?: up)?|headed)\b|who{_WAS} in charge\b",
    re.IGNORECASE,
)
_GAVE = re.compile(r"who (?:gave|awarded|presented|accredited)\b", re.IGNORECASE)
_COMPOUND = r"(?!['’-]| (?:heads?|leaders?|attendance|money|subjects?|years?|use|staff|places?|workers?|age|aged|of)\b)"
_NAMED = (
    r"(?:charit(?:y|ies)|apps?|compan(?:y|ies)|firms?|contractors?|organi[sz]ations?|school|college|university|"
    r"software|"
    r"award|club|hospital|newspaper|supermarket|bank|consultancy)"
)
_WHICH_NAMED = re.compile(
    rf"(?:which|what) {_NO_VERB}{_NAMED}\b{_COMPOUND}|what{_WAS} [^?.!]{{0,80}}\b(?:called|"
    rf"known as)(?: [\w’'-]+){{0,5}}\W*$|"
    rf"what{_WAS} the names? of\b",
    re.IGNORECASE,
)
_WHICH_THING = re.compile(
    rf"(?:which|what) {_NO_VERB}(?:tool|model|package|programme|scheme|system)\b{_COMPOUND}", re.IGNORECASE
)
_WHEN = r"when(?:['’]s)? (?:exactly )?"
_PAST = re.compile(rf"{_WHEN}(?:was|were|did|has|have|had)\b", re.IGNORECASE)
_TO_COME = re.compile(rf"{_WHEN}will\b", re.IGNORECASE)
_USUALLY = re.compile(rf"{_WHEN}(?:is|are|do|does)\b", re.IGNORECASE)
_WHY_DONE = re.compile(r"(?:why|how come)(?: (?:did|was|were|had|might|would))\b", re.IGNORECASE)
_WHY = re.compile(r"(?:why|how come)\b(?!\W*$)", re.IGNORECASE)
_EST = r"(?:big|larg|small|high|low|fast|slow|quick|strong|weak|long|short|common|great|busi|few)est"
_NOT_RANKED = (
    r"best (?:practice|way|interests?)|"
    r"most (?:recent(?:ly)?|part|at risk|vulnerable|in need)|"
    r"least (?:good|a|an|one|some)"
)
_MOST = re.compile(
    r"(?:which|what(?:['’]?s)?|who(?:se)?|where)\b[^?;]*?"
    r"(?<!\bat )(?<!\bits )(?<!\btheir )(?<!\bmake the )(?<!\bmaking the )\b"
    rf"(?!(?:{_NOT_RANKED})\b)(?:best|worst|most|least|{_EST})\b",
    re.IGNORECASE,
)
"""Asks which of several comes first or last. "At least", "at its best" and "best practice" do not ask that."""
_PATTERNS = (
    (_MOST, Asked.MOST),
    (_CHAIRS, Asked.CHAIR),
    (_LEADS, Asked.LEADER),
    (_GAVE, Asked.GIVER),
    (_WHO_IS, Asked.PERSON),
    (_NAME_OF_POST, Asked.PERSON),
    (_WHICH_NAMED, Asked.NAME),
    (_WHICH_THING, Asked.THING),
    (_PAST, Asked.DATE),
    (_TO_COME, Asked.FUTURE),
    (_USUALLY, Asked.TIME),
    (_WHY_DONE, Asked.PURPOSE),
    (_WHY, Asked.CAUSE),
)


def asked_for(question: str) -> Asked | None:
    """Return what a sentence must state to answer a question. None if any sentence close to the question may answer it.

    Only the first question word counts, because a sentence may answer only one half of a question.
    """
    first = _FIRST.search(question)
    if first is None:
        return None
    rest = question[first.start("word") :]
    return next((asked for pattern, asked in _PATTERNS if pattern.match(rest)), None)
