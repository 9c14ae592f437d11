"""Tests of rewriting everyday phrases in plain words."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.phrases import in_plain_words
from tests.qa_service.conftest import TODAY

KNOWN = ("Hesk", "Orle")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("whos gone backwards since 2019", "who has got worse since 2019"),
        ("Which LAs have slipped back in the last 3 years?", "Which LAs have got worse in the last 3 years?"),
        ("who has turned things around since 2018?", "who has improved since 2018?"),
        (
            "Which authoritys improved their leadership grade at the last inspection?",
            "Which authorities improved for leadership at the last inspection?",
        ),
        ("Who has stayed good throughout?", "Who has always been good?"),
        ("which councils have had two inadequates", "Which authorities have been rated inadequate twice?"),
        (
            "Make me a table of overall grades for Orle and Hesk since 2018",
            "overall grades for Orle and Hesk since 2018",
        ),
        ("who's been praised for family group conferences?", "who has been praised for family group conferences?"),
    ],
)
def test_a_phrase_is_put_in_plain_words_that_facts_answer(typed: str, plain: str) -> None:
    assert in_plain_words(typed, KNOWN, TODAY) == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Which children have gone backwards since 2019?",
        "How did Orle turn its front door around?",
        "Is there a table of placements in Orle?",
        "Who has improved since 2018?",
    ],
)
def test_a_phrase_in_a_question_about_something_else_stays_as_it_is(text: str) -> None:
    assert in_plain_words(text, KNOWN, TODAY) == text
