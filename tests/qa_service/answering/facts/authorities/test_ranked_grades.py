"""Tests of lists of all grades, of whether one authority was ever better, and of counts that need a total."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.types import Kind
from index.storage.store import Store
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

Ask = Callable[[str], FactAnswer]

REPORTS = (
    inspection("Orle", "2016-06-10", "overall=g leaders=g leavers=g"),
    inspection("Orle", "2019-06-14", "overall=i leaders=r leavers=g"),
    inspection("Orle", "2023-06-16", "overall=g leaders=g leavers=o"),
    inspection("Hesk", "2015-03-06", "overall=r leaders=r leavers=r"),
    inspection("Hesk", "2018-03-09", "overall=g leaders=g leavers=g"),
    inspection("Hesk", "2022-03-11", "overall=o leaders=o leavers=g"),
    inspection("Tolland", "2021-11-26", "overall=i leaders=i leavers=r"),
    inspection("Tolland", "2024-04-10", kind=Kind.FOCUSED_VISIT),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("ranked")))


@pytest.fixture(scope="module")
def ask(store: Store) -> Ask:
    """Answer a question from the facts of the reports above."""

    def answer(text: str) -> FactAnswer:
        question = interpret_in_context(text, (), store.reports, TODAY)
        found = answer_from_facts(FactScope(question, store.reports, store))
        assert found is not None, text
        return found

    return answer


@pytest.mark.parametrize(
    "text",
    [
        "overall grade by authority",
        "Who is the best council?",
        "Which authorities are rated outstanding, good, requires improvement or inadequate?",
    ],
)
def test_all_grades_are_counted_and_listed_with_the_best_first(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.summary.sentence.startswith(
        "3 authorities have an overall grade: 1 Outstanding, 1 Good and 1 Inadequate. They are listed with the best "
        "grade first."
    )
    assert [item[0].report.authority for item in answer.items] == ["Hesk", "Orle", "Tolland"]


def test_the_grades_of_one_area_are_listed_for_each_authority(ask: Ask) -> None:
    answer = ask("best and worst rated authorities for care leavers")
    assert "have a grade for care leavers: 1 Outstanding, 1 Good and 1 Requires improvement." in answer.summary.sentence
    assert [item[0].report.authority for item in answer.items] == ["Orle", "Hesk", "Tolland"]


def test_an_authority_was_better_if_its_grade_was_at_any_time(ask: Ask) -> None:
    answer = ask("Has Orle ever been better than Hesk?")
    assert answer.summary.yes
    assert answer.summary.sentence.startswith("Yes. In June 2016, Orle was Good and Hesk was Requires improvement. ")
    assert len(answer.items) == 6


def test_an_authority_that_never_had_the_better_grade_was_never_better(ask: Ask) -> None:
    answer = ask("Has Tolland ever been better than Hesk?")
    assert answer.summary.yes is False
    assert "Overall, Tolland was rated Inadequate in November 2021." in answer.summary.sentence


def test_now_is_not_ever(ask: Ask) -> None:
    assert ask("Is Orle better than Hesk?").summary.yes is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many full inspections since 2018 were good or better?", "That is 3 of the 5 with an overall grade."),
        (
            "What share of full inspections since 2018 were good or better?",
            "That is 3 of the 5 with an overall grade, or 60 per cent.",
        ),
    ],
)
def test_a_count_of_inspections_by_grade_has_a_whole(ask: Ask, text: str, expected: str) -> None:
    assert ask(text).summary.sentence.endswith(expected)


def test_a_grade_stands_at_the_start_of_a_time_if_it_was_given_before_it(ask: Ask) -> None:
    answer = ask("Did Orle's grade for leadership change between 2018 and 2022?")
    assert answer.summary.yes
    assert "Orle was rated Good for leadership at the inspection of 10 June 2016" in answer.summary.sentence
    assert "and Requires improvement at the inspection of 14 June 2019" in answer.summary.sentence


@pytest.mark.parametrize("text", ["Who has been inadequate since 2018?", "who's been inadequate since 2018"])
def test_who_has_been_inadequate_since_then_includes_those_that_no_longer_are(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert {item[0].report.authority for item in answer.items} == {"Orle", "Tolland"}
    assert "at one or more inspections since 2018" in answer.summary.sentence


def test_the_same_grade_twice_in_a_row_is_not_said_to_be_the_grade_now(tmp_path: Path) -> None:
    reports = [
        inspection("Orle", "2016-06-10", "overall=i"),
        inspection("Orle", "2018-06-15", "overall=i"),
        inspection("Orle", "2023-06-16", "overall=g"),
    ]
    store = store_of(reports, tmp_path)
    question = interpret_in_context("Any council with two inadequate grades in a row?", (), store.reports, TODAY)
    answer = answer_from_facts(FactScope(question, store.reports, store))
    assert answer is not None
    assert "was rated Inadequate overall at two inspections in a row." in answer.summary.sentence


@pytest.mark.parametrize("text", ["When was each authority last inspected?", "latest inspection dates, all councils"])
def test_the_dates_of_all_authorities_are_listed(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert {item[0].report.authority for item in answer.items} == {"Orle", "Hesk", "Tolland"}


@pytest.mark.parametrize(
    "text",
    [
        "table of care leaver grades by authority, worst first",
        "care leavers grades league table worst to best",
        "Which authorities are rated inadequate, requires improvement, good or outstanding for care leavers?",
    ],
)
def test_the_worst_grade_comes_first_if_the_question_asks_for_it(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert "They are listed with the worst grade first." in answer.summary.sentence
    assert [item[0].report.authority for item in answer.items] == ["Tolland", "Hesk", "Orle"]


def test_grades_over_a_long_time_are_those_of_each_inspection(ask: Ask) -> None:
    answer = ask("What were the grades of Orle and Hesk since 2018?")
    assert [item[0].report.inspected_to.year for item in answer.items if item[0].report.inspected_to] == [
        2019, 2023, 2018, 2022,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("who dropped two grades?", ["Orle"], "an overall grade at least 2 grades worse than the one before it"),
        ("Any authority that jumped two grades in one go?", ["Orle"], "at least 2 grades better"),
        ("Which councils improved by two or more grades for care leavers?", [], "at least 2 grades better"),
    ],
)
def test_a_move_of_several_grades_is_told_from_a_smaller_one(
    ask: Ask, text: str, expected: list[str], words: str
) -> None:
    answer = ask(text)
    assert answer.summary.count == len(expected)
    assert words in answer.summary.sentence
    assert not expected or [item[0].report.authority for item in answer.items] == expected
