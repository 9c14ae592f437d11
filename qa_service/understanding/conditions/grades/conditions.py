"""Finds conditions on grades: "not inadequate", "never good", "good for leaders but not for help and protection"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grades import Area
from qa_service.understanding.conditions.grades.sets import ALL_GRADES, GradeSet, find_grade_sets
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import AreaScope, GradeCondition, LocatedCondition, Truth

_NEVER = re.compile(r"\bnever\b|\bnot (?:\w+ )?(?:ever|once)\b|n't (?:\w+ )?ever\b|\bat no (?:time|point)\b")
_ALWAYS = pattern(
    r"\balways\b|\bevery time\b|\bconsistently\b|\bthroughout\b|"
    r"\b(?:at|in|on) (?:each|every|all)(?: single| one)?(?: of)?(?: (?:its|their|the|these|those))* {K}|"
    r"^\W*(?:has|have|were|was|are|is|did) (?:each|every|all)(?: single| one)?(?: of)?"
    r"(?: (?:its|their|the|{N}(?:'s?)?))* {K}"
)
_EVER = pattern(
    r"\bever\b|\bat any (?:time|point|stage|{K})|\bat some (?:time|point|stage)\b|\bat least once\b|\bat any {K}|"
    r"\b(?:in|at|on) (?:at least one|any|one or more|some)(?: of)?(?: (?:its|their|the))* (?:{K}|occasions?\b)|"
    r"\bat one time\b"
)
_TRUTHS = ((_NEVER, Truth.NEVER), (_ALWAYS, Truth.ALWAYS), (_EVER, Truth.EVER))
_CLAUSE = re.compile(r";|\b(?:but|yet|although|though|while|whereas)\b")
"""The beginning of another clause, to which "ever" and "never" in the first clause do not apply."""
_FORMERLY = re.compile(r"\b(?:no longer|stopped being|ceased to be) (?:(?:rated|judged|graded|an?|as) )*$")
_NOT_NOW = pattern(r"(?: overall| {A})? ?,? ?(?:but|and) (?:(?:is|are|was|were) )?no longer(?: (?:is|are|so))?")
_ONCE = re.compile(r"\b(?:once|previously|formerly|used to be|had been)\b")
_AREA_WORDS = (
    r"(?:areas?|judge?ments?|categor(?:y|ies)|measures?|counts|services|aspects?|grades?|strands?|parts?|elements?)"
)
_OF_THEM = r"(?: of)?(?: (?:the|its|their|graded|judged|four|five|separate|other|{N}(?:'s?)?))* "
_EVERY_AREA = pattern(
    rf"\b(?:(?:in|for|on|across|at) )?(?:each|every|all)(?: single)?{_OF_THEM}{_AREA_WORDS}\b|"
    r"\bacross the board\b|\b(?:for|in) everything\b"
)
_ANY_AREA = pattern(
    rf"\b(?:(?:in|for|on|with|have|has|had) )?(?:any|some|at least one|one or more){_OF_THEM}(?:{{G}}(?: or {{G}})? )?"
    rf"{_AREA_WORDS}\b|\banywhere\b|"
    r"\b(?:is|are|was|were) (?:any|some)thing\b(?! (?:but|other|except|apart))"
)
_BUT_NOT = pattern(
    r"\bbut (?:not (?:(?:in|for|on|their|its|the) )*(?P<after>{A})|"
    r"(?:(?:in|for|on|their|its|the) )*(?P<before>{A}) (?:(?:is|are|was|were) )?(?:not|isn't|aren't|wasn't|weren't)\b)"
    r"(?! (?:\w+ )?{G})"
)
"""An area that must not have the grades named before it: "good for leaders but not for help and protection"."""
_VERB_BETWEEN = re.compile(r" (?:is|are|was|were|remains?|stayed)(?: \w+){0,2} $")
"""The words between an area and its grade: "while help and protection is only good"."""


def find_grade_conditions(slotted: SlottedText) -> list[LocatedCondition]:
    """Return the conditions on grades in a question, in order."""
    sets = find_grade_sets(slotted)
    scope, scope_extent = area_scope(slotted.text)
    located: list[LocatedCondition] = []
    but_not = _BUT_NOT.search(slotted.text)
    denied_at = max(but_not.span("after")[0], but_not.span("before")[0]) if but_not else None
    for grade_set, areas in zip(sets, _areas_by_set(slotted, sets, denied_at), strict=True):
        truth, truth_extent = _truth_of(slotted.text, grade_set)
        if formerly := _FORMERLY.search(slotted.text[: grade_set.start]) or _NOT_NOW.match(slotted.text, grade_set.end):
            located += _once(grade_set, areas, formerly, slotted.text)
            continue
        # "never good" says how many inspections gave the grade, but does not deny the grade itself
        denied = grade_set.denied and truth is not Truth.NEVER
        grades = ALL_GRADES - grade_set.grades if denied else grade_set.grades
        extents = [extent for extent in ((grade_set.start, grade_set.end), truth_extent) if extent]
        certain = bool(grade_set.operator) or grade_set.denied or len(grade_set.grades) > 1
        if not grades:
            continue
        for at, area in areas:
            located.append(
                LocatedCondition(GradeCondition(grades, area, truth, denied), (*extents, (at, at + 1)), certain)
            )
        if not areas:
            if scope_extent:
                extents.append(scope_extent)
            of_scope = _opposite(scope) if denied else scope
            located.append(LocatedCondition(GradeCondition(grades, of_scope, truth, denied), tuple(extents), certain))
    if but_not and denied_at is not None:
        located += _denied_for_area(slotted, sets, denied_at, but_not)
    return located


def _denied_for_area(
    slotted: SlottedText, sets: Sequence[GradeSet], at: int, but_not: re.Match[str]
) -> list[LocatedCondition]:
    """Return the condition that an area must not have any of the grades named before it."""
    area = slotted.entity_at(at)
    preceding = [grade_set for grade_set in sets if grade_set.end <= but_not.start()]
    grades = ALL_GRADES - preceding[-1].grades if preceding else frozenset()
    if area is None or not grades:
        return []
    return [LocatedCondition(GradeCondition(grades, area.value, denied=True), (but_not.span(),), certain=True)]


def _once(
    grade_set: GradeSet, areas: Sequence[tuple[int, Area]], formerly: re.Match[str], text: str
) -> list[LocatedCondition]:
    """Return the two conditions in "no longer inadequate": inadequate at some inspection, but not the latest."""
    area = areas[0][1] if areas else None
    extents: tuple[Extent, ...] = (
        (grade_set.start, grade_set.end),
        formerly.span(),
        *((at, at + 1) for at, _ in areas),
    )
    if once := _ONCE.search(text):
        extents += (once.span(),)
    then = GradeCondition(grade_set.grades, area, Truth.EVER)
    now = GradeCondition(ALL_GRADES - grade_set.grades, area, denied=True)
    return [LocatedCondition(then, extents, certain=True), LocatedCondition(now, extents, certain=True)]


def _areas_by_set(slotted: SlottedText, sets: Sequence[GradeSet], left_out: int | None) -> list[list[tuple[int, Area]]]:
    """Return the areas that belong to each set of grades, except the one at ``left_out``.

    An area belongs to the set before it, or to the first set if it comes before all sets. If each set has an area
    before it and none after it, each area belongs to the set that follows it.
    """
    areas = [(at, entity.value) for at, entity in slotted.positions(Slot.AREA) if at != left_out]
    owned: list[list[tuple[int, Area]]] = [[] for _ in sets]
    if not sets:
        return owned
    area_first = bool(areas) and areas[0][0] < sets[0].start and areas[-1][0] < sets[-1].start
    if area_first and len(areas) > 1 and len(sets) > 1:
        for at, area in areas:
            following = next(number for number, grade_set in enumerate(sets) if at < grade_set.end)
            owned[following].append((at, area))
    else:
        for at, area in areas:
            preceding = [number for number, grade_set in enumerate(sets) if grade_set.start <= at]
            after = len(preceding)
            if preceding and after < len(sets) and _VERB_BETWEEN.fullmatch(slotted.text[at + 1 : sets[after].start]):
                preceding.append(after)
            owned[preceding[-1] if preceding else 0].append((at, area))
    only = [of_set for of_set in owned if of_set]
    shared = only[0] if len(only) == 1 else []
    return [of_set or shared for of_set in owned]


def _truth_of(text: str, grade_set: GradeSet) -> tuple[Truth, Extent | None]:
    """Return which inspections must have given one of the grades. The clause that names the grades decides this."""
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    start = max((end for end in ends if end <= grade_set.start), default=0)
    end = min((end for end in ends if end >= grade_set.end), default=len(text))
    truth, extent = _truth(text[start:end])
    return truth, (extent[0] + start, extent[1] + start) if extent else None


def _truth(text: str) -> tuple[Truth, Extent | None]:
    for words, truth in _TRUTHS:
        if match := words.search(text):
            return truth, match.span()
    return Truth.PICKED, None


def area_scope(text: str) -> tuple[AreaScope | None, Extent | None]:
    """Return whether a slotted text refers to every area or to any area, and the extent of the words."""
    for words, scope in ((_EVERY_AREA, AreaScope.EVERY), (_ANY_AREA, AreaScope.ANY)):
        if match := words.search(text):
            return scope, match.span()
    return None, None


def _opposite(scope: AreaScope | None) -> AreaScope | None:
    """Return the scope of a denial: "not good in every area" means that at least one area has another grade."""
    if scope is None:
        return None
    return AreaScope.ANY if scope is AreaScope.EVERY else AreaScope.EVERY
