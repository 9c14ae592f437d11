"""Tests of the words for a condition, alone as a label and with a verb in a sentence."""

from __future__ import annotations

import pytest

from corpus.grades import LEADERS, OVERALL, Area, Grade, Relation
from qa_service.understanding.conditions.types import (
    DIFFERENT,
    AreaComparison,
    AreaScope,
    Condition,
    GradeChange,
    GradeCondition,
    Truth,
)
from qa_service.understanding.conditions.wording import change_noun, condition_words, opposite, sentence_words
from qa_service.understanding.times.wording import Tense

ALL = frozenset(Grade)
GOOD = frozenset({Grade.GOOD})
NOT_GOOD = ALL - GOOD
BETTER = frozenset({Relation.BETTER})
ALL_RELATIONS = frozenset(Relation)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (GradeCondition(NOT_GOOD, denied=True), "have been rated other than Good overall"),
        (GradeCondition(GOOD), "have been rated Good overall"),
    ],
)
def test_a_condition_with_a_number_of_inspections_after_it_is_no_denial(condition: Condition, expected: str) -> None:
    assert sentence_words(condition, 2, Tense.PRESENT, counted=True) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (GradeCondition(NOT_GOOD, denied=True), GradeCondition(GOOD)),
        (GradeCondition(GOOD, truth=Truth.NEVER), GradeCondition(GOOD, truth=Truth.EVER)),
        (GradeCondition(NOT_GOOD), None),
        (GradeCondition(NOT_GOOD, AreaScope.ANY, denied=True), None),
        (GradeChange(ALL, GOOD), None),
    ],
)
def test_the_opposite_of_a_denial_holds_of_all_if_the_denial_holds_of_none(
    condition: Condition, expected: Condition | None
) -> None:
    assert opposite(condition) == expected


@pytest.mark.parametrize(
    ("relations", "area", "expected"),
    [
        (BETTER, None, "a better overall grade than"),
        (DIFFERENT, LEADERS, "a different grade for leadership from"),
        (frozenset({Relation.SAME}), None, "the same overall grade as"),
        (frozenset({Relation.SAME, Relation.WORSE}), LEADERS, "a grade for leadership no better than"),
        (ALL_RELATIONS, None, ""),
    ],
)
def test_a_changed_grade_is_compared_as_a_noun(
    relations: frozenset[Relation], area: Area | None, expected: str
) -> None:
    assert change_noun(GradeChange(ALL, ALL, relations, area)) == expected


@pytest.mark.parametrize(
    ("tense", "one", "many"),
    [
        (Tense.PAST, "went from Inadequate to Good overall", "went from Inadequate to Good overall"),
        (Tense.PERFECT, "has gone from Inadequate to Good overall", "have gone from Inadequate to Good overall"),
    ],
)
def test_a_change_between_two_grades_names_both_in_order(tense: Tense, one: str, many: str) -> None:
    change = GradeChange(frozenset({Grade.INADEQUATE}), GOOD)
    assert sentence_words(change, 1, tense) == one
    assert sentence_words(change, 2, tense) == many


@pytest.mark.parametrize(
    ("condition", "label", "one", "many"),
    [
        (GradeCondition(GOOD), "rated Good overall", "is rated Good overall", "were rated Good overall"),
        (
            GradeCondition(NOT_GOOD, LEADERS, denied=True),
            "not rated Good for leadership",
            "is not rated Good for leadership",
            "were not rated Good for leadership",
        ),
        (
            GradeCondition(NOT_GOOD, AreaScope.ANY, denied=True),
            "rated other than Good in at least one area",
            "is rated other than Good in at least one area",
            "were rated other than Good in at least one area",
        ),
        (
            GradeCondition(GOOD, truth=Truth.NEVER),
            "never rated Good overall",
            "has never been rated Good overall",
            "were never rated Good overall",
        ),
        (
            GradeCondition(GOOD, truth=Truth.ALWAYS),
            "rated Good overall at every inspection",
            "has been rated Good overall at every inspection",
            "were rated Good overall at every inspection",
        ),
        (
            AreaComparison(LEADERS, BETTER, OVERALL),
            "rated better for leadership than overall",
            "is rated better for leadership than overall",
            "were rated better for leadership than overall",
        ),
        (
            AreaComparison(LEADERS, DIFFERENT, OVERALL),
            "given a different grade for leadership from the one overall",
            "has been given a different grade for leadership from the one overall",
            "were given a different grade for leadership from the one overall",
        ),
        (
            GradeChange(ALL, GOOD),
            "rated Good overall after a different grade at the previous inspection",
            "was rated Good overall after a different grade at the previous inspection",
            "were rated Good overall after a different grade at the previous inspection",
        ),
        (
            GradeChange(GOOD, ALL, DIFFERENT),
            "moved from Good to a different grade overall",
            "moved from Good to a different grade overall",
            "moved from Good to a different grade overall",
        ),
        (
            GradeChange(GOOD, GOOD, latest=True),
            "still rated Good overall",
            "is still rated Good overall",
            "were still rated Good overall",
        ),
        (
            GradeChange(ALL, ALL),
            "overall grade at each inspection",
            "has had an overall grade at each inspection",
            "had an overall grade at each inspection",
        ),
    ],
)
def test_a_condition_is_grammatical_as_a_label_now_and_in_the_past(
    condition: Condition, label: str, one: str, many: str
) -> None:
    assert condition_words(condition) == label
    assert sentence_words(condition, 1, Tense.PRESENT) == one
    assert sentence_words(condition, 2, Tense.PAST) == many
