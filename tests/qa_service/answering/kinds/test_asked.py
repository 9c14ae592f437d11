"""Tests of questions that only a name, a time or a cause can answer, asked of the samples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.types import Answer, AnswerStatus


def test_a_sentence_with_the_time_answers_when(ask: Callable[..., Answer]) -> None:
    answer = ask("When were permanent contracts offered to advisers in Northwold?")
    assert answer.answered
    assert "April 2024" in answer.statements[0].text


@pytest.mark.parametrize(("question", "unstated"), [("Why is supervision weak in Westmarsh?", "none that says why")])
def test_a_refusal_says_what_no_sentence_states_and_keeps_the_passages(
    ask: Callable[..., Answer], question: str, unstated: str
) -> None:
    answer = ask(question)
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.confidence < 0.5
    assert unstated in answer.reason
    assert answer.citations


def test_a_post_without_a_name_is_no_answer(ask: Callable[..., Answer]) -> None:
    assert not ask("Who is the chief executive of Northwold?").answered
