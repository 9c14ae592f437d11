from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Judgement, Kind
from qa_service.answering.kinds.grades.grade_premise import Correction, correct_premise
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, StatementKind
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY

Correct = Callable[[str], Correction | None]
OVERALL = "Overall effectiveness"


@pytest.fixture(scope="session")
def corrected(answerer: Answerer, known: tuple[str, ...]) -> Correct:
    """Return a function that uses the samples to correct the premise of a question."""
    store = answerer.index.store
    return lambda text: correct_premise(interpret(text, known, TODAY), store.reports, store)


def told(found: Correction | None) -> list[tuple[int, str, str]]:
    """Return the year, area and grade of each judgement that corrects a premise."""
    assert found is not None
    days = [grade.report.inspected_to or date.min for grade in found.grades]
    return [(day.year, g.judgement.area, g.judgement.grade) for day, g in zip(days, found.grades, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "Why was Westmarsh judged inadequate in 2023?",
        "Why is Westmarsh now rated inadequate?",
        "Why was Westmarsh rated inadequate in its latest inspection?",
    ],
)
def test_a_grade_in_a_premise_is_corrected_if_the_report_does_not_print_it(corrected: Correct, text: str) -> None:
    found = corrected(text)
    assert told(found) == [(2023, OVERALL, "Good")]
    assert found is not None
    assert "Westmarsh was not rated Inadequate" in found.reason
    assert found.reason.endswith("the inspection that ended on 22 September 2023. It was rated Good overall.")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Why was Westmarsh judged outstanding in 2019?", "outstanding"),
        ("Why was Westmarsh judged inadequate in 2019?", "inadequate"),
        ("Why was Aldermere judged outstanding in 2026?", "outstanding"),
        ("Why was Carrowby judged outstanding in 2015?", "outstanding"),
    ],
)
def test_the_reason_names_the_grade_in_the_premise(corrected: Correct, text: str, grade: str) -> None:
    found = corrected(text)
    assert found is not None
    assert f"was not rated {grade.capitalize()} at" in found.reason
    assert found.grades
    assert all(g.judgement.grade.lower() != grade for g in found.grades)


@pytest.mark.parametrize(
    "text",
    [
        "Why was Westmarsh judged good in 2023?",
        "Why was Westmarsh rated requires improvement to be good in 2019?",
        "Why was Carrowby rated inadequate in 2015?",
        "Why was Westmarsh judged outstanding for care leavers in 2023?",
        "Why was Carrowby's adoption service rated good in 2015?",
    ],
)
def test_a_grade_that_the_reports_print_is_not_corrected(corrected: Correct, text: str) -> None:
    assert corrected(text) is None


@pytest.mark.parametrize(
    ("text", "area", "grade"),
    [
        (
            "Why were care leavers in Westmarsh judged inadequate in 2023?",
            "The experiences and progress of care leavers",
            "Outstanding",
        ),
        ("Why was adoption in Carrowby rated outstanding in 2015?", "Adoption performance", "Good"),
    ],
)
def test_the_correction_gives_the_grade_of_the_area_in_the_question(
    corrected: Correct, text: str, area: str, grade: str
) -> None:
    assert [told_of[1:] for told_of in told(corrected(text))] == [(area, grade)]


def test_a_correction_without_an_overall_grade_gives_all_printed_grades(corrected: Correct) -> None:
    found = told(corrected("Why was Aldermere judged inadequate in 2026?"))
    assert len(found) == 4
    assert {grade for _, _, grade in found} == {"Good", "Requires improvement to be good"}


def test_a_question_about_two_years_gets_the_grades_of_both_newest_first(corrected: Correct) -> None:
    found = corrected("Why was Westmarsh judged inadequate in 2019 and in 2023?")
    assert [(year, grade) for year, _, grade in told(found)] == [
        (2023, "Good"),
        (2019, "Requires improvement to be good"),
    ]
    assert found is not None
    assert "any inspection in our reports" in found.reason
    assert corrected("Why was Westmarsh judged good in 2019 and in 2023?") is None


def test_a_grade_in_the_text_of_a_report_is_not_corrected_if_the_question_names_no_time(
    answerer: Answerer, known: tuple[str, ...]
) -> None:
    store = answerer.index.store
    good = (Judgement("Adoption performance", "Good", 8),)
    printed = [replace(report, judgements=good) if report.judgements else report for report in store.reports]
    for grade, is_corrected in (("inadequate", False), ("outstanding", True)):
        question = interpret(f"Why was Carrowby rated {grade}?", known, TODAY)
        assert (correct_premise(question, printed, store) is not None) is is_corrected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "Why?",
        "Are caseloads manageable in Westmarsh?",
        "Was Westmarsh judged inadequate in 2023?",
        "Why was Westmarsh not judged inadequate in 2023?",
    ],
)
def test_a_question_without_a_grade_in_its_premise_is_left_alone(corrected: Correct, text: str) -> None:
    assert corrected(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Why were councils judged inadequate in 2023?",
        "Why were Westmarsh and Aldermere judged inadequate?",
        "Why was Dudley judged inadequate in 2023?",
        "Why was Westmarsh judged inadequate in 2021?",
        "Why was Northwold judged inadequate in 2025?",
        "Why was Carrowby judged outstanding in 2023?",
    ],
)
def test_nothing_is_corrected_without_one_authority_and_a_graded_report_of_that_time(
    corrected: Correct, text: str
) -> None:
    assert corrected(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Why were children's homes in Westmarsh rated inadequate in 2023?",
        "Why was a school in Westmarsh judged inadequate in 2023?",
        "Why was the SEND inspection of Westmarsh judged inadequate in 2023?",
    ],
)
def test_the_grade_of_another_service_is_not_compared_with_the_authoritys_grades(corrected: Correct, text: str) -> None:
    assert corrected(text) is None


def test_the_judgement_of_a_partnership_or_board_is_not_the_authoritys(
    answerer: Answerer, known: tuple[str, ...]
) -> None:
    store = answerer.index.store
    question = interpret("Why was Westmarsh judged inadequate in 2023?", known, TODAY)
    held = [report for report in store.reports if report.authority == "Westmarsh"]
    assert correct_premise(question, held, store) is not None
    for kind in (Kind.AREA_SEND, Kind.LSCB_REVIEW):
        assert correct_premise(question, [replace(report, kind=kind) for report in held], store) is None


def test_only_the_given_reports_decide_a_correction(answerer: Answerer, known: tuple[str, ...]) -> None:
    store = answerer.index.store
    question = interpret("Why was Westmarsh judged inadequate in 2023?", known, TODAY)
    inadequate = (Judgement(OVERALL, "inadequate", 1),)
    altered = [replace(r, judgements=inadequate) if r.judgements else r for r in store.reports]
    assert correct_premise(question, altered, store) is None
    assert correct_premise(question, [], store) is None
    assert correct_premise(question, [r for r in store.reports if r.authority != "Westmarsh"], store) is None


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["judged", "rated", "graded", "declared", "deemed", "found to be", "rated as", "judged overall"]),
    st.sampled_from(["outstanding", "good", "requires improvement", "inadequate"]),
    st.sampled_from([("Westmarsh", 2019), ("Westmarsh", 2023), ("Aldermere", 2026), ("Carrowby", 2015)]),
    st.sampled_from([str.lower, str.upper, str.title]),
)
def test_a_grade_is_corrected_exactly_if_the_report_prints_it_for_no_area(
    answerer: Answerer,
    corrected: Correct,
    rated: str,
    grade: str,
    place: tuple[str, int],
    case: Callable[[str], str],
) -> None:
    name, year = place
    printed = [
        judgement.grade.lower()
        for report in answerer.index.store.reports
        if report.authority == name and report.inspected_to and report.inspected_to.year == year
        for judgement in report.judgements
    ]
    found = corrected(case(f"Why was {name} {rated} {grade} in {year}?"))
    assert (found is not None) is not any(one.startswith(grade) for one in printed)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.sampled_from(["why", "was", "Westmarsh", "judged", "inadequate", "outstanding", "in 2019", "?", "’s"]))
)
def test_words_in_any_order_get_a_correction_with_grades_or_none(corrected: Correct, words: list[str]) -> None:
    found = corrected(" ".join(words))
    assert found is None or (found.grades and found.reason.endswith("."))


def test_a_very_long_question_is_still_corrected(corrected: Correct) -> None:
    text = f"{'I would like to know. ' * 80}Tell me why Westmarsh was judged inadequate in 2023."
    assert told(corrected(text)) == [(2023, OVERALL, "Good")]


def test_the_answer_cites_the_printed_grade_and_says_that_the_premise_is_false(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("Why was Westmarsh judged inadequate in 2023?")
    assert answer.status is AnswerStatus.FALSE_PREMISE
    assert not answer.answered
    [statement] = answer.statements
    assert statement.kind is StatementKind.FINDING
    assert statement.text == f"{OVERALL}: Good"
    cited = answer.citations[statement.citations[0] - 1]
    assert (cited.report.authority, cited.report.inspected_to) == ("Westmarsh", date(2023, 9, 22))
    assert "not rated Inadequate" in answer.reason
    assert answer.confidence < 0.5


def test_a_follow_up_is_corrected_for_the_authority_before_it(ask: Callable[..., Answer]) -> None:
    answer = ask("And why was it judged inadequate in 2023?", "Are caseloads manageable in Westmarsh in 2023?")
    assert answer.status is AnswerStatus.FALSE_PREMISE
    assert "Westmarsh was not rated Inadequate" in answer.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why was Westmarsh judged inadequate for care leavers in 2023?", "It was rated Outstanding for care leavers."),
        (
            "Why was Westmarsh judged inadequate in 2019 and in 2023?",
            "It was rated Requires improvement overall in September 2019 and Good overall in September 2023.",
        ),
        (
            "Why was Aldermere judged outstanding in 2026?",
            "Good for leadership, children in care and care leavers, and Requires improvement for help and protection.",
        ),
        ("Why was Carrowby judged outstanding in 2015?", "It was rated Inadequate overall."),
    ],
)
def test_the_grades_given_instead_are_stated(corrected: Correct, text: str, words: str) -> None:
    found = corrected(text)
    assert found is not None
    assert found.reason.endswith(words)


def test_a_grade_is_not_denied_while_another_grade_of_the_report_could_not_be_read(
    answerer: Answerer, known: tuple[str, ...]
) -> None:
    store = answerer.index.store
    question = interpret("Why was Westmarsh judged inadequate in 2023?", known, TODAY)
    unread = [
        replace(report, missing_areas=("The experiences and progress of care leavers",)) for report in store.reports
    ]
    assert correct_premise(question, store.reports, store) is not None
    assert correct_premise(question, unread, store) is None
