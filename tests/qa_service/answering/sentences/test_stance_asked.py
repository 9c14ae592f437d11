from __future__ import annotations

import pytest

from qa_service.answering.pipeline import Answerer
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.stance_asked import without_opposite
from qa_service.types import AnswerStatus, Question
from qa_service.understanding.polarity import Polarity


@pytest.fixture
def every_sentence(answerer: Answerer) -> list[Evidence]:
    return [
        Evidence(passage, number, start, end, 1.0, 1.0, 1.0)
        for passage in answerer.index.passages_at(range(len(answerer.index.store.report_of_row)))
        for number, (start, end) in enumerate(passage.passage.sentences)
    ]


def test_praise_is_left_out_of_criticism_and_criticism_of_praise(
    answerer: Answerer, every_sentence: list[Evidence]
) -> None:
    weak, strong = (
        [each.text for each in without_opposite(answerer.index, every_sentence, polarity)]
        for polarity in (Polarity.WEAKNESSES, Polarity.STRENGTHS)
    )
    praise = "Most care leavers live in safe and stable homes."
    criticism = next(each.text for each in every_sentence if "the quality of their pathway plans is poor" in each.text)
    assert praise in strong
    assert praise not in weak
    assert criticism in weak
    assert criticism not in strong


def test_the_order_stays_and_no_evidence_gives_none(answerer: Answerer, every_sentence: list[Evidence]) -> None:
    kept = without_opposite(answerer.index, every_sentence, Polarity.WEAKNESSES)
    assert 0 < len(kept) < len(every_sentence)
    assert kept == [each for each in every_sentence if each in kept]
    assert without_opposite(answerer.index, [], Polarity.STRENGTHS) == []


def test_an_answer_to_a_question_for_weaknesses_quotes_no_praise(answerer: Answerer) -> None:
    answer = answerer.answer(Question("What is weak about how care leavers are housed in Carrowby?"))
    quoted = {each.text for each in answer.statements}
    assert "A housing protocol gives them priority but is not always followed." in quoted
    assert "Most care leavers live in safe and stable homes." not in quoted


def test_the_reason_says_that_nobody_criticises_it(answerer: Answerer) -> None:
    answer = answerer.answer(Question("What is poor about life-story work in Pellbrook?"))
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.reason.startswith("We found no sentence in the reports about Pellbrook that criticises this.")
