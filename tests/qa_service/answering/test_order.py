"""Tests of the order of an answer: "newest first", "oldest first"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from index.search.filtering import report_day
from qa_service import calibration
from qa_service.types import Answer, AnswerStatus

Ask = Callable[..., Answer]


def days(answer: Answer) -> list[date]:
    """Return the day of the report that each statement cites."""
    return [report_day(answer.citations[statement.citations[0] - 1].report) for statement in answer.statements]


@pytest.mark.parametrize("words", ["newest first", "most recent first please", "with the latest reports first"])
@pytest.mark.parametrize(
    "question",
    ["How well are care leavers housed?", "Which reports criticise assessments?", "Which reports are from since 2018?"],
)
def test_quotes_and_reports_come_newest_first(ask: Ask, question: str, words: str) -> None:
    answer = ask(f"{question} {words}")
    assert answer.status is AnswerStatus.ANSWERED
    assert len(set(days(answer))) > 1
    assert days(answer) == sorted(days(answer), reverse=True)
    assert answer.not_applied == ()


def test_the_newest_reports_are_quoted_not_the_closest_in_that_order(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "REPORTS_PER_THEME", 2)  # the samples have only five reports on this
    newest = ask("How well do plans protect children? newest first")
    oldest = ask("How well do plans protect children? oldest first")
    assert newest.total == oldest.total
    assert max(days(newest)) > max(days(oldest))
    assert min(days(newest)) > min(days(oldest))
    assert "the 2 newest of these that use words from your question" in newest.reason
    assert "the 2 oldest of these that use words from your question" in oldest.reason


@pytest.mark.parametrize(
    "question",
    ["How well are care leavers housed, oldest first?", "Which reports criticise assessments, in chronological order?"],
)
def test_quotes_and_reports_come_oldest_first(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert len(set(days(answer))) > 1
    assert days(answer) == sorted(days(answer))
    assert answer.not_applied == ()


def test_newest_first_looks_at_all_reports_not_only_the_latest_of_each_authority(ask: Ask) -> None:
    question = "Which reports criticise assessments?"
    assert ask(f"{question} newest first").summary == ask(question).summary


def test_grades_over_time_come_oldest_first_anyway(ask: Ask) -> None:
    assert ask("What grades has Westmarsh had over the years, oldest first?").not_applied == ()
    assert ask("What grades has Westmarsh had over the years, newest first?").not_applied == ("newest first",)


def test_an_order_that_a_list_of_authorities_does_not_have_is_named(ask: Ask) -> None:
    answer = ask("Which authorities were inspected since 2018? newest first")
    assert days(answer) != sorted(days(answer), reverse=True)
    assert answer.not_applied == ("newest first",)
    assert "“newest first”" in answer.reason


def test_the_latest_report_of_one_authority_comes_first(ask: Ask) -> None:
    shown = days(ask("Are caseloads in Westmarsh manageable?"))
    assert len(set(shown)) > 1
    assert shown == sorted(shown, reverse=True)
