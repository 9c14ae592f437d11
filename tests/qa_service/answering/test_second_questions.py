"""Tests that an answer names a second question at the end of a message, if the answer does not cover it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.types import Answer, AnswerStatus

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What must Northwold improve", "have they started"),
        ("When was Westmarsh last inspected", "was it inadequate"),
        ("When was Westmarsh first judged good", "has it ever got out of it"),
        ("Which focused visit letters do you have", "is there one we should be worried about"),
        ("Which reports have been published since 2019", "should we worry about any of them"),
        ("Which authorities are rated good", "are any of them near us"),
    ],
)
def test_the_first_question_is_answered_and_the_second_is_named(ask: Ask, first: str, second: str) -> None:
    answer, alone = ask(f"{first}, and {second}?"), ask(f"{first}?")
    assert answer.status is alone.status is AnswerStatus.ANSWERED
    assert [statement.text for statement in answer.statements] == [statement.text for statement in alone.statements]
    assert answer.not_applied == (second,)
    assert f"“{second}”" in answer.reason


def test_a_second_question_that_we_answer_is_not_named(ask: Ask) -> None:
    answer = ask("What was Westmarsh told to improve last time, and had they done it?")
    assert "Later reports say" in answer.reason
    assert answer.not_applied == ()
    assert ask("When was Westmarsh last inspected, and who led it?").not_applied == ()
