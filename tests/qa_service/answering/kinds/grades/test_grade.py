from __future__ import annotations

from datetime import date

import pytest

from index.types import Filters
from qa_service.answering.kinds.grades.grade import grades_of_part
from qa_service.types import AnswerStatus, Question, StatementKind
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY


@pytest.fixture(scope="module")
def grades(answerer, known):
    """Return a function that finds the areas and grades that answer a question, each with the year of its report."""

    def found(text):
        question, store = interpret(text, known, TODAY), answerer.index.store
        return [
            (grade.judgement.area, grade.judgement.grade, grade.report.inspected_to.year)
            for part in question.parts
            for grade in grades_of_part(question, part, store.reports, store)
        ]

    return found


@pytest.mark.parametrize(
    ("text", "area", "grade", "year"),
    [
        ("How were care leavers in Westmarsh graded?", "The experiences and progress of care leavers", "Outstanding", 2023),
        ("Westmarsh's grade for young people who have left care in autumn 2023", "The experiences and progress of care leavers", "Outstanding", 2023),
        ("How was care leavers' support in Westmarsh graded in 2019?", "The experiences and progress of children in care and care leavers", "Good", 2019),
        ("How were children in care in Westmarsh graded?", "The experiences and progress of children in care", "Requires improvement to be good", 2023),
        ("Grade of help and protection in Aldermere", "The experiences and progress of children who need help and protection", "Requires improvement to be good", 2026),
        ("How was the leadership of Aldermere graded?", "The impact of leaders on social work practice with children and families", "Good", 2026),
        ("How was Carrowby's adoption service rated in 2015?", "Adoption performance", "Good", 2015),
        ("How were looked-after children in Carrowby rated?", "Children looked after and achieving permanence", "Requires improvement", 2015),
        ("How was Westmarsh rated?", "Overall effectiveness", "Good", 2023),
        ("How was Westmarsh rated overall in 2019?", "Overall effectiveness", "Requires improvement to be good", 2019),
    ],
)  # fmt: skip
def test_a_question_about_an_area_is_answered_from_the_report_of_that_time(grades, text, area, grade, year):
    assert grades(text) == [(area, grade, year)]


def test_a_question_for_all_grades_is_answered_with_every_area(grades):
    assert grades("What were all the grades of Westmarsh in 2023?") == [
        ("The impact of leaders on social work practice with children and families", "Good", 2023),
        ("The experiences and progress of children who need help and protection", "Good", 2023),
        ("The experiences and progress of children in care", "Requires improvement to be good", 2023),
        ("The experiences and progress of care leavers", "Outstanding", 2023),
        ("Overall effectiveness", "Good", 2023),
    ]


def test_a_question_for_the_areas_with_one_grade_is_answered_with_those(grades):
    assert grades("Which areas of Westmarsh were graded outstanding?") == [
        ("The experiences and progress of care leavers", "Outstanding", 2023)
    ]
    assert [
        area
        for area, _, _ in grades(
            "Which areas of Carrowby were judged to require improvement, that is requires improvement?"
        )
    ] == [
        "Children looked after and achieving permanence",
        "Experiences and progress of care leavers",
    ]
    assert grades("Which areas of Westmarsh were judged inadequate?") == []


@pytest.mark.parametrize(
    "text", ["What is the latest grade of Westmarsh?", "Is Westmarsh still good?", "How is Westmarsh currently rated?"]
)
def test_the_latest_report_answers_for_now(grades, text):
    assert grades(text) == [("Overall effectiveness", "Good", 2023)]


def test_each_of_two_years_is_answered_from_its_own_report(ask):
    answer = ask("Did Westmarsh go up or down between 2019 and 2023?")
    assert [
        (statement.judgement.grade, answer.citations[statement.citations[0] - 1].report.inspected_to.year)
        for statement in answer.statements
    ] == [("Requires improvement to be good", 2019), ("Good", 2023)]


def test_each_of_two_authorities_is_answered_from_its_own_report(grades, ask):
    text = "How were Westmarsh and Aldermere rated for care leavers?"
    assert [grade for _, grade, _ in grades(text)] == ["Outstanding", "Good"]
    answer = ask(text)
    shown = [answer.citations[statement.citations[0] - 1].report.authority for statement in answer.statements]
    assert shown == ["Westmarsh", "Aldermere"]


@pytest.mark.parametrize(
    "text",
    [
        "Did Aldermere get an overall rating in 2026?",
        "What is the overall effectiveness of Aldermere?",
        "How was Aldermere rated?",
    ],
)
def test_a_missing_overall_grade_is_not_invented_and_the_areas_are_given(ask, text):
    answer = ask(text)
    assert answer.answered
    assert [statement.judgement.grade for statement in answer.statements] == [
        "Good", "Requires improvement to be good", "Good", "Good",
    ]  # fmt: skip
    assert not any("overall" in statement.text.lower() for statement in answer.statements)


@pytest.mark.parametrize("authority", ["Northwold", "Pellbrook", "Dudley"])
def test_an_authority_without_a_graded_report_has_no_grade(grades, ask, authority):
    assert grades(f"How was {authority} rated?") == []
    answer = ask(f"How was {authority} rated?")
    assert not answer.answered
    assert answer.statements == ()
    assert answer.reason


@pytest.mark.parametrize("year", [2016, 2021])
def test_a_year_without_a_graded_report_has_no_grade(grades, year):
    assert grades(f"How was Westmarsh rated in {year}?") == []


def test_a_year_without_an_inspection_is_not_answered_from_another_year(ask):
    assert not ask("How was Westmarsh rated in 2021?").answered


def test_the_previous_inspections_grade_is_not_the_latest(grades):
    assert grades("What grade did Westmarsh get at the previous inspection?") == [
        ("Overall effectiveness", "Requires improvement to be good", 2019)
    ]


def test_an_ungraded_area_is_not_answered_with_another_area(grades):
    assert grades("What grade did Westmarsh get for adoption?") == []


def test_the_ratings_of_childrens_homes_are_not_answered_with_the_authoritys_grades(ask):
    answer = ask("How many children's homes does Aldermere council run itself, and what are their ratings?")
    assert not answer.answered


@pytest.mark.parametrize(
    ("follow_up", "grade"),
    [("and in 2023?", "Good"), ("and for care leavers?", "Good")],
)
def test_a_follow_up_to_a_grade_question_asks_for_a_grade(ask, follow_up, grade):
    answer = ask(follow_up, "How was Westmarsh rated in 2019?")
    assert [statement.judgement and statement.judgement.grade for statement in answer.statements] == [grade]


def test_a_finding_is_the_printed_grade_with_its_page_and_its_report(ask, answerer):
    answer = ask("What were all the grades of Carrowby in 2015?")
    assert len(answer.statements) >= 6
    assert len({statement.judgement for statement in answer.statements}) == len(answer.statements)
    for statement in answer.statements:
        assert statement.kind is StatementKind.FINDING
        assert statement.text.endswith(statement.judgement.grade)
        report = answerer.index.store.report(statement.report_id)
        assert statement.judgement in report.judgements
        [number] = statement.citations
        citation = answer.citations[number - 1]
        assert citation.report == report
        assert citation.page == statement.judgement.page
        [quote] = statement.quotes
        assert quote.text == statement.judgement.grade
        assert citation.scored.passage.text[quote.start : quote.end] == quote.text


def test_each_grade_is_quoted_from_its_own_row(ask):
    answer = ask("What were all the grades of Westmarsh in 2023?")
    spans = [(quote.start, quote.end) for statement in answer.statements for quote in statement.quotes]
    assert len(spans) == len(set(spans)) == 5
    text = answer.citations[answer.statements[0].citations[0] - 1].scored.passage.text
    for statement in answer.statements:
        [quote] = statement.quotes
        words = statement.judgement.area.split()[-2:]
        assert all(word in text[max(0, quote.start - 60) : quote.start] for word in words), statement.text


def test_the_grades_of_a_filtered_out_report_are_not_given(ask):
    answer = ask("How was Westmarsh rated?", filters=Filters(inspected_to=date(2020, 1, 1)))
    assert answer.status is AnswerStatus.ANSWERED
    assert [statement.judgement.grade for statement in answer.statements] == ["Requires improvement to be good"]


def test_a_grade_is_given_once_when_one_report_is_both_then_and_now(answerer):
    answer = answerer.answer(Question("Has the grade of Westmarsh changed since the 2023 inspection?"))
    assert [statement.text for statement in answer.statements] == ["Overall effectiveness: Good"]
    assert answer.reason.startswith("We have no graded inspection of Westmarsh after the inspection of 11 to 22 Sept")
    answer = answerer.answer(Question("Has the grade of Westmarsh changed since the 2019 inspection?"))
    assert [statement.judgement.grade for statement in answer.statements] == ["Requires improvement to be good", "Good"]
    assert answer.reason.startswith(
        "Yes. Westmarsh was rated Requires improvement overall at the inspection of 16 to 27 "
    )


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("How was Aldermere rated overall?", True),
        ("What is the overall effectiveness of Aldermere?", True),
        ("How was Westmarsh rated overall?", False),
        ("How was Aldermere rated?", False),
        ("How were care leavers in Aldermere rated overall?", False),
        ("How were children in care in Aldermere graded overall?", False),
        ("Overall, how was the leadership of Aldermere graded?", False),
    ],
)
def test_the_answer_says_that_the_overall_grade_is_missing_only_if_asked_for_it(ask, answerer, known, text, missing):
    question, store = interpret(text, known, TODAY), answerer.index.store
    assert grades_of_part(question, question.parts[0], store.reports, store)
    assert ("does not give an overall grade" in ask(text).reason) is missing
