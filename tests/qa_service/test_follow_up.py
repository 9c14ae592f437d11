from __future__ import annotations

import pytest

from corpus.types import Kind
from qa_service.follow_up import stand_alone
from qa_service.query import interpret


@pytest.fixture
def after(known):
    """The last of some questions, asked after the others."""
    return lambda *questions: stand_alone(questions[-1], questions[:-1], known)


def years(standalone):
    return [period.first.year for period in standalone.question.periods]


def test_a_first_question_stands_alone(after, known):
    text = "and what about them there?"
    assert after(text).question == interpret(text, known)
    assert after(text).carried == ()


def test_the_authority_is_carried_over_and_said(after):
    made = after("How are care leavers housed in Westmarsh?", "How many social workers hold too many cases there?")
    assert made.question.authorities == ("Westmarsh",)
    assert made.question.parts[0].authorities == ("Westmarsh",)
    assert "about Westmarsh" in made.carried
    assert "care leavers" not in made.question.search_text


def test_the_time_and_the_kind_are_carried_over_with_the_authority(after):
    made = after("What did the 2019 inspection of Westmarsh find on neglect?", "and what about dental checks?")
    assert years(made) == [2019]
    assert made.question.parts[0].periods == made.question.periods
    assert Kind.ILACS in made.question.kinds
    assert "in 2019" in made.carried


def test_a_time_of_its_own_replaces_the_one_before(after):
    made = after("How are care leavers housed in Westmarsh in 2019?", "and in 2023?")
    assert made.question.authorities == ("Westmarsh",)
    assert years(made) == [2023]
    assert "care leavers housed" in made.question.search_text
    assert "in 2019" not in made.carried


def test_a_new_authority_takes_the_old_subject_but_not_the_old_time(after):
    made = after("How are care leavers housed in Westmarsh in 2019?", "What about Aldermere?")
    assert made.question.authorities == ("Aldermere",)
    assert made.question.parts[0].authorities == ("Aldermere",)
    assert years(made) == []
    assert made.question.search_text == "How are care leavers housed?"
    assert made.carried == ("“How are care leavers housed?”",)


def test_a_short_question_that_names_no_authority_is_about_the_one_before(after):
    made = after("How are care leavers housed in Westmarsh?", "Are caseloads manageable for social workers?")
    assert made.question.authorities == ("Westmarsh",)


@pytest.mark.parametrize(
    "text",
    [
        "Is fostering in Northwold well run?",
        "Which councils pay a setting-up allowance of over two thousand pounds for young adults?",
    ],
)
def test_a_new_topic_carries_nothing_over(after, known, text):
    made = after("How are care leavers housed in Westmarsh in 2019?", text)
    assert made.question == interpret(text, known)
    assert made.carried == ()


@pytest.mark.parametrize(
    "text",
    [
        "What do grandparents and other kinship carers across England say that they most want from their council?",
        "Which councils make sure that children see a dentist before their first review in care?",
    ],
)
def test_a_whole_new_question_with_a_pronoun_inside_carries_nothing_over(after, text):
    made = after("How are care leavers housed in Westmarsh in 2019?", text)
    assert made.question.authorities == ()


def test_a_chain_of_three_keeps_the_subject_through_two_authorities(after):
    made = after("How are care leavers housed in Westmarsh?", "What about Aldermere?", "and Northwold?")
    assert made.question.authorities == ("Northwold",)
    assert made.question.search_text == "How are care leavers housed?"


def test_a_chain_of_three_keeps_the_authority_and_the_last_time(after):
    made = after("Are caseloads manageable in Westmarsh in 2019?", "and in 2023?", "and what about supervision?")
    assert made.question.authorities == ("Westmarsh",)
    assert years(made) == [2023]
    assert "supervis" in made.question.search_text


def test_a_chain_is_broken_by_a_new_topic(after):
    made = after(
        "How are care leavers housed in Westmarsh in 2019?", "Is fostering in Northwold well run?", "and adoption?"
    )
    assert made.question.authorities == ("Northwold",)
    assert years(made) == []


@pytest.mark.parametrize("text", ["why?", "and?", "there?", "???", "Westmarsh"])
def test_the_shortest_follow_up_has_words_to_search(after, text):
    assert after("How are care leavers housed in Westmarsh?", text).question.search_text.strip()


@pytest.mark.parametrize("text", ["and what about drugs and county lines?", "why?"])
def test_a_time_carried_over_is_told_as_it_was_written(after, text):
    made = after("What was found in Westmarsh on exploitation in 2019?", text)
    assert made.question.in_words == ("Westmarsh", "2019")


def test_a_time_carried_over_twice_is_told_as_it_was_written(after):
    made = after("Are caseloads manageable in Westmarsh in 2019?", "and dental checks?", "and supervision?")
    assert years(made) == [2019]
    assert "in 2019" in made.carried
