"""Tests of counts of the reports that ask for something in their own list of what must improve."""

from __future__ import annotations

import pytest

from qa_service.answering.sentences.listed_items import in_own_list
from qa_service.types import AnswerStatus


@pytest.mark.parametrize(
    "question",
    [
        "How many reports list supervision under what needs to improve?",
        "Which reports have supervision in their areas for improvement?",
        "How many reports ask for better supervision?",
        "Which reports put supervision in the improvement list? I thought it was all of them",
        "How many reports list supervision as something to improve?",
        "In how many reports is supervision an area for improvement?",
        "In how many reports has supervision been an area for improvement?",
        "supervision - in how many reports is it an area for improvement, out of how many?",
        "number of reports with supervision in the areas to improve pls",
        "how many reports said supervision needed to improve",
        "how many reports told the council to improve supervision",
        "How many reports asked for better supervision? and who",
        "How many reports ask for better supervision, and which ones were they?",
    ],
)
def test_each_report_whose_list_asks_for_it_is_counted_and_the_items_are_quoted(ask, question):
    answer = ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert 0 < answer.summary.count < answer.summary.of
    assert "list supervision among what must improve." in answer.summary.sentence
    assert "supervision" in " ".join(statement.text for statement in answer.statements).lower()
    quoted = [answer.citations[statement.citations[0] - 1].scored for statement in answer.statements]
    assert all(in_own_list(scored) for scored in quoted)
    assert len({scored.report.id for scored in quoted}) == answer.summary.count
    assert "reports have such a list." in answer.note
    assert not answer.not_applied


def test_authorities_are_counted_once(ask):
    answer = ask("Which authorities were told to improve assessments?")
    assert "of the" in answer.summary.sentence
    assert "have a report that lists assessments among what must improve." in answer.summary.sentence


def test_a_thing_that_no_list_has_is_said_to_be_in_none(ask):
    answer = ask("How many reports have lunar calendars in what needs to improve?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.summary.sentence == "None of the 10 reports lists lunar calendars among what must improve."


def test_the_list_of_one_authority_is_shown_in_full_as_before(ask):
    assert "This is the list of what needs to improve" in ask("What does Westmarsh need to improve?").reason


def test_whether_an_authority_was_told_to_improve_something_is_answered_with_the_items(ask):
    answer = ask("Was Aldermere told to improve assessments?")
    assert answer.summary.sentence.startswith("Yes. ")
    assert all("assess" in statement.text.lower() for statement in answer.statements)


def test_no_item_about_something_means_no_items_and_no_verdict(ask):
    answer = ask("Did Aldermere get told to do anything about private fostering?")
    assert answer.summary.sentence.startswith("Neither of the 2 reports on Aldermere lists ")
    assert answer.summary.yes is None
    assert not answer.statements


def test_reports_are_counted_although_the_question_says_whom_they_told(ask):
    answer = ask("Out of the full inspections, how many told the council to improve supervision?")
    assert answer.summary.counted == "reports"
    assert answer.summary.count == len({each.report.id for each in answer.citations if each.highlights})


def test_a_share_is_given_if_the_reports_come_first(ask):
    answer = ask("Of the full inspections since 2019, what proportion told the council to improve supervision?")
    assert answer.summary.counted == "reports"
    assert f"That is {round(100 * answer.summary.count / answer.summary.of)} per cent." in answer.summary.sentence


@pytest.mark.parametrize(
    "question", ["In how many full inspections is it all right to wait for supervision to improve?"]
)
def test_one_list_does_not_answer_how_many(ask, question):
    assert "This is the list of what needs to improve" not in ask(question).reason


def test_whoever_satisfied_the_recommendations_is_no_subject_of_them(ask):
    answer = ask("Has leadership satisfied the recommendations?")
    assert answer.summary is None or "among what must improve" not in answer.summary.sentence
