from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import FULL_INSPECTIONS, VISITS
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.of_interpretation import with_conditions
from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY
from tests.qa_service.understanding.adapter import understand


@pytest.fixture
def after(report_sets):
    """Return a function that interprets the last of several questions, with undated reports."""
    return lambda *questions: understand(questions[-1], questions[:-1], report_sets["undated"])


@pytest.fixture(scope="module")
def after_dated(report_sets):
    """Return a function that interprets the last of several questions, with dated reports."""
    return lambda *questions: understand(questions[-1], questions[:-1], report_sets["dated"])


HOUSED = "How are care leavers housed in Westmarsh?"
HOUSED_2019 = "How are care leavers housed in Westmarsh in 2019?"
HOUSED_IN_TWO = "How are care leavers housed in Westmarsh and Aldermere?"
GRADED = "What grade did Westmarsh get for leadership?"
SUBJECT = "How are care leavers housed?"


def years(understood):
    return [period.first.year for period in understood.interpretation.periods]


def test_a_comparison_with_its_own_subject_stands_alone(after):
    understood = after(HOUSED, "Compare supervision of social workers in Aldermere and Carrowby")
    assert understood.interpretation.authorities == ("Aldermere", "Carrowby")
    assert understood.carried == ()
    between = after(HOUSED, HOUSED.replace("Westmarsh", "Aldermere"), "Which was better, Westmarsh or Aldermere?")
    assert between.interpretation.search_text.startswith(interpret(HOUSED, ("Westmarsh",), TODAY).search_text)


def test_a_removed_part_of_the_interpretation_is_not_carried_over(report_sets):
    asked = ("And how many move far away?", [HOUSED_2019], report_sets["undated"])
    assert years(understand(*asked)) == [2019]
    assert years(understand(*asked, set_aside_before=[("2019",)])) == []
    taken_off = understand(HOUSED_2019, [], report_sets["undated"], set_aside=("2019", "Westmarsh")).interpretation
    assert (taken_off.authorities, taken_off.periods) == ((), ())


def test_a_first_question_stands_alone(after, known):
    text = "and what about them there?"
    assert after(text).interpretation == interpret(text, known, TODAY)
    assert after(text).carried == ()


def test_a_question_about_a_new_authority_keeps_the_subject_but_not_the_time(after):
    understood = after("How are care leavers housed in Westmarsh in 2019?", "What about Aldermere?")
    assert understood.interpretation.authorities == ("Aldermere",)
    assert understood.interpretation.parts[0].authorities == ("Aldermere",)
    assert years(understood) == []
    assert understood.interpretation.search_text == "How are care leavers housed?"
    assert understood.carried == ("“How are care leavers housed?”",)


@pytest.mark.parametrize(
    "text",
    [
        "Is fostering in Northwold well run?",
        "Which councils pay a setting-up allowance of over two thousand pounds for young adults?",
    ],
)
def test_a_new_topic_carries_nothing_over(after, known, text):
    understood = after("How are care leavers housed in Westmarsh in 2019?", text)
    assert understood.interpretation == with_conditions(interpret(text, known, TODAY), known, TODAY)
    assert understood.carried == ()


@pytest.mark.parametrize("text", ["why?", "and?", "there?", "???", "Westmarsh"])
def test_the_shortest_follow_up_has_words_to_search(after, text):
    assert after("How are care leavers housed in Westmarsh?", text).interpretation.search_text.strip()


def test_each_of_three_authorities_is_offered_with_its_reports(after_dated):
    understood = after_dated("How are care leavers housed in Northwold, Westmarsh and Pellbrook?", "and there?")
    assert [(choice.label, choice.count) for choice in understood.choices] == [
        ("Northwold", 1),
        ("Westmarsh", 4),
        ("Pellbrook", 1),
    ]


@pytest.mark.parametrize("text", ["and there?", "What about that one?", "and there in 2019?", "AND THERE  ?"])
def test_a_choice_asks_about_its_authority_alone_and_offers_no_more_choices(after, text):
    choices = after(HOUSED_IN_TWO, text).choices
    assert len(choices) == 2
    for choice in choices:
        understood = after(HOUSED_IN_TWO, choice.question)
        assert understood.interpretation.authorities == (choice.label,)
        assert understood.interpretation.search_text == SUBJECT
        assert understood.choices == ()


def test_a_choice_reads_as_one_question(after):
    assert [choice.question for choice in after(HOUSED_IN_TWO, "and there?").choices] == [
        "How are care leavers housed (Westmarsh)?",
        "How are care leavers housed (Aldermere)?",
    ]


def test_an_answer_that_asks_for_clarification_shows_the_choices(ask):
    answer = ask("and there?", HOUSED_IN_TWO)
    assert answer.status is AnswerStatus.CLARIFICATION
    assert [choice.label for choice in answer.choices] == ["Westmarsh", "Aldermere"]
    assert all(choice.count > 0 for choice in answer.choices)
    assert answer.statements == ()


FOSTERING = "Is fostering in Northwold well run?"


def test_a_correction_may_name_two_authorities(after):
    understood = after(HOUSED_2019, "Sorry, I meant Aldermere and Northwold")
    assert understood.interpretation.authorities == ("Aldermere", "Northwold")
    assert [part.periods[0].first.year for part in understood.interpretation.parts] == [2019, 2019]


def test_a_step_from_an_inspection_goes_to_the_kind_of_report_named(after_dated):
    understood = after_dated(HOUSED_2019, "and the visit after?")
    assert years(understood) == [2021]
    assert understood.interpretation.kinds == VISITS
    understood = after_dated(HOUSED_2019, "and the full inspection after?")
    assert years(understood) == [2023]
    assert understood.interpretation.kinds == FULL_INSPECTIONS


def test_a_question_may_give_both_a_time_and_a_time_relative_to_it(after_dated):
    understood = after_dated("How were care leavers housed in Westmarsh in 2019 and two years later?")
    assert years(understood) == [2019, 2021]
    assert [part.periods[0].first.year for part in understood.interpretation.parts] == [2019, 2021]


@pytest.mark.parametrize("text", ["and " * 200, "x" * 2000, "there " * 60, "?" * 2000, "🙂", "\u0000", " "])
def test_any_follow_up_gets_an_interpretation(after_dated, text):
    question = after_dated(HOUSED_2019, text).interpretation
    assert question.parts
    assert set(question.authorities) <= {"Westmarsh"}


def test_a_long_conversation_keeps_its_authority(after_dated):
    understood = after_dated(HOUSED_2019, *(["and there?"] * 20), "and neglect?")
    assert understood.interpretation.authorities == ("Westmarsh",)
    assert years(understood) == [2019]


TURNS = (
    HOUSED, HOUSED_2019, HOUSED_IN_TWO, GRADED, FOSTERING, "and there?", "Which is better?", "back to Westmarsh", "why?",
    "Sorry, I meant Aldermere", "the one before?", "and two years later?", "since then?", "and care leavers?", "hello",
    "Do they feel safe?", "compare the two", "Was it like that before?", "and in 2023?", "and Northwold?", "???",
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(turns=st.lists(st.sampled_from(TURNS), min_size=1, max_size=5))
def test_any_conversation_ends_in_one_consistent_interpretation(after_dated, known, turns):
    understood = after_dated(*turns)
    question = understood.interpretation
    assert question.search_text.strip()
    assert set(question.authorities) <= set(known)
    assert {name for part in question.parts for name in part.authorities} == set(question.authorities)
    assert {period for part in question.parts for period in part.periods} <= set(question.periods)
    assert set(interpret(turns[-1], known, TODAY).authorities) <= set(question.authorities)
    assert len(understood.choices) != 1


@settings(deadline=None, max_examples=25)
@given(turns=st.lists(st.sampled_from(TURNS), max_size=4))
def test_a_question_that_stands_alone_means_the_same_after_any_conversation(after_dated, known, turns):
    text = "Which councils pay a setting-up allowance of over two thousand pounds for young adults?"
    assert after_dated(*turns, text).interpretation == with_conditions(interpret(text, known, TODAY), known, TODAY)


def test_a_name_that_authorities_share_is_a_choice_in_any_question(make_report):
    hull, thames = "Kingston upon Hull", "Kingston upon Thames"
    reports = [make_report(f"{name}{n}", authority=name) for name, n in ((hull, 1), (hull, 2), (thames, 1))]
    question = interpret_in_context("How is Kingston rated?", (), reports, TODAY)
    assert [(choice.label, choice.question, choice.count) for choice in question.choices] == [
        (hull, "How is Kingston upon Hull rated?", 2),
        (thames, "How is Kingston upon Thames rated?", 1),
    ]
    known = interpret_in_context("And fostering in Kingston?", ("How is Kingston upon Hull rated?",), reports, TODAY)
    assert (known.choices, known.authorities) == ((), (hull,))
    chosen = interpret_in_context("How is Kingston rated?", (), reports, TODAY, rejected=(hull,))
    assert (chosen.choices, chosen.authorities) == ((), (thames,))
