"""Tests of the questions that only a name, a time or a cause can answer."""

from __future__ import annotations

import time

import pytest

from qa_service.understanding.questions.asked import Asked, asked_for

QUESTIONS = {
    Asked.PERSON: [
        "Who is the chief executive of Westmarsh?",
        "Who’s Aldermere’s lead member for children?",
        "ok so who is head of the virtual school in Carrowby",
        "Who is the LADO?",
        "Who was Pellbrook Council’s previous chief executive?",
        "Which judge praised the court work?",
        "What is the name of the interim director?",
    ],
    Asked.CHAIR: ["Who chairs the improvement board?", "Who is the independent chair of the safeguarding board?"],
    Asked.LEADER: [
        "Who manages the out-of-hours team?",
        "In Aldermere, who runs the hub?",
        "Who is in charge of MASH?",
    ],
    Asked.GIVER: ["Who gave Aldermere’s asylum team its award?"],
    Asked.DATE: [
        "When was the toolkit brought in?",
        "Aldermere 2025: when did the hub open?",
        "Since when has it run?",
    ],
    Asked.FUTURE: ["When will the new home open?"],
    Asked.TIME: ["When do children get an adviser?"],
    Asked.NAME: [
        "Which charities helped to set up the club?",
        "What app do children use for their memories?",
        "What is the app called that Aldermere uses?",
        "What’s the name of the service?",
    ],
    Asked.THING: ["Which tool do social workers use for neglect?", "What practice model is used in Aldermere?"],
    Asked.PURPOSE: ["Why did Aldermere set up a hub?", "Why was the panel stopped?"],
    Asked.MOST: [
        "Which groups wait longest?",
        "Which of the three hubs is the most effective?",
        "What is the most common reason for a referral?",
        "Who makes most of the referrals?",
        "After English, which language is spoken most?",
    ],
    Asked.CAUSE: ["Why are visits late?", "Tell me why visits are late", "How come so few children are seen alone?"],
}


@pytest.mark.parametrize(("asked", "question"), [(asked, q) for asked, found in QUESTIONS.items() for q in found])
def test_the_first_word_that_asks_says_what_is_wanted(asked: Asked, question: str) -> None:
    assert asked_for(question) is asked


@pytest.mark.parametrize(
    "question",
    [
        "How good is supervision?",
        "Who provides the training?",
        "Who checks the plans?",
        "Who holds the DCS to account?",
        "Who is responsible for the work of the LADO?",
        "Who are the care navigators?",
        "Who is the lead for neglect in Aldermere?",
        "Is there a manager who leads the team?",
        "Do children who go missing see someone?",
        "When children go missing, what happens?",
        "What do school heads think of the virtual school?",
        "What was school attendance like?",
        "Which groups wait at least a year?",
        "What is the most recent finding on supervision?",
        "Which almost new service is there?",
        "Where does it share best practice?",
        "What support do the most vulnerable children get?",
        "Is it the best hub?",
        "What was the councillor there to do?",
        "Why?",
    ],
)
def test_other_questions_may_be_answered_by_any_sentence(question: str) -> None:
    assert asked_for(question) is None


def test_a_long_question_is_read_in_no_time() -> None:
    began = time.perf_counter()
    for words in ("the ", "new ", "chief executive ", "what is ", "Aldermere’s "):
        asked_for(f"Who is {words * 200}?")
        asked_for(f"What is {words * 200}called?")
    assert time.perf_counter() - began < 0.5
