"""Tests of answers about inspections whose grades could not be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.grades import gives_grades
from corpus.types import Kind
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.answering.kinds.grades.grade import GradeOf, _decide_without_grade
from qa_service.types import AnswerStatus
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

REPORTS = (
    inspection("Orle", "2019-05-17", "overall=g leaders=g"),
    inspection("Orle", "2024-06-14", "overall=r leaders=r", unread="leavers care"),
    inspection("Hesk", "2024-05-10", "overall=g leaders=g leavers=g"),
    inspection("Tolland", "2018-02-09", "overall=i leaders=i leavers=i"),
    inspection("Tolland", "2024-02-09", unread="overall leaders leavers"),
    inspection("Wexcombe", "2024-03-08", "leaders=g leavers=i", unread="overall"),
    inspection("Fenwold", "2024-04-12", "overall=g leaders=g"),
    inspection("Arnby", "2013-03-08", "overall=i", kind=Kind.LOOKED_AFTER),
)
Ask = Callable[[str], FactAnswer | None]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Answer a question from the facts of the reports above."""
    store = store_of(REPORTS, tmp_path)

    def answer(text: str) -> FactAnswer | None:
        question = interpret_in_context(text, (), store.reports, TODAY)
        return answer_from_facts(FactScope(question, store.reports, store))

    return answer


def named(answer: FactAnswer | None) -> list[str | None]:
    assert answer is not None
    return [item[0].report.authority for item in answer.items]


def test_an_inspection_counts_as_graded_even_if_its_grades_could_not_be_read_but_not_on_the_earlier_scale() -> None:
    graded = [report.authority for report in REPORTS if gives_grades(report)]
    assert graded == ["Orle", "Orle", "Hesk", "Tolland", "Tolland", "Wexcombe", "Fenwold"]


def test_a_list_names_the_authorities_whose_grade_could_not_be_read_apart_from_those_without_one(ask: Ask) -> None:
    answer = ask("Which authorities are good for care leavers?")
    assert named(answer) == ["Hesk"]
    assert answer is not None
    assert (
        "We did not count Fenwold, because its latest report gives no separate grade for care leavers." in answer.note
    )
    assert (
        "We did not count Orle and Tolland, because we could not read the grade for care leavers in their reports."
        in answer.note
    )


def test_an_earlier_grade_does_not_stand_in_for_one_that_could_not_be_read(ask: Ask) -> None:
    answer = ask("Which authorities are inadequate?")
    assert answer is not None
    assert answer.total == 0
    assert "Tolland and Wexcombe, because we could not read the overall grade in their reports" in answer.note


def test_no_area_is_known_to_be_free_of_a_grade_while_one_could_not_be_read(ask: Ask) -> None:
    answer = ask("Which authorities are good in every area?")
    assert named(answer) == ["Fenwold", "Hesk"]
    assert answer is not None
    assert "we could not read all of the grades in" in answer.note


def test_the_grades_of_an_authority_come_with_those_that_could_not_be_read(ask: Ask) -> None:
    answer = ask("What are Orle's grades?")
    assert answer is not None
    assert "We could not read the grades for" in answer.note
    assert "14 June 2024" in answer.note
    overall = ask("How was Wexcombe rated overall?")
    assert overall is not None
    assert "We could not read the overall grade" in overall.note
    assert "does not give" not in overall.note


def test_the_areas_of_an_authority_come_with_those_that_could_not_be_read(ask: Ask) -> None:
    answer = ask("Which areas of Orle require improvement?")
    assert answer is not None
    assert answer.total == 2
    assert "“The experiences and progress of care leavers”" in answer.note


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("What grade did Orle get for care leavers?", "We could not read the grade for"),
        ("What grade did Fenwold get for care leavers?", "a grade for this"),
        ("What grade did Tolland get overall?", "We could not read the grade for “Overall effectiveness”"),
    ],
)
def test_a_question_for_a_grade_that_could_not_be_read_is_not_told_that_the_report_gives_none(
    text: str, reason: str
) -> None:
    question = interpret_in_context(text, (), REPORTS, TODAY)
    assert GradeOf().matches(question)
    decision = _decide_without_grade(question, REPORTS)
    assert decision is not None
    assert reason in decision.reason
    unread = "could not read" in reason
    assert decision.status is (AnswerStatus.LOW_CONFIDENCE if unread else AnswerStatus.NOT_JUDGED)


def test_inspections_on_both_sides_of_an_unread_grade_are_not_compared(tmp_path: Path) -> None:
    reports = (
        inspection("Orle", "2016-05-13", "overall=i"),
        inspection("Orle", "2019-05-17", unread="overall"),
        inspection("Orle", "2024-06-14", "overall=g"),
        inspection("Hesk", "2016-05-13", "overall=i"),
        inspection("Hesk", "2019-05-17", "overall=g"),
    )
    store = store_of(reports, tmp_path)
    question = interpret_in_context("Which authorities went from inadequate to good?", (), store.reports, TODAY)
    answer = answer_from_facts(FactScope(question, store.reports, store))
    assert named(answer) == ["Hesk"]
    assert answer is not None
    assert "We did not count Orle, because we could not read the overall grade in its report." in answer.note


def test_a_comparison_says_that_a_grade_could_not_be_read_and_not_that_the_report_gives_none(ask: Ask) -> None:
    answer = ask("Which is better overall, Fenwold or Wexcombe?")
    assert answer is not None
    assert answer.summary.sentence == (
        "We cannot compare Fenwold and Wexcombe. We could not read the grade for “Overall effectiveness” in the report "
        "on Wexcombe’s inspection of 8 March 2024. Look for it on the report’s pages."
    )
    assert all(answer.items)
    neither = ask("Which is better overall, Fenwold or Tolland?")
    assert neither is not None
    assert all(neither.items)
