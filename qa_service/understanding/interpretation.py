"""What a question is about: the authorities, times and kinds of inspection it names, and the words left to search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.authorities import mentions, misspelt
from corpus.grades import Grade
from corpus.types import FULL_INSPECTIONS, VISITS, Form, Kind
from qa_service.calibration import MAX_PARTS
from qa_service.types import Choice
from qa_service.understanding.grade_claims import claimed_grade
from qa_service.understanding.normalisation import normalised
from qa_service.understanding.periods import Period, asks_for_latest, find_periods
from qa_service.understanding.search_words import LETTER, names_in, search_text
from qa_service.wording import KIND_WORDS

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
_IMPROVE_SEARCH = " What needs to improve?"
"""The heading of the list of improvements in reports. Each passage in the list is embedded with this heading, so
searching for it finds the list."""
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
"""Subjects of area SEND inspections. When a question on any other subject asks for the latest report, these inspections
do not count."""
LATEST = "latest report"
"""The label that shows that a question refers to the latest report."""
_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"\b(?:thematic|national(?:ly)?|study)\b", re.IGNORECASE), Form.THEMATIC),
    (re.compile(r"\b(?:news|article|press)\b", re.IGNORECASE), Form.ARTICLE),
    (re.compile(LETTER, re.IGNORECASE), Form.LETTER),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks about: an authority, a time, or an authority at a given time."""

    authorities: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What we understood a question to mean, including what earlier questions add to it."""

    text: str
    """The whole standalone question."""
    search_text: str
    """The words left to search for, without the names and times that filters and preferences cover."""
    authorities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Words with a capital letter in mid-sentence: names of places, schemes and bodies, but not of authorities."""
    places: tuple[str, ...] = ()
    """The names that follow "in", "at" or "near"."""
    periods: tuple[Period, ...] = ()
    kinds: tuple[Kind, ...] = ()
    latest: bool = False
    form: Form | None = None
    asks_for_improvements: bool = False
    """Whether the question asks what a report says must improve."""
    claimed_grade: Grade | None = None
    """A grade that the question assumes. The question is then about the report that gave it."""
    parts: tuple[Part, ...] = (Part(),)
    """The parts to search for separately, so that each side of a comparison is found. Never empty."""
    carried_over: tuple[str, ...] = ()
    """What earlier questions added, in words."""
    choices: tuple[Choice, ...] = ()
    """The possible meanings of the question, if it has several. The question is then not answered."""

    @property
    def is_across_reports(self) -> bool:
        """Whether the question is about all reports, and not about an authority, a place or an article."""
        return not (self.authorities or self.places or self.form or self.asks_for_improvements)

    @property
    def labels(self) -> tuple[str, ...]:
        """What we understood, as labels to show to the person who asked."""
        times = (period.words for period in self.periods)
        kinds = (KIND_WORDS[kind] for kind in self.kinds[:1])
        return (*self.authorities, *dict.fromkeys(times), *kinds, *((LATEST,) if self.latest else ()))


def interpret(text: str, authorities: Sequence[str]) -> Interpretation:
    """Interpret a question on its own. ``authorities`` are those that the index has reports on.

    :func:`qa_service.understanding.follow_up.interpret_in_context` adds what earlier questions say.
    """
    text = normalised(text) if normalised(text).strip() else text
    exact = mentions(text, authorities, typed=True)
    spans = [(mention.start, mention.end) for mention in exact]
    misspellings = [
        mention
        for mention in misspelt(text, authorities)
        if not any(start < mention.end and mention.start < end for start, end in spans)
    ]
    named = sorted((*exact, *misspellings), key=lambda mention: mention.start)
    names_of_authorities = tuple(dict.fromkeys(mention.name for mention in named))
    periods = tuple(find_periods(text))
    latest = asks_for_latest(text)
    asks_for_improvements = bool(_IMPROVE.search(text))
    names = names_in(text, named)
    return Interpretation(
        text=text,
        search_text=search_text(text, named, periods) + (_IMPROVE_SEARCH if asks_for_improvements else ""),
        authorities=names_of_authorities,
        names=names,
        places=tuple(name for name in names if re.search(rf"\b(?:in|at|near) {name}\b", text)),
        periods=periods,
        kinds=next((kinds for pattern, kinds in _KINDS if pattern.search(text)), ()),
        latest=latest,
        asks_for_improvements=asks_for_improvements,
        claimed_grade=claimed_grade(text),
        form=next((form for pattern, form in _FORMS if pattern.search(text)), None),
        parts=divide(names_of_authorities, periods, latest=latest, change=asks_about_change(text)),
    )


def is_about_partnership(question: Interpretation) -> bool:
    """Whether a question is about a subject of area SEND inspections."""
    return question.kinds == (Kind.AREA_SEND,) or bool(_SEND.search(question.text))


def as_one_part(question: Interpretation) -> Interpretation:
    """Return the question as a single part to search for, even if it compares several things."""
    return replace(question, parts=(Part(question.authorities, question.periods, question.latest),))


def without_improvements(question: Interpretation) -> Interpretation:
    """Return the question as if it did not ask what a report says must improve."""
    text = question.search_text.removesuffix(_IMPROVE_SEARCH)
    return replace(question, asks_for_improvements=False, search_text=text or question.search_text)


def without_labels(question: Interpretation, labels: Sequence[str]) -> Interpretation:
    """Return the question without the meanings whose labels (from ``Interpretation.labels``) the person rejected."""
    if not labels:
        return question
    authorities = tuple(name for name in question.authorities if name not in labels)
    periods = tuple(period for period in question.periods if period.words not in labels)
    latest = question.latest and LATEST not in labels
    kinds = () if question.kinds and KIND_WORDS[question.kinds[0]] in labels else question.kinds
    return replace(
        question,
        authorities=authorities,
        periods=periods,
        kinds=kinds,
        latest=latest,
        parts=divide(authorities, periods, latest=latest, change=asks_about_change(question.text)),
    )


def without_kinds(text: str) -> str:
    """Return a text without the words that name a kind of inspection."""
    for pattern, _ in _KINDS:
        text = pattern.sub(" ", text)
    return text


def asks_about_change(text: str) -> bool:
    """Whether a question asks how something changed."""
    return bool(_CHANGE.search(text))


def lists_improvements(section: Sequence[str]) -> bool:
    """Whether a section is a report's own list of what must improve."""
    return any(_IMPROVE_SECTION.search(heading) for heading in section[-2:])


def divide(
    authorities: tuple[str, ...], periods: tuple[Period, ...], *, latest: bool, change: bool
) -> tuple[Part, ...]:
    """Divide a question into parts: one for each authority, or else one for each time.

    If it names as many times as authorities, they are paired in order ("Dudley in 2024 or Newham in 2022"). If it names
    one authority and one time, and asks about a change or the latest report, the latest report is a part of its own.
    """
    exact = tuple(dict.fromkeys(period for period in periods if period.exact))
    if len(authorities) > 1:
        paired = len(exact) == len(authorities)
        return tuple(
            Part((name,), (exact[index],) if paired else periods, latest)
            for index, name in enumerate(authorities[:MAX_PARTS])
        )
    if len(exact) > 1:
        return tuple(Part(authorities, (period,)) for period in exact[:MAX_PARTS])
    if authorities and exact and (latest or change):
        return (Part(authorities, exact), Part(authorities, latest=True))
    return (Part(authorities, periods, latest),)
