"""Puts conditions into words, for labels and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.grades import OVERALL, Area, Grade, Relation
from qa_service.understanding.conditions.types import (
    AreaComparison,
    AreaScope,
    Condition,
    Conditions,
    GradeChange,
    GradeCondition,
    Steps,
    Truth,
)
from qa_service.understanding.times.wording import Tense
from qa_service.wording import in_list

_SAME, _DIFFERENT = "the same", "different"
_RELATIONS = {
    frozenset({Relation.BETTER}): "better",
    frozenset({Relation.WORSE}): "worse",
    frozenset({Relation.SAME}): _SAME,
    frozenset({Relation.BETTER, Relation.WORSE}): _DIFFERENT,
    frozenset({Relation.BETTER, Relation.SAME}): "no worse",
    frozenset({Relation.SAME, Relation.WORSE}): "no better",
}
_THAN = {_SAME: "as", _DIFFERENT: "from the one"}
"""The word between two areas that are compared, if it is not "than"."""
_AFTER_NOUN = {_SAME: "as", _DIFFERENT: "from"}
"""The word after a grade that is compared with an earlier one, if it is not "than"."""
_AT_INSPECTIONS = {Truth.EVER: " at one or more inspections", Truth.ALWAYS: " at every inspection"}
_BE = {Tense.PRESENT: ("is", "are"), Tense.PERFECT: ("has been", "have been"), Tense.PAST: ("was", "were")}
"""The forms of "to be" for one and for many, by tense."""


def grade_words(grades: Iterable[Grade]) -> str:
    """Return grades as words in a sentence: "Outstanding or Good"."""
    chosen = set(grades)
    return in_list([str(grade).capitalize() for grade in Grade if grade in chosen], last="or")


def named_grades(condition: GradeCondition) -> str:
    """Return the grades that a condition names. If the condition is a denial, these are the grades that it denies."""
    return grade_words(frozenset(Grade) - condition.grades if condition.denied else condition.grades)


def condition_words(condition: Condition) -> str:
    """Return the words for a condition on an authority: "not rated Good overall", "moved up from Good overall"."""
    if isinstance(condition, AreaComparison):
        return _comparison_words(condition)
    if isinstance(condition, GradeChange):
        return change_words(condition)
    plain = _is_plain_denial(condition)
    words = f"{'not ' * plain}{_rated_words(condition, plain=plain)}"
    return f"never {words}" if condition.truth is Truth.NEVER else words


def newest_words(conditions: Conditions) -> str:
    """Return the words for the newest reports that a question is about: "the 5 newest".

    Empty if the question is about all reports.
    """
    if conditions.newest_of_each:
        return "the newest of each authority"
    count = conditions.newest or conditions.newest_that_fit
    return "" if not count else "the newest" if count == 1 else f"the {count} newest"


def sentence_words(condition: Condition, count: int, tense: Tense, *, counted: bool = False) -> str:
    """Return the words for a condition on some authorities, with a verb: "are rated Good overall".

    ``counted`` means that a number of inspections follows: "have been rated Good overall at 2".
    """
    if isinstance(condition, GradeChange):
        return _change_sentence(condition, count, tense)
    if isinstance(condition, AreaComparison):
        words = _comparison_words(condition)
        given = words.startswith("given") and tense is Tense.PRESENT
        return f"{be(count, Tense.PERFECT if given else tense)} {words}"
    over_time = (counted or condition.truth is not Truth.PICKED) and tense is Tense.PRESENT
    plain = _is_plain_denial(condition) and not counted
    denial = "never" if condition.truth is Truth.NEVER else "not" * plain
    return f"{be(count, Tense.PERFECT if over_time else tense, denial)} {_rated_words(condition, plain=plain)}"


def without_area(words: str, area: Area | AreaScope | None) -> str:
    """Return words about a grade without its area, because the sentence already names the area: "are rated Good"."""
    return words.replace(f" {area_words(area)}", "")


def opposite(condition: Condition) -> GradeCondition | None:
    """Return the opposite of a denial: "rated Good" for "not rated Good".

    None if the condition is not a denial.
    """
    if not isinstance(condition, GradeCondition):
        return None
    if condition.truth is Truth.NEVER:
        return replace(condition, truth=Truth.EVER)
    if _is_plain_denial(condition):
        return replace(condition, grades=frozenset(Grade) - condition.grades, denied=False)
    return None


def be(count: int, tense: Tense, denial: str = "") -> str:
    """Return a form of "to be" that agrees with a number: "is", "were never", "have not been"."""
    one, many = _BE[tense]
    first, *rest = (one if count == 1 else many).split()
    return " ".join((first, *([denial] if denial else []), *rest))


def had(count: int, tense: Tense) -> str:
    """Return a form of "to have" that agrees with a number: "has had", "had"."""
    return "had" if tense is Tense.PAST else "has had" if count == 1 else "have had"


def given_words(condition: GradeCondition | AreaComparison, count: int) -> str:
    """Return the words for a condition on some reports: "give Good overall", "does not give Good for leadership"."""
    give = "gives" if count == 1 else "give"
    if isinstance(condition, AreaComparison):
        relation = _RELATIONS.get(condition.relations, "compared")
        grade = f"a {relation} grade" if relation != _SAME else "the same grade"
        grade = f"a grade {relation}" if relation.startswith("no ") else grade
        return f"{give} {grade} {_areas_compared(condition)}"
    grades = f"{named_grades(condition)} {area_words(condition.area)}"
    if _is_plain_denial(condition):
        return f"{'does' if count == 1 else 'do'} not give {grades}"
    return f"{give} {'a grade other than ' * condition.denied}{grades}"


def _comparison_words(comparison: AreaComparison) -> str:
    """Return words for how the grades of two areas compare: "rated better for care leavers than overall"."""
    relation = _RELATIONS.get(comparison.relations, "compared")
    verb = "given a different grade" if relation == _DIFFERENT else f"rated {relation}"
    return f"{verb} {_areas_compared(comparison)}"


def _areas_compared(comparison: AreaComparison) -> str:
    joint = _THAN.get(_RELATIONS.get(comparison.relations, ""), "than")
    return f"{area_words(comparison.first)} {joint} {area_words(comparison.second)}"


def _rated_words(condition: GradeCondition, *, plain: bool) -> str:
    """Return the grades that a condition allows, without "not" or "never".

    ``plain`` means that "not" comes before these grades.
    """
    other = "other than " * (condition.denied and not plain)
    words = f"rated {other}{named_grades(condition)} {area_words(condition.area)}"
    return f"{words}{_AT_INSPECTIONS.get(condition.truth, '')}"


def _is_plain_denial(condition: GradeCondition) -> bool:
    """Whether a denial is about a single grade, so that "not rated Good" has only one meaning."""
    return condition.denied and condition.truth is Truth.PICKED and not isinstance(condition.area, AreaScope)


def change_noun(change: GradeChange) -> str:
    """Return words for how a grade compares with the one before: "a worse overall grade than".

    Empty if the condition names grades.
    """
    relation = _RELATIONS.get(change.relations)
    if relation is None or len(change.before) < len(Grade) or len(change.after) < len(Grade):
        return ""
    noun = grade_noun(change.area)
    if change.least > 1:
        article = "an" if noun.startswith("overall") else "a"
        return f"{article} {noun} at least {change.least} grades {relation} than"
    if relation.startswith("no "):
        return f"{'an' if noun.startswith('overall') else 'a'} {noun} {relation} than"
    return f"{relation if relation == _SAME else f'a {relation}'} {noun} {_AFTER_NOUN.get(relation, 'than')}"


def _change_sentence(change: GradeChange, count: int, tense: Tense) -> str:
    if change.names_both:
        verb = "went" if tense is not Tense.PERFECT else "has gone" if count == 1 else "have gone"
        return f"{verb}{_from_to(change)}"
    words = change_words(change)
    if words.startswith("moved"):
        return f"{'has ' if count == 1 else 'have '}{words}" if tense is Tense.PERFECT else words
    if words.endswith("each inspection"):
        return f"{had(count, tense)} {'an' if words.startswith('overall') else 'a'} {words}"
    if words.startswith(("still", "no longer")):
        return f"{be(count, Tense.PAST if tense is Tense.PAST else Tense.PRESENT)} {words}"
    return f"{be(count, Tense.PERFECT if tense is Tense.PERFECT else Tense.PAST)} {words}"


def _from_to(change: GradeChange) -> str:
    """Return the words for a change between two grades that follow a verb: " from Good to Outstanding overall"."""
    straight = " straight" * (change.steps is Steps.ONE)
    return f"{straight} from {grade_words(change.before)} to {grade_words(change.after)} {area_words(change.area)}"


def change_words(change: GradeChange) -> str:
    """Return the words for a change of an authority's grade."""
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
        return f"moved{_from_to(change)}"
    if before:
        moved = {frozenset({Relation.BETTER}): "up", frozenset({Relation.WORSE}): "down"}.get(change.relations)
        grade = grade_words(change.before)
        return f"moved {moved} from {grade} {area}" if moved else f"moved from {grade} to a different grade {area}"
    if after:
        return f"rated {grade_words(change.after)} {area} after a different grade at the previous inspection"
    relation = _RELATIONS.get(change.relations)
    if relation is None:
        return f"{grade_noun(change.area)} at each inspection"
    if relation == _DIFFERENT:
        return f"given a different grade {area} from the previous inspection"
    if change.least > 1:
        relation = f"at least {change.least} grades {relation}"
    return f"rated {relation} {area} {'as' if relation == _SAME else 'than'} at the previous inspection"


def grade_noun(area: Area | AreaScope | None) -> str:
    """Return the grade of an area as a noun: "overall grade", "grade for care leavers"."""
    return "overall grade" if area is None or area is OVERALL else f"grade {area_words(area)}"


def area_words(area: Area | AreaScope | None) -> str:
    """Return an area as words in a sentence: "overall", "for care leavers"."""
    if area is None or area is OVERALL:
        return "overall"
    if isinstance(area, AreaScope):
        return "in every area" if area is AreaScope.EVERY else "in at least one area"
    return f"for {area.name[0].lower()}{area.name[1:]}"
