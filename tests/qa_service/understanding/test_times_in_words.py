"""Tests of times in the words of a sentence: their prepositions, and the tense that they need."""

from __future__ import annotations

import pytest

from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.times.wording import Tense, from_when, tense_with, when
from tests.qa_service.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "after_a_verb", "after_a_noun", "tense"),
    [
        ("Who was good in 2021?", "in 2021", "from 2021", Tense.PAST),
        ("Who was good in august 2021?", "in August 2021", "from August 2021", Tense.PAST),
        ("Who was good on 3 June 2021?", "on 3 June 2021", "from 3 June 2021", Tense.PAST),
        ("Who was good on 1st of May 2021?", "on the 1st of May 2021", "from the 1st of May 2021", Tense.PAST),
        ("Who was good in April to June 2019?", "from April to June 2019", "from April to June 2019", Tense.PAST),
        ("Before 2019, who was good?", "before 2019", "from before 2019", Tense.PAST),
        ("Since 2021, who was good?", "since 2021", "since 2021", Tense.PERFECT),
        ("Who was good 2021 onwards?", "from 2021 onwards", "from 2021 onwards", Tense.PERFECT),
        ("Who was good between 2019 and 2021?", "between 2019 and 2021", "between 2019 and 2021", Tense.PAST),
        ("Who was good last year?", "last year (2025)", "from last year (2025)", Tense.PAST),
        ("Who was good two years ago?", "two years ago (2024)", "from two years ago (2024)", Tense.PAST),
        ("Was it good at the end of 2021?", "at the end of 2021", "from the end of 2021", Tense.PAST),
        ("Who was good in early 2021?", "in early 2021", "from early 2021", Tense.PAST),
        (
            "Who was good in the last two years?",
            "in the last two years (since 29 November 2024)",
            "from the last two years (since 29 November 2024)",
            Tense.PERFECT,
        ),
        (
            "Who was inspected recently?",
            "recently (since 29 November 2024)",
            "since 29 November 2024",
            Tense.PERFECT,
        ),
        (
            "Who was good in Q1 2023/24?",
            "from April to June 2023 (first quarter of the financial year)",
            "from April to June 2023 (first quarter of the financial year)",
            Tense.PAST,
        ),
        ("Which reports came out in 2021?", "published in 2021", "published in 2021", Tense.PAST),
        ("Who was good, excluding 2019?", "other than in 2019", "other than in 2019", Tense.PAST),
        (
            "Who was good, not counting last year?",
            "other than last year (2025)",
            "other than last year (2025)",
            Tense.PAST,
        ),
    ],
)
def test_a_time_has_the_preposition_and_the_tense_that_it_needs(
    question: str, after_a_verb: str, after_a_noun: str, tense: Tense
) -> None:
    [period] = find_periods(question, TODAY)
    assert when(period) == after_a_verb
    assert from_when(period) == after_a_noun
    assert tense_with([period]) is tense


def test_the_tense_is_present_without_a_time_and_past_if_one_time_is_over() -> None:
    assert tense_with([]) is Tense.PRESENT
    assert tense_with(find_periods("Who was good since 2021 and before 2019?", TODAY)) is Tense.PAST
