"""Finds conditions on grades: "at least good", "not inadequate", "better for care leavers than overall"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.grades import Area, Grade, Relation
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import (
    DIFFERENT,
    AreaComparison,
    AreaScope,
    Condition,
    GradeCondition,
    Truth,
)

ALL_GRADES = frozenset(Grade)
Extent = tuple[int, int]
"""A part ``[start, end)`` of a slotted text."""
_GROUP = pattern(r"{G}(?:(?: ?/ ?|,? (?:or|and|nor) (?:an? )?(?:rated |judged |graded )?|, ){G})*")
_ARTICLES = r"(?:an? |the |as |to be |rated |judged |graded |overall )*"
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words}) {_ARTICLES}$"), operator)
    for operator, words in (
        (
            "at least",
            r"at least|(?:a )?minimum (?:of|grade of)|(?:no|not?|nothing|n't) (?:worse|lower|less|poorer) than",
        ),
        ("at least", r"(?:not|never|nothing) below|as good as"),
        ("at most", r"at (?:most|best)|(?:no|not|nothing|n't) (?:better|higher|more) than|not above|a maximum of"),
        (
            "worse",
            (
                r"(?:(?:dropp?(?:ed)?|f[ae]ll(?:en)?|slip(?:ped)?|gone|went) )?below|(?:less|worse|lower|poorer|"
                r"weaker) than|under|beneath|short of"
            ),
        ),
        ("better", r"(?:better|higher|more|stronger|greater) than|above|over|exceed(?:s|ed|ing)?|beyond"),
    )
)
_AFTER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:,? (?:or|and) (?:{words})|/(?:{words}))(?: than that)?\b"), operator)
    for operator, words in (
        ("at least", r"better|above|higher|over|more|up(?:wards)?"),
        ("at most", r"worse|below|lower|less|under|poorer"),
    )
)
_VERBS = (
    r"(?:(?:been|being|be|get|got|getting|given|is|are|was|were|have|has|had|yet|currently|ever|once|their|its|"
    r"considered|deemed|found|rated|judged|graded|declared|awarded|receiv(?:e|ed)|achiev(?:e|ed|ing)|assessed|scored?|"
    r"any areas?|a single area|one area|ranked|overall|to be|as|at|an?|the|classed|in|for|by|ofsted|inspectors|"
    r"either|reach(?:ed)?|hold|holding|"
    r"that|which|who|ones|those|one)\b[ ,]*)*"
)
_DENIED = pattern(
    r"(?:\bnot|n't|\bnever|\bwithout|\black(?:s|ed|ing)?|\bfail(?:s|ed|ing)? to|\bmiss(?:ed|es|ing)(?: out on)?|"
    r"\bneither|\b(?:anything|something|everything|any grade|a grade|grades?) (?:but|other than|except|apart from)|"
    r"\bother than|\bapart from|\bexcept(?: for)?|\bexcluding|\bbut not|\brather than|\binstead of|\bnon)"
    rf"[ -]*{_VERBS}(?:{{A}} )?{_VERBS}$"
)
_NEVER = re.compile(r"\bnever\b|\bnot (?:\w+ )?(?:ever|once)\b|n't (?:\w+ )?ever\b|\bat no (?:time|point)\b")
_ALWAYS = pattern(
    r"\balways\b|\bevery time\b|\bconsistently\b|\bthroughout\b|"
    r"\b(?:at|in|on) (?:each|every|all)(?: single| one)?(?: of)?(?: (?:its|their|the|these|those))* {K}"
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
_OF_THEM = r"(?: of)?(?: (?:the|its|their|graded|judged|four|five|separate|other))* "
_EVERY_AREA = re.compile(
    rf"\b(?:(?:in|for|on|across|at) )?(?:each|every|all)(?: single)?{_OF_THEM}{_AREA_WORDS}\b|"
    r"\bacross the board\b|\b(?:for|in) everything\b"
)
_ANY_AREA = pattern(
    rf"\b(?:(?:in|for|on|with|have|has|had) )?(?:any|some|at least one|one or more){_OF_THEM}(?:{{G}}(?: or {{G}})? )?"
    rf"{_AREA_WORDS}\b|\banywhere\b|"
    r"\b(?:is|are|was|were) (?:any|some)thing\b(?! (?:but|other|except|apart))"
)
_RELATION = pattern(
    r"\b(?:(?P<at_least>at least as (?:good|well|high(?:ly)?)|no worse|no lower|as good(?: as)? or better)|"
    r"(?P<at_most>no (?:better|higher))|"
    r"(?P<better>better|best|higher|highest|above(?! (?:an? )?{G})|"
    r"stronger|strongest|more (?:highly|favourably|positively))|"
    r"(?P<worse>worse|worst|lower|lowest|below(?! (?:an? )?{G})|"
    r"weaker|weakest|poorer|poorest|less (?:well|highly|good|favourably|positively))|"
    r"(?P<different>different(?:ly)?|differ(?:s|ed)?|unequal(?:ly)?)|"
    r"(?P<same>(?:the )?same|equal(?:ly)?|identical(?:ly)?|as (?:good|well|high(?:ly)?)|match(?:es|ed|ing)?))\b"
)
_RELATIONS = {
    "at_least": frozenset({Relation.BETTER, Relation.SAME}),
    "at_most": frozenset({Relation.SAME, Relation.WORSE}),
    "better": frozenset({Relation.BETTER}),
    "worse": frozenset({Relation.WORSE}),
    "different": DIFFERENT,
    "same": frozenset({Relation.SAME}),
}
_DENIED_RELATION = re.compile(
    r"(?:\bnot|n't|\bnever) (?:(?:on|at|get|got|have|had|with|been|being|be|rated|graded|judged|do|doing|as|any|"
    r"a|an|the) )*$"
)
_BUT_NOT = pattern(
    r"\bbut (?:not (?:(?:in|for|on|their|its|the) )*(?P<after>{A})|"
    r"(?:(?:in|for|on|their|its|the) )*(?P<before>{A}) (?:(?:is|are|was|were) )?(?:not|isn't|aren't|wasn't|weren't)\b)"
    r"(?! (?:\w+ )?{G})"
)
"""An area that does not have the grades named before it: "good for leaders but not for help and protection"."""
_VERB_BETWEEN = re.compile(r" (?:is|are|was|were|remains?|stayed)(?: \w+){0,2} $")
"""The words between an area and its grade: "while help and protection is only good"."""
_REFERENCE = re.compile(r"\b(?:compared (?:with|to)|next to|relative to|against) (?:the |its |their )*$")
_BOTH = re.compile(r"\b(?:and|&)\b")
_JOINED = re.compile(r"\b(?:than|above|below|as|from|to|with|and)\b")


@dataclass(frozen=True, slots=True)
class LocatedCondition:
    """A condition, and the parts of the slotted text that state it."""

    condition: Condition
    extents: tuple[Extent, ...]
    certain: bool = False
    """Whether the words can only mean grades. "Less than good" can, but "good" has other meanings."""


@dataclass(frozen=True, slots=True)
class _GradeSet:
    """Grades that a text names together, and whether it denies them."""

    grades: frozenset[Grade]
    start: int
    end: int
    denied: bool
    operator: str = ""
    """The operator that widens them: "at least", "worse" and so on."""


def find_grade_conditions(slotted: SlottedText) -> list[LocatedCondition]:
    """Return the conditions on grades in a question, in order."""
    sets = [s for match in _GROUP.finditer(slotted.text) for s in _grade_sets(slotted, match)]
    scope, scope_extent = area_scope(slotted.text)
    located: list[LocatedCondition] = []
    but_not = _BUT_NOT.search(slotted.text)
    denied_at = max(but_not.span("after")[0], but_not.span("before")[0]) if but_not else None
    for grade_set, areas in zip(sets, _areas_by_set(slotted, sets, denied_at), strict=True):
        truth, truth_extent = _truth_of(slotted.text, grade_set)
        if formerly := _FORMERLY.search(slotted.text[: grade_set.start]) or _NOT_NOW.match(slotted.text, grade_set.end):
            located += _once(grade_set, areas, formerly, slotted.text)
            continue
        # "never good" says how many inspections gave the grade, and does not deny the grade itself
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
    slotted: SlottedText, sets: Sequence[_GradeSet], at: int, but_not: re.Match[str]
) -> list[LocatedCondition]:
    """Return the condition that an area must not have any of the grades named before it."""
    area = slotted.entity_at(at)
    preceding = [grade_set for grade_set in sets if grade_set.end <= but_not.start()]
    grades = ALL_GRADES - preceding[-1].grades if preceding else frozenset()
    if area is None or not grades:
        return []
    return [LocatedCondition(GradeCondition(grades, area.value, denied=True), (but_not.span(),), certain=True)]


def _once(
    grade_set: _GradeSet, areas: Sequence[tuple[int, Area]], formerly: re.Match[str], text: str
) -> list[LocatedCondition]:
    """Return the two conditions in "no longer inadequate": inadequate at some inspection, but not at the latest one."""
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


def with_grade_sets(slotted: SlottedText) -> SlottedText:
    """Return a text in which grades that are named together form one entity, with the words that widen or deny them."""
    sets = [_grade_set(slotted, match) for match in _GROUP.finditer(slotted.text)]
    parts: list[tuple[int, int, Slot, frozenset[Grade]]] = []
    for s in sets:
        grades = ALL_GRADES - s.grades if s.denied else s.grades
        if not parts or parts[-1][1] <= s.start:
            parts.append((s.start, s.end, Slot.GRADE_SET, grades))
    return slotted.reduced(parts)


def find_area_comparison(slotted: SlottedText) -> LocatedCondition | None:
    """Return how two areas compare: "better for care leavers than overall". None if the question compares no areas."""
    areas = [(at, entity.value) for at, entity in slotted.positions(Slot.AREA)]
    if len(areas) != 2 or slotted.positions(Slot.GRADE):
        return None
    (first, first_area), (second, second_area) = areas
    reference = _REFERENCE.search(slotted.text[:first])
    if reference and (found := _RELATION.search(slotted.text, first)):
        comparison = AreaComparison(second_area, _relations(slotted.text, found)[0], first_area)
        return LocatedCondition(comparison, ((reference.start(), max(found.end(), second + 1)),))
    for match in _RELATION.finditer(slotted.text):
        if (
            match.start() > second
            and match.lastgroup in ("same", "different")
            and _BOTH.search(slotted.text[first:second])
        ):
            relations, _ = _relations(slotted.text, match)
            return LocatedCondition(AreaComparison(first_area, relations, second_area), ((first, match.end()),))
        if match.start() > second or not _JOINED.search(slotted.text[max(first, match.start()) : second]):
            continue
        relations, denial = _relations(slotted.text, match)
        start = denial.start() if denial else match.start()
        comparison = AreaComparison(first_area, relations, second_area)
        return LocatedCondition(comparison, ((min(start, first), second + 1),))
    return None


def _relations(text: str, match: re.Match[str]) -> tuple[frozenset[Relation], re.Match[str] | None]:
    """Return the relations that a match means, and the match for its denial if it has one."""
    relations = _RELATIONS[str(match.lastgroup)]
    denial = _DENIED_RELATION.search(text[: match.start()])
    return (frozenset(Relation) - relations if denial else relations), denial


def relation_in(text: str) -> tuple[frozenset[Relation], Extent] | None:
    """Return the first comparison in a slotted text, and its place: "better", "not worse". None if there is none."""
    match = _RELATION.search(text)
    if match is None:
        return None
    relations, denial = _relations(text, match)
    return relations, (denial.start() if denial else match.start(), match.end())


def _grade_sets(slotted: SlottedText, match: re.Match[str]) -> list[_GradeSet]:
    """Return the sets of grades in a group: one set, unless it says "both inadequate and outstanding"."""
    if not slotted.text[: match.start()].endswith("both ") or " and " not in match.group():
        return [_grade_set(slotted, match)]
    at = [place for place, _ in slotted.positions(Slot.GRADE) if match.start() <= place < match.end()]
    starts = [match.start() - len("both "), *at[1:]]
    return [
        _GradeSet(frozenset({entity.value}), start, place + 1, denied=False)
        for start, place in zip(starts, at, strict=True)
        if (entity := slotted.entity_at(place))
    ]


def _grade_set(slotted: SlottedText, match: re.Match[str]) -> _GradeSet:
    text, (start, end) = slotted.text, match.span()
    grades = frozenset(entity.value for entity in slotted.entities_in(start, end, Slot.GRADE))
    operator = ""
    if after := next(((m, op) for words, op in _AFTER if (m := words.match(text, end))), None):
        operator = after[1]
        grades, end = _widened(grades, operator), after[0].end()
    else:
        before = next(((m, op) for words, op in _BEFORE if (m := words.search(text[:start]))), None)
        if before:
            operator = before[1]
            grades, start = _widened(grades, operator), before[0].start()
    denial = _DENIED.search(text[:start])
    return _GradeSet(grades, denial.start() if denial else start, end, denial is not None, operator)


def _widened(grades: frozenset[Grade], operator: str) -> frozenset[Grade]:
    """Return the grades that an operator allows: those at least as good as the worst one named, and so on."""
    order = list(Grade)  # this order goes from the best to the worst
    best, worst = min(map(order.index, grades)), max(map(order.index, grades))
    admitted = {
        "at least": order[: worst + 1],
        "at most": order[best:],
        "better": order[:best],
        "worse": order[worst + 1 :],
    }
    return frozenset(admitted[operator])


def _areas_by_set(
    slotted: SlottedText, sets: Sequence[_GradeSet], left_out: int | None
) -> list[list[tuple[int, Area]]]:
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


def _truth_of(text: str, grade_set: _GradeSet) -> tuple[Truth, Extent | None]:
    """Return which inspections must have given one of the grades, judging by the clause that names the grades."""
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
