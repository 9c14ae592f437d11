from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from qa_service.understanding.conversation.several_questions import (
    as_typed,
    clauses_of,
    leaves_out_authority,
    several_questions,
    with_words,
    words_of_its_own,
)
from tests.qa_service.conftest import TODAY

KNOWN = ("Bolton", "Carrowby", "Lancashire", "Northwold", "Orle", "Westmarsh")
GOLDEN = Path(__file__).parents[4] / "benchmarks" / "golden"
DIVIDED = [
    "What was the verdict on Dudley in autumn 2022",
    "Bolton's spring 2018 ILACS: what was the result",
    "Who inspected Lancashire in 2026",
]
"""The first question in each message of the golden sets that asks several questions."""


def asked_of(text):
    return list(several_questions(text, KNOWN, TODAY))


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "How was Orle rated overall and what does it need to improve?",
            ["How was Orle rated overall", "what does it need to improve? (Orle)"],
        ),
        (
            "How was Orle rated for adoption in 2015, and when was it last visited?",
            ["How was Orle rated for adoption in 2015", "when was it last visited? (Orle)"],
        ),
        (
            "How was Orle rated overall? How often is supervision in Orle?",
            ["How was Orle rated overall?", "How often is supervision in Orle?"],
        ),
        (
            "How was Westmarsh rated overall? And how long were families kept waiting in Carrowby?",
            ["How was Westmarsh rated overall?", "how long were families kept waiting in Carrowby?"],
        ),
        (
            "Which authorities are good, and how many are outstanding?",
            ["Which authorities are good", "how many are outstanding?"],
        ),
        (
            "Which authorities were good in 2019, and how many were outstanding?",
            ["Which authorities were good in 2019", "how many were outstanding? (2019)"],
        ),
        (
            "Who led the inspection and when was it published?",
            ["Who led the inspection", "when was it published? (inspection)"],
        ),
        (
            "Who led the latest focused visit of Northwold and when was it published?",
            ["Who led the latest focused visit of Northwold", "when was it published? (Northwold, latest focused visit)"],
        ),
        (
            "When was Orle last inspected, who led it and how was it rated?",
            [
                "When was Orle last inspected",
                "who led it (Orle, latest inspection)",
                "how was it rated? (Orle, latest inspection)",
            ],
        ),
        (
            "How was Orle rated in 2019? Which areas were good? What did it need to improve?",
            [
                "How was Orle rated in 2019?",
                "Which areas were good? (Orle, 2019)",
                "What did it need to improve? (Orle, 2019)",
            ],
        ),
        ("how was orle rated; what does it need to improve", ["how was orle rated", "what does it need to improve (Orle)"]),
        ("1. How was Orle rated?\n2. What does it need to improve?", ["How was Orle rated?", "What does it need to improve? (Orle)"]),
        ("What was the grade and what needs to improve in Orle?", ["What was the grade (Orle)", "what needs to improve in Orle?"]),
        (
            "How was Orle rated and what did it need to improve in 2019?",
            ["How was Orle rated (2019)", "what did it need to improve in 2019? (Orle)"],
        ),
        (
            "How was Orle rated? What did it need to improve? (2019 inspection)",
            ["How was Orle rated? (2019)", "What did it need to improve? (2019 inspection) (Orle)"],
        ),
        ("How was Orle rated overall and why?", ["How was Orle rated overall", "why?"]),
        (
            "How often is supervision in Orle? What do care leavers get for their first home?",
            ["How often is supervision in Orle?", "What do care leavers get for their first home? (Orle)"],
        ),
        (
            "How long do families in Orle wait? How is it for those in Carrowby?",
            ["How long do families in Orle wait?", "How is it for those in Carrowby?"],
        ),
        (
            "We are writing a paper. How was Orle rated? How often is supervision in Orle?",
            ["We are writing a paper. How was Orle rated?", "How often is supervision in Orle?"],
        ),
        (
            "1) when was Orle last inspected 2) what grade did it get 3) what must it improve",
            [
                "when was Orle last inspected",
                "what grade did it get (Orle, latest inspection)",
                "what must it improve (Orle, latest inspection)",
            ],
        ),
        (
            "how Orle improved its front door. Also any evidence on thresholds there",
            ["how Orle improved its front door.", "any evidence on thresholds there (Orle)"],
        ),
        (
            "What is said about placement sufficiency in Orle? And what does it cost per child?",
            ["What is said about placement sufficiency in Orle?", "what does it cost per child? (Orle)"],
        ),
        (
            "When was Orle last inspected? And what about Carrowby?",
            ["When was Orle last inspected?", "what about Carrowby?"],
        ),
        (
            "confirm the date of the last full inspection of Orle and its overall grade.",
            ["confirm the date of the last full inspection of Orle", "its overall grade. (Orle, latest inspection)"],
        ),
        (
            "What does good supervision look like, and which councils were praised for it?",
            ["What does good supervision look like", "which councils were praised for supervision?"],
        ),
        (
            "How was Orle rated and what was it told to fix about supervision? newest first.",
            ["How was Orle rated", "what was it told to fix about supervision? (Orle) newest first."],
        ),
        (
            "Which authorities improved and when were they inspected?",
            ["Which authorities improved", "when were they inspected?"],
        ),
    ],
)  # fmt: skip
def test_each_question_of_a_message_is_found_with_what_it_leaves_out(text, questions):
    assert asked_of(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "How was Orle rated overall?",
        "What are Orle's strengths and weaknesses?",
        "How was Orle rated for leaders and care leavers?",
        "Which authorities were good between 2019 and 2023?",
        "What did inspectors say about neglect and exploitation?",
        "What did inspectors say about how Orle was rated and what it needs to improve?",
        "We are writing a paper on neglect. What did inspectors say about it in Orle?",
        "Orle came out outstanding in 2023 - but what was the one thing it was still asked to work on?",
        "How often is supervision in Orle? Latest visit pls",
        "How was Orle rated? I need it for a committee paper. Thanks!",
        "Why couldn't teams take on enough families in Orle? was it staffing or the partners?",
        "Why couldn't teams take on enough families in Orle - was it staffing or the partners?",
        "Is Orle good? yes or no?",
        "list every authority with a visit in 2025? which were about care leavers.",
        "Was Orle rated good, yes or no?",
        "Can you help? What did inspectors say about neglect in Orle?",
        "Hi, can I ask a question? How was Orle rated?",
        "How was Orle rated? And Carrowby?",
        "How was Orle rated for leaders? And for care leavers?",
        "Is it true that Orle is good? If so, when did it become good?",
        "Who found the loophole in Orle and how long had it been there?",
        "When did Orle launch its strategy and who signed it off?",
        "Who took the decision in Orle and why?",
        "Why was Orle rated inadequate and what went wrong?",
        "How green was the workforce in Orle in 2017? what share were under two years post-qualifying",
        "and when was the inspection?",
        "The report asks “How was it rated? What does it need to improve?” of Orle",
        "(How was Orle rated? What does it need to improve?)",
        "?",
        "? ? ?",
        "and and and what is",
    ],
)
def test_a_message_with_one_question_is_left_as_it_is(text):
    assert asked_of(text) == [text]


def golden_questions():
    for name in ("training", "questions", "conversations", "conversations_second"):
        for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield from (turn["question"] for turn in case.get("turns", [case]))


@pytest.mark.thorough
def test_of_three_thousand_questions_only_those_that_ask_two_things_are_divided():
    divided = [found for text in golden_questions() if len(found := asked_of(text)) > 1]
    assert [found[0] for found in divided] == DIVIDED


@pytest.mark.parametrize("text", ["How was Orle rated? " * 95, "what is and " * 160, "? " * 990, "and who " * 240])
def test_a_message_of_many_questions_is_divided_quickly(text):
    began = time.process_time()
    found = asked_of(text)
    assert time.process_time() - began < 3
    assert len(found) <= 9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what do they need to improve?", True),
        ("what does it need to improve?", True),
        ("what does Orle need to improve?", False),
        ("which authorities are good?", False),
        ("how many are outstanding?", False),
    ],
)
def test_a_question_may_leave_out_whom_it_is_about(text, expected):
    assert leaves_out_authority(text, KNOWN, TODAY) is expected


def test_words_are_added_in_brackets():
    assert with_words("who led it?", ("Orle", "2019")) == "who led it? (Orle, 2019)"
    assert with_words("who led it?", ()) == "who led it?"


@pytest.mark.parametrize("added", [(), ("Orle", "2019")])
def test_words_added_to_a_question_can_be_left_out_again(added):
    message = "How was Orle rated (overall)? Who led it?"
    for asked in ("How was Orle rated (overall)?", "Who led it?"):
        assert as_typed(with_words(with_words(asked, added), ("Ince",)), message) == asked


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("what did they find? (Bolton, monitoring visit)", "what did they find?"),
        ("How many visits (of any kind) has Bolton had", "How many visits (of any kind) has Bolton had"),
        ("words of nobody (Bolton)", "words of nobody (Bolton)"),
    ],
)
def test_a_question_is_shown_in_the_words_of_its_message(question, typed):
    message = "How many visits (of any kind) has Bolton had, and what did they find?"
    assert as_typed(question, message) == typed


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "How is supervision in Orle, and are caseloads manageable?",
            ["How is supervision in Orle", "are caseloads manageable? (Orle)"],
        ),
        (
            "Does every child in Orle have a PEP, and can schools cope with their needs?",
            ["Does every child in Orle have a PEP", "can schools cope with their needs? (Orle)"],
        ),
        ("is early help good in Orle and what about neglect?", ["is early help good in Orle", "what about neglect?"]),
    ],
)
def test_a_question_with_a_subject_of_its_own_is_divided_from_the_one_before(text, questions):
    assert asked_of(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "Do children in Orle who are in care and are waiting for a home see their social worker?",
        "What delays did inspectors see in Orle when a case closes and should step down to early help?",
        "Are interviews timely in Orle and do they help?",
        "Are care leavers in Orle housed well and are they safe?",
    ],
)
def test_a_clause_that_goes_on_with_the_one_before_is_not_divided(text):
    assert asked_of(text) == [text]


def test_the_clauses_of_one_question_have_words_of_their_own():
    text = "Does Orle's football team help children, and do they learn English?"
    clauses = clauses_of(text)
    assert clauses == ("Does Orle's football team help children", "do they learn English?")
    assert words_of_its_own(clauses[1], clauses[:1]) == {"learn", "english"}
    assert clauses_of("How is Orle rated?") == ("How is Orle rated?",)
