"""Tests of questions that ask for all lists of what one authority must improve."""

from __future__ import annotations

import pytest

from qa_service.answering.kinds.counts.lists_over_time import ListsOverTime
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY


@pytest.mark.parametrize(
    "text",
    [
        "What was Westmarsh told to improve since 2016?",
        "What has Westmarsh been asked to improve in all its reports?",
        "List everything that Westmarsh was told to improve between 2018 and 2024",
    ],
)
def test_the_lists_of_all_reports_are_quoted_with_the_newest_first(ask, text):
    answer = ask(text)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.summary.sentence.startswith("2 of our 2 reports on Westmarsh")
    days = [answer.citations[statement.citations[0] - 1].report.inspected_to for statement in answer.statements]
    assert len(set(days)) == 2
    assert days == sorted(days, reverse=True)
    assert all("item" in statement.heading for statement in answer.statements)


@pytest.mark.parametrize(
    "text",
    [
        "What does Westmarsh need to improve?",
        "What was Westmarsh told to improve in 2019?",
        "What was Westmarsh told to improve about supervision since 2016?",
        "Which councils were told to improve since 2016?",
    ],
)
def test_other_questions_about_improvements_are_not_about_all_lists(text):
    assert not ListsOverTime().matches(interpret(text, ("Westmarsh",), TODAY))
