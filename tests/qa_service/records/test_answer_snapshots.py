"""Tests of what is different in an answer, compared with a snapshot of an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from corpus.types import Report
from qa_service.answering.pipeline import Answerer
from qa_service.records.answer_snapshots import change_since, differences, snapshot_of
from qa_service.types import Answer, AnswerStatus, Question, Summary

GRADE = "How was Westmarsh rated overall?"
QUOTES = "What does Westmarsh need to improve?"


@pytest.fixture(scope="module")
def quotes(answerer: Answerer) -> Answer:
    answer = answerer.answer(Question(QUOTES))
    assert len(answer.statements) >= 3
    return answer


@pytest.fixture(scope="module")
def find(answerer: Answerer) -> Callable[[str], Report | None]:
    return answerer.index.store.report


def without(answer: Answer, left_out: Sequence[int]) -> Answer:
    return replace(answer, statements=tuple(s for at, s in enumerate(answer.statements) if at not in left_out))


def test_no_words_of_a_report_are_kept(quotes: Answer) -> None:
    kept = str(asdict(snapshot_of(quotes)))
    for statement in quotes.statements:
        assert not any(part in kept for part in statement.text.split() if len(part) > 7)


def test_the_same_answer_is_not_different(quotes: Answer, find) -> None:
    change = change_since(snapshot_of(quotes), quotes, find)
    assert not change.is_different
    assert differences(change) == []


def test_quotes_that_came_and_went_are_named(quotes: Answer, find) -> None:
    change = change_since(snapshot_of(without(quotes, [0])), without(quotes, [1, 2]), find)
    assert change.added == (quotes.statements[0],)
    assert [(trace.report_id, trace.page) for trace in change.gone] == [
        (quotes.citations[s.citations[0] - 1].report.id, s.quotes[0].page) for s in quotes.statements[1:3]
    ]
    assert differences(change) == [
        "1 quote or fact is in the answer that was not there before.",
        "2 quotes or facts are no longer in the answer.",
    ]


def test_the_same_words_in_a_reissue_are_not_different(quotes: Answer) -> None:
    first = quotes.citations[quotes.statements[0].citations[0] - 1].report
    reissue = replace(first, id="f" * 16, sha256="f" * 64)
    citations = tuple(
        replace(each, scored=replace(each.scored, report=reissue)) if each.report == first else each
        for each in quotes.citations
    )
    again = replace(quotes, citations=citations)
    replaced = replace(first, superseded_by=reissue.id)
    reports = {first.id: replaced, reissue.id: reissue}
    assert not change_since(snapshot_of(quotes), again, reports.get).is_different


def test_a_grade_that_is_different_is_named_with_both_grades(answerer: Answerer, find) -> None:
    answer = answerer.answer(Question(GRADE))
    [statement] = [each for each in answer.statements if each.judgement]
    worse = replace(statement, judgement=replace(statement.judgement, grade="Inadequate"), text="Inadequate")
    change = change_since(snapshot_of(answer), replace(answer, statements=(worse,)), find)
    [move] = change.grades
    assert (move.authority, move.area.key, move.after.value) == ("Westmarsh", "overall", "inadequate")
    assert differences(change)[0].startswith(f"Westmarsh, {move.area.name.lower()}: Inadequate. Before, it was ")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"summary": Summary("x", 3, 10), "total": 3}, "The answer counts 3 of 10. Before, it counted 2 of 9."),
        ({"reason": "other"}, "The sentences around the quotes are different."),
        (
            {"status": AnswerStatus.NOT_IN_REPORTS, "statements": ()},
            "The outcome is “The reports do not say”. Before, it was “What the reports say”.",
        ),
    ],
)
def test_counts_outcomes_and_other_sentences_are_compared(
    quotes: Answer, find, changed: dict[str, Any], said: str
) -> None:
    before = replace(quotes, summary=Summary("x", 2, 9), total=2)
    assert said in differences(change_since(snapshot_of(before), replace(before, **changed), find))


def test_sentences_that_depend_on_the_day_are_not_compared(quotes: Answer, find) -> None:
    today = replace(quotes, as_of=date(2026, 11, 30), reason="2 years ago")
    tomorrow = replace(quotes, as_of=date(2026, 12, 1), reason="2 years 1 month ago")
    assert not change_since(snapshot_of(today), tomorrow, find).is_different


def test_answers_without_a_model_are_not_compared(quotes: Answer, find) -> None:
    change = change_since(snapshot_of(quotes), replace(without(quotes, [0]), degraded=("encoder",)), find)
    assert not change.comparable
    assert not change.is_different
