"""Tests of words that are neither in our lists nor in the reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.types import Answer, AnswerStatus
from qa_service.understanding.words.unknown_words import unknown_words

COUNTS = {"neglect": 9, "early": 9, "help": 9, "care": 9, "leavers": 9, "supervision": 9}


@pytest.mark.parametrize(
    ("text", "word", "is_placed"),
    [
        ("early help in snodsbury", "snodsbury", True),
        ("early help snodsbury", "snodsbury", True),
        ("snodsbury: early help", "snodsbury", True),
        ("is snodsbury council good at early help?", "snodsbury", True),
        ("how is LB Snodsbury on neglect", "Snodsbury", True),
        ("is early help in snodsbury better since 2019?", "snodsbury", True),
        ("how do staff quazzle neglect", "quazzle", False),
        ("why is there quazzly neglect", "quazzly", False),
    ],
)
def test_a_word_that_nobody_knows_is_found_and_so_is_its_place(text: str, word: str, *, is_placed: bool) -> None:
    assert [(one.word, one.is_placed) for one in unknown_words(text, COUNTS, ())] == [(word, is_placed)]


@pytest.mark.parametrize(
    "text",
    [
        "early help and neglect",
        "how are uasc and s47s",
        "careleavers supervision",  # two words without a space
        "reneglect and nonsupervision",  # two words without a hyphen
        "whats neglect",
        "“snodsbury” in reports",
        "neglect at a b c",
        "",
    ],
)
def test_other_words_are_known(text: str) -> None:
    assert unknown_words(text, COUNTS, ()) == ()


def test_what_is_understood_is_known() -> None:
    assert unknown_words("early help in snodsbury", COUNTS, [(14, 23)]) == ()
    assert unknown_words("early help in snodsbury", {}, ()) == ()


def test_an_unknown_place_is_named_and_no_other_authority_is_quoted(ask: Callable[..., Answer]) -> None:
    answer = ask("care leavers in snodsbury")
    assert (answer.status, answer.statements) == (AnswerStatus.NOT_IN_REPORTS, ())
    assert answer.reason.startswith("We did not recognise “snodsbury”, and no report has it. Check the spelling")
    assert answer.not_applied == ("snodsbury",)


def test_an_unknown_word_next_to_an_authority_is_named_with_the_answer(ask: Callable[..., Answer]) -> None:
    answer = ask("How do quazzly care leavers in Westmarsh keep in contact with the Tidewater team?")
    assert answer.answered
    assert "We did not recognise “quazzly”" in answer.reason
    assert "quazzly" in answer.not_applied
