"""Tests of the words for what a question about required improvements is about."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.conversation.messages.wishes import read_message
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.questions.improvement_questions import ItemsAsked, items_asked

KNOWN = ("Aldermere", "Pellbrook", "Westmarsh")


def asked(text: str) -> ItemsAsked | None:
    today = date(2026, 11, 29)
    return items_asked(interpret(read_message(text, KNOWN, today).text, KNOWN, today))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("what does Pellbrook need to do about life-story work", "life-story work"),
        ("What do Pellbrook and Aldermere have to fix on neglect?", "neglect"),
        ("what should leaders in Pellbrook do about RHIs", "return home interviews"),
        ("what action does Pellbrook need to take on chronologies", "chronologies"),
        ("What does Pellbrook need to do to improve supervision?", "supervision"),
        ("what needs fixing in Pellbrook on kids going missing", "children going missing"),
        ("What must the ICB do about autism waits in Pellbrook?", "autism waits"),
        ("areas for improvement on the local offer for Pellbrook", "local offer"),
        ("recommendations about letters before proceedings, Pellbrook", "letters before proceedings"),
        ("what was Pellbrook told about school places in 2023", "school places"),
        ("Was short breaks one of the things Pellbrook had to improve?", "short breaks"),
        ("what was Pellbrook told to do about placements, at the visit just before Easter 2022", "placements"),
        (
            "what does Pellbrook have to do about alternative provision after the SEND inspection",
            "alternative provision",
        ),
        ("what should Pellbrook do about homeless 16/17s", "homeless 16 and 17 year olds"),
        ("what should Pellbrook do about homeless 16/17 yr olds", "homeless 16 and 17 year olds"),
        ("anything on audits Pellbrook was told to fix in 2025?", "audits"),
        ("which recommendations for Pellbrook mention advocacy", "advocacy"),
        ("What does Pellbrook need to improve?", ""),
        ("what did Ofsted tell Pellbrook to improve in jan 2026", ""),
        ("List all the areas for improvement in Pellbrook's 2015 inspection", ""),
    ],
)
def test_the_subject_is_what_is_left_of_the_question(text: str, subject: str) -> None:
    found = asked(text)
    assert found is not None
    assert found.subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "What did Pellbrook do about supervision?",
        "What do foster carers in Pellbrook have to do about training?",
        "Do care leavers in Pellbrook have to pay council tax?",
        "Why does Pellbrook need to improve supervision?",
        "How many reports ask Pellbrook to improve supervision?",
        "What did young people in Pellbrook tell inspectors about their homes?",
        "Who chairs the improvement board that must improve Pellbrook?",
        "Are the police told about the outcomes of tribunals in Pellbrook?",
        "Which problem with getting children into school have Pellbrook parents helped to work on?",
        "Did the recommendations of panels end up in children's plans in Pellbrook?",
        "What was wrong with the recommendations coming out of audits in Pellbrook?",
        "Has Pellbrook done anything to fix its reviewing officer service?",
        "What recommendations did the National Adviser make to Pellbrook about its care leavers service?",
        "Has Pellbrook done what it was told to improve on supervision?",
    ],
)
def test_other_questions_ask_for_no_items(text: str) -> None:
    found = asked(text)
    assert found is None or not found.subject


def test_a_question_about_now_is_told_from_one_about_the_past() -> None:
    now, past = (
        asked("Does Pellbrook need to improve supervision?"),
        asked("Did Pellbrook have to improve supervision?"),
    )
    assert now is not None
    assert past is not None
    assert (now.yes_or_no, now.now) == (True, True)
    assert (past.yes_or_no, past.now) == (True, False)
