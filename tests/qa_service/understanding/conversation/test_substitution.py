"""Tests of follow-ups that replace something similar in the question before."""

from __future__ import annotations

import pytest

from qa_service.understanding.conditions.of_interpretation import with_conditions
from qa_service.understanding.conversation.substitution import Substitution
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY
from tests.qa_service.understanding.adapter import understand

KNOWN = ("Aldermere", "Carrowby", "Westmarsh")
COMPARE = "Compare Westmarsh and Aldermere on supervision"
COUNT = "How many full inspections criticise caseloads?"
PRAISED = "Which councils have been praised for early help?"
LISTED = "How many reports list supervision under what needs to improve?"
BY_YEAR = "How many inadequate judgements were there each year?"
DOWN = "Which authorities have gone down a grade?"


@pytest.fixture
def after(report_sets):
    return lambda *questions: understand(questions[-1], questions[:-1], report_sets["dated"])


@pytest.mark.parametrize(
    ("before", "text", "question"),
    [
        (COMPARE, "and caseloads?", "Compare Westmarsh and Aldermere on caseloads"),
        (COMPARE, "What about Carrowby?", "Compare Westmarsh, Carrowby and Aldermere on supervision"),
        ("Is Westmarsh or Aldermere better at supervision?", "what about caseloads?", "Is Westmarsh or Aldermere better at caseloads?"),
        (COUNT, "What about supervision?", "How many full inspections criticise supervision?"),
        (COUNT, "and focused visits?", "How many focused visits criticise caseloads?"),
        (PRAISED, "and supervision?", "Which councils have been praised for supervision?"),
        (PRAISED, "and criticised?", "Which councils have been criticised for early help?"),
        (PRAISED, "what about Aldermere?", f"{PRAISED} (Aldermere)"),
        (LISTED, "What about neglect?", "How many reports list neglect under what needs to improve?"),
        (BY_YEAR, "and for requires improvement?", "How many requires improvement judgements were there each year?"),
        (BY_YEAR, "What about Aldermere?", f"{BY_YEAR} (Aldermere)"),
        ("How many full inspections were there each year?", "and focused visits?", "How many focused visits were there each year?"),
        (DOWN, "and up?", "Which authorities have gone up a grade?"),
        ("Which councils are outstanding for leadership?", "and for care leavers?", "Which councils are outstanding for care leavers?"),
        ("How many reports mention private fostering?", "same for kinship care please", "How many reports mention kinship care?"),
        ("Has Westmarsh sorted out supervision?", "and caseloads?", "Has Westmarsh sorted out caseloads?"),
    ],
)  # fmt: skip
def test_the_question_before_is_asked_again_about_something_else(after, before, text, question):
    understood = after(before, text)
    assert understood.interpretation.text == question
    assert understood.carried == (f"“{question}”",)


def test_a_third_question_builds_on_the_second(after):
    assert (
        after(COMPARE, "and caseloads?", "and neglect?").interpretation.text
        == "Compare Westmarsh and Aldermere on neglect"
    )


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (PRAISED, "what about the worst?"),
        (PRAISED, "and Ruritania?"),
        (PRAISED, "why?"),
        (PRAISED, "and what do children say?"),
        (PRAISED, "tell me more"),
        ("How are care leavers housed in Westmarsh?", "and caseloads?"),
    ],
)
def test_other_follow_ups_have_no_place_in_the_question_before(before, text):
    def read(asked):
        return with_conditions(interpret(asked, KNOWN, TODAY), KNOWN, TODAY)

    assert Substitution(read(before), KNOWN, TODAY, read).interpret(text) is None


def test_a_follow_up_after_several_questions_follows_the_last_one(after):
    understood = after(
        "How was Westmarsh rated in 2019? And which councils have been praised for early help?", "and neglect?"
    )
    assert understood.interpretation.text == "which councils have been praised for neglect?"
