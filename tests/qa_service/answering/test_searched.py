from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.types import Kind, Report
from qa_service.answering.abstention import decide
from qa_service.answering.searched import reports_searched
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.requirements import requirements_of

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many leave Aldermere?", "the reports about Aldermere"),
        ("How many left Aldermere in October 2024?", "the reports about Aldermere from October 2024"),
        ("How many left Aldermere in 2019?", "the passages with “2019” in the reports about Aldermere"),
        ("How many leave Aldermere now?", "the latest report about Aldermere"),
        ("What do focused visits say of pay in Aldermere?", "the reports on focused visits to Aldermere"),
        ("How many leave?", "the reports"),
    ],
)
def test_the_words_name_the_limits_of_the_search(make_report: Callable[..., Report], question: str, words: str) -> None:
    reports = [make_report(authority="Aldermere", inspected_to=date(2024, 10, 8), kind=Kind.FOCUSED_VISIT)]
    asked = interpret(question, ("Aldermere",), TODAY)
    assert reports_searched(asked, asked.authorities, reports) == words


def test_filters_are_a_limit_too(make_report: Callable[..., Report]) -> None:
    asked = interpret("How many leave Aldermere?", ("Aldermere",), TODAY)
    words = reports_searched(asked, asked.authorities, [make_report(authority="Aldermere")], filtered=True)
    assert words == "the reports about Aldermere that we searched"


@pytest.mark.parametrize(
    ("question", "what"), [("What percentage of posts are vacant?", "percentage"), ("How many leave?", "number")]
)
def test_it_is_a_number_that_is_lacking(question: str, what: str) -> None:
    asked = interpret(question, (), TODAY)
    decision = decide(asked, [[]], requirements_of(question), (), lambda: 0.8)
    assert decision.status is AnswerStatus.NOT_IN_REPORTS
    assert decision.reason.startswith(f"The nearest passages in the reports give no {what} for this.")
