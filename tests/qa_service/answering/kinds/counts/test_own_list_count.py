"""Tests of counts of reports by the items of their own lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.qa_service.conftest import TODAY

URGENT = (
    "Managers must see every contact within a day.",
    "Children must not wait for a social worker.",
    "Records must say who lives with a child.",
    "Staff must know how to report a worry.",
)
_VISITS = (
    ("Dunsmere", "3 to 4 June 2019", "9 July 2019", URGENT),
    ("Ravensby", "9 to 10 May 2022", "20 June 2022", ()),
    ("Ravensby", "6 to 7 March 2024", "15 April 2024", URGENT[:1]),
)


def _write(folder: Path) -> list[Path]:
    """Write three letters as web pages. Two of them have a list of priority actions."""
    paths = []
    for number, (authority, days, published, urgent) in enumerate(_VISITS):
        actions = "".join(f"<li>{item}</li>" for item in urgent)
        title = f"Focused visit to {authority} local authority children’s services"
        paths.append(folder / f"letter-{number}.html")
        paths[-1].write_text(
            f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>Inspection dates: {days}</p>"
            f"<p>Published: {published}</p><p>Leaders know their services well, and partners share what they know.</p>"
            f"{f'<h2>Areas for priority action</h2><ul>{actions}</ul>' if urgent else ''}"
            "<h2>What needs to improve</h2><ul><li>The range of homes for children in care.</li></ul>"
            "<h2>Findings</h2><p>Staff are proud of the families whom they help.</p></main></body></html>",
            encoding="utf-8",
        )
    return paths


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Answerer:
    """An answerer for the letters above."""
    folder = tmp_path_factory.mktemp("own_lists")
    data = DataFolder.prepare(folder / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(_write(folder))
    return Answerer.open(data, encoder, remembered=0)


@pytest.fixture
def ask_letters(letters: Answerer) -> Callable[..., Answer]:
    """Ask a question of the letters above."""
    return lambda text, **limits: letters.answer(Question(text, **limits))


def test_reports_with_a_priority_action_are_counted_and_quoted(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("how many reports have an area for priority action, and who")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.summary.sentence == (
        "2 of the 3 reports list an area for priority action. They are about Dunsmere and Ravensby."
    )
    assert (answer.summary.count, answer.summary.of, answer.total) == (2, 3, 2)
    assert [statement.text for statement in answer.statements] == [URGENT[0], *URGENT[:3]]
    assert "We quote the first 3 items of each list. 1 list has more" in answer.reason
    assert answer.not_applied == ()


def test_authorities_are_counted_if_the_question_asks_who(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("Which councils have been given priority actions since 2020?")
    assert answer.summary.sentence == (
        "The one authority has a report since 2020 with an area for priority action. This is Ravensby."
    )
    assert answer.summary.counted == "authorities"


def test_a_list_has_pages(ask_letters: Callable[..., Answer]) -> None:
    first = ask_letters("Which reports have areas for priority action?", items=1)
    assert "Reports 1 to 1 of 2 are quoted below." in first.reason
    assert [statement.text for statement in first.statements] == [URGENT[0]]
    assert first.next_offset == 1


def test_none_is_said_if_no_report_has_such_a_list(ask_letters: Callable[..., Answer]) -> None:
    answer = ask_letters("Which reports make recommendations?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.summary.sentence == "None of the 3 reports lists a recommendation."


def test_recommendations_are_a_list_of_their_own(ask: Callable[..., Answer]) -> None:
    answer = ask("How many reports make recommendations?")
    assert answer.summary.sentence == "1 of the 10 reports lists a recommendation. It is about Carrowby."
    assert len(answer.statements) == 3


@pytest.mark.parametrize(
    "text",
    [
        "What are the priority actions for Carrowby?",
        "List the priority actions in the Carrowby report",
        "Does Carrowby have any areas for priority action?",
        "How many recommendations does the Carrowby report make?",
        "Which reports have no priority actions?",
        "Which reports do not have an area for priority action?",
        "Which reports have priority actions about supervision?",
        "Why do reports have areas for priority action?",
    ],
)
def test_other_questions_about_such_lists_are_no_count(answerer: Answerer, text: str) -> None:
    question = interpret_in_context(text, (), answerer.index.store.reports, TODAY)
    assert question.conditions.own_list is None
