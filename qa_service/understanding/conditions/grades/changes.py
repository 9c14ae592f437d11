"""Finds changes of grade from one inspection to the next: "from inadequate to good", "got worse", "still good"."""

from __future__ import annotations

import re

from corpus.grades import OVERALL, Area, Grade, Relation
from qa_service.understanding.conditions.grades.relations import relation_in
from qa_service.understanding.conditions.grades.sets import ALL_GRADES, with_grade_sets
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import DIFFERENT, GradeChange, LocatedCondition, Steps
from qa_service.understanding.times.numbers import NUMBER, number_of
from qa_service.understanding.times.period import Period

_BETTER, _WORSE, _SAME = (frozenset({relation}) for relation in (Relation.BETTER, Relation.WORSE, Relation.SAME))
_AREA = r"(?: (?:for|in|on|at) (?:their |its |the )*{A})?"
_GRADE = r"(?:an? |being |rated |judged |graded |overall |their |its )*(?P<{name}>{{S}})"
_UP = (
    r"(?:improv(?:e|es|ed|ing)|r[io]sen?|rising|went up|go(?:ne|es)? up|mov(?:e|ed|es|ing) up|up|upgraded|promoted|"
    r"progress(?:ed)?|got better|increased|bettered|(?:c[ao]me|climb(?:ed|s)?|moved?|g[eo]t|emerged?) out)"
)
_DOWN = (
    r"(?:declin(?:e|ed|es|ing)|f[ae]ll(?:en|s)?|dropp?(?:ed|s|ing)?|slipp?(?:ed|s)?|went down|go(?:ne|es)? down|"
    r"mov(?:e|ed|es|ing) down|down|downgraded|demoted|deteriorat(?:e|ed|es|ing)|got worse|worsen(?:ed|s)?|decreased)"
)
_ANY = (
    r"(?:went|go|gone|goes|mov(?:e|ed|es|ing)|chang(?:e|ed|es|ing)|c[ao]me|became|become|turned|got|switched|jumped|"
    r"was|were|been|rated|judged|graded|shifted|transition(?:ed)?|changes?|moves?|journey|straight)"
)
_STILL = (
    r"(?:still|remain(?:s|ed|ing)?|stay(?:s|ed|ing)?|ke(?:pt|eps?)|retain(?:s|ed|ing)?|maintain(?:s|ed|ing)?|"
    r"continu(?:e|es|ed) to be|held on to|h[eo]ld onto)"
)


def _compiled(expression: str) -> re.Pattern[str]:
    for name in ("before", "after"):
        expression = expression.replace(f"<{name}>", _GRADE.format(name=name).replace("{{", "{").replace("}}", "}"))
    return pattern(expression)


_FROM_TO = _compiled(
    rf"\b(?:(?:{_UP}|{_DOWN}|{_ANY})(?: back| all the way| right)?{_AREA} )?"
    r"from <before>" + _AREA + r"(?: (?:straight |up |down |directly )?)"
    r"(?:to|into) <after>"
)
_WAS_NOW = _compiled(
    r"\b(?:was|were|previously|once|formerly|used to be|had been)(?: (?:once|previously|formerly|rated|"
    r"judged))* <before>"
    r"(?: before| previously)?,? (?:and|but|then)(?: (?:is|are|then|later|became|has|have|been|rated|judged))* "
    r"(?:now |became |is |are |later )+(?:rated |judged )?<after>(?: now)?"
)
_STEPS = tuple(
    (pattern(expression), steps)
    for expression, steps in (
        (
            (
                r"\b(?:straight|directly|immediately|overnight)\b|\bfrom one {K} to the next\b|"
                r"\b(?:in|at|with) (?:just |only )?(?:a single|one) (?:go|step|jump|move|leap|bound|{K})"
            ),
            Steps.ONE,
        ),
        (
            (
                r"\ball the way\b|\b(?:eventually|ultimately|over (?:time|the years)|step by step)\b|"
                r"\b(?:in|over|across) (?:however many|any number of|several|two or more|more than one|a number of) "
                r"(?:steps?|stages?|goes|moves|{K})"
            ),
            Steps.ANY,
        ),
    )
)
_UP_FROM = _compiled(rf"\b{_UP}{_AREA} (?:from|of) <before>")
_DOWN_FROM = _compiled(rf"\b{_DOWN}{_AREA} from <before>")
_UP_TO = _compiled(rf"\b{_UP}{_AREA} to <after>")
_DOWN_TO = _compiled(rf"\b{_DOWN}{_AREA} to <after>")
_BECAME = _compiled(r"\b(?:became|become|becoming|turn(?:ed|s)?|moved to|went to|changed to|jumped to) <after>")
_LOST = _compiled(r"\b(?:los[et]|losing)(?: (?:its|their|the|an?))? <before>")
_KEPT = _compiled(rf"\b{_STILL}(?: (?:been|at|as|is|are|have|has|got|stuck|on|with))* <before>")
_AS_NOW = re.compile(r"(?:still|remains?|continues? to be)\b")
"""The words in ``_STILL`` that are about the present, if no verb in the past tense comes before them."""
_IN_THE_PAST = re.compile(r"\b(?:was|were|had|been|did)\b[^.?!,;]*$")
LAST_TWO = pattern(
    r"\b(?:(?:between|across|over|at|in|from|of|on|during|comparing) )?(?:both (?:of )?)?(?:(?:the|its|their|these) )?"
    r"(?:(?:very )?(?:last|latest|most recent|previous|past) (?:two|2)|(?:two|2) (?:last|latest|most recent|previous))"
    r"(?: (?:full|graded|ofsted|overall))* (?:{K}|(?:grades|ratings|judge?ments)\b)"
)
"""An authority's latest inspection and the one before it."""
_DENIED = re.compile(r"(?:\bnot|n't|\bnever) (?:\w+ ){0,2}$")
_UNCHANGED = (
    r"(?:stay|remain)(?:s|ed|ing)? (?:exactly )?(?:the same|unchanged|level|static)|unchanged|no change|"
    r"not? chang(?:ed?|ing)|n't chang(?:ed?|ing)|kept (?:its|their|the same)|"
    r"same (?:overall )?(?:grade|rating)s? (?:as (?:before|last time)|twice|both times)"
)
_IMPROVED = (
    r"(?:improv(?:e|es|ed|ing|ement)|get(?:ting)? better|got(?:ten)? better|better|r[io]sen?|jump(?:s|ed|ing)?|"
    r"leap(?:s|t|ed)?|climb(?:s|ed|ing)?|(?:went|go(?:ne|es|ing)?|moved?) up|upgraded|bettered|changes? for the better)"
)
_WORSENED = (
    r"(?:worse(?:n|ned|ning)?|declin(?:e|ed|ing)|deteriorat(?:e|ed|ing)|(?:went|go(?:ne|es|ing)?|moved?) down|"
    r"downgraded|f[ae]ll(?:en|s)?|drop(?:ped|s)?|slip(?:ped|s)?|changes? for the worse|"
    r"(?:went|go(?:ne|es|ing)?) (?:downhill|backwards)|regressed)"
)
_NO_GRADE: tuple[tuple[re.Pattern[str], frozenset[Relation]], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b"), relations)
    for words, relations in (
        (_UNCHANGED, _SAME),
        (
            (
                r"(?:not|n't|failed to|no) (?:\w+ )?(?:improv(?:e|ed|ing|ement)|got(?:ten)? better|"
                r"get(?:ting)? better|(?:got?|gone|went) up)"
            ),
            frozenset({Relation.SAME, Relation.WORSE}),
        ),
        (
            r"(?:not|n't) (?:\w+ )?(?:g[eo]t(?:ten|ting)? worse|declined?|(?:gone|went|go) down)",
            frozenset({Relation.SAME, Relation.BETTER}),
        ),
        (_IMPROVED, _BETTER),
        (_WORSENED, _WORSE),
        (r"(?:chang(?:e|es|ed|ing)|moved|differ(?:s|ed|ent)|up or down|better or worse)", DIFFERENT),
    )
)
_AND_NOW = pattern(r"\b(?:and|but)(?: yet| still)? (?:is|are|was|were) (?:now |still )?{G}")
"""A grade named in addition to a change: "improved since 2020 and are good now"."""
_THAN_BEFORE = pattern(
    r"\b(?:than|as) (?:(?:it|they) (?:was|were) )?(?:(?:at|in|on) )?(?:the|its|their|last)? ?"
    r"(?:(?:previous|prior|preceding|last) (?:{K}|one|time)|(?:{K}|one|time) before|time|before)(?! {K})"
)
_COMPARED_WITH_BEFORE = pattern(
    r"\b(?:compared|relative|next) (?:with|to) (?:the|its|their) (?:(?:full |graded )?(?:{K}|one|time) before"
    r"(?: (?:it|that))?|(?:previous|prior|preceding|last) (?:full |graded )?(?:{K}|one|time))(?! {K})"
)
"""Words that say what a change is always from: the inspection before."""
_NOT_OVERALL = pattern(
    r"\bnot (?:just |only )?(?:the |their |its )?(?P<area>{A})(?: (?:grade|judge?ment|rating|one)s?)?"
)
_ONLY = re.compile(r"\bonly\b")
_THAN_TIME = pattern(
    r"\b(?:than|compared (?:with|to)) (?:(?:it|they) (?:was|were) )?(?:(?:back )?(?:in|at|on|during) )?"
    r"(?:the |its |their )?(?P<time>{T})"
)
_GRADES_MOVED = re.compile(
    rf"\b(?:by )?(?:at least )?(?:(?P<count>(?!one\b|1\b){NUMBER})(?: or more)?|more than one|several) "
    r"(?:whole |full )?(?:grades?|levels?|notches|notch|bands?|rungs?|ratings?|places)(?: or more)?"
    r"(?: (?:in|at|with) (?:one|a single) (?:go|jump|step|move|leap|inspection))?\b"
)
"""How far a grade moved."""
_UP_OR_DOWN = re.compile(r"\b(?:up or down|better or worse|improved or (?:declined|worsened|got(?:ten)? worse))\b")


def find_change(slotted: SlottedText) -> LocatedCondition | None:
    """Return the change between two named grades that a question is about.

    None if the question does not ask about such a change.
    """
    reduced = with_grade_sets(slotted)
    for expression, relations, latest in (
        (_FROM_TO, frozenset(Relation), False),
        (_WAS_NOW, frozenset(Relation), True),
        (_UP_FROM, _BETTER, False),
        (_DOWN_FROM, _WORSE, False),
        (_UP_TO, _BETTER, False),
        (_DOWN_TO, _WORSE, False),
        (_LOST, _WORSE, True),
        (_BECAME, DIFFERENT, False),
        (_KEPT, _SAME, True),
    ):
        match = expression.search(reduced.text)
        if match is None or _DENIED.search(reduced.text[: match.start()]):
            continue
        before, after = (_grades(reduced, match, name) for name in ("before", "after"))
        if expression is _LOST:
            after = ALL_GRADES - before
        if expression is _KEPT:
            after = before
        if expression in (_FROM_TO, _WAS_NOW):
            after = after - before or after  # "from good or better to not good" does not mean outstanding
        if expression in (_BECAME, _UP_TO, _DOWN_TO):
            before = ALL_GRADES - after
        area, extents = _area_of(slotted, slotted.extent_of(*reduced.span(*match.span())))
        steps, said = _steps_in(slotted) if expression is _FROM_TO else (None, ())
        change = GradeChange(before, after, relations, area, latest, steps)
        return LocatedCondition(change, (*extents, *said), certain=True)
    return _comparison_with_before(slotted)


def says_still_now(slotted: SlottedText, located: LocatedCondition) -> bool:
    """Whether a change only says what the grade is now: "are still inadequate", but not "were still inadequate"."""
    start, end = located.extents[0]
    past = _IN_THE_PAST.search(slotted.text[:start])
    return bool(_AS_NOW.match(slotted.text[start:end])) and not past


def find_last_two(slotted: SlottedText) -> Extent | None:
    """Return the words for an authority's last two inspections. None if the question does not have them."""
    match = LAST_TWO.search(slotted.text)
    return match.span() if match else None


def _comparison_with_before(slotted: SlottedText) -> LocatedCondition | None:
    """Return a comparison with the previous inspection: "lower in 2024 than at the inspection before"."""
    match = _THAN_BEFORE.search(slotted.text)
    relation = relation_in(slotted.text[: match.start()]) if match else None
    if match is None or relation is None:
        return None
    area, extents = _area_of(slotted, (relation[1][0], match.end()))
    # if a time comes between the two, it is one of the question's periods
    return LocatedCondition(GradeChange(ALL_GRADES, ALL_GRADES, relation[0], area), extents, certain=True)


def find_movement(slotted: SlottedText) -> LocatedCondition | None:
    """Return the change in a question that names no grades: "improved", "got worse", "stayed the same"."""
    if slotted.positions(Slot.GRADE) and not _AND_NOW.search(slotted.text):
        return None
    if match := _UP_OR_DOWN.search(slotted.text):
        area, extents = _area_of(slotted, match.span())
        changed = re.search(r"\bchang\w+", slotted.text)
        extents += (changed.span(),) if changed else ()
        relations = DIFFERENT if changed else frozenset(Relation)
        return LocatedCondition(GradeChange(ALL_GRADES, ALL_GRADES, relations, area), extents)
    for words, relations in _NO_GRADE:
        if match := words.search(slotted.text):
            area, extents = _area_of(slotted, match.span())
            than, said = _time_compared(slotted)
            said += tuple(found.span() for found in _COMPARED_WITH_BEFORE.finditer(slotted.text))
            said += tuple(found.span() for found in _overall_ruled_out(slotted))
            said += tuple(found.span() for found in _ONLY.finditer(slotted.text) if area)
            least, how_far = _grades_moved(slotted) if relations in (_BETTER, _WORSE) else (1, ())
            change = GradeChange(ALL_GRADES, ALL_GRADES, relations, area, than=than, least=least)
            return LocatedCondition(change, (*extents, *said, *how_far), certain=least > 1)
    return None


def _grades_moved(slotted: SlottedText) -> tuple[int, tuple[Extent, ...]]:
    """Return the smallest number of grades that a grade must have moved, with the words that say so."""
    match = _GRADES_MOVED.search(slotted.text)
    if match is None:
        return 1, ()
    return (number_of(match["count"]) if match["count"] else 2), (match.span(),)


def _time_compared(slotted: SlottedText) -> tuple[Period | None, tuple[Extent, ...]]:
    """Return the time that a grade is compared with, and the words before it: "worse in 2023 than in 2019".

    It must be the earlier time, because a change is from the earlier grade to the later one.
    """
    times = [entity.value for _, entity in slotted.positions(Slot.TIME)]
    if len(times) > 2 or not all(isinstance(time, Period) and time.exact for time in times):
        return None, ()
    match = _THAN_TIME.search(slotted.text)
    if match is None:
        ends_of_range = len(times) == 2 and all(time.alternative for time in times)
        return (times[0], ()) if ends_of_range else (None, ())
    [than] = slotted.entities_in(*match.span("time"))
    earlier = all(time.first >= than.value.first for time in times)
    return (than.value, ((match.start(), match.start("time")),)) if earlier else (None, ())


def _grades(reduced: SlottedText, match: re.Match[str], name: str) -> frozenset[Grade]:
    """Return the grades of a named group, or all grades if the pattern does not have this group."""
    if name not in match.groupdict():
        return ALL_GRADES
    return frozenset(g for entity in reduced.entities_in(*match.span(name), Slot.GRADE_SET) for g in entity.value)


def _steps_in(slotted: SlottedText) -> tuple[Steps | None, tuple[Extent, ...]]:
    """Return how many inspections a change may take, and the words for this."""
    for expression, steps in _STEPS:
        if match := expression.search(slotted.text):
            return steps, (match.span(),)
    return None, ()


def _overall_ruled_out(slotted: SlottedText) -> list[re.Match[str]]:
    """Return the words that rule out the overall grade, if the question also names another area: "not overall"."""
    others = {entity.value for _, entity in slotted.positions(Slot.AREA)} - {OVERALL}
    found = _NOT_OVERALL.finditer(slotted.text) if others else ()
    return [match for match in found if slotted.entities_in(*match.span("area"))[0].value is OVERALL]


def _area_of(slotted: SlottedText, extent: Extent) -> tuple[Area | None, tuple[Extent, ...]]:
    """Return the area, if the question names only one, with the extents of the change and of each mention of it."""
    ruled_out = {found.start("area") for found in _overall_ruled_out(slotted)}
    areas = [(at, entity) for at, entity in slotted.positions(Slot.AREA) if at not in ruled_out]
    if len({entity.value for _, entity in areas}) != 1:
        return None, (extent,)
    return areas[0][1].value, (extent, *((at, at + 1) for at, _ in areas))
