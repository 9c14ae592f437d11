"""Tests of lists of the authorities that have a given grade."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from corpus.types import Kind, Report
from qa_service.answering.kinds.grade_list import ListedGrades, list_grades
from qa_service.answering.pipeline import Answerer
from qa_service.calibration import AUTHORITIES_PER_LIST
from qa_service.understanding.interpretation import interpret

ListGrades = Callable[..., ListedGrades | None]


@pytest.fixture(scope="module")
def listed(answerer: Answerer, known: tuple[str, ...]) -> ListGrades:
    """List the grades that a question asks for, from the samples or from other reports."""
    store = answerer.index.store

    def grades(text: str, reports: Sequence[Report] | None = None) -> ListedGrades | None:
        return list_grades(interpret(text, known), store.reports if reports is None else reports, store)

    return grades


def rows(grade_list: ListedGrades | None) -> list[tuple[str | None, str, str]]:
    """Return the authority, area and grade on each line of a list."""
    assert grade_list is not None
    return [(grade.report.authority, grade.judgement.area, grade.judgement.grade) for grade in grade_list.grades]


@pytest.fixture(scope="module")
def westmarsh(answerer: Answerer) -> Report:
    """Westmarsh's report of 2023, which is good overall."""
    [report] = [r for r in answerer.index.store.reports if r.authority == "Westmarsh" and r.inspected_to.year == 2023]
    return report


LEADERS = "The impact of leaders on social work practice with children and families"
CARE_LEAVERS = "The experiences and progress of care leavers"


@pytest.mark.parametrize(
    ("text", "expected", "among"),
    [
        ("Which councils are rated good overall?", [("Westmarsh", "Overall effectiveness", "Good")], 2),
        ("Which councils are rated inadequate?", [("Carrowby", "Overall effectiveness", "inadequate")], 2),
        ("Which authorities were judged outstanding?", [], 2),
        ("How many councils are rated good for care leavers?", [("Aldermere", CARE_LEAVERS, "Good")], 3),
        (
            "Which councils were rated good for leadership?",
            [("Aldermere", LEADERS, "Good"), ("Westmarsh", LEADERS, "Good")],
            3,
        ),
    ],
)
def test_each_authority_is_listed_by_its_latest_graded_report(
    listed: ListGrades, text: str, expected: list[tuple[str, str, str]], among: int
) -> None:
    grade_list = listed(text)
    assert grade_list is not None
    assert rows(grade_list) == expected
    assert grade_list.total == len(expected)
    assert grade_list.reason.startswith(f"{len(expected) or 'None'} of the {among} authorities ")
    assert grade_list.reason.endswith("We used each authority’s latest graded report.")


def test_a_time_that_is_named_chooses_the_report(listed: ListGrades) -> None:
    grade_list = listed("Which councils were judged to require improvement in 2019?")
    assert grade_list is not None
    assert rows(grade_list) == [("Westmarsh", "Overall effectiveness", "Requires improvement to be good")]
    assert grade_list.reason.startswith("The only authority with this grade is rated Requires improvement.")
    assert "from the time you asked about" in grade_list.reason
    assert rows(listed("Which councils were judged to require improvement?")) == []


def test_the_order_of_the_reports_changes_nothing(listed: ListGrades, answerer: Answerer) -> None:
    text = "Which councils were rated good for leadership?"
    assert listed(text, answerer.index.store.reports[::-1]) == listed(text)


def test_a_list_shows_its_first_authorities_by_name_and_counts_them_all(listed: ListGrades, westmarsh: Report) -> None:
    names = [f"Council {letter}" for letter in "KJIHGFEDCBA"]
    grade_list = listed("Which councils are rated good?", [replace(westmarsh, authority=name) for name in names])
    assert grade_list is not None
    assert [authority for authority, _, _ in rows(grade_list)] == sorted(names)[:AUTHORITIES_PER_LIST]
    assert grade_list.total == len(names)


@pytest.mark.parametrize("kind", [Kind.AREA_SEND, Kind.LSCB_REVIEW])
def test_the_grade_of_another_body_is_not_the_authoritys(listed: ListGrades, westmarsh: Report, kind: Kind) -> None:
    text = "Which councils are rated good?"
    assert rows(listed(text, [westmarsh]))
    assert listed(text, [replace(westmarsh, kind=kind)]) is None
    assert listed(text, [replace(westmarsh, authority=None)]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Which councils support care leavers?",
        "Which areas of Westmarsh were rated good?",
        "Which schools are rated good?",
        "Which councils have good practice?",
        "Why are councils good at this?",
        "What needs to improve in councils rated good?",
        "Which councils were rated good in 2003?",
    ],
)
def test_any_other_question_asks_for_no_list(listed: ListGrades, text: str) -> None:
    assert listed(text) is None
