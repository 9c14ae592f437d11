from __future__ import annotations

from collections.abc import Callable

import pytest

from qa_service import calibration
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question

Converse = Callable[..., Answer]


@pytest.fixture(scope="module")
def converse(answerer: Answerer) -> Converse:
    """Return a function that asks questions one after another, and returns the last answer."""

    def converse(*texts: str) -> Answer:
        return answerer.answer(Question(texts[-1], texts[:-1]))

    return converse


def quoted(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


LATE = "Are assessments late in Carrowby?"


@pytest.mark.parametrize(
    "text", ["why?", "Why is that?", "And why?", "what is the reason for this?", "What caused this?"]
)
def test_the_reason_is_quoted_from_beside_what_was_quoted(converse: Converse, text: str) -> None:
    answer = converse(LATE, text)
    assert answer.confidence == calibration.RELATED_CONFIDENCE
    assert quoted(answer) == [
        "Only 31% were on time in the past year, because requests are sent to the hospital after an average of 16 days."
    ]
    assert "Check that the reason given is about the same thing." in answer.note


@pytest.mark.parametrize(
    "text", ["what were they asked to do about it?", "What should they do about this?", "any recommendations?"]
)
def test_what_is_to_be_done_is_quoted_from_the_report_s_own_list(converse: Converse, text: str) -> None:
    answer = converse(LATE, text)
    assert any(quote.startswith("Improve assessments so that they take account") for quote in quoted(answer))
    assert "own list" in answer.reason


def test_both_can_be_asked_one_after_the_other(converse: Converse) -> None:
    assert quoted(converse(LATE, "why?", "what should they do about it?")) == quoted(
        converse(LATE, "what should they do about it?")
    )


def test_a_report_that_gives_no_reason_is_not_made_to(converse: Converse) -> None:
    answer = converse("How long do autistic children wait in Pellbrook?", "why?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert "no reason" in answer.reason
    assert answer.citations  # the answer still cites passages to read


def test_the_reason_for_a_grade_is_a_summary_of_the_report_that_printed_it(converse: Converse) -> None:
    answer = converse("How was Westmarsh rated in 2019?", "why?")
    assert "summary of the report on Westmarsh’s inspection of 16 to 27 September 2019" in answer.reason
    remedy = converse("How was Westmarsh rated in 2019?", "what were they asked to do?")
    assert remedy.reason.startswith("This is the list of what needs to improve in the report on Westmarsh")


@pytest.mark.parametrize("text", ["Why are caseloads high in Carrowby?", "why do social workers leave?"])
def test_a_question_with_a_subject_of_its_own_is_searched_for(converse: Converse, text: str) -> None:
    assert "near the text already quoted" not in converse(LATE, text).reason
