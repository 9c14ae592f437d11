"""Tests of questions in ordinary words: "still inadequate", "the last two inspections", "the five most recent"."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.types import Kind
from index.storage.store import Store
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.types import FactName
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

REPORTS = (
    inspection("Orle", "2016-03-04", "overall=g", published="2016-05-09"),
    inspection("Orle", "2019-05-17", "overall=i", published="2019-07-01"),
    inspection("Orle", "2023-06-16", "overall=g", published="2023-08-02"),
    inspection("Hesk", "2018-11-09", "overall=g", published="2019-01-14"),
    inspection("Hesk", "2022-10-21", "overall=i", published="2023-01-09"),
    inspection("Tolland", "2020-02-14", "overall=i", published="2020-04-01"),
    inspection("Tolland", "2024-02-09", "overall=i", published="2024-04-05"),
    inspection("Tolland", "2026-05-20", kind=Kind.FOCUSED_VISIT, published="2026-07-06"),
    inspection("Arnby", "2026-02-13", "overall=o", published="2026-10-12"),
    inspection("Fenwold", "2021-07-02", "overall=r", published="2021-09-01"),
    inspection("Fenwold", "2026-06-12", "leaders=g"),
)
"""Arnby's report is published after Tolland's visit, which was later. Fenwold's last report gives no such date."""
Ask = Callable[[str], FactAnswer]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("wording")))


@pytest.fixture
def ask(store: Store) -> Ask:
    """Answer a question from the facts of the reports above."""

    def answer(text: str) -> FactAnswer:
        question = interpret_in_context(text, (), store.reports, TODAY)
        found = answer_from_facts(FactScope(question, store.reports, store))
        assert found is not None
        return found

    return answer


def authorities(answer: FactAnswer) -> list[str | None]:
    """Return the authority of each item."""
    return [item[0].report.authority for item in answer.items]


@pytest.mark.parametrize(
    "text",
    [
        "Give me the list of authorities that are still inadequate",
        "Who is still inadequate?",
        "How many councils are still rated inadequate overall?",
        "Which authorities remain inadequate?",
        "authorities still inadequate",
        "Is there any authority that is still inadequate?",
    ],
)
def test_still_in_a_list_means_the_latest_grade_whatever_it_was_before(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert authorities(answer) == ["Hesk", "Tolland"]
    assert (answer.summary.count, answer.summary.of) == (2, 4)
    assert "rated Inadequate" in answer.summary.sentence
    assert "still" not in answer.summary.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Which authorities have stayed inadequate?",
        "Which authorities were inadequate and are still inadequate?",
        "Which authorities kept their inadequate grade?",
    ],
)
def test_words_that_name_the_grade_before_still_compare_with_it(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert authorities(answer) == ["Tolland"]
    assert "still rated Inadequate" in answer.summary.sentence


def test_still_about_a_named_authority_shows_both_of_its_grades(ask: Ask) -> None:
    assert "Inadequate at the inspection of 9 February 2024" in ask("Is Tolland still inadequate?").summary.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Who has gone down a grade between their last two full inspections?",
        "Which authorities got worse between the most recent two inspections?",
        "Which authorities declined over their previous two inspections?",
        "Which authorities went from good to inadequate between their two latest inspections?",
    ],
)
def test_the_last_two_inspections_mean_the_change_to_the_latest_one(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert authorities(answer) == ["Hesk"]
    assert "each authority’s latest graded inspection with the one before it" in answer.summary.sentence


def test_without_these_words_every_change_counts(ask: Ask) -> None:
    assert authorities(ask("Who has gone down a grade?")) == ["Hesk", "Orle"]


def shown(answer: FactAnswer) -> list[tuple[str | None, str]]:
    """Return the authority and the last day of the inspection of each item."""
    return [(item[0].report.authority, str(item[0].report.inspected_to)) for item in answer.items]


NEWEST = [("Fenwold", "2026-06-12"), ("Tolland", "2026-05-20"), ("Arnby", "2026-02-13")]


@pytest.mark.parametrize(
    "text",
    [
        "What are the three most recent reports?",
        "Show me the 3 newest reports",
        "the three latest reports",
        "Which are the last three reports?",
    ],
)
def test_a_number_limits_the_newest_reports(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert shown(answer) == NEWEST
    assert answer.total == answer.summary.count == 3
    assert answer.summary.of == len(REPORTS)
    assert answer.summary.sentence == (
        "These are the 3 newest of our 11 reports, by the last day of the inspection or visit."
    )


def test_the_latest_reports_are_all_reports_newest_first(ask: Ask) -> None:
    answer = ask("What are the latest reports?")
    assert shown(answer)[:3] == NEWEST
    assert answer.total == len(REPORTS)


def test_a_number_above_that_of_the_reports_lists_them_all(ask: Ask) -> None:
    answer = ask("What are the last five inspections of Tolland?")
    assert shown(answer) == [("Tolland", "2024-02-09"), ("Tolland", "2020-02-14")]
    assert answer.summary.sentence == "We have 2 reports on inspections of Tolland."


def test_the_latest_report_is_still_one_report(ask: Ask) -> None:
    assert shown(ask("What is the latest report?")) == NEWEST[:1]


@pytest.mark.parametrize(
    "text",
    ["What's new since June 2026?", "What has come out since June 2026?", "What has been published since June 2026?"],
)
def test_what_is_new_goes_by_publication_or_else_by_inspection(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert shown(answer) == [("Arnby", "2026-02-13"), ("Tolland", "2026-05-20"), ("Fenwold", "2026-06-12")]
    assert [item[0].fact for item in answer.items] == [FactName.PUBLISHED, FactName.PUBLISHED, FactName.INSPECTED]
    assert answer.summary.sentence == "We have 3 reports published since June 2026."
    assert answer.note == (
        "We could not find a publication date for the report on Fenwold’s inspection of 12 June 2026, so we used the "
        "date of its inspection."
    )


def test_what_is_new_about_an_authority_lists_its_reports(ask: Ask) -> None:
    assert shown(ask("Anything new on Tolland since 2022?")) == [("Tolland", "2026-05-20"), ("Tolland", "2024-02-09")]
    assert len(ask("What's new in Tolland?").items) == 3


def test_a_visit_that_came_out_in_a_time_was_published_then(ask: Ask) -> None:
    assert shown(ask("Which focused visits came out since July 2026?")) == [("Tolland", "2026-05-20")]
    assert ask("Which focused visits were there since July 2026?").total == 0


def test_a_question_about_publication_shows_that_date_and_leaves_out_reports_without_it(ask: Ask) -> None:
    answer = ask("Which reports were published since June 2026?")
    assert shown(answer) == [("Arnby", "2026-02-13"), ("Tolland", "2026-05-20")]
    assert {item[0].fact for item in answer.items} == {FactName.PUBLISHED}
