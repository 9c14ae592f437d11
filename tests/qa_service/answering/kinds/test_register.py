from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from index.types import Filters
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question
from tests.repeated_lists import AUTHORITY, REPEATED

Ask = Callable[..., Answer]


@pytest.fixture
def ask(answerer: Answerer) -> Ask:
    return lambda text, **given: answerer.answer(Question(text, **given))


@pytest.mark.parametrize(
    "question",
    [
        f"What keeps coming back in {AUTHORITY}?",
        f"Which problems have dogged {AUTHORITY} across its inspections?",
        f"What are the persistent weaknesses in {AUTHORITY}?",
    ],
)
def test_what_recurs_in_an_authority_is_quoted_from_each_report_that_asked_for_it(
    repeating_answerer: Answerer, question: str
) -> None:
    answer = repeating_answerer.answer(Question(question))
    assert answer.answered
    found = f"We found 1 matter that two or more reports about {AUTHORITY} raise. This is supervision (2 reports)."
    assert f"{found} There may be others." in answer.reason
    assert answer.statements[0].heading == "Supervision: 2 reports, June 2019 to May 2022"
    assert [statement.text for statement in answer.statements] == [REPEATED, REPEATED]
    assert len({answer.citations[s.citations[0] - 1].report.id for s in answer.statements}) == 2


def test_an_authority_whose_reports_ask_for_different_things_is_said_to_repeat_nothing(ask: Ask) -> None:
    answer = ask("What keeps coming back in Westmarsh?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert "No two reports about Westmarsh" in answer.reason


def test_an_item_that_a_later_report_still_criticises_is_still_an_issue(repeating_answerer: Answerer) -> None:
    answer = repeating_answerer.answer(Question(f"What became of the improvements asked of {AUTHORITY} in 2019?"))
    assert answer.answered
    assert "still an issue (1)" in answer.reason


def test_each_item_is_quoted_under_its_outcome_and_the_report_that_decides(repeating_answerer: Answerer) -> None:
    answer = repeating_answerer.answer(Question(f"Did {AUTHORITY} sort out its areas for improvement from 2019?"))
    item, shown = [statement for statement in answer.statements if statement.text == REPEATED]
    assert item.heading == "Still an issue (inspection of 9 to 13 May 2022)"
    assert shown.heading == "The words that show this"  # the later report asks for the same again
    days = [answer.citations[each.citations[0] - 1].report.inspected_to for each in (item, shown)]
    assert days == [date(2019, 6, 7), date(2022, 5, 13)]


def test_all_items_are_shown_or_counted_for_the_next_page(ask: Ask) -> None:
    question = "What became of the improvements asked of Westmarsh in 2019?"
    whole, first = ask(question), ask(question, items=1)
    assert whole.next_offset is None
    assert whole.total == sum(bool(s.heading) and "words" not in s.heading for s in whole.statements)
    assert (first.total, first.next_offset) == (whole.total, 1)
    assert ask(question, items=1, offset=1).statements[0].text != first.statements[0].text


def test_the_latest_list_cannot_be_judged_yet(repeating_answerer: Answerer) -> None:
    answer = repeating_answerer.answer(Question(f"Has {AUTHORITY} done what it was told to do in 2022?"))
    assert "We have no report of a later inspection, so we cannot tell" in answer.reason
    assert {statement.heading for statement in answer.statements} == {"No later report"}


def test_the_words_that_ask_what_became_of_items_are_not_named_as_left_out(repeating_answerer: Answerer) -> None:
    answer = repeating_answerer.answer(Question(f"Are any of {AUTHORITY}'s recommendations still outstanding?"))
    assert "still an issue (1)" in answer.reason
    assert answer.not_applied == ()


def test_what_became_of_the_improvements_quotes_items_of_the_report_named(ask: Ask) -> None:
    answer = ask("What became of the improvements asked of Westmarsh in 2019?")
    assert answer.answered
    assert "Later reports say" in answer.reason
    days = {answer.citations[s.citations[0] - 1].report.inspected_to for s in answer.statements}
    assert {day.year for day in days if day} >= {2019}


def test_only_the_items_about_the_subject_are_counted(ask: Ask) -> None:
    for subject in ("neglect", "supervision"):
        answer = ask(f"Have the recommendations about {subject} been addressed in Westmarsh?")
        assert f"asked for 1 item about {subject}." in answer.reason
        assert subject in answer.statements[0].text


def test_a_subject_that_no_item_is_about_is_left_to_other_kinds(ask: Ask) -> None:
    answer = ask("Have the recommendations about adoption been addressed in Westmarsh?")
    assert "Later reports say" not in answer.reason


def test_a_reason_is_not_answered_with_what_became_of_all_items(ask: Ask) -> None:
    answer = ask("Why have the recommendations not been addressed in Westmarsh?")
    assert "Later reports say" not in answer.reason


def test_quotes_of_later_reports_are_promised_only_if_there_are_some(ask: Ask) -> None:
    answer = ask("Have the improvements to assessments been addressed in Carrowby?")
    assert "not mentioned (2)" in answer.reason
    assert "sentence of a later report" not in answer.reason


def test_what_recurs_is_not_answered_from_only_some_of_the_reports(ask: Ask) -> None:
    answer = ask("What keeps coming back in Westmarsh?", filters=Filters(inspected_from=date(2022, 1, 1)))
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert "Remove the filters" in answer.reason


@pytest.mark.parametrize(
    "question",
    [
        f"{AUTHORITY} were told in 2019 to improve supervision and health assessments. did they?",
        f"in 2019 Ofsted told {AUTHORITY} to improve supervision and health assessments. What became of those two?",
    ],
)
def test_each_subject_that_a_question_names_has_its_items(repeating_answerer: Answerer, question: str) -> None:
    answer = repeating_answerer.answer(Question(question))
    assert "asked for 2 items about supervision and health assessments." in answer.reason
    assert {REPEATED, "The timeliness of initial health assessments."} <= {each.text for each in answer.statements}


def test_a_subject_that_no_item_is_about_is_named(repeating_answerer: Answerer) -> None:
    answer = repeating_answerer.answer(
        Question(f"What became of the recommendations on supervision and private fostering {AUTHORITY} got in 2019?")
    )
    assert "asked for 1 item about supervision." in answer.reason
    assert "No item there is about private fostering." in answer.reason


def test_two_matters_are_followed_one_by_one(repeating_answerer: Answerer) -> None:
    answer = repeating_answerer.answer(Question(f"What does {AUTHORITY} keep getting told about supervision?"))
    assert f"2 reports about {AUTHORITY} raise supervision." in answer.reason
