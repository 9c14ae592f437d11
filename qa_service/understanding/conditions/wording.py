"""Puts conditions into words, for labels and sentences."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.grades import OVERALL, Area, Grade
from qa_service.understanding.conditions.types import (
    AreaComparison,
    AreaScope,
    Condition,
    GradeChange,
    GradeCondition,
    Relation,
    Truth,
)
from qa_service.wording import in_list

_RELATIONS = {
    frozenset({Relation.BETTER}): "better",
    frozenset({Relation.WORSE}): "worse",
    frozenset({Relation.SAME}): "the same",
    frozenset({Relation.BETTER, Relation.WORSE}): "different",
    frozenset({Relation.BETTER, Relation.SAME}): "no worse",
    frozenset({Relation.SAME, Relation.WORSE}): "no better",
}


def grade_words(grades: Iterable[Grade], *, denied: bool = False) -> str:
    """Return grades as words in a sentence: "Good or Outstanding", "not Good"."""
    chosen = set(grades)
    if denied:
        return "not " + in_list([str(grade).capitalize() for grade in Grade if grade not in chosen], last="or")
    return in_list([str(grade).capitalize() for grade in Grade if grade in chosen], last="or")


def condition_words(condition: Condition) -> str:
    """Return what a condition says about an authority: "rated not Good overall", "better for leaders than overall"."""
    if isinstance(condition, GradeCondition):
        grades = grade_words(condition.grades, denied=condition.denied)
        words = f"rated {grades} {area_words(condition.area)}"
        return {
            Truth.EVER: f"{words} at one or more inspections",
            Truth.NEVER: f"never {words}",
            Truth.ALWAYS: f"{words} at every inspection",
        }.get(condition.truth, words)
    if isinstance(condition, AreaComparison):
        than = "as" if condition.relations == frozenset({Relation.SAME}) else "than"
        relation = _RELATIONS.get(condition.relations, "compared")
        return f"rated {relation} {area_words(condition.first)} {than} {area_words(condition.second)}"
    return change_words(condition)


def sentence_words(condition: Condition, count: int) -> str:
    """Return what a condition says about some authorities, with a verb: "are rated Good overall"."""
    words = condition_words(condition)
    if isinstance(condition, GradeChange):
        return f"{'was' if count == 1 else 'were'} {words}"
    if isinstance(condition, GradeCondition) and condition.truth is not Truth.PICKED:
        has = "has" if count == 1 else "have"
        denied = condition.truth is Truth.NEVER
        return f"{has} never been {words.removeprefix('never ')}" if denied else f"{has} been {words}"
    return f"{'is' if count == 1 else 'are'} {words}"


def change_words(change: GradeChange) -> str:
    """Return what a change says about an authority."""
    area = area_words(change.area)
    before = len(change.before) < len(Grade)
    after = len(change.after) < len(Grade)
    if before and change.before == change.after:
        return f"still rated {grade_words(change.after)} {area}"
    if change.latest and change.after == frozenset(Grade) - change.before:
        return f"no longer rated {grade_words(change.before)} {area}"
    if change.before == frozenset(Grade) - change.after:
        return f"newly rated {grade_words(change.after)} {area}"
    if before and after:
        return f"rated {grade_words(change.after)} {area} after {grade_words(change.before)} at the inspection before"
    if before:
        moved = {frozenset({Relation.BETTER}): "up", frozenset({Relation.WORSE}): "down"}.get(change.relations, "away")
        return f"moved {moved} from {grade_words(change.before)} {area}"
    if after:
        return f"rated {grade_words(change.after)} {area} after another grade at the inspection before"
    relation = _RELATIONS.get(change.relations)
    if relation is None:
        return f"grade {area} at each inspection"
    if relation == "different":
        return f"given another grade {area} than at the inspection before"
    return f"rated {relation} {area} {'as' if relation == 'the same' else 'than'} at the inspection before"


def area_words(area: Area | AreaScope | None) -> str:
    """Return an area as words in a sentence: "overall", "for care leavers"."""
    if area is None or area is OVERALL:
        return "overall"
    if isinstance(area, AreaScope):
        return "in every area" if area is AreaScope.EVERY else "in at least one area"
    return f"for {area.name[0].lower()}{area.name[1:]}"
