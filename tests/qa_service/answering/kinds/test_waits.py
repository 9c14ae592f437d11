"""Tests of questions about lengths of time, answered from the samples."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from index.types import Filters
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question
from qa_service.verification.citation_check import check
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles

TODAY = date(2026, 11, 30)
SINCE = "How long is it since Westmarsh had a full inspection?"
LISTED = "List authorities by time since last full inspection"
LONGEST = "Which authority has waited longest for a full inspection?"
BOUNDED = "Which councils have gone more than three years without a full inspection?"
NONE_SO_LONG = "Which councils have gone more than 90 years without a full inspection?"
DELAY = "How long did it take to publish Westmarsh's report?"
SLOWEST = "Which report took longest to come out?"
SLOW = "Which reports took more than 30 days to be published?"
ALL = (SINCE, LISTED, LONGEST, BOUNDED, NONE_SO_LONG, DELAY, SLOWEST, SLOW)
Ask = Callable[..., Answer]


@pytest.fixture
def ask(answerer: Answerer) -> Ask:
    return lambda text, *history, today=TODAY, **given: answerer.answer(Question(text, history, today=today, **given))


def test_the_answer_has_the_days_of_the_inspection_as_a_row_and_the_day_of_asking(ask: Ask) -> None:
    answer = ask(SINCE)
    assert answer.answered
    assert "Westmarsh’s last full inspection ended on" in answer.reason
    assert "before 30 November 2026." in answer.reason
    assert [statement.fact.name.value for statement in answer.statements if statement.fact] == ["inspected"]
    assert answer.as_of == TODAY


def test_the_same_question_on_the_next_day_is_counted_anew(ask: Ask) -> None:
    ask(SINCE)
    tomorrow = ask(SINCE, today=date(2026, 12, 1))
    assert "before 1 December 2026." in tomorrow.reason
    assert tomorrow.as_of == date(2026, 12, 1)


def test_a_length_up_to_a_day_in_the_question_does_not_depend_on_the_day_of_asking(ask: Ask) -> None:
    answer = ask("How long had Westmarsh gone without a full inspection by the end of 2025?")
    assert "before 31 December 2025." in answer.reason
    assert answer.as_of is None
    listed = ask("Which councils had gone longest without a full inspection by the end of 2025?")
    assert "before 31 December 2025." in listed.reason
    assert listed.as_of is None


def test_an_earlier_day_counted_from_today_or_a_later_day_depends_on_it(ask: Ask) -> None:
    assert ask("How long had Westmarsh gone without a full inspection by the end of last year?").as_of == TODAY
    later = ask("How long has Westmarsh gone without a full inspection by the end of 2026?")
    assert "before 30 November 2026." in later.reason
    assert later.as_of == TODAY


def test_a_length_is_counted_to_today_if_the_person_removes_the_earlier_day(ask: Ask) -> None:
    asked = "How long had Westmarsh gone without a full inspection by the end of 2025?"
    answer = ask(asked, set_aside=ask(asked).understood[1:])
    assert "before 30 November 2026." in answer.reason
    assert answer.as_of == TODAY


def test_the_delay_of_a_report_does_not_depend_on_the_day_of_asking(ask: Ask) -> None:
    assert ask(DELAY).as_of is None
    assert [s.fact.name.value for s in ask(DELAY).statements if s.fact] == ["inspected", "published"]


def test_a_follow_up_asks_the_same_about_another_authority(ask: Ask) -> None:
    answer = ask("and Carrowby?", SINCE)
    assert answer.answered
    assert "Carrowby’s last full inspection ended on" in answer.reason
    assert {citation.report.authority for citation in answer.citations} == {"Carrowby"}


def test_the_reports_that_filters_and_rights_leave_out_are_not_counted(answerer: Answerer, ask: Ask) -> None:
    longest = ask(LONGEST)
    authority = longest.citations[0].report.authority
    hidden = frozenset(report.id for report in answerer.index.store.reports if report.authority == authority)
    answer = answerer.without_reports(hidden).answer(Question(LONGEST, today=TODAY))
    assert answer.answered
    assert str(authority) not in json.dumps(answer_json(answer, 0))
    filtered = ask(LONGEST, filters=Filters(authority=("Westmarsh",)))
    assert {citation.report.authority for citation in filtered.citations} == {"Westmarsh"}


def test_words_that_could_not_be_applied_are_named(ask: Ask) -> None:
    answer = ask("Which rural council has waited longest for a full inspection?")
    assert answer.not_applied == ("rural",)
    assert "“rural”" in answer.reason


def test_a_list_continues_on_its_next_page(ask: Ask) -> None:
    first = ask(LISTED, items=1)
    assert (first.next_offset, len(first.statements)) == (1, 1)
    second = ask(LISTED, items=1, offset=1)
    assert second.statements[0].report_id != first.statements[0].report_id
    assert "nothing from item 100" in ask(LISTED, items=1, offset=99).reason


def test_an_authority_without_such_an_inspection_is_not_answered_from_another_kind(ask: Ask) -> None:
    answer = ask("How long is it since Westmarsh had a SEND inspection?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert "We have no dated report on an area SEND inspection for Westmarsh." in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "How long do care leavers wait for a flat?",
        "How long after a referral are children seen in Westmarsh?",
        "How long have social workers been waiting for supervision?",
        "How long does the authority take to complete assessments?",
    ],
)
def test_questions_about_other_waits_go_on_as_before(answerer: Answerer, text: str) -> None:
    assert answerer.run(Question(text, today=TODAY), last="screen").interpretation.wait is None


@pytest.mark.parametrize("text", ALL)
def test_the_answers_are_proved_from_the_files(ask: Ask, samples, text: str) -> None:
    reply = answer_json(ask(text), 1.0)
    items = list(check(read_answers(json.dumps(reply).encode()), SourceFiles.below([samples])))
    assert items
    assert [item for item in items if not item.proved] == []
