from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service.types import Answer, AnswerStatus

Ask = Callable[..., Answer]


def test_a_call_for_help_is_answered_with_what_can_be_asked(ask: Ask) -> None:
    answer = ask("What can you do?")
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert "“How was Aldermere rated?”" in answer.reason
    assert not answer.statements


def test_advice_is_refused_because_reports_do_not_decide(ask: Ask) -> None:
    answer = ask("Is it safe to place a child from Northwold in Pellbrook?")
    assert (answer.status, answer.statements) == (AnswerStatus.OUT_OF_SCOPE, ())
    assert "cannot advise you" in answer.reason


@pytest.mark.parametrize(
    "text",
    ["What will Westmarsh's next grade be?", "When is Westmarsh due its next inspection?", "Will Westmarsh improve?"],
)
def test_what_will_happen_is_in_no_report(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert (answer.status, answer.statements) == (AnswerStatus.OUT_OF_SCOPE, ())
    assert "They do not say when the next inspection will be" in answer.reason


def test_a_general_claim_is_not_proved(ask: Ask) -> None:
    answer = ask("Prove that a stable leadership leads to better Ofsted grades")
    assert (answer.status, answer.statements) == (AnswerStatus.OUT_OF_SCOPE, ())
    assert "cannot prove a general claim" in answer.reason


def test_a_region_that_no_filter_covers_is_refused(ask: Ask) -> None:
    answer = ask("Who has the best front door in Inner London?")
    assert (answer.status, answer.statements) == (AnswerStatus.OUT_OF_SCOPE, ())
    assert "We cannot limit an answer to Inner London" in answer.reason


def test_thanks_after_an_answer_do_not_ask_it_again(ask: Ask) -> None:
    assert not ask("Thanks", "How was Westmarsh rated?").statements


def test_a_thing_that_no_report_about_the_authority_mentions_is_not_answered(ask: Ask) -> None:
    answer = ask("Does Westmarsh use Signs of Safety?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.not_applied == ("Signs of Safety",)
    assert answer.reason.startswith("No report about Westmarsh mentions “Signs of Safety”.")


@pytest.mark.parametrize(
    "text",
    [
        "Which Children In Westmarsh Have A Personal Adviser Of Their Own?",
        "What is Safe Harbour in Westmarsh?",
        "What does the Corporate Parenting Panel do in Pellbrook?",  # reports use other words for it
    ],
)
def test_names_that_the_reports_mention_and_capital_letters_alone_are_no_reason_to_refuse(ask: Ask, text: str) -> None:
    assert "mentions" not in ask(text).reason


def test_what_recurs_in_several_authorities_is_not_answered(ask: Ask) -> None:
    answer = ask("What keeps coming back in Westmarsh and Pellbrook?")
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert "Name one authority" in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "Which authority spends the most on agency social workers?",
        "Who has the highest caseloads?",
        "Which council is best at supervision?",
    ],
)
def test_authorities_are_not_ranked_by_what_reports_do_not_compare(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert "Reports do not compare authorities" in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "Which authorities were rated best?",
        "Who was praised most recently for supervision?",
        "Is the most urgent work done?",
        "What is the best recipe for lasagne?",
    ],
)
def test_other_questions_with_a_superlative_are_not_refused_for_it(ask: Ask, text: str) -> None:
    assert "Reports do not compare authorities" not in ask(text).reason


def test_a_visit_that_we_do_not_have_is_named_with_those_that_we_have(ask: Ask) -> None:
    answer = ask("Summarise the 2013 inspection of Westmarsh")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS


def test_a_recurring_problem_with_a_subject_is_searched_for(ask: Ask) -> None:
    assert ask("Is supervision a recurring problem in Carrowby?").answered
