"""What a question is about: the authorities, times and kinds of inspection it names, and the words left to search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.authorities import mentions, misspelt
from corpus.types import FULL_INSPECTIONS, VISITS, Form, Kind
from qa_service.understanding.grade_claims import claimed_grade
from qa_service.understanding.normalisation import plain
from qa_service.understanding.periods import Period, asks_for_latest, find_periods
from qa_service.understanding.search_words import LETTER, names_in, search_text

_KINDS: tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kinds)
    for pattern, kinds in (
        (r"\bmonitoring visits?\b", (Kind.MONITORING_VISIT,)),
        (r"\bfocus+ed (?:visit|report|inspection)s?\b", (Kind.FOCUSED_VISIT,)),
        (r"\b(?:area |local area )?send (?:inspection|report|local area)s?\b|\b(?-i:SEND)\b", (Kind.AREA_SEND,)),
        (r"\bjoint targeted\b|\bJTAI\b", (Kind.JOINT_TARGETED,)),
        (r"\bfull inspections?\b", FULL_INSPECTIONS),
        (rf"\bvisits?\b|{LETTER}", VISITS),
        (r"\binspect(?:ions?|ed)\b", (*FULL_INSPECTIONS, Kind.AREA_SEND)),
    )
)
_IMPROVE = re.compile(
    r"\b(?:areas? (?:for|of) improvement|needs? (?:to be )?improv(?:e|ed|ing)|"
    r"need(?:s|ed)? to (?:improve|fix|do better)|"
    r"(?:has|have|had|told|asked|get|got|anything|something) (?:\w+ ){0,3}to (?:fix|improve|work on|do better|address)|"
    r"recommend(?:ed|ations?)|priority actions?|"
    r"what (?:must|should) (?:[\w’'-]+ ){0,6}?(?:improve|do better|fix|work on)|"
    r"what(?:[’']?s| is)? (?:still |left )*to (?:improve|fix|work on|do better))\b",
    re.IGNORECASE,
)
_IMPROVE_HEADING = "What needs to improve?"
"""The heading that reports give the list: it is embedded above each passage of the list, and so finds it."""
_IMPROVE_SECTION = re.compile(
    r"needs? to (?:improve|do better)|(?:areas?|points) for (?:improvement|priority action|development)|"
    r"^recommendations?|^priority actions?",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:chang(?:e|ed|es|ing)|improv(?:ed|ing|ement)|better|worse|moved|progress(?:ed)?|"
    r"since|still|went|go (?:up|down)|"
    r"up or down|compared with)\b",
    re.IGNORECASE,
)
_SEND = re.compile(
    r"\b(?:(?-i:SEND?)|EHC ?plans?|EHCPs?|special educational|autis(?:m|tic)|neurodiver\w+|SENCOs?|speech and language|"
    r"learning difficult\w+|area partnership)\b",
    re.IGNORECASE,
)
"""What the inspections of an area's arrangements for these children are about; others are not looked for in them when
the latest report is asked for."""
KIND_WORDS = {
    Kind.ILACS: "inspection",
    Kind.SINGLE_INSPECTION: "inspection",
    Kind.SHORT: "inspection",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.AREA_SEND: "area SEND inspection",
    Kind.JOINT_TARGETED: "joint targeted area inspection",
    Kind.LSCB_REVIEW: "safeguarding board review",
}
LATEST = "latest report"
"""How it is told that the latest report is meant."""
_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"\b(?:thematic|national(?:ly)?|study)\b", re.IGNORECASE), Form.THEMATIC),
    (re.compile(r"\b(?:news|article|press)\b", re.IGNORECASE), Form.ARTICLE),
    (re.compile(LETTER, re.IGNORECASE), Form.LETTER),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things a question asks about: an authority, a time, or one at the other."""

    authorities: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question taken apart."""

    text: str
    """The standalone question, whole."""
    search_text: str
    """The words left to search, without the names and times that filters and preferences stand for."""
    authorities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Words with a capital in mid-sentence, other than authorities: names of places, schemes, bodies."""
    places: tuple[str, ...] = ()
    """Those of the names that follow "in" or "at"."""
    periods: tuple[Period, ...] = ()
    kinds: tuple[Kind, ...] = ()
    latest: bool = False
    form: Form | None = None
    improvements: bool = False
    """Whether it asks what a report wants improved."""
    claimed: str | None = None
    """A grade that it takes for given, by its first letters: the report that gave it is meant."""
    parts: tuple[Part, ...] = (Part(),)
    """What is searched apart, so that each side of a comparison is found: never empty."""

    @property
    def across(self) -> bool:
        """Whether it is asked of all reports, and not of one authority, place or article."""
        return not (self.authorities or self.places or self.form or self.improvements)

    @property
    def in_words(self) -> tuple[str, ...]:
        """What was understood, to be shown to the person who asked."""
        times = (period.words for period in self.periods)
        kinds = (KIND_WORDS[kind] for kind in self.kinds[:1])
        return (*self.authorities, *dict.fromkeys(times), *kinds, *((LATEST,) if self.latest else ()))


def interpret(text: str, known: Sequence[str]) -> Interpretation:
    """Take a standalone question apart; ``known`` are the authorities that the index holds reports of."""
    text = plain(text) if plain(text).strip() else text
    named = mentions(text, known, typed=True)
    right = [(mention.start, mention.end) for mention in named]
    typed = [wrong for wrong in misspelt(text, known) if not any(s < wrong.end and wrong.start < e for s, e in right)]
    named = sorted((*named, *typed), key=lambda mention: mention.start)
    periods = tuple(find_periods(text))
    authorities = tuple(dict.fromkeys(mention.name for mention in named))
    latest = asks_for_latest(text)
    improvements = bool(_IMPROVE.search(text))
    names = names_in(text, named)
    return Interpretation(
        text=text,
        search_text=search_text(text, named, periods) + (f" {_IMPROVE_HEADING}" if improvements else ""),
        authorities=authorities,
        names=names,
        places=tuple(name for name in names if re.search(rf"\b(?:in|at|near) {name}\b", text)),
        periods=periods,
        kinds=next((kinds for pattern, kinds in _KINDS if pattern.search(text)), ()),
        latest=latest,
        improvements=improvements,
        claimed=claimed_grade(text),
        form=next((form for pattern, form in _FORMS if pattern.search(text)), None),
        parts=divide(authorities, periods, latest=latest, change=asks_of_change(text)),
    )


def is_of_partnership(question: Interpretation) -> bool:
    """Whether a question is about what inspections of an area's arrangements for SEND are about."""
    return question.kinds == (Kind.AREA_SEND,) or bool(_SEND.search(question.text))


def without_parts(question: Interpretation) -> Interpretation:
    """The question searched as one, whatever it compares."""
    return replace(question, parts=(Part(question.authorities, question.periods, question.latest),))


def without_understood(question: Interpretation, set_aside: Sequence[str]) -> Interpretation:
    """The question without what a person took off again, named as ``in_words`` names it."""
    if not set_aside:
        return question
    authorities = tuple(name for name in question.authorities if name not in set_aside)
    periods = tuple(period for period in question.periods if period.words not in set_aside)
    latest = question.latest and LATEST not in set_aside
    kinds = () if question.kinds and KIND_WORDS[question.kinds[0]] in set_aside else question.kinds
    return replace(
        question,
        authorities=authorities,
        periods=periods,
        kinds=kinds,
        latest=latest,
        parts=divide(authorities, periods, latest=latest, change=asks_of_change(question.text)),
    )


def without_kinds(text: str) -> str:
    """A text without the words that name a kind of inspection."""
    for pattern, _ in _KINDS:
        text = pattern.sub(" ", text)
    return text


def asks_of_change(text: str) -> bool:
    """Whether a question asks how something changed."""
    return bool(_CHANGE.search(text))


def lists_improvements(section: Sequence[str]) -> bool:
    """Whether a section is a report's own list of what must improve."""
    return any(_IMPROVE_SECTION.search(heading) for heading in section[-2:])


MOST_PARTS = 8
"""Authorities or times that a question may name: each is searched for by itself, so that a hundred would take a hundred
times as long. One that names more is asked to name fewer."""


def divide(
    authorities: tuple[str, ...], periods: tuple[Period, ...], *, latest: bool, change: bool
) -> tuple[Part, ...]:
    """The parts of a question: one an authority, or one a time where it asks how something changed.

    Where as many times as authorities are named, they belong together in order ("Dudley in 2024 or Newham in 2022").
    """
    exact = tuple(dict.fromkeys(period for period in periods if period.exact))
    if len(authorities) > 1:
        paired = len(exact) == len(authorities)
        return tuple(
            Part((name,), (exact[index],) if paired else periods, latest)
            for index, name in enumerate(authorities[:MOST_PARTS])
        )
    if len(exact) > 1:
        return tuple(Part(authorities, (period,)) for period in exact[:MOST_PARTS])
    if authorities and exact and (latest or change):
        return (Part(authorities, exact), Part(authorities, latest=True))
    return (Part(authorities, periods, latest),)
