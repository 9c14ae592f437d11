"""Tests of the words of a message that are only greetings, thanks, urgency or doubt."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.courtesies import adds_nothing, without_courtesies


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("Which councils in here are good overall? ta", "Which councils are good overall?"),
        ("How many inadequate ones in here", "How many inadequate ones"),
        ("What does Orle need to improve? asap please", "What does Orle need to improve?"),
        ("What is said about permanence in Orle, if that makes sense", "What is said about permanence in Orle"),
        ("Who praised work with fathers - for my paper", "Who praised work with fathers"),
        (
            "Compare Orle and Hesk on adoption, for Thursday's panel, many thanks, Sue",
            "Compare Orle and Hesk on adoption",
        ),
        ("Is Orle good or RI atm, for a slide", "Is Orle good or RI"),
        ("Which authorities went down, roughly speaking, off the top of your head", "Which authorities went down"),
        ("Tell me about Orle's front door, thanks so much, Priya", "Tell me about Orle's front door"),
        ("Hi all, how was Orle rated?", "how was Orle rated?"),
        ("Dear Sir, how was Orle rated?", "how was Orle rated?"),
        ("quick one: Orle grade", "Orle grade"),
        ("Any good practice on life story work, links appreciated", "Any good practice on life story work"),
    ],
)
def test_words_that_ask_for_nothing_are_left_out(sentence, left):
    assert without_courtesies(sentence) == left


@pytest.mark.parametrize(
    "sentence", ["Morning all.", "Thanks so much!", "Kind regards, Jo", "Hi there, hope you're well."]
)
def test_a_sentence_of_nothing_but_courtesies_is_empty(sentence):
    assert without_courtesies(sentence) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Are children seen as soon as possible?",
        "Which improvement is the most urgent?",
        "What support is there for the panel?",
        "Do children in Orle appreciate their carers?",
        "No, I mean the 2023 one",
        "sorry, Orle",
        "names only please",
    ],
)
def test_the_same_words_stay_where_they_are_part_of_a_question(sentence):
    assert without_courtesies(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("supervision in Orle, esp. the 2022 one", "supervision in Orle in the 2022 report"),
        ("supervision in Orle, especially the SEND inspection", "supervision in Orle in the SEND inspection"),
        ("care leavers in Orle, especially the latest one thx", "care leavers in Orle, newest first"),
        ("Was Orle inadequate, particularly for care leavers", "Was Orle inadequate for care leavers"),
    ],
)
def test_the_report_that_matters_most_is_named_as_in_a_question(sentence, left):
    assert without_courtesies(sentence) == left


@pytest.mark.parametrize(
    ("sentence", "nothing"),
    [
        ("Can you also list them please?", True),
        ("Bullet points please", True),
        ("A list is fine", True),
        ("Happy with a list.", True),
        ("Board paper.", True),
        ("List the reports on Orle", False),
        ("What do the bullet points say?", False),
    ],
)
def test_a_request_for_a_form_of_answer_adds_nothing(sentence, nothing):
    assert adds_nothing(sentence) is nothing
