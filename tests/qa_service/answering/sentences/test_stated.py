"""Tests of whether a sentence states what a question asks for."""

from __future__ import annotations

import pytest

from corpus.types import Passage
from qa_service.answering.sentences.stated import states
from qa_service.understanding.questions.asked import asked_for


def passage_of(*sentences: str) -> Passage:
    text, spans = "", []
    for sentence in sentences:
        spans.append((len(text), len(text) + len(sentence)))
        text += f"{sentence} "
    return Passage("r", 0, text, 0, len(text), (), None, (1,), (), tuple(spans))


def stated(question: str, *sentences: str, number: int = 0) -> bool:
    asked = asked_for(question)
    assert asked is not None
    return states(asked, question, passage_of(*sentences), number)


@pytest.mark.parametrize(
    "sentence",
    [
        "The chief executive, Orla Penhale, took up her post in May.",
        "Orla Penhale, the council’s interim chief executive, meets children.",
        "The chief executive (Orla Penhale) meets children.",
        "Mr Penhale joined the council as its chief executive.",
    ],
)
def test_a_person_is_named(sentence: str) -> None:
    assert stated("Who is the chief executive of Aldermere?", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The new chief executive has strengthened the partnership.",
        "The chief executive, Lead Member and Director of Children’s Services hold managers to account.",
        "The chief executive chairs the Corporate Parenting Board.",
        "Aldermere Council has a new chief executive.",
    ],
)
def test_a_role_is_not_a_person(sentence: str) -> None:
    assert not stated("Who is the chief executive of Aldermere?", sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who chairs the improvement board?", "The improvement board is chaired by the chief executive."),
        ("Who chairs the improvement board?", "Care leavers co-chair the improvement board."),
        ("Who leads the missing panel?", "The head of safeguarding chairs the missing panel."),
        ("Who runs the night team?", "The night team is managed by a neighbouring council."),
        ("Who runs the night team?", "A charity delivers the night service."),
    ],
)
def test_a_role_that_leads_is_stated(question: str, sentence: str) -> None:
    assert stated(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who chairs the improvement board?", "The improvement board meets monthly and is effective."),
        ("Who is the independent chair of the board?", "The independent chair of the board is effective."),
        ("Who manages the Harbour Team?", "The quality of management oversight in the Harbour Team."),
        ("Who leads the virtual school?", "Leadership of the virtual school is strong."),
    ],
)
def test_the_question_s_own_words_do_not_say_who_leads(question: str, sentence: str) -> None:
    assert not stated(question, sentence)


def test_whoever_gave_an_award_is_stated() -> None:
    question = "Who gave Aldermere’s asylum team its award?"
    assert stated(question, "The asylum team won an award from a national newspaper.")
    assert stated(question, "The Children’s Commissioner has awarded the asylum team a prize.")
    assert not stated(question, "The award-winning asylum team set up a club with the support of charities.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The toolkit was launched in March 2024.",
        "The toolkit came into use two years ago.",
        "The toolkit has been in use since the last inspection.",
        "A toolkit was recently introduced.",
    ],
)
def test_a_time_is_stated(sentence: str) -> None:
    assert stated("When was the toolkit brought in?", sentence)


def test_the_time_may_be_in_the_sentence_that_it_refers_back_to() -> None:
    before = "A new toolkit came out in May 2023."
    assert stated("When was the toolkit brought in?", before, "It was brought in for all teams.", number=1)
    assert not stated("When was the toolkit brought in?", before, "The toolkit is used by all teams.", number=1)


def test_a_sentence_without_a_time_does_not_say_when() -> None:
    assert not stated("When was the toolkit brought in?", "The toolkit was introduced in response to reviews.")
    assert not stated("When will the home open?", "A recently started group monitors the homes.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The council worked with Harbour Lights to set up a club.",
        "With charities, it set up a club called ‘First Goal’.",
    ],
)
def test_a_name_is_given(sentence: str) -> None:
    assert stated("Which charities helped to set up the club?", sentence)


def test_the_words_of_the_question_and_of_every_report_are_no_name() -> None:
    question = "Which charities helped Aldermere to set up the club?"
    assert not stated(question, "The club in Aldermere was set up with the support of charities.")
    assert not stated(question, "In May, inspectors from Ofsted saw that charities support the club.")


def test_a_thing_may_be_named_or_described() -> None:
    question = "Which tool do social workers use for neglect?"
    assert stated(question, "Social workers use the Harbour Scale for neglect.")
    assert stated(question, "Social workers use the graded care profile for neglect.")
    assert not stated(question, "Social workers use a good tool for neglect.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Visits are late because caseloads are high.",
        "Visits are late due to staff turnover.",
        "High caseloads mean that visits are late.",
        "Historic mistrust has created pressure, which leads to late visits.",
        "Too few social workers are in post to make visits on time.",
    ],
)
def test_a_cause_is_given(sentence: str) -> None:
    assert stated("Why are visits late?", sentence)


def test_the_next_sentence_may_give_the_cause() -> None:
    assert stated("Why are visits late?", "Visits are late.", "This is because caseloads are high.")
    assert stated("Why are visits late?", "Caseloads are high.", "As a result, visits are late.")
    assert stated("Why are visits late?", "Caseloads are high.", "As a result, visits are late.", number=1)


def test_a_repeated_fact_or_its_effect_is_no_cause() -> None:
    assert not stated("Why are visits late?", "Equally, visits are late.")
    assert not stated("Why are visits late?", "Late visits mean that leaders know less.")
    assert not stated("Why are visits late?", "Visits are late.", "This means that leaders know less.")


def test_a_purpose_says_why_something_was_done_but_not_why_it_is_so() -> None:
    sentence = "Aldermere has a hub to support families."
    assert stated("Why did Aldermere set up a hub?", sentence)
    assert not stated("Why is the hub in Aldermere so small?", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Most referrals come from schools.",
        "The northern hub is the largest.",
        "Children in the east wait longer.",
        "Schools make 42% of referrals.",
        "Waits are 30 weeks in the north and 6 weeks in the south.",
    ],
)
def test_one_of_several_comes_first(sentence: str) -> None:
    assert stated("Which part of the area does worst?", sentence)


@pytest.mark.parametrize("sentence", ["Schools refer children to the hub.", "There are three hubs.", "Hubs are open."])
def test_a_sentence_that_puts_nothing_first(sentence: str) -> None:
    assert not stated("Which part of the area does worst?", sentence)


def test_a_result_in_the_middle_of_a_sentence_has_its_cause_before_it() -> None:
    text = "The council ran out of money and, as a result, commissioners were appointed."
    assert stated("Why have commissioners been appointed?", text)
    assert not stated("Why did the council run out of money in 2021?", text)
