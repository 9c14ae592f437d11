"""Tests of questions that are only a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qa_service.answering.kinds.named_thing import says_what_it_is
from qa_service.types import Answer
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.questions.bare_names import bare_name

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Hummingbird?", "Hummingbird"),
        ("Who or what is the Tidewater team?", "Tidewater team"),
        ("what's the MEGA panel", "MEGA panel"),
        ("the Cove", "Cove"),
        ("Breaking the Cycle", "Breaking the Cycle"),
        ("Compass Aldermere", "Compass"),
        ("Aldermere", ""),
        ("London", ""),
        ("supervision", ""),
        ("What is the MASH?", ""),
        ("care leavers", ""),
        ("How good is the Tidewater team?", ""),
        ("What is the Tidewater team for?", ""),
        ("Hummingbird 2023", ""),
        ("", ""),
    ],
)
def test_a_question_that_is_only_a_name_is_told_from_others(question: str, name: str) -> None:
    assert bare_name(interpret(question, ["Aldermere"], TODAY)) == name


@pytest.mark.parametrize(
    ("question", "quote", "reason"),
    [
        (
            "Hummingbird?",
            "with the Hummingbird project",
            "1 of the 10 reports that we searched mentions “Hummingbird”.",
        ),
        ("what is northlight", "the charity Northlight", "1 of the 10 reports that we searched mentions “Northlight”."),
        ("Who are Springboard in Carrowby", "the Springboard team", "1 of the"),
        ("Tidewater service", "The Tidewater team", "2 of the 10 reports that we searched mention “Tidewater”."),
    ],
)
def test_every_sentence_with_a_rare_name_is_found(
    ask: Callable[..., Answer], question: str, quote: str, reason: str
) -> None:
    answer = ask(question)
    assert answer.answered
    assert answer.reason.startswith(reason)
    assert any(quote in statement.text for statement in answer.statements)


def test_the_sentences_are_only_those_with_the_name_and_the_newest_report_is_first(ask: Callable[..., Answer]) -> None:
    answer = ask("Who or what is the Tidewater team?")
    assert all("Tidewater team" in statement.text for statement in answer.statements)
    years = [answer.citations[s.citations[0] - 1].report.published.year for s in answer.statements]
    assert years == sorted(years, reverse=True)


def test_a_word_that_reports_do_not_write_as_a_name_is_no_name(ask: Callable[..., Answer]) -> None:
    assert "mention" not in ask("breakfast?").reason


@pytest.mark.parametrize(
    ("before", "name", "after", "is_said"),
    [
        ("led by the ‘", "Tidewater", "’ team, a service for families.", True),
        ("the family service (", "Tidewater", ") works with parents.", True),
        ("an agency called ", "Tidewater", " for adopters.", True),
        ("who refer families to ", "Tidewater", " early.", False),
    ],
)
def test_the_sentence_that_says_what_a_name_means_is_told_from_others(
    before: str, name: str, after: str, *, is_said: bool
) -> None:
    assert says_what_it_is(f"{before}{name}{after}", name) is is_said
