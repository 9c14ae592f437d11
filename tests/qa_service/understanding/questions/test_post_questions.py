"""Tests of questions for the person who runs an authority's services."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.interpretation import Interpretation, interpret
from qa_service.understanding.questions.post_questions import asks_for_all_directors, asks_for_director


def understood(text: str) -> Interpretation:
    return interpret(text, ["Aldermere", "Westmarsh", "Carrowby"], date(2026, 11, 30))


@pytest.mark.parametrize(
    "text",
    [
        "Who is Westmarsh's DCS?",
        "who's aldermere's dcs",
        "Who is the director of children’s services at Carrowby?",
        "Who was the DCS at Aldermere when Ofsted wrote in October 2024?",
        "Who was the director of childrens services in Westmarsh in October 2024?",
        "What is the name of Carrowby's director of children's services?",
        "Name Westmarsh's DCS",
        "Who is the executive director of children, families and lifelong learning at Aldermere?",
        "Who is Aldermere's corporate director for children?",
        "Who is Aldermere's director?",
        "Who is the interim director of children's services at Westmarsh Council?",
        "Can you tell me who the DCS is in Carrowby?",
        "Who was in post as DCS at Carrowby in 2024?",
        "Westmarsh: who is the DCS?",
        "What's the DCS called in Aldermere?",
        "Who runs children's services in Aldermere?",
        "Who was Carrowby's letter addressed to?",
        "Who did Ofsted write to at Carrowby in March 2023?",
    ],
)
def test_a_question_for_the_director_is_recognised(text: str) -> None:
    assert asks_for_director(understood(text))
    assert not asks_for_all_directors(understood(text))


@pytest.mark.parametrize(
    "text",
    [
        "Who have been Aldermere's directors of children's services?",
        "Who was Westmarsh's previous DCS?",
        "Who has been DCS in Carrowby since 2018?",
    ],
)
def test_a_question_for_everyone_who_held_the_post_is_recognised(text: str) -> None:
    assert asks_for_director(understood(text))
    assert asks_for_all_directors(understood(text))


@pytest.mark.parametrize(
    "text",
    [
        "Who is the DCS?",
        "Who is lead member for children in Westmarsh?",
        "Who is Aldermere's director of public health?",
        "Who is the deputy director of children's services in Carrowby?",
        "Who is the assistant director in Aldermere?",
        "Who is the chief executive of Aldermere?",
        "Who holds Aldermere's DCS to account?",
        "Who is the DCS's line manager in Carrowby?",
        "Who is Westmarsh's director of finance?",
        "Who is director of adult social care in Aldermere?",
        "Who did the director of children's services in Carrowby meet?",
        "What did the DCS in Aldermere do?",
        "Who leads the virtual school in Carrowby?",
        "Who is the DCS and what did inspectors say about leadership in Aldermere?",
    ],
)
def test_other_questions_are_left_alone(text: str) -> None:
    assert not asks_for_director(understood(text))


def test_a_long_message_is_read_in_no_time() -> None:
    for words in ("the ", "at of in ", "children and ", "services, ", "interim "):
        assert not asks_for_director(understood(f"In Aldermere, who is the director of {words * 60}zz?"))
