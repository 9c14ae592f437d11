"""Tests of questions about the grades of parts of an inspection, with the samples."""

from __future__ import annotations

from qa_service.types import AnswerStatus, Question, StatementKind


def test_a_part_is_answered_with_its_printed_grade(answerer):
    answer = answerer.answer(
        Question("What mark did the leadership get in Carrowby in 2015, given how bad things were?")
    )
    (finding,) = answer.statements
    assert finding.kind is StatementKind.FINDING
    assert finding.judgement.area == "Leadership, management and governance"
    assert finding.quotes[0].text == finding.judgement.grade
    assert not answer.not_applied


def test_reasons_are_quoted_after_the_grade_from_the_same_report(answerer):
    answer = answerer.answer(Question("rating for the leaving care service in Carrowby, 2015, and the reasons for it"))
    first, *others = answer.statements
    assert first.judgement.area == "Experiences and progress of care leavers"
    assert all(statement.kind is StatementKind.QUOTE for statement in others)
    cited = {answer.citations[number - 1].scored.report.id for one in answer.statements for number in one.citations}
    assert len(cited) == 1
    assert "the reasons for the grades" in answer.note


def test_an_area_that_was_not_graded_gets_no_other_grade(answerer):
    answer = answerer.answer(Question("What mark did the adoption service get in Westmarsh in 2023?"))
    assert answer.status is not AnswerStatus.ANSWERED
    assert not answer.statements
