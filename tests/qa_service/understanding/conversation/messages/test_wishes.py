"""Tests of separating what a message asks from its background."""

from __future__ import annotations

import pytest

from qa_service.understanding.conversation.messages.wishes import read_message
from tests.qa_service.conftest import TODAY

KNOWN = ("Carrowby", "Hesk", "Northwold", "Orle", "Westmarsh")


def asked(message):
    return read_message(message, KNOWN, TODAY).text


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        (
            "Hi, I'm prepping for scrutiny on Thursday. Could you tell me how Orle was graded last time?",
            "how Orle was graded last time?",
        ),
        (
            "We've got our annual conversation and the DCS wants a paragraph. What is said about caseloads in Orle?",
            "What is said about caseloads in Orle?",
        ),
        (
            "Hello - new QA manager here, started at the council last week. Which authorities are outstanding?",
            "Which authorities are outstanding?",
        ),
        (
            "I was asked this and couldn't answer. Has Orle ever been good? My boss swears it was.",
            "Has Orle ever been good?",
        ),
        (
            "I'm a governor and I want to know what reports say about neglect in Orle.",
            "what reports say about neglect in Orle.",
        ),
        ("Our lead member asked whether Orle has ever been better than Hesk.", "Has Orle ever been better than Hesk?"),
        (
            "Our analyst says Orle has always been good. Is that right, and who led the last inspection?",
            "Has Orle always been good? Who led the last inspection?",
        ),
        (
            "Our DCS would like a count of how often supervision was listed in the recommendations since 2021.",
            "a count of how often supervision was listed in the recommendations since 2021.",
        ),
        ("For scrutiny on Thursday: how was Orle rated?", "how was Orle rated?"),
        ("How many councils are good, and who are they?", "How many councils are good?"),
        ("I have been asked by the chief exec to find out how many councils are good.", "how many councils are good."),
        ("She also wants to know who led it in Orle.", "also who led it in Orle."),
        (
            "I wondered which councils were praised for early help. Happy with a list.",
            "which councils were praised for early help.",
        ),
        ("Just come out of a meeting. Need to know: who led the Orle inspection?", "who led the Orle inspection?"),
        (
            "Not sure if you can help but I'm after anything on neglect in Orle",
            "anything on neglect in Orle",
        ),
        (
            "My line manager wants me to compare Orle with Hesk on recruitment. I've never done this so go easy on me :)",
            "compare Orle with Hesk on recruitment.",
        ),
        ("I know this is not your job but how many children live in Orle?", "how many children live in Orle?"),
    ],
)
def test_only_the_wish_is_asked(message, wish):
    assert asked(message) == wish


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        (
            "Our neighbour Orle got a good report. Can you pull out what inspectors liked about its early help?",
            "what inspectors liked about its early help? (Orle)",
        ),
        (
            "I've read the 2019 Orle report twice. Did inspectors mention private fostering at all?",
            "Did inspectors mention private fostering at all? (Orle, 2019)",
        ),
        (
            "I'm looking at Orle's sixth monitoring visit. Were chronologies and case summaries kept up to date?",
            "Were chronologies and case summaries kept up to date? (Orle, sixth monitoring visit)",
        ),
    ],
)
def test_the_authority_and_the_inspection_come_from_the_background(message, wish):
    assert asked(message) == wish


@pytest.mark.parametrize(
    "message",
    [
        "I work for Orle council. Which councils are good?",
        "We are based in Orle. What do reports say about the recruitment of foster carers?",
    ],
)
def test_the_authority_that_a_person_works_for_is_not_added(message):
    assert "Orle" not in asked(message)


@pytest.mark.parametrize(
    "message",
    [
        "How was Orle rated overall?",
        "Could you tell me who led the Orle inspection?",
        "Orle was told in 2019 that meetings were slow. Sorted by 2021?",
        "A teenager turns up with nowhere to live in Orle. Is coming into care one of the choices?",
        "I've been told that care leavers in Orle pay no council tax. Do any of the reports confirm it?",
        "We noticed the rate in Orle was 51% in 2014. What reason do inspectors give for it being so high?",
        "I'm briefing new members of Orle's corporate parenting board. What did inspectors find wrong with the board?",
        "I'm writing about reviewing officers who don't push back - where has that been criticised?",
        "Are strategy meetings in Orle recorded well? (the 2019 visit about referrals)",
        "Is there anything for young people leaving jail in Orle? think it was in the 2022 report",
        "Since 2021, which authorities were good?",
        "Back in spring 2017, how was Orle rated for leadership?",
        "Starting from 2019, which authorities used bed and breakfast?",
        "New question: how big are caseloads?",
        "supervision in Orle",
        "and caseloads?",
        "why?",
    ],
)
def test_a_message_without_background_or_with_a_subject_in_it_stays_whole(message):
    read = read_message(message, KNOWN, TODAY)
    assert (read.text, read.background) == (message, ())


def test_words_that_limit_a_question_stay_with_it():
    message = "I'm drafting a paper. How was Orle rated? Ideally newest first."
    assert asked(message) == "How was Orle rated? newest first."
    assert asked("I'm drafting a paper. What is said about neglect in Orle? Nothing before 2020.").endswith(
        "(since 2020)"
    )
    assert "exclud" in asked("Hi! Which councils are good? Excluding Orle. Thanks!").lower()


def test_the_background_is_returned_without_greetings_and_thanks():
    message = "Hi all, I have scrutiny on Thursday. How was Orle rated? Many thanks, Jo"
    assert read_message(message, KNOWN, TODAY).background == ("I have scrutiny on Thursday.",)
    assert read_message("Hi all, how was Orle rated? Many thanks, Jo", KNOWN, TODAY).background == ()


@pytest.mark.parametrize(
    "message",
    [
        "Our neighbour Orle got a good report. Can you pull out what inspectors liked about its early help?",
        "Hi, I'm prepping for scrutiny. How was Orle graded? Ideally newest first.",
        "supervision, Orle, worst bits",
    ],
)
def test_what_a_message_asks_is_read_as_it_is(message):
    assert asked(asked(message)) == asked(message)


@pytest.mark.parametrize("message", ["Hi!", "thanks", "...", "Kind regards, Jo"])
def test_a_message_of_nothing_else_is_returned_as_it_is(message):
    assert asked(message) == message
