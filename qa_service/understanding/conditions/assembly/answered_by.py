"""Decides whether the facts of reports answer a question, or only the reports' own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grades import Grade
from qa_service.understanding.conditions.accounting import is_cue, is_modifier, overlaps
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import LISTS, GradeChange, GradeCondition, Wanted
from qa_service.understanding.conditions.wanted import WHO, LocatedWanted
from qa_service.understanding.questions.grade_subjects import is_other_subject

_RATED = re.compile(
    r"\b(?:rated|graded|judged|grades?|ratings?|judge?ments?|ofsted|inspected|outcome|overall|found to be|"
    r"deemed|classed|"
    r"declared|awarded|given|considered|placed|ranked|scored)\b"
)
GRADE_OF_AUTHORITY = pattern(rf"{{G}}(?: or {{G}})? (?:rated )?{WHO}")
"""A grade before the noun that it describes: "good authorities"."""
_BEING = pattern(
    r"\b(?:is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|not|require|n't|than|least|get|got|become|became|only|"
    r"below|above|neither|never|ever|still|remain(?:s|ed)?|or|from|to|lost|lose|have|has|had|receive|received|"
    r"which|with|at|out|saw|was) "
    r"(?:[^ ]+ ){0,5}?{G}"
)
"""A grade after a verb: "are good", "have never been good"."""
_REQUIRE = pattern(rf"{WHO} (?:[^ ]+ ){{0,2}}{{G}}")
"""A grade in the form of a verb: "councils require improvement"."""
_GOOD = frozenset({Grade.GOOD})
"""The only grade that is also an everyday adjective."""
_DENIAL = re.compile(r"(?:not|no|never|without|neither|nor|except|excluding|n't)\b|\w+n't\b")
_ABOUT = re.compile(
    r"\b(?:about|mention(?:s|ed|ing)?|say|says|said|talk(?:s|ed)?|discuss(?:es|ed)?|refer(?:s|red)?|regarding|describ\w+|"
    r"criticis\w+|prais\w+)\b"
)
_GRADE_NOUN = re.compile(r"\b(?:grade|rating|judge?ment|outcome|result)s?\b")
_OBJECT = pattern(
    r"\b(?:re-?)?inspected\b|\bvisited\b|\bhold\b|\bhave you got\b|\bcover(?:ed)?\b|\bin the index\b|\bdo you have\b|"
    r"\bthere\b|{K}"
)


def looks_like_facts(found: Found) -> bool:
    """Whether a question has conditions on grades that a query cannot apply, although facts do not answer it."""
    certain = any(located.certain for located in found.stated)
    return bool(found.stated) and (certain or bool(_RATED.search(found.slotted.text)))


def facts_answer(found: Found, wanted: LocatedWanted, left: Sequence[Extent]) -> bool:
    """Whether the facts of reports answer a question, even if some of its words are left over."""
    text = found.slotted.text
    plain = [
        s
        for s in found.stated
        if isinstance(s.condition, GradeCondition) and s.condition.grades == _GOOD and not s.certain
    ]
    if plain and not any(expression.search(text) for expression in (_RATED, _BEING, GRADE_OF_AUTHORITY, _REQUIRE)):
        return False  # "good supervision" is not a grade
    if wanted.wanted is Wanted.GRADES and is_other_subject(found.slotted.question, (text[slice(*e)] for e in left)):
        return False  # "the verdict on supervision" is not a grade
    if found.newest or found.new:
        return not left  # what reports say about something is not a list of reports
    if found.theme:
        return not left or is_modifier(found.slotted, left, wanted.extent)
    if wanted.wanted in LISTS and not _GRADE_NOUN.search(text) and _unused_area(found):
        return False  # "how has Orle done on leadership, all inspections" does not ask for a list of inspections
    of_authorities = wanted.wanted is Wanted.AUTHORITIES and not found.stated
    if not left:
        return not of_authorities or _has_object(found.slotted)
    if _ABOUT.search(text) and not _RATED.search(text):
        return False
    if wanted.wanted in LISTS and denies(text, left):
        return False
    moves = any(isinstance(located.condition, GradeChange) and not located.certain for located in found.stated)
    if moves and not _RATED.search(text) and not all(is_cue(text[start:end]) for start, end in left):
        return False  # "better at dealing with neglect" is about what reports say
    alone = (Wanted.DATE, Wanted.PERSON, Wanted.REPORTS, Wanted.GRADES)
    by_facts = bool(found.stated) or wanted.wanted in alone
    complete = _has_object(found.slotted) if of_authorities else by_facts
    return complete and is_modifier(found.slotted, left, wanted.extent)


def _unused_area(found: Found) -> bool:
    """Whether a question names a graded area that none of its conditions includes."""
    used = found.used
    areas = [(at, at + 1) for at, _ in found.slotted.positions(Slot.AREA)]
    return any(not overlaps(area, used) for area in areas)


def _has_object(slotted: SlottedText) -> bool:
    """Whether a question that names no grade asks which authorities were inspected, or which authorities we have."""
    return bool(_OBJECT.search(slotted.text))


def denies(text: str, extents: Sequence[Extent]) -> bool:
    """Whether the words at any of the given places deny something.

    An answer that ignored these words would say the opposite.
    """
    return any(_DENIAL.match(text[start:end]) for start, end in extents)
