"""Tests of the words that ask what has changed up to now."""

from __future__ import annotations

import pytest

from qa_service.understanding.times.changes import (
    as_change,
    asks_what_changed,
    compared_with_before,
    since_last_inspection,
    speaks_of_change,
    words_for_change,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Is it better than it used to be?", ["than it used to be"]),
        ("Are they quicker than they were?", ["than they were"]),
        ("Is it better than in 2023?", ["than in "]),
        ("Is it better than at the last inspection?", ["than at the last inspection"]),
        ("Is it worse compared with a few years ago?", ["compared with a few years ago"]),
        ("Is Orle better than Hesk?", []),
        ("Do they wait longer than 20 days?", []),
        ("Did they arrive more than three years ago?", []),
    ],
)
def test_only_an_earlier_time_is_a_comparison_with_before(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in compared_with_before(text)] == words


@pytest.mark.parametrize("words", ["since the last inspection", "since their last full inspection", "than last time"])
def test_the_time_since_the_last_inspection_is_found(words: str) -> None:
    text = f"Is supervision better {words}?"
    assert [text[start:end] for start, end in since_last_inspection(text)] == [words]
    assert asks_what_changed(text)


def test_a_question_for_a_reason_or_a_number_does_not_ask_what_changed() -> None:
    assert asks_what_changed("Has supervision got better since 2021?")
    assert not asks_what_changed("Why has supervision got better since 2021?")
    assert not asks_what_changed("How many teams have got better since 2021?")
    assert not asks_what_changed("Do children keep changing social worker?")


def test_words_for_a_change_are_found_only_in_a_question_that_asks_what_changed() -> None:
    text = "Is it a better deal than it was?"
    assert any(text[start:end] == "better deal than it was" for start, end in words_for_change(text))
    assert words_for_change("Is it a better deal for children?") == ()


def test_the_words_of_a_comparison_are_no_part_of_the_subject() -> None:
    assert as_change("Is supervision any better than it used to be?") == (
        "How good is supervision now, and has it improved since the last inspection?"
    )
    assert as_change("Is it better than it was?") == "Is it better than it was?"


@pytest.mark.parametrize(
    "sentence",
    [
        "The response has improved since the last inspection.",
        "Caseloads remain high.",
        "Oversight has significantly weakened.",
        "Children no longer wait for a worker.",
    ],
)
def test_a_sentence_may_say_how_something_changed(sentence: str) -> None:
    assert speaks_of_change(sentence)
    assert not speaks_of_change("Social workers visit children every four weeks.")
