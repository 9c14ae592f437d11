"""Tests of the answers about the grades of the parts of an inspection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.grades import BOARD, Grade
from corpus.types import Judgement, Kind, Report
from index.storage.store import Store
from qa_service.answering.facts.named.parts import parts_answer
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.graded_parts.types import Choice, GradedParts
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY


def _with(report: Report, *judgements: tuple[str, str]) -> Report:
    """Return a report that also grades areas of the single inspection framework."""
    return replace(report, judgements=(*report.judgements, *(Judgement(area, grade, 1) for area, grade in judgements)))


REPORTS = (
    _with(
        inspection("Orle", "2015-06-12", "overall=i leaders=i help=i leavers=r", kind=Kind.SINGLE_INSPECTION),
        ("Adoption performance", "Good"),
        (BOARD.title, "Inadequate"),
    ),
    inspection("Orle", "2019-06-14", "overall=g leaders=g help=r joint=g"),
    inspection("Orle", "2023-05-19", "overall=g leaders=g help=g care=o leavers=g"),
    inspection("Orle", "2024-05-22", kind=Kind.FOCUSED_VISIT),
    inspection("Orle", "2026-06-12", "leaders=o help=g care=g leavers=o"),
    _with(
        inspection("Hesk", "2016-03-11", "overall=r leaders=r", kind=Kind.SINGLE_INSPECTION),
        (BOARD.title, "Good"),
    ),
    inspection("Hesk", "2021-03-03", "overall=g leaders=g help=g joint=g"),
    inspection("Tolland", "2015-01-15", "overall=i leaders=i", kind=Kind.SINGLE_INSPECTION),
    _with(inspection("Tolland", "2015-06-17", kind=Kind.LSCB_REVIEW), (BOARD.title, "Good")),
    inspection("Fenwold", "2023-07-02", "overall=r leaders=i help=r care=r", unread="leavers"),
)
"""The reports of 2026 give no overall grade. Only single inspections grade adoption and boards."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("parts")))


@pytest.fixture(scope="module")
def answered(store: Store):
    """Return a function that answers a question about parts of an inspection."""

    def answer(text: str) -> FactAnswer:
        question = interpret_in_context(text, (), store.reports, TODAY)
        assert question.graded_parts, text
        found = parts_answer(FactScope(question, store.reports, store), question.graded_parts)
        assert found, text
        return found

    return answer


@pytest.fixture(scope="module")
def parts_of(store: Store):
    """Return a function that returns the parts that a question asks about."""

    def parts(text: str) -> GradedParts | None:
        return interpret_in_context(text, (), store.reports, TODAY).graded_parts

    return parts


def rows(answer: FactAnswer) -> list[tuple[str, str]]:
    """Return the last word of each area in the answer's rows, with its grade."""
    return [(row.judgement.area.split()[-1], row.judgement.grade) for item in answer.items for row in item]


def years(answer: FactAnswer) -> list[int]:
    return [item[0].report.inspected_to.year for item in answer.items]


@pytest.mark.parametrize(
    "text",
    [
        "Which part of Orle's service got the top grade in 2023?",
        "Which of Orle's services got top marks in the 2023 inspection?",
        "What was Orle's strongest area in May 2023?",
        "In which area did Orle do best in 2023?",
    ],
)
def test_the_highest_grade_is_shown_with_its_areas(answered, text):
    answer = answered(text)
    assert rows(answer) == [("care", "Outstanding")]
    assert answer.summary.sentence == (
        "The highest grade at Orle’s inspection of 19 May 2023 was Outstanding, for “The experiences and progress of "
        "children in care”."
    )


def test_if_all_areas_have_the_same_grade_the_answer_says_so(answered):
    answer = answered("Which part of Hesk got the top grade in 2021?")
    assert len(rows(answer)) == 3
    assert answer.summary.sentence == "All 3 areas graded at Hesk’s inspection of 3 March 2021 were rated Good."


@pytest.mark.parametrize(
    "text",
    [
        "Orle got good overall in 2019 but one strand was marked lower. Which one and what grade?",
        "Orle 2019: good overall, but which bit let the side down?",
        "Which strand dragged Orle down in 2019?",
        "What pulled Orle's 2019 judgement down?",
    ],
)
def test_areas_below_the_overall_grade_are_shown_after_it(answered, text):
    answer = answered(text)
    assert rows(answer) == [("effectiveness", "Good"), ("protection", "Requires improvement to be good")]
    assert answer.summary.sentence == (
        "1 of the 3 areas graded at Orle’s inspection of 14 June 2019 has a lower grade than the overall one, which is "
        "Good: “The experiences and progress of children who need help and protection” (Requires improvement)."
    )


def test_if_no_area_is_below_the_overall_grade_all_grades_show_it(answered):
    answer = answered("Hesk was good in 2021, so was anything below that?")
    assert len(rows(answer)) == 4
    assert answer.summary.yes is False
    assert answer.summary.sentence == (
        "No. None of the 3 areas graded at Hesk’s inspection of 3 March 2021 has a lower grade than the overall one, "
        "which is Good."
    )
    some = answered("Orle came out as good at the middle of 2019, so was anything below that line?")
    assert some.summary.yes
    assert rows(some)[1:] == [("protection", "Requires improvement to be good")]


def test_a_report_without_an_overall_grade_shows_all_its_grades(answered):
    answer = answered("Which area was marked lower than the overall grade in Orle in 2026?")
    assert len(rows(answer)) == 4
    assert "does not give an overall grade" in answer.summary.sentence


def test_areas_above_and_like_the_overall_grade(answered):
    assert rows(answered("Which areas beat the overall grade in Orle in 2023?"))[1:] == [("care", "Outstanding")]
    alike = rows(answered("Which of Orle's services were graded the same as overall in 2023?"))
    assert [area for area, _ in alike] == ["effectiveness", "families", "protection", "leavers"]


def test_the_odd_one_out(answered):
    answer = answered("Which one area got a different grade from the rest in Orle in 2023?")
    assert rows(answer) == [("care", "Outstanding")]
    assert answer.summary.sentence.startswith("Most areas graded at Orle’s inspection of 19 May 2023 were Good.")
    assert answered("Odd one out in Orle's grades of 2026?").summary.sentence.startswith("No grade was given to most")


def test_whether_all_areas_are_alike(answered):
    assert answered("Did every area get the same grade in Hesk in 2021?").summary.sentence.startswith("Yes. All 3")
    assert answered("Did every area get the same grade in Orle in 2023?").summary.sentence.startswith("No. Of the 4")


def test_words_that_refer_to_the_grade_before_them(answered):
    were = answered("Orle back in 2015 wasn't good overall, but which parts were?")
    assert rows(were) == [("performance", "Good")]
    escaped = answered("Orle failed in 2015, but which parts escaped?")
    assert [grade for _, grade in rows(escaped)] == ["Requires improvement to be good", "Good"]
    was_not = answered("Orle came out good in 2019, which bit wasn't?")
    assert rows(was_not) == [("protection", "Requires improvement to be good")]


def test_the_board_has_its_own_grade(answered):
    answer = answered("How were the safeguarding boards graded: Orle 2015 against Hesk 2016?")
    assert [(item[0].report.authority, item[0].judgement.grade) for item in answer.items] == [
        ("Orle", "Inadequate"),
        ("Hesk", "Good"),
    ]
    both = answered("Was it just the council that failed in Orle in 2015, or did the safeguarding board fail too?")
    assert rows(both) == [("effectiveness", "Inadequate"), ("Board", "Inadequate")]
    assert rows(answered("How did the board do compared with the council in Tolland in 2015?")) == [
        ("effectiveness", "Inadequate"),
        ("Board", "Good"),
    ]
    assert answered("Was the safeguarding board in Hesk good in 2016?").summary.sentence.startswith("Yes. Hesk")
    assert answered("Was the safeguarding board in Orle good in 2015?").summary.sentence.startswith("No. Orle")


def test_an_area_that_was_not_graded_is_named_and_no_other_grade_is_given(answered):
    answer = answered("How was the LSCB rated in Orle's 2023 inspection?")
    assert not answer.items
    assert not answer.answered
    assert answer.summary.sentence == "The inspection of 19 May 2023 of Orle gave no grade for the safeguarding board."


def test_a_grade_that_was_not_read_is_named(answered):
    answer = answered("Which part of Fenwold got the lowest grade in 2023?")
    assert rows(answer) == [("families", "Inadequate")]
    assert "care leavers" in answer.summary.sentence


def test_words_for_a_part_of_an_area_say_so(answered):
    answer = answered("What mark did the front door get in Orle in 2019?")
    assert rows(answer) == [("protection", "Requires improvement to be good")]
    assert answer.note == (
        "Inspections do not give a separate grade for “front door”. This grade covers more than that."
    )


def test_reasons_are_a_second_part(parts_of):
    parts = parts_of("rating for the leaving care service in Orle, 2015, and what was the gist of why")
    assert parts.with_reasons
    assert (
        parts_of("What mark did the leadership get in Orle in 2015, given how bad things were?").with_reasons is False
    )


@pytest.mark.parametrize(
    "text",
    [
        "In which part of Orle are caseloads highest?",
        "Which part of Orle has the highest rate of children in need?",
        "Which bit of the front door was slow in Orle in 2019?",
        "What let care leavers down in Orle in 2019?",
        "Which services let disabled children down in Orle?",
        "Orle got top marks across the board - did it get given anything to work on?",
        "What's the strongest element of corporate parenting in Orle?",
        "Why was leadership marked lower than overall in Orle?",
        "How are new starters rated by their managers in Orle?",
    ],
)
def test_questions_about_what_reports_say_ask_for_no_parts(parts_of, text):
    assert parts_of(text) is None


def test_without_the_authority_there_is_no_answer(store):
    text = "Which part of Orle's service got the top grade in 2023?"
    question = interpret_in_context(text, (), store.reports, TODAY, ("Orle",))
    assert question.graded_parts
    assert parts_answer(FactScope(question, store.reports, store), question.graded_parts) is None


def test_parts_must_fit_their_choice():
    with pytest.raises(ValueError, match="names areas"):
        GradedParts(Choice.HIGHEST, areas=(BOARD,))
    with pytest.raises(ValueError, match="names these grades"):
        GradedParts(Choice.GRADED)
    assert GradedParts(Choice.NAMED, areas=(BOARD,), grades=frozenset({Grade.GOOD}))
