from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Judgement, Reading
from index.types import Filters
from qa_service.types import (
    MAX_ITEMS,
    MAX_QUESTION,
    Answer,
    AnswerStatus,
    Choice,
    Citation,
    Fact,
    FactName,
    Question,
    Quote,
    Statement,
    StatementKind,
)

QUOTE = Quote(1, 0, 4, "Care", 1, None, (), reading=Reading.CONFIRMED)
STATEMENT = Statement(StatementKind.QUOTE, "Care", (1,), (QUOTE,))
GRADE = Judgement("Overall effectiveness", "Good", 1)


@pytest.fixture
def citation(make_report, make_scored):
    scored = make_scored(make_report(), [("Care leavers are well housed.", 0.5)])
    return Citation(1, scored, 1, None)


def an_answer(**changes):
    given = {
        "status": AnswerStatus.NOT_IN_REPORTS, "statements": (), "citations": (), "confidence": 0.1, "reason": "None.",
        "question": "q", "interpreted_question": "q", "filters": Filters(), "build": "b", **changes,
    }  # fmt: skip
    return Answer(**given)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u00a0"])
def test_a_question_has_words(text):
    with pytest.raises(ValueError, match="the question is empty"):
        Question(text)


def test_a_question_has_a_greatest_length():
    assert Question("x" * MAX_QUESTION).text
    with pytest.raises(ValueError, match="2001 characters; it can have up to 2000"):
        Question("x" * (MAX_QUESTION + 1))


@pytest.mark.parametrize("top_k", [0, -1, 51])
def test_the_number_of_passages_has_bounds(top_k):
    with pytest.raises(ValueError, match=f"top_k is {top_k}; it can be 1 to 50"):
        Question("q", top_k=top_k)


@pytest.mark.parametrize("top_k", [1, 50])
def test_the_number_of_passages_can_be_at_its_bounds(top_k):
    assert Question("q", top_k=top_k).top_k == top_k


def test_a_statement_rests_on_a_citation():
    with pytest.raises(ValueError, match="needs a citation"):
        Statement(StatementKind.QUOTE, "Care", (), (QUOTE,))


def test_a_quote_names_its_place():
    with pytest.raises(ValueError, match="needs its place"):
        Statement(StatementKind.QUOTE, "Care", (1,), ())


def test_a_finding_and_only_a_finding_has_a_judgement():
    assert Statement(StatementKind.FINDING, "Overall effectiveness: Good", (1,), (), GRADE, "r").judgement is GRADE
    with pytest.raises(ValueError, match="a finding, and nothing else"):
        Statement(StatementKind.FINDING, "Overall effectiveness: Good", (1,), ())
    with pytest.raises(ValueError, match="a finding, and nothing else"):
        Statement(StatementKind.QUOTE, "Care", (1,), (QUOTE,), GRADE)


@pytest.mark.parametrize("status", list(AnswerStatus))
def test_statements_are_there_exactly_when_the_status_says_so(status, citation):
    told = status in (AnswerStatus.ANSWERED, AnswerStatus.FALSE_PREMISE)
    choices = (Choice("Westmarsh", "and in Westmarsh?", 2),) if status is AnswerStatus.CLARIFICATION else ()
    right = an_answer(status=status, choices=choices, statements=(STATEMENT,) if told else (), citations=(citation,))
    assert right.answered == (status is AnswerStatus.ANSWERED)
    with pytest.raises(ValueError, match=f"status {status} with"):
        an_answer(status=status, choices=choices, statements=() if told else (STATEMENT,), citations=(citation,))


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan")])
def test_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="it can be 0 to 1"):
        an_answer(confidence=confidence)


def test_citations_are_numbered_from_one_by_rank(citation):
    second = Citation(2, citation.scored, 1, None)
    assert an_answer(citations=(citation, second)).citations[1].report is citation.report
    for wrong in [(second,), (second, citation), (citation, citation)]:
        with pytest.raises(ValueError, match="numbered by rank"):
            an_answer(citations=wrong)


@pytest.mark.parametrize("number", [0, 2])
def test_a_statement_cites_only_what_is_shown(citation, number):
    statement = Statement(StatementKind.QUOTE, "Care", (number,), (QUOTE,))
    with pytest.raises(ValueError, match="a passage that is not shown"):
        an_answer(status=AnswerStatus.ANSWERED, statements=(statement,), citations=(citation,))


def test_the_statuses_are_those_of_the_contract():
    assert {status.value for status in AnswerStatus} == {
        "answered", "false_premise", "clarification", "not_in_reports", "not_judged", "low_confidence", "out_of_scope",
    }  # fmt: skip


@pytest.mark.parametrize("status", list(AnswerStatus))
def test_choices_are_there_exactly_when_a_clarification_is_asked_for(status, citation):
    asks = status is AnswerStatus.CLARIFICATION
    wrong = () if asks else (Choice("Westmarsh", "and in Westmarsh?", 2),)
    with pytest.raises(ValueError, match=f"status {status} with {len(wrong)} choices"):
        an_answer(status=status, choices=wrong, citations=(citation,))


@pytest.mark.parametrize("wrong", [{"offset": -1}, {"items": 0}, {"items": MAX_ITEMS + 1}])
def test_a_part_of_a_list_has_its_limits(wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} is "):
        Question("Which authorities are good?", **wrong)


def test_words_that_a_second_program_contradicts_are_no_quote():
    with pytest.raises(ValueError, match="a second program read different words"):
        replace(QUOTE, reading=Reading.CONTRADICTED)


def test_a_statement_has_the_weakest_reading_of_its_quotes():
    readings = (Reading.NOT_CONFIRMED, Reading.CONFIRMED)
    quotes = tuple(replace(QUOTE, reading=reading) for reading in readings)
    assert STATEMENT.reading is Reading.CONFIRMED
    assert replace(STATEMENT, quotes=quotes).reading is Reading.NOT_CONFIRMED
    pictured = (*quotes, replace(QUOTE, reading=Reading.FROM_PICTURE))
    assert replace(STATEMENT, quotes=pictured).reading is Reading.FROM_PICTURE


def test_words_of_a_fact_have_a_reading():
    given = ("r", FactName.INSPECTED, "2024-02-06", "text")
    assert Fact(*given).reading is None
    assert Fact(*given, "6 February 2024", 1, Reading.NOT_CONFIRMED).reading is Reading.NOT_CONFIRMED
    for words, page, reading in (("6 May", 1, None), ("6 May", 1, Reading.CONTRADICTED), ("", None, Reading.CONFIRMED)):
        with pytest.raises(ValueError, match="have a reading that does not contradict them"):
            Fact(*given, words, page, reading)
