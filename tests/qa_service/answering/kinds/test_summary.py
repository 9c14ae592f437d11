from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Form
from qa_service import calibration
from qa_service.types import Answer, StatementKind

Ask = Callable[..., Answer]


def quoted(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


@pytest.mark.parametrize(
    "text",
    [
        "Summarise the Westmarsh report",
        "Give me an overview of Westmarsh please",
        "Westmarsh key findings",
        "What did inspectors find in Westmarsh?",
    ],
)
def test_a_summary_has_the_grades_of_the_latest_full_inspection_and_its_main_sentences(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.confidence == calibration.HEADLINES_CONFIDENCE
    assert "Westmarsh’s inspection of 11 to 22 September 2023" in answer.reason
    grades = [s.text for s in answer.statements if s.kind is StatementKind.FINDING]
    assert "Overall effectiveness: Good" in grades
    assert len(grades) == 5
    assert "Care leavers in Westmarsh are exceptionally well supported." in quoted(answer)
    assert "Services for children in care have not kept pace." in quoted(answer)
    assert {answer.citations[s.citations[0] - 1].report.id for s in answer.statements} == {
        answer.citations[answer.statements[0].citations[0] - 1].report.id
    }


def test_the_report_of_the_time_named_is_summed_up(ask: Ask) -> None:
    answer = ask("Summary of the 2019 Westmarsh report")
    assert "Westmarsh’s inspection of 16 to 27 September 2019" in answer.reason
    assert "Overall effectiveness: Requires improvement to be good" in quoted(answer)
    assert "5 of the 6 items" in answer.reason


def test_two_authorities_are_each_summed_up(ask: Ask) -> None:
    answer = ask("overview of Aldermere and Northwold")
    names = {answer.citations[s.citations[0] - 1].report.authority for s in answer.statements}
    assert names == {"Aldermere", "Northwold"}
    assert "Aldermere’s inspection of 15 to 26 June 2026 and Northwold’s focused visit" in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "Summarise what inspectors said about care leavers in Westmarsh",
        "What did inspectors find about supervision in Westmarsh?",
        "Summarise the reports",
    ],
)
def test_a_question_about_a_subject_or_about_all_reports_is_no_summary(ask: Ask, text: str) -> None:
    assert "summary of" not in ask(text).reason


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (
            "Summarise the Pellbrook SEND inspection for me please",
            "area SEND inspection of 26 February to 1 March 2024",
        ),
        ("tldr of the northwold letter", "focused visit of 4 to 5 March 2025"),
    ],
)
def test_a_kind_of_inspection_may_be_named(ask: Ask, text: str, report: str) -> None:
    assert report in ask(text).reason


def test_a_visit_is_summed_up_from_its_own_letter_and_not_from_the_news(ask: Ask) -> None:
    answer = ask("Summarise Carrowby's monitoring visit in 2023")
    assert "monitoring visit of 7 to 8 February 2023" in answer.reason
    assert {answer.citations[s.citations[0] - 1].report.form for s in answer.statements} == {Form.LETTER}
    assert "its grades" not in answer.reason


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Summarise the Westmarsh report",
            "in its own words: its grades, what it praises, what it criticises and what must improve.",
        ),
        (
            "Summarise the Aldermere and Westmarsh reports",
            "in their own words: their grades, what they praise, what they criticise and what must improve.",
        ),
    ],
)
def test_the_reason_names_only_what_the_summary_has(ask: Ask, text: str, contents: str) -> None:
    assert contents in ask(text).reason
