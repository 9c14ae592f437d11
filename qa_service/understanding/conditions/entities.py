"""Finds the kinds of inspection, areas, grades and exact phrases that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.facts.kinds import any_words, asked_words
from corpus.grades import AREAS, GRADE_WORDS, grade_named
from corpus.names.authorities import Mention
from corpus.types import FULL_INSPECTIONS, VISITS, Kind
from qa_service.understanding.conditions.slots import Entity, Slot
from qa_service.understanding.times.period import Period

INSPECTIONS = (*FULL_INSPECTIONS, Kind.AREA_SEND, Kind.JOINT_TARGETED, Kind.LSCB_REVIEW, Kind.LOOKED_AFTER)
"""The kinds of inspection that the word "inspection" means on its own. Visits are not included, because people do not
call a visit an inspection."""
_KINDS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"(?:ofsted )?monitoring (?:visit|letter|report|inspection)s?", (Kind.MONITORING_VISIT,)),
    (r"focus+ed (?:visit|letter|report|inspection)s?", (Kind.FOCUSED_VISIT,)),
    (r"(?:joint )?(?:local )?(?:area )?\bsend\b (?:inspection|report|visit|letter)s?|send local area inspections?",
     (Kind.AREA_SEND,)),
    (r"joint targeted(?: area)? (?:inspection|report|visit)s?|jtais?(?: (?:inspection|report|visit)s?)?",
     (Kind.JOINT_TARGETED,)),
    (r"(?:lscb|safeguarding(?: children)? board) reviews?", (Kind.LSCB_REVIEW,)),
    (r"inspections? of (?:safeguarding and looked[- ]after children services|services for looked[- ]after children)",
     (Kind.LOOKED_AFTER,)),
    (r"looked[- ]after children inspections?", (Kind.LOOKED_AFTER,)),
    (r"(?:full|graded|standard|main|whole)(?: ofsted)?(?: (?:graded|ilacs|standard))? (?:re-?)?(?:inspection|report)s?",
     FULL_INSPECTIONS),
    (r"ilacs(?: (?:inspection|report)s?)?|inspections? under (?:the )?ilacs(?: framework)?", (Kind.ILACS,)),
    (r"single(?: framework)? inspections?|sif inspections?", (Kind.SINGLE_INSPECTION,)),
    (r"short inspections?", (Kind.SHORT,)),
    (r"(?:re-?)?inspections?", INSPECTIONS),
    (r"visits?", VISITS),
    (r"(?:inspection )?reports?|documents?|pdfs?|files?", ()),
    (r"letters?(?! (?:before|to|from|sent)\b)", ()),
)  # fmt: skip
_OTHERS = tuple((any_words(asked), (kind,)) for kind, asked in asked_words())
"""The words for the kinds in the list of kinds. We match them first, because "inspection" means certain other kinds."""
_KIND = tuple((re.compile(rf"\b(?:{words})\b(?!['’]s)", re.IGNORECASE), kinds) for words, kinds in (*_OTHERS, *_KINDS))
_GRADE = re.compile(rf"\b(?P<words>{GRADE_WORDS}|RI(?-i:\b))\b", re.IGNORECASE)
_NOT_A_GRADE = re.compile(
    r"\s+(?:practice|work\b|working|support|quality|enough|at (?!every|each|all|any|its|their|present|both|one|"
    r"some|least|the (?:last|first|latest|previous|next|inspection|moment|time|end|start|"
    r"beginning|middle|close|turn|\d))|examples?|progress|"
    r"relationships?|outcomes?|use\b|time\b|"
    r"care\b(?! leavers?)|news|idea|reason|job|understanding|oversight|supervision|management|knowledge|access|start|"
    r"to (?!be|excellent|outstanding|requir|inadequate|good|not|better|worse|less|at|a |an )\w+|education|"
    r"health|information|attendance|decisions?|planning|plans?|assessments?)",
    re.IGNORECASE,
)
"""If one of these words follows "good", "good" is not a grade."""
_BEFORE_PLAIN = ("how ", "so ", "anything ", "something ", "nothing ", "everything ")
"""If one of these words comes before "good", "good" is not a grade."""
_PHRASE = re.compile(r"[\"“”]([^\"“”]{2,200})[\"“”]")


def entities_of(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> list[Entity]:
    """Return everything that a question names.

    ``named`` and ``periods`` are the authorities and times that it names.
    """
    return [
        *phrases_in(text),
        *(Entity(Slot.AUTHORITY, mention.name, mention.start, mention.end) for mention in named),
        *(Entity(Slot.TIME, period, period.start, period.end) for period in periods),
        *kinds_in(text),
        *grades_in(text),
        *areas_in(text),
    ]


def kinds_in(text: str) -> Iterator[Entity]:
    """Yield the words for reports and inspections, each with the kinds that it means.

    An empty tuple means all kinds.
    """
    for expression, kinds in _KIND:
        for match in expression.finditer(text):
            yield Entity(Slot.KIND, kinds, *match.span())


def areas_in(text: str) -> Iterator[Entity]:
    """Yield the graded areas that a text names."""
    for area in AREAS:
        for match in area.asked.finditer(text):
            yield Entity(Slot.AREA, area, *match.span())


def grades_in(text: str) -> Iterator[Entity]:
    """Yield the grades that a text names. "Good practice" is not a grade."""
    for match in _GRADE.finditer(text):
        words = match["words"]
        grade = grade_named("requires improvement" if words == "RI" else words)
        before = text[: match.start()].lower()
        plain = words.lower() == "good" and (before.endswith(_BEFORE_PLAIN) or _NOT_A_GRADE.match(text, match.end()))
        if grade and not plain:
            yield Entity(Slot.GRADE, grade, *match.span())


def phrases_in(text: str) -> Iterator[Entity]:
    """Yield the exact phrases that are in double quotation marks in a text."""
    for match in _PHRASE.finditer(text):
        yield Entity(Slot.PHRASE, match[1].strip(), *match.span())
