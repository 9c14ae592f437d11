from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qa_service.answering.ablation import PLAIN_HYBRID, RANKINGS, Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question, StatementKind

QUESTIONS = {
    Mechanism.PASSAGE_VECTORS: "Are caseloads manageable in Westmarsh?",
    Mechanism.SENTENCE_VECTORS: "Are caseloads manageable in Westmarsh?",
    Mechanism.WORDS: "Are caseloads manageable in Westmarsh?",
    Mechanism.VOCABULARY: "How large is the workload of social workers in Westmarsh?",
    Mechanism.SUBJECT: "Are caseloads manageable in Westmarsh?",
    Mechanism.AUTHORITIES: "Are caseloads manageable in Westmarsh?",
    Mechanism.TIMES: "How reliant was Carrowby on temps in 2015 and then in 2023?",
    Mechanism.PREFERENCES: "What did the visit find about caseloads in Carrowby?",
    Mechanism.PARTS: "private fostering numbers: westmarsh 2023 vs aldermere 2026",
    Mechanism.GRADES: "What grade did Westmarsh get for care leavers in 2023?",
    Mechanism.IMPROVEMENTS: "What needs to improve in Westmarsh in 2019?",
    Mechanism.PREMISE: "Why was Westmarsh judged inadequate in 2023?",
    Mechanism.SCREEN: "What did inspectors think of Thornwick's youth justice service?",
    Mechanism.DEMANDS: "How much does Westmarsh pay its foster carers each week?",
    Mechanism.CROSS_ENCODER: "Are caseloads manageable in Westmarsh?",
    Mechanism.SPREAD: "Are councils spotting neglect of children soon enough?",
}
"""For each mechanism, a question that it helps to answer."""

Compare = Callable[[Mechanism], tuple[Answer, Answer]]


@pytest.fixture(scope="module")
def compared(answerer: Answerer) -> Compare:
    """Return a function that answers the question for a mechanism, first with the mechanism and then without it."""
    found: dict[str, Answer] = {}

    def both(mechanism: Mechanism) -> tuple[Answer, Answer]:
        question = Question(QUESTIONS[mechanism])
        if question.text not in found:
            found[question.text] = answerer.answer(question)
        return found[question.text], answerer.leaving_out(mechanism).answer(question)

    return both


def shown(answer: Answer) -> dict[str, Any]:
    """Return everything in an answer except how long it took."""
    return {
        "status": answer.status,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "statements": [statement.text for statement in answer.statements],
        "cited": [(citation.scored.row, citation.scored.score) for citation in answer.citations],
        "total": answer.total,
    }


def authorities(answer: Answer) -> set[str | None]:
    return {citation.report.authority for citation in answer.citations}


def test_each_mechanism_has_a_question() -> None:
    assert set(QUESTIONS) == set(Mechanism)


@pytest.mark.thorough
@pytest.mark.parametrize("mechanism", list(Mechanism))
def test_leaving_out_a_mechanism_changes_the_answer_to_its_question(compared: Compare, mechanism: Mechanism) -> None:
    complete, without = compared(mechanism)
    assert shown(without) != shown(complete)


def test_leaving_out_nothing_changes_nothing(answerer: Answerer) -> None:
    question = Question(QUESTIONS[Mechanism.WORDS])
    assert shown(answerer.leaving_out().answer(question)) == shown(answerer.answer(question))


def test_the_full_answerer_stays_unchanged_and_shares_its_index(answerer: Answerer) -> None:
    question = Question(QUESTIONS[Mechanism.CROSS_ENCODER])
    before = shown(answerer.answer(question))
    without = answerer.leaving_out(*Mechanism)
    without.answer(question)
    assert shown(answerer.answer(question)) == before
    assert without.index is answerer.index
    assert (answerer.left_out, without.left_out) == (frozenset(), frozenset(Mechanism))


def test_mechanisms_left_out_add_up_in_any_order_and_without_repeats(answerer: Answerer) -> None:
    one, other = Mechanism.WORDS, Mechanism.SPREAD
    assert answerer.leaving_out(one).leaving_out(other).left_out == {one, other}
    question = Question(QUESTIONS[other])
    expected = shown(answerer.leaving_out(one, other).answer(question))
    assert shown(answerer.leaving_out(other).leaving_out(one, other).answer(question)) == expected


@pytest.mark.parametrize("mechanism", list(RANKINGS))
def test_a_left_out_ranking_ranks_no_citation(compared: Compare, mechanism: Mechanism) -> None:
    complete, without = compared(mechanism)
    assert any(RANKINGS[mechanism] in citation.scored.ranks for citation in complete.citations)
    assert without.citations
    assert not any(RANKINGS[mechanism] in citation.scored.ranks for citation in without.citations)


def test_an_answer_without_authorities_cites_others_than_the_one_named(compared: Compare) -> None:
    complete, without = compared(Mechanism.AUTHORITIES)
    assert authorities(complete) == {"Westmarsh"}
    assert authorities(without) > {"Westmarsh"}


def test_the_kind_of_report_named_does_not_come_first_without_preferences(compared: Compare) -> None:
    complete, without = compared(Mechanism.PREFERENCES)
    years = [answer.citations[0].report.inspected_to for answer in (complete, without)]
    assert [day and day.year for day in years] == [2023, 2015]


def test_an_answer_without_grades_quotes_words_and_reads_no_table(compared: Compare) -> None:
    complete, without = compared(Mechanism.GRADES)
    assert {statement.kind for statement in complete.statements} == {StatementKind.FINDING}
    assert StatementKind.FINDING not in {statement.kind for statement in without.statements}


def test_an_answer_without_improvements_does_not_give_the_reports_own_list(compared: Compare) -> None:
    complete, without = compared(Mechanism.IMPROVEMENTS)
    items = {statement.text for statement in complete.statements}
    assert any("Dental checks" in item for item in items)
    assert items - {statement.text for statement in without.statements}


def test_an_answer_without_premise_does_not_correct_a_false_premise(compared: Compare) -> None:
    complete, without = compared(Mechanism.PREMISE)
    assert complete.status is AnswerStatus.FALSE_PREMISE
    assert without.status is not AnswerStatus.FALSE_PREMISE


def test_a_place_that_no_report_is_about_is_searched_without_the_screen(compared: Compare) -> None:
    complete, without = compared(Mechanism.SCREEN)
    assert "Thornwick" in complete.reason
    assert "mentions Thornwick" not in without.reason


def test_an_answerer_without_demands_is_more_confident_in_a_sentence_without_a_sum(compared: Compare) -> None:
    complete, without = compared(Mechanism.DEMANDS)
    assert not complete.answered
    assert without.confidence > complete.confidence


def test_leaving_out_the_cross_encoder_is_the_same_as_having_none(answerer: Answerer, compared: Compare) -> None:
    complete, without = compared(Mechanism.CROSS_ENCODER)
    assert shown(without) == shown(Answerer(answerer.index).answer(Question(QUESTIONS[Mechanism.CROSS_ENCODER])))
    assert without.confidence != complete.confidence


def test_an_answer_without_spread_counts_no_reports(compared: Compare) -> None:
    complete, without = compared(Mechanism.SPREAD)
    assert complete.total is not None
    assert without.total is None


HARD = [
    ("?", ()),
    ("x" * 2000, ()),
    ("Why was Westmarsh judged inadequate in 2023?", ()),
    ("What must be improved in Dudley or Westmarsh in 2031?", ()),
    ("and there?", ("How are care leavers housed in Westmarsh and in Northwold?",)),
    ("and in 2019?", ("What grade did Westmarsh get for care leavers in 2023?",)),
    ("How many children's homes does Aldermere run, and what are their ratings, compared with Carrowby?", ()),
]


@pytest.mark.parametrize(
    "left_out",
    [sorted(PLAIN_HYBRID), list(RANKINGS), list(Mechanism)],
    ids=["plain hybrid", "all rankings", "everything"],
)
def test_any_question_gets_a_reason_whatever_is_left_out(answerer: Answerer, left_out: list[Mechanism]) -> None:
    without = answerer.leaving_out(*left_out)
    for text, history in HARD:
        assert without.answer(Question(text, history)).reason


def test_the_plain_hybrid_ranks_by_passage_vectors_and_words_alone(answerer: Answerer) -> None:
    answer = answerer.leaving_out(*PLAIN_HYBRID).answer(Question("Are caseloads manageable in Westmarsh?"))
    ranked = {name for citation in answer.citations for name in citation.scored.ranks}
    assert ranked == {RANKINGS[Mechanism.PASSAGE_VECTORS], RANKINGS[Mechanism.WORDS]}


def test_an_answerer_without_rankings_finds_and_answers_nothing(answerer: Answerer) -> None:
    answer = answerer.leaving_out(*RANKINGS).answer(Question("Are caseloads manageable in Westmarsh?"))
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.citations == ()


def test_a_mechanism_has_its_name_from_the_command_line() -> None:
    assert Mechanism("cross-encoder") is Mechanism.CROSS_ENCODER
    with pytest.raises(ValueError, match="no-such-part"):
        Mechanism("no-such-part")
