"""Tests of questions for the director, answered from the samples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.types import Answer, FactName

QUESTIONS = {
    "Who is Northwold's director of children's services?": (
        "Ambrose Tarrowfield Corporate Director, Children and Learning",
        "Ambrose Tarrowfield, Corporate Director, Children and Learning",
    ),
    "Who was the DCS at Carrowby in March 2023?": (
        "",
        "Leonie Stackhurst, Director of Children’s Services",
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_gives_the_words_of_the_address_and_their_page(ask: Callable[..., Answer], question: str) -> None:
    answer = ask(question)
    fact = answer.statements[0].fact
    assert answer.answered
    assert fact is not None
    words, value = QUESTIONS[question]
    assert (fact.name, fact.value, fact.words, fact.page) == (FactName.POST_HOLDER, value, words, 1 if words else None)
    assert answer.statements[0].text == f"Addressed to: {value}"
    assert "It does not show who holds it now." in answer.reason
