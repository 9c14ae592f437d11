from __future__ import annotations

import pytest

from qa_service.understanding.questions.help import asks_for_help


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Help!",
        "what can you do?",
        "Thanks",
        "Good morning",
        "how does this work?",
        "Hi, can you help me please?",
        "How do I use this service?",
        "What can you tell me?",
    ],
)
def test_a_greeting_or_a_call_for_help_is_recognised(text: str) -> None:
    assert asks_for_help(text)


@pytest.mark.parametrize("text", ["early help in Westmarsh", "What help do care leavers get?", "???", "", "Why?"])
def test_anything_else_is_a_question(text: str) -> None:
    assert not asks_for_help(text)


def test_after_a_question_only_greetings_and_thanks_are_recognised() -> None:
    assert asks_for_help("Thanks!", follows=True)
    assert not asks_for_help("How does it work?", follows=True)
