"""Checks whether a sentence states what a question asks for: a person, a leader, a time, a name or a cause."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.types import Passage
from index.search.text_analysis import terms
from qa_service.answering.sentences.context import lacks_subject, with_subject
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.reasons import gives_cause
from qa_service.understanding.questions.asked import Asked

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NUMBER = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|several|(?:a )?few|"
    r"(?:a )?couple of|many|the (?:past|last|next|previous|coming|following)(?: \w+)?|recent|past|first|last)"
)
_UNIT = r"(?:hours?|days?|weeks?|months?|years?|terms?|weekends?|quarters?)"
_DATE = re.compile(
    rf"\b{_MONTH}\b|\b(?:19|20)\d\d\b|(?i:\b{_NUMBER}[ -](?:working |academic |calendar |school )?{_UNIT}\b|"
    r"\b(?:spring|summer|autumn|winter|christmas|easter|pandemic|lockdown)\b|\b(?:this|last|next) (?:year|month|"
    r"term)\b|"
    r"\b(?:since|until|following|after|before|during|prior to)\b|"
    r"\bat the (?:time|point|start|end|height|outset|beginning) of\b|"
    r"\b(?:\d{1,2}(?:th|st|nd|rd)|sixteenth|seventeenth|eighteenth) birthdays?\b|\bage(?:d|s)? (?:of )?\d|"
    r"\b(?:at|from|over|under|reach\w*|turn\w*|approach\w*) (?:1[4-9]|2[0-5]|sixteen|seventeen|eighteen)\b)"
)
_RECENTLY = re.compile(r"\b(?:recent(?:ly)?|newly|(?:last|previous) (?:inspection|visit))\b", re.IGNORECASE)
_SOON = re.compile(r"\b(?:soon|shortly|imminent(?:ly)?|due to|planned|scheduled|expected|by the end)\b", re.IGNORECASE)
_WHENEVER = re.compile(
    r"\b(?:once|when(?:ever)?|if|as soon as|by the time|at the (?:time|point|earliest|start|end|outset|beginning)|till|"
    r"immediately|promptly|early|earlier|later?|timely|same day|daily|weekly|fortnightly|monthly|quarterly|"
    r"annual(?:ly)?|yearly|regular(?:ly)?|quickly|swiftly|routinely|always|in advance|weekends?|evenings?|"
    r"out[ -]of[ -]hours)"
    r"\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Professor|Prof|Cllr|Councillor|HHJ|(?:His|Her) Honour)"
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ]"
_TITLED = re.compile(rf"\b{_TITLE}\.? (?:Judge |Justice )?{_CAPITAL}|\bJudge {_CAPITAL}|\bJustice {_CAPITAL}")
_POST = (
    r"(?i:chief executive(?: officer)?|(?:cabinet|lead|portfolio) (?:member|holder)|director|dcs|chair(?:man|"
    r"woman|person)?|"
    r"head(?:teacher)?|manager|leader|mayor|commissioner|officer|inspector|principal|adviser|ceo|judge|minister|member)"
)
_BARE = rf"(?P<name>{_CAPITAL} {_CAPITAL})"
_BY_POST = (
    re.compile(rf"\b{_POST}(?:,|:| is| was)? \(?{_BARE}\b"),
    re.compile(rf"\b{_BARE}(?:,| \(| –| -)? (?i:(?:is|was|as|the|its|our|an?|interim|acting|independent|new|former) )*"
               rf"(?:[\w’'-]+ ){{0,3}}?{_POST}\b"),
)  # fmt: skip
_NO_NAME = frozenset(
    {
        "adult", "adults", "adoption", "agency", "area", "assessment", "association", "authority", "board", "borough",
        "care", "central", "centre", "chair", "chief", "child", "children", "children's", "city", "college",
        "committee",
        "corporate", "council", "council's", "county", "court", "deputy", "designated", "director", "directors",
        "district", "early", "east", "education", "england", "executive", "families", "family", "first", "foundation",
        "front", "general", "government", "group", "health", "healthy", "help", "high", "home", "housing", "hub",
        "improvement", "independent", "integrated", "interim", "lead", "leader", "learning", "leaving", "local",
        "looked",
        "majesty's", "manager", "member", "members", "metropolitan", "national", "north", "officer", "officers",
        "ofsted",
        "panel", "parenting", "participation", "partnership", "people", "people's", "performance", "permanence",
        "police",
        "principal", "public", "quality", "regional", "review", "reviewing", "royal", "safeguarding", "school",
        "senior",
        "service", "services", "social", "south", "special", "strategic", "support", "team", "the", "their", "these",
        "this", "trust", "unit", "university", "virtual", "west", "work", "worker", "workers", "working", "young",
        "youth", "assistant", "head", "practice", "protection", "his", "her", "secretary", "state", "department", "in",
        "since", "following", "although", "however", "while", "as", "at", "strong", "well", "new", "where", "when",
        "both",
    }
)  # fmt: skip
"""Words with a capital that belong to the names of bodies and posts, not of people."""
_ROLE = re.compile(
    r"\b(?:chief executives?|lead member|cabinet member|members?|councillors?|directors?|dcs|managers?|heads?|"
    r"headteachers?|"
    r"officers?|leaders?|coordinators?|co-ordinators?|practitioners?|social workers?|workers?|advis[eo]rs?|nurses?|"
    r"consultants?|doctors?|psychologists?|therapists?|commissioners?|police|inspectors?|superintendent|judges?|"
    r"care leavers|young people|children themselves|parents|carers|teachers?|chairs?|chairperson|chairman|trusts?|"
    r"charit(?:y|ies)|compan(?:y|ies)|provider|agency|organisation|university|barnardo[’']s|nspcc|partnership|"
    r"board|team|council|authorit(?:y|ies)|boroughs?|service|mentors?|ambassadors?|professional|specialist|"
    r"service leads?)\b",
    re.IGNORECASE,
)
_CHAIRING = r"(?:(?:co-?)?chair(?:s|ed|ing)?|leads?|led|leading)"
_RUNNING = (
    r"(?:manag(?:es?|ed|ing)|runs?|ran|running|heads?(?: up)?|headed|oversees?|overseen|overseeing|responsib\w+|"
    r"deliver(?:s|ed|y)?|provid(?:es?|ed)|commission(?:s|ed)|coordinat\w+|facilitat\w+|supervis(?:es?|ed)|operated|"
    r"employed|delegated|available|held)"
)
_CHAIRED = re.compile(rf"\b{_CHAIRING}\b", re.IGNORECASE)
_LED = re.compile(rf"\b(?:{_CHAIRING}|{_RUNNING})\b", re.IGNORECASE)
_NEAR = 80
"""Maximum number of characters between a role and the word that says it leads. Chosen by eye."""
_GIVEN = re.compile(
    r"\b(?:award\w*|g[ai]ven?|accredit\w+|recogni\w+|present\w+|accolade|prize)\b[^.;]{0,80}\b(?:by|from) |"
    r"\b[A-Z][\w’'-]+ (?:\w+ ){0,3}(?:has |have )?(?:awarded|gave|given|accredited|presented)\b|"
    r"\b(?:department|association|university|charity|commissioner|institute)\b[^.;]{0,60}\b(?:awarded|gave|given)\b"
)
_NEVER_NAMES = frozenset(
    {
        "ofsted", "covid", "covid-19", "england", "english", "local", "authority", "her", "his", "majesty", "majesty’s",
        "inspector", "inspectors", "hmi", "dcs", "las", "the", "i", "monday", "tuesday", "wednesday", "thursday",
        "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "government", "ilacs", "send", "ehc", "pa", "pas", "iro",
        "iros", "lado", "mash", "lscb", "director", "children’s", "services", "council", "borough", "city",
    }
)  # fmt: skip
_QUOTED = re.compile(r"‘[^’]{2,60}’|“[^”]{2,60}”|'[A-Za-z][^']{2,40}'")
_DESCRIBED = re.compile(
    r"\b(?P<first>[a-z][a-z’'-]+) (?P<second>[a-z][a-z’'-]+) (?:model|tools?|toolkit|profile|tracker|dashboard|matrix|"
    r"framework|checklist|scale|programme|scheme|project|system|approach|package|planner|calculator)\b|"
    r"\b(?:an?|the) (?P<only>[a-z][a-z’'-]+) (?:tracker|dashboard|matrix|checklist|calculator)\b",
)
_RANKS = re.compile(
    r"\b(?:most(?:ly)?|least|majority|main(?:ly)?|predominant\w*|primar(?:y|ily)|principal(?:ly)?|best|worst|largely|top|"
    r"leading|particularly|especially|overwhelming\w*|(?:nearly|almost) all|commonly|typically|more \w+ than|half|"
    r"compar(?:ed|ison)|per ?cent|(?:big|larg|small|high|low|fast|slow|quick|strong|weak|long|short|common|great|busi|"
    r"few)est|(?:long|high|low|larg|great|small|fast|slow|quick|few)er)\b|\d%|\b\d+\b.*\b\d+\b",
    re.IGNORECASE,
)
"""Words of a sentence that puts something first or last, or figures that show it."""
_SAYS_LITTLE = frozenset(terms(
    "a an the this these new newly good effective clear consistent shared same single use used using improved wide "
    "range of and to in with its their that which for own whole strong comprehensive robust existing current"
))  # fmt: skip
"""Words before the name of a thing that do not say which thing it is."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may state what a question asks for."""

    asked: frozenset[str]
    """The terms of the question, and of the name of the report's authority."""
    sentences: tuple[str, ...]
    number: int
    text: str
    """The sentence, after the one that it refers back to, if it does."""

    def adds(self, words: str) -> bool:
        """Whether some words are more than the question's own words."""
        return not set(terms(words)) <= self.asked


def those_stating(ranked: Sequence[Evidence], asked: Asked, question: str) -> tuple[Evidence, ...]:
    """Return the ranked sentences that state what a question asks for."""
    return tuple(
        evidence
        for evidence in ranked
        if states(asked, f"{question} {evidence.scored.report.authority}", evidence.scored.passage, evidence.number)
    )


def states(asked: Asked, question: str, passage: Passage, number: int) -> bool:
    """Whether a sentence of a passage states what a question asks for.

    If it refers back to another sentence, both count.
    """
    sentences = tuple(passage.text[start:end] for start, end in passage.sentences)
    candidate = _Candidate(frozenset(terms(question)), sentences, number, with_subject(passage, number))
    return _CHECKS[asked](candidate)


def _names_person(candidate: _Candidate) -> bool:
    if _TITLED.search(candidate.text):
        return True
    found = (match["name"] for pattern in _BY_POST for match in pattern.finditer(candidate.text))
    return any(not {word.replace("’", "'").lower() for word in name.split()} & _NO_NAME for name in found)


def _leads(candidate: _Candidate, leading: re.Pattern[str]) -> bool:
    """Whether a sentence names a person, or a role next to a word for leading."""
    if _names_person(candidate):
        return True
    roles = [match.span() for match in _ROLE.finditer(candidate.text) if candidate.adds(match.group())]
    return any(_is_near(match.span(), role) for match in leading.finditer(candidate.text) for role in roles)


def _is_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans are near each other but do not overlap. "leads" and "leader" would overlap."""
    return 0 <= max(one[0], other[0]) - min(one[1], other[1]) <= _NEAR


def _has_any(candidate: _Candidate, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.search(candidate.text) for pattern in patterns)


def _gives_name(candidate: _Candidate) -> bool:
    """Whether a sentence has a name that the question does not have: in quotation marks, or with a capital letter."""
    text = candidate.text
    if any(candidate.adds(quoted.group()) for quoted in _QUOTED.finditer(text)):
        return True
    return any(
        word[0].isupper() and word.lower().replace("'", "’") not in _NEVER_NAMES and candidate.adds(word)
        for word in (match.group() for match in _WORDS.finditer(text) if not _begins_sentence(text, match.start()))
    )


def _begins_sentence(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in ("", ".", "?", "!", "•")


def _says_which(candidate: _Candidate) -> bool:
    """Whether a sentence names a thing, or describes it in words that the question does not have."""
    if _gives_name(candidate):
        return True
    described = (" ".join(filter(None, match.groups())) for match in _DESCRIBED.finditer(candidate.text))
    return any(set(terms(words)) - candidate.asked - _SAYS_LITTLE for words in described)


def _gives_cause(candidate: _Candidate, *, purpose: bool) -> bool:
    sentences, number = candidate.sentences, candidate.number
    refers_back = lacks_subject(sentences[number])
    return gives_cause(sentences, number, candidate.asked, refers_back=refers_back, purpose=purpose)


_CHECKS: Mapping[Asked, Callable[[_Candidate], bool]] = {
    Asked.PERSON: _names_person,
    Asked.CHAIR: partial(_leads, leading=_CHAIRED),
    Asked.LEADER: partial(_leads, leading=_LED),
    Asked.GIVER: lambda candidate: _names_person(candidate) or _has_any(candidate, _GIVEN),
    Asked.DATE: lambda candidate: _has_any(candidate, _DATE, _RECENTLY),
    Asked.FUTURE: lambda candidate: _has_any(candidate, _DATE, _SOON),
    Asked.TIME: lambda candidate: _has_any(candidate, _DATE, _RECENTLY, _WHENEVER),
    Asked.NAME: _gives_name,
    Asked.THING: _says_which,
    Asked.CAUSE: partial(_gives_cause, purpose=False),
    Asked.PURPOSE: partial(_gives_cause, purpose=True),
    Asked.MOST: lambda candidate: _has_any(candidate, _RANKS),
}
