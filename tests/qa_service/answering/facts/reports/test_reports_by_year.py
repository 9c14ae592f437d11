"""Tests of the numbers of reports by year."""

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
    inspection("Orle", "2017-03-04", kind=Kind.FOCUSED_VISIT, published="2017-04-10"),
    inspection("Hesk", "2018-05-11", kind=Kind.FOCUSED_VISIT, published="2018-06-14"),
    inspection("Tolland", "2018-12-14", kind=Kind.FOCUSED_VISIT, published="2019-01-25"),
    inspection("Orle", "2019-06-14", "overall=g leaders=g", published="2019-08-05"),
    inspection("Hesk", "2022-02-11", kind=Kind.FOCUSED_VISIT),
    inspection("Tolland", "2023-05-19", "overall=r leaders=r", published="2023-07-06"),
    inspection("Orle", "2023-09-15", "overall=i leaders=i", published="2023-11-02"),
    inspection("Orle", "2024-02-20", kind=Kind.FOCUSED_VISIT, published="2024-04-06"),
    inspection("Hesk", "2025-03-14", "overall=g leaders=g", published="2025-05-02"),
)
ENDED = "We counted each inspection or visit in the year in which it ended."
Ask = Callable[[str], FactAnswer]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("reports_by_year")))


@pytest.fixture
def ask(store: Store) -> Ask:
    """Answer a question from the facts of the reports above."""

    def answer(text: str) -> FactAnswer:
        question = interpret_in_context(text, (), store.reports, TODAY)
        found = answer_from_facts(FactScope(question, store.reports, store))
        assert found is not None
        return found

    return answer


@pytest.mark.parametrize(
    "text",
    [
        "How many focused visits were there each year?",
        "number of focused visits per year",
        "How many focused visits a year?",
        "Focused visits by year",
        "Trend in focused visits by year",
        "Has the number of focused visits gone down over the years?",
    ],
)
def test_the_number_of_each_year_is_stated_before_the_list(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.summary.sentence == (
        "We have 5 reports on focused visits: 1 in 2017, 2 in 2018, none from 2019 to 2021, 1 in 2022, none in 2023, 1 in "
        f"2024 and none in 2025. {ENDED}"
    )
    assert (answer.summary.count, answer.total, len(answer.items)) == (5, 5, 5)


def test_the_years_are_those_of_the_question(ask: Ask) -> None:
    told = ask("number of focused visits per year 2016-2018").summary.sentence
    assert told == f"We have 3 reports on focused visits in 2016-2018: 1 in 2017 and 2 in 2018. {ENDED}"
    told = ask("How many inspections a year since 2022?").summary.sentence
    assert told == (
        f"We have 3 reports on inspections since 2022: none in 2022, 2 in 2023, none in 2024 and 1 in 2025. {ENDED}"
    )


def test_reports_can_be_counted_by_publication(ask: Ask) -> None:
    answer = ask("How many focused visit letters were published each year?")
    assert answer.summary.sentence == (
        "We have 5 reports on focused visits: 1 in 2017, 1 in 2018, 1 in 2019, none from 2020 to 2023, 1 in 2024 and none "
        "in 2025. We counted each inspection or visit in the year in which its report was published. We do not know the "
        "year of the report on Hesk’s focused visit of 11 February 2022."
    )
    assert answer.items[0][0].fact is FactName.PUBLISHED


def test_years_with_any_reports_or_none_are_among_the_numbers(ask: Ask) -> None:
    for text in ("Which years had no focused visits?", "In which years were there any focused visits?"):
        assert "2 in 2018, none from 2019 to 2021, 1 in 2022" in ask(text).summary.sentence


def test_no_year_is_named_if_no_report_fits(ask: Ask) -> None:
    told = ask("How many monitoring visits a year since 2018?").summary.sentence
    assert told == "We have no reports on monitoring visits since 2018. We looked at 9 reports."


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "Which year saw the most inspections?",
            "The highest number was 2, in 2023. We have 4 reports on inspections: ",
        ),
        ("In which year were there the most focused visits?", "The highest number was 2, in 2018. "),
        ("Which year had the highest number of inspections?", "The highest number was 2, in 2023. "),
        (
            "Which year had the fewest focused visits since 2022?",
            "The lowest number was 0, in 2023 and 2025. We have 2 reports on focused visits since 2022: 1 in 2022, ",
        ),
    ],
)
def test_the_year_with_the_highest_or_lowest_number_is_named(ask: Ask, text: str, start: str) -> None:
    assert ask(text).summary.sentence.startswith(start)


@pytest.mark.parametrize(
    "text",
    [
        "How many authorities had a focused visit each year?",
        "When was the most recent inspection of Orle?",
        "How many inspections were rated good each year?",
        "How many visits a year ago?",
        "List focused visits by year",
        "Was 2018 the year with the most focused visits?",
        "How many children are visited each year?",
        "What do reports say about annual visits?",
    ],
)
def test_other_questions_do_not_ask_for_reports_by_year(store: Store, text: str) -> None:
    assert not interpret_in_context(text, (), store.reports, TODAY).conditions.by_year


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Anything new on Orle since the 2019 inspection?",
            "We have 2 reports on Orle since its inspection of 14 June 2019.",
        ),
        (
            "How many visits has Orle had since its last inspection in June 2019?",
            "We have 1 report on a visit to Orle since its inspection of 14 June 2019.",
        ),
        (
            "What has come out about Hesk since the 2018 focused visit?",
            "We have 2 reports on Hesk since its focused visit of 11 May 2018.",
        ),
        (
            "Anything new on Orle and Tolland since their 2023 inspections?",
            "We have 1 report on Orle and Tolland since the inspection of each in 2023.",
        ),
        (
            "Anything new on Tolland since the 2019 report?",
            "We have 1 report on Tolland since its focused visit of 14 December 2018.",
        ),
        (
            "Anything new on Hesk since the 2021 inspection?",
            (
                "We have no reports on Hesk since its inspection of 2021, which we do not have. We looked at 3 reports about "
                "Hesk."
            ),
        ),
    ],
)
def test_what_is_new_since_an_inspection_is_what_came_after_it(ask: Ask, text: str, told: str) -> None:
    assert ask(text).summary.sentence == told


def test_a_yes_or_no_question_about_a_time_since_an_inspection(ask: Ask) -> None:
    answer = ask("Has Orle had a focused visit since its 2023 inspection?")
    assert answer.summary.sentence == "Yes. We have the report on Orle’s focused visit of 20 February 2024."
    assert ask("Has Hesk had a focused visit since its 2025 inspection?").summary.yes is False


def test_a_change_of_grade_since_an_inspection_is_no_list(store: Store) -> None:
    for text in ("Has Orle improved since the 2019 inspection?", "What has changed in Orle since the 2019 inspection?"):
        assert interpret_in_context(text, (), store.reports, TODAY).conditions.since_inspection is None
