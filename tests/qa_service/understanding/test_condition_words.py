"""Tests of the words for a condition, alone as a label and with a verb in a sentence."""

from __future__ import annotations

import pytest

from corpus.grades import LEADERS, OVERALL, Grade
from qa_service.understanding.conditions.types import (
    DIFFERENT,
    AreaComparison,
    AreaScope,
    Condition,
    GradeChange,
    GradeCondition,
    Relation,
    Truth,
)
from qa_service.understanding.conditions.wording import condition_words, sentence_words
from qa_service.understanding.times.wording import Tense

ALL = frozenset(Grade)
GOOD = frozenset({Grade.GOOD})
NOT_GOOD = ALL - GOOD
BETTER = frozenset({Relation.BETTER})


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
