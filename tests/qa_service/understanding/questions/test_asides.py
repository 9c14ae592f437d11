"""Tests of the words of a question that only say why it is asked, or who the answer is for."""

from __future__ import annotations

from datetime import date

import pytest

from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.questions.asides import with_topic, without_asides
from qa_service.understanding.questions.headlines import asks_for_summary

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Quick overview of Westmarsh please, I have a meeting in ten minutes", "Quick overview of Westmarsh please,"),
        ("I'm meeting their DCS tomorrow. What do I need to know?", ". What do I need to know?"),
        ("What does it say on caseloads? I've got scrutiny on Thursday.", "What does it say on caseloads?"),
        ("As I'm the new lead member, how was Westmarsh rated?", ", how was Westmarsh rated?"),
        ("We're visiting Westmarsh next week, any worries?", ", any worries?"),
    ],
)
def test_an_aside_is_left_out_and_the_other_words_keep_their_places(question, left):
    blanked = without_asides(question)
    assert len(blanked) == len(question)
    assert " ".join(blanked.split()) == left
    assert all(shown in (" ", typed) for shown, typed in zip(blanked, question, strict=True))


@pytest.mark.parametrize(
    "question",
    [
        "What happens when children have a meeting with their social worker?",
        "I have a meeting about supervision, what do the reports say?",  # the subject is in it
        "I need to know which reports criticise the fostering panel",
        "Have we had a focused visit?",
        "I'm the new lead member",  # nothing else would be left
        "Which authorities have a permanence panel?",
    ],
)
def test_words_that_say_what_is_asked_stay(question):
    assert without_asides(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the latest inspection of Westmarsh for an incoming director.",
        "Give me a one page briefing on Westmarsh for the lead member",
        "Quick overview of Westmarsh please, I have a meeting in ten minutes",
        "I'm meeting the DCS of Westmarsh tomorrow. What do I need to know?",
        "Brief me on Westmarsh",
        "Can you bring me up to speed on Westmarsh?",
        "What do I need to know about Westmarsh's children's services?",
        "Summarise Westmarsh's 2023 inspection for our scrutiny committee",
        "Headlines from Westmarsh's last inspection for a committee paper please",
        "I need the key points from the Westmarsh report for cabinet",
        "Main messages from the latest Westmarsh letter in plain English",
        "Sum up Westmarsh for someone new to the area",
        "five key takeaways from the Westmarsh inspection",
        "Give me a snapshot of Westmarsh ahead of tomorrow's visit",
        "1 para on Westmarsh for the lead member",
    ],
)
def test_a_summary_may_be_for_somebody(question, make_report):
    reports = [make_report("w.txt", authority="Westmarsh")]
    asked = interpret_in_context(question, (), reports, TODAY)
    assert asks_for_summary(asked)
    assert asked.authorities == ("Westmarsh",)
    assert not asked.not_applied


@pytest.mark.parametrize(
    "question",
    [
        "What training is there for elected members in Westmarsh?",
        "What support does Westmarsh give to new managers?",
        "Summarise what Westmarsh does for care leavers",
        "Summarise the support for social workers in Westmarsh",
    ],
)
def test_people_who_are_the_subject_are_no_audience(question, make_report):
    reports = [make_report("w.txt", authority="Westmarsh")]
    assert not asks_for_summary(interpret_in_context(question, (), reports, TODAY))


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        (
            "Private fostering: which inspections since 2022 have criticised it?",
            "which inspections since 2022 have criticised private fostering?",
        ),
        ("Edge of care – who has been praised for it?", "who has been praised for edge of care?"),
        ("Caseloads: who has lower ones?", "Caseloads: who has lower ones?"),  # no pronoun
        ("Care leavers: what it's like for them?", "what it's like for care leavers?"),
        ("Early help: what's the wait, and it's for whom?", "Early help: what's the wait, and it's for whom?"),
        ("Early help: who says it's good?", "Early help: who says it's good?"),  # "it's" is not replaced
        ("Is it true: did it improve?", "Is it true: did it improve?"),
        ("What does Westmarsh say about it: is it good?", "What does Westmarsh say about it: is it good?"),
    ],
)
def test_a_topic_takes_the_place_of_its_pronoun(typed, question):
    assert with_topic(typed) == question


@pytest.mark.parametrize(
    "text",
    [
        "How many were good? I thought it was nearly all of them",
        "Will it be good? Just a yes or no is fine",
        "Has anyone gone from inadequate to outstanding? I want to tell members it can be done",
    ],
)
def test_a_statement_after_the_question_is_an_aside(text):
    assert without_asides(text).strip() == text[: text.index("?") + 1]
