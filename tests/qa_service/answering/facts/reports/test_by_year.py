"""Tests of the numbers of grades by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.grades import OVERALL
from corpus.types import Kind, Report
from index.storage.store import Store
from qa_service.analysis.grade_history import grade_histories
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

REPORTS = (
    inspection("Orle", "2016-11-25", "overall=r leaders=r", kind=Kind.SINGLE_INSPECTION, published="2017-02-10"),
    inspection("Hesk", "2016-03-04", "overall=g leaders=r", kind=Kind.SINGLE_INSPECTION, published="2016-05-09"),
    inspection("Tolland", "2017-05-19", "overall=i leaders=i", kind=Kind.SINGLE_INSPECTION, published="2017-07-03"),
    inspection("Orle", "2019-06-14", "overall=o leaders=g joint=g", published="2019-08-05"),
    inspection("Hesk", "2019-10-04", "overall=g leaders=g", kind=Kind.SHORT, published="2019-11-18"),
    inspection("Tolland", "2019-12-06", "overall=r leaders=r", published="2020-02-03"),
    inspection("Fenwold", "2021-07-02", "leaders=g", unread="overall"),
    inspection("Tolland", "2023-05-20", "overall=g leaders=g leavers=o", published="2023-07-06"),
    inspection("Tolland", "2024-02-20", kind=Kind.FOCUSED_VISIT, published="2024-04-06"),
    inspection("Orle", "2026-06-12", "leaders=o leavers=g", published="2026-08-01"),
)
"""Two reports were published in the year after the inspection. Fenwold's overall grade could not be read. Orle's last
report gives no such grade."""
Ask = Callable[[str], FactAnswer | None]
ENDED = "We counted each inspection in the year in which it ended."


def asker(reports: Sequence[Report], store: Store) -> Ask:
    """Return a function that answers a question about numbers by year from the given reports."""

    def answer(text: str) -> FactAnswer | None:
        question = interpret_in_context(text, (), store.reports, TODAY)
        assert question.conditions.wanted is Wanted.BY_YEAR
        return answer_from_facts(FactScope(question, tuple(reports), store))

    return answer


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("by_year")))


@pytest.fixture(scope="module")
def ask(store: Store) -> Ask:
    return asker(store.reports, store)


def said(answer: FactAnswer | None) -> str:
    assert answer is not None
    return answer.summary.sentence


def rows(answer: FactAnswer | None) -> list[tuple[str | None, int, str]]:
    """Return the authority, year and grade of each row."""
    assert answer is not None
    return [
        (row.report.authority, row.report.inspected_to.year, row.judgement.grade)
        for item in answer.items
        for row in item
        if row.report.inspected_to and row.judgement
    ]


@pytest.mark.parametrize(
    "text",
    [
        "How has the number of good or outstanding overall judgements changed year by year?",
        "How many inspections were good or better each year?",
        "How many good or outstanding overall grades were there in every year?",
        "Number of good or outstanding judgements per year",
        "Has the number of good or outstanding judgements gone up over the years?",
    ],
)
def test_a_question_for_a_grade_gets_its_numbers_in_each_year(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert said(answer) == (
        "Of the inspections that gave an overall grade, these were rated Outstanding or Good: 1 of 2 in 2016, none of 1 "
        f"in 2017, 2 of 3 in 2019 and 1 of 1 in 2023. {ENDED}"
    )
    assert answer.summary.yes is None
    assert (answer.summary.count, answer.summary.of, answer.total) == (4, 7, 4)
    assert rows(answer) == [
        ("Hesk", 2016, "Good"),
        ("Orle", 2019, "Outstanding"),
        ("Hesk", 2019, "Good"),
        ("Tolland", 2023, "Good"),
    ]


def test_years_without_a_grade_and_inspections_not_counted_are_named(ask: Ask) -> None:
    answer = ask("How many good judgements were there by year?")
    assert answer is not None
    assert answer.note == (
        "We have no graded inspection from 2018, 2020, 2022, 2024 or 2025. We could not count any inspection from 2021 "
        "or 2026. We did not count 1 inspection (Fenwold in 2021), because we could not read the overall grade in its "
        "report. We did not count 1 inspection (Orle in 2026), because its report gives no overall grade."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trend in overall grades by year",
            (
                "The inspections gave these overall grades: 1 Good and 1 Requires improvement in 2016; 1 Inadequate in "
                "2017; 1 Outstanding, 1 Good and 1 Requires improvement in 2019; 1 Good in 2023. "
            ),
        ),
        (
            "How many inadequate judgements were there in each year since 2018?",
            (
                "Of the inspections since 2018 that gave an overall grade, these were rated Inadequate: none of 3 in "
                "2019 and none of 1 in 2023. "
            ),
        ),
        (
            "What proportion of inspections were good or better, year by year?",
            (
                "Of the inspections that gave an overall grade, these were rated Outstanding or Good: 1 of 2 (50 per "
                "cent) in 2016, none of 1 (0 per cent) in 2017, 2 of 3 (67 per cent) in 2019 and 1 of 1 (100 per cent) "
                "in 2023. "
            ),
        ),
        (
            "How many judgements were inadequate for leadership each year before 2019?",
            (
                "Of the inspections before 2019 that gave a grade for leadership, these were rated Inadequate: none of "
                "2 in 2016 and 1 of 1 in 2017. "
            ),
        ),
        (
            "How many good judgements has Orle had each year?",
            (
                "Of the inspections of Orle that gave an overall grade, these were rated Good: none of 1 in 2016 and "
                "none of 1 in 2019. "
            ),
        ),
        (
            "How many short inspections were rated good each year?",
            "Of the short inspections that gave an overall grade, these were rated Good: 1 of 1 in 2019. ",
        ),
        (
            "How many inspections other than those of Tolland were not rated good each year?",
            (
                "Of the inspections that gave an overall grade, these were not rated Good: 1 of 2 in 2016 and 1 of 2 in "
                "2019. "
            ),
        ),
        (
            "Trend in grades for care leavers by year",
            "The inspections gave these grades for care leavers: 1 Outstanding in 2023; 1 Good in 2026. ",
        ),
    ],
)
def test_the_areas_times_kinds_and_authorities_of_a_question_limit_its_numbers(
    ask: Ask, text: str, expected: str
) -> None:
    assert said(ask(text)).removesuffix(ENDED) == expected


def test_a_question_about_publication_counts_by_the_year_of_publication(ask: Ask) -> None:
    answer = ask("How many reports published each year since 2017 were good or requires improvement?")
    assert said(answer) == (
        "Of the inspections with reports published since 2017 that gave an overall grade, these were rated Good or "
        "Requires improvement: 1 of 2 in 2017, 1 of 2 in 2019, 1 of 1 in 2020 and 1 of 1 in 2023. We counted each "
        "inspection in the year in which its report was published."
    )
    assert answer is not None
    assert "We have no graded inspection with a report published in 2018, 2021, 2022, 2024 or 2025." in answer.note


def test_a_question_about_authorities_says_that_inspections_are_counted(ask: Ask) -> None:
    sentence = said(ask("How many authorities were rated good each year?"))
    assert sentence.endswith(
        "These are numbers of inspections, so we count an authority only in the years in which it had one."
    )


def test_if_no_inspection_fits_all_those_checked_are_shown(ask: Ask) -> None:
    answer = ask("How many inadequate judgements were there in each year since 2018?")
    assert answer is not None
    assert (answer.summary.count, answer.total) == (0, 0)
    assert [authority for authority, *_ in rows(answer)] == ["Orle", "Hesk", "Tolland", "Tolland"]


def test_the_rows_come_in_the_order_that_the_question_asks_for(ask: Ask) -> None:
    years = [year for _, year, _ in rows(ask("How many good judgements were there each year, newest first?"))]
    assert years == [2023, 2019, 2016]


def test_the_years_are_those_of_the_page_of_grades(ask: Ask, store: Store) -> None:
    histories = grade_histories(store.reports, OVERALL)
    expected = sorted(given.day.year for history in histories for given in history.grades)
    assert [year for _, year, _ in rows(ask("Overall grades by year"))] == expected


def test_an_inspection_without_days_counts_in_the_year_of_publication(tmp_path: Path) -> None:
    undated = replace(REPORTS[0], inspected_from=None, inspected_to=None)
    store = store_of([undated], tmp_path)
    sentence = said(asker(store.reports, store)("How many good judgements were there by year?"))
    assert "none of 1 in 2017" in sentence
    assert "If we do not know when it ended, we used the year in which its report was published." in sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "How many focused visits were rated good each year?",
            "We do not have any focused visits that gave an overall grade.",
        ),
        (
            "How many good judgements were there in each year before 2015?",
            "We do not have any inspections before 2015 that gave an overall grade.",
        ),
    ],
)
def test_without_a_grade_to_count_the_answer_says_so(ask: Ask, text: str, expected: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert not answer.answered
    assert (said(answer), answer.items) == (expected, ())


def test_outcomes_of_partnerships_are_not_counted_as_grades(ask: Ask) -> None:
    assert ask("How many area SEND inspections were rated good each year?") is None


@pytest.mark.parametrize(
    ("text", "not_applied"),
    [
        ("How many authorities in the north were rated good each year?", ["in the north"]),
        (
            "How many inspections were good each year for unitary councils by a large margin?",
            ["by a large margin", "unitary councils"],
        ),
    ],
)
def test_words_that_we_cannot_apply_are_named(store: Store, text: str, not_applied: list[str]) -> None:
    question = interpret_in_context(text, (), store.reports, TODAY)
    assert question.conditions.wanted is Wanted.BY_YEAR
    assert list(question.not_applied) == not_applied


@pytest.mark.parametrize(
    "text",
    [
        "What grades has Orle had over the years, oldest first?",
        "How has Orle's grade changed over the years?",
        "Which reports were published in 2026?",
        "How many full inspections since 2022 criticise supervision?",
        "How many authorities are rated good?",
        "How many authorities have ever been inadequate each year?",
        "How many authorities improved their grades each year?",
        "How many authorities were good overall and inadequate for leaders each year?",
        "How many authorities were never good, year by year?",
        "Why has the number of inadequate authorities gone up over the years?",
        "Has the number of children in care gone up over the years?",
        "How many reports criticise supervision each year?",
        "How many good social workers leave Orle each year?",
    ],
)
def test_other_questions_do_not_ask_for_numbers_by_year(store: Store, text: str) -> None:
    question = interpret_in_context(text, (), store.reports, TODAY)
    assert question.conditions.wanted is not Wanted.BY_YEAR


@pytest.mark.parametrize(
    ("question", "start"),
    [
        (
            "Which year had the most good judgements?",
            "The highest number was 1, in 2016, 2019 and 2023. Of the inspections",
        ),
        (
            "In which year were the fewest councils rated inadequate?",
            "The lowest number was 0, in 2016, 2019 and 2023.",
        ),
        ("What year saw the highest share of inadequate grades?", "The highest share was 100 per cent, in 2017."),
    ],
)
def test_the_years_with_the_highest_or_lowest_number_come_first(ask: Ask, question: str, start: str) -> None:
    answer = ask(question)
    assert answer.summary.sentence.startswith(start)
    assert ENDED in answer.summary.sentence
