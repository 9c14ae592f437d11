"""Tests of the words for a time in a sentence: its preposition, and the tense of the verb."""

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
        (
            "Who was good in April to June 2019?",
            "between April and June 2019",
            "between April and June 2019",
            Tense.PAST,
        ),
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
            "between April and June 2023 (the first quarter of the financial year)",
            "between April and June 2023 (the first quarter of the financial year)",
            Tense.PAST,
        ),
        (
            "Who was inspected in the summer term 2023?",
            "between 1 April and 31 August 2023 (the summer term)",
            "between 1 April and 31 August 2023 (the summer term)",
            Tense.PAST,
        ),
        ("Who was seen from 6 to 17 May 2019?", "between 6 and 17 May 2019", "between 6 and 17 May 2019", Tense.PAST),
        ("WHO WAS SEEN FROM 2018 TO 2020", "between 2018 and 2020", "between 2018 and 2020", Tense.PAST),
        ("Who was good prior to 2019?", "prior to 2019", "prior to 2019", Tense.PAST),
        ("Who was good in the 2010s?", "in the 2010s", "from the 2010s", Tense.PAST),
        ("Who was good in 2010s?", "in the 2010s", "from the 2010s", Tense.PAST),
        ("Who was good in August of 2021?", "in August of 2021", "from August of 2021", Tense.PAST),
        ("Who was good YTD?", "in YTD (since 1 January 2026)", "from YTD (since 1 January 2026)", Tense.PERFECT),
        (
            "Who was good in 2021Q3?",
            "in 2021Q3 (July to September 2021)",
            "from 2021Q3 (July to September 2021)",
            Tense.PAST,
        ),
        ("After 2019, who was good?", "after 2019", "from after 2019", Tense.PERFECT),
        ("Who was good 2019 or later?", "in 2019 or later", "from 2019 or later", Tense.PERFECT),
        (
            "Who was good, not counting reports published in 2019?",
            "other than in reports published in 2019",
            "other than in reports published in 2019",
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
