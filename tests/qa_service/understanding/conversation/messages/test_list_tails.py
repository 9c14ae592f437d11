"""Tests of leaving out words at the end of a question for a list that the list itself answers."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.list_tails import without_list_tail
from tests.qa_service.conftest import TODAY

KNOWN = ("Hesk", "Orle")


@pytest.mark.parametrize(
    "tail",
    [
        "? and who",
        ", and who were they?",
        "? and where",
        ", and which ones?",
        ", out of how many?",
        " - list them",
        ", with dates",
    ],
)
def test_words_that_the_list_answers_are_left_out(tail):
    asked = "How many focused visits criticise supervision"
    assert without_list_tail(f"{asked}{tail}", KNOWN, TODAY) == f"{asked}?"


@pytest.mark.parametrize(
    "text",
    [
        "What does Orle need to improve, and who leads it?",
        "How do social workers in Orle record visits, and where?",
        "How many children in Orle go missing, and who are they?",
        "Who led the inspection of Orle and which visits were before it?",
    ],
)
def test_other_questions_keep_all_their_words(text):
    assert without_list_tail(text, KNOWN, TODAY) == text
