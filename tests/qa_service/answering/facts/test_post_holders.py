"""Tests of answers that name the person who held the post of director on a certain day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.types import Form, Kind, Report
from qa_service.answering.facts.post_holders import post_holder_answer
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.types import FactName
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of


def letter(authority: str, day: str, name: str, post: str | None = "Director of Children’s Services") -> Report:
    report = inspection(authority, day, kind=Kind.FOCUSED_VISIT, published=day)
    return replace(report, post_holder=name, post_held=post)


SEND = replace(
    inspection("Hesk", "2025-02-03", kind=Kind.AREA_SEND, published="2025-03-04"),
    form=Form.REPORT,
    post_holder="Di Pell",
    post_held="Director of People",
)
REPORTS = (
    letter("Orle", "2021-05-05", "Ann Bell", "Interim Director of Children’s Services"),
    letter("Orle", "2024-10-17", "Tom Fenn"),
    inspection("Orle", "2025-06-20", published="2025-08-01"),
    letter("Hesk", "2022-01-12", "Una Cray", None),
    SEND,
    inspection("Hesk", "2026-01-23", published="2026-03-02"),
    letter("Wexcombe", "2023-04-04", "Ira Moss", None),
    inspection("Tolland", "2026-05-22", published="2026-08-20"),
)
Ask = Callable[..., FactAnswer | None]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = store_of(REPORTS, Path(tmp_path_factory.mktemp("posts")))

    def answer(text: str, *, every: bool = False) -> FactAnswer | None:
        question = interpret_in_context(text, (), store.reports, date(2026, 11, 30))
        return post_holder_answer(FactScope(question, tuple(store.reports), store), every=every)

    return answer


def test_the_latest_letter_answers_with_its_date(ask: Ask) -> None:
    answer = ask("Who is Orle's DCS?")
    assert answer is not None
    assert answer.summary.sentence == (
        "The letter of 17 October 2024 about Orle is addressed to Tom Fenn, Director of Children’s Services."
    )
    assert answer.note == "This shows who held the post on that date. It does not show who holds it now."
    assert [[row.fact for row in item] for item in answer.items] == [[FactName.POST_HOLDER]]


def test_the_letter_of_the_time_in_the_question_answers(ask: Ask) -> None:
    answer = ask("Who was the DCS at Orle in May 2021?")
    assert answer is not None
    assert "The letter of 5 May 2021" in answer.summary.sentence
    assert "Ann Bell, Interim Director" in answer.summary.sentence


def test_a_later_area_send_report_that_names_the_director_answers(ask: Ask) -> None:
    answer = ask("Who is Hesk's DCS?")
    assert answer is not None
    assert answer.summary.sentence == (
        "The report on Hesk’s area SEND inspection of 3 February 2025 names Di Pell, Director of People, for the local "
        "authority."
    )
    assert answer.note.endswith("There is a later report about Hesk, on its inspection of 23 January 2026.")


def test_a_letter_without_a_post_says_so(ask: Ask) -> None:
    answer = ask("Who is Wexcombe's DCS?")
    assert answer is not None
    assert answer.summary.sentence.endswith("is addressed to Ira Moss. The letter gives no post.")


def test_every_letter_answers_a_question_for_all(ask: Ask) -> None:
    answer = ask("Who have been Orle's directors?", every=True)
    assert answer is not None
    assert [item[0].report.post_holder for item in answer.items] == ["Tom Fenn", "Ann Bell"]


def test_a_time_without_a_letter_is_not_answered(ask: Ask) -> None:
    answer = ask("Who was the DCS at Orle in 2015?")
    assert answer is not None
    assert not answer.answered
    assert answer.summary.sentence == (
        "We have no letter or report about Orle from 2015 that names the director. Those that do are dated 5 May 2021 "
        "and 17 October 2024."
    )


def test_reports_that_name_nobody_leave_the_question_to_their_sentences(ask: Ask) -> None:
    assert ask("Who is Tolland's DCS?") is None
