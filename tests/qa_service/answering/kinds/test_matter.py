from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from index.types import Filters
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, Question
from tests import matter_reports
from tests.matter_reports import (
    ASKED,
    AUTHORITY,
    CRITICISED,
    FOSTERING_ASKED,
    FOSTERING_MENTIONED,
    INTERVIEWS_ASKED,
    STRENGTHENED,
)

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def pellbrook(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Answerer:
    folder = tmp_path_factory.mktemp("matters")
    data = DataFolder.prepare(folder / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(matter_reports.write_reports(folder))
    return Answerer.open(data, encoder, remembered=0)


@pytest.fixture
def ask(pellbrook: Answerer) -> Ask:
    return lambda text, **given: pellbrook.answer(Question(text, **given))


@pytest.mark.parametrize(
    "question",
    [
        f"When was supervision first raised in {AUTHORITY}, and when last?",
        f"is supervision in {AUTHORITY} still a problem",
        f"gap between {AUTHORITY} supervision first being flagged and the latest time it was flagged",
    ],
)
def test_each_report_that_raises_a_matter_is_quoted_oldest_first(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert f"3 reports about {AUTHORITY} raise supervision." in answer.reason
    assert "The first did so in April 2016 and the last in October 2025, 9 years 6 months later." in answer.reason
    assert "on the inspection of 6 to 10 October 2025, asks for it to improve." in answer.reason
    assert [(statement.heading, statement.text) for statement in answer.statements] == [
        ("Asked for in April 2016", ASKED),
        ("Criticised in June 2019", CRITICISED),
        ("Still an issue: asked for in October 2025", ASKED),
    ]
    assert answer.not_applied == ()


@pytest.mark.parametrize(
    "question",
    [
        f"return home interviews {AUTHORITY} - fixed or not?",
        f"What happened about return home interviews in {AUTHORITY} after they were raised?",
        f"Has {AUTHORITY} dealt with return home interviews?",
    ],
)
def test_later_praise_of_a_matter_shows_that_it_improved(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert f"1 report about {AUTHORITY} raises return home interviews, in April 2016." in answer.reason
    assert "praises it, and does not criticise it." in answer.reason
    assert [(statement.heading, statement.text) for statement in answer.statements] == [
        ("Asked for in April 2016", INTERVIEWS_ASKED),
        ("Improved (inspection of 6 to 10 October 2025)", STRENGTHENED),
    ]


@pytest.mark.parametrize("matter", ["life-story work", "caseloads"])
def test_a_matter_that_no_report_raises_is_left_to_other_kinds(ask: Ask, matter: str) -> None:
    assert f"raises {matter}" not in ask(f"Has {AUTHORITY} sorted out {matter}?").reason


def test_a_later_mention_that_takes_no_side_is_quoted_as_no_more_than_that(ask: Ask) -> None:
    answer = ask(f"What became of private fostering in {AUTHORITY}?")
    assert "1 later report says nothing clear about it." in answer.reason
    assert "We quote its mention in the report on the inspection of 6 to 10 October 2025." in answer.reason
    assert [(statement.heading, statement.text) for statement in answer.statements] == [
        ("Asked for in June 2019", FOSTERING_ASKED),
        ("Mentioned (inspection of 6 to 10 October 2025)", FOSTERING_MENTIONED),
    ]


def test_only_reports_of_the_time_in_the_question_count(ask: Ask) -> None:
    answer = ask(f"Has {AUTHORITY} fixed supervision since 2018?")
    assert "The first did so in June 2019 and the last in October 2025" in answer.reason


def test_a_matter_that_was_raised_only_before_the_time_is_still_followed(ask: Ask) -> None:
    answer = ask(f"Has {AUTHORITY} fixed return home interviews since 2020?")
    assert "raises return home interviews, in April 2016." in answer.reason


def test_a_matter_is_not_answered_from_only_some_of_the_reports(ask: Ask) -> None:
    question = f"When was supervision first raised in {AUTHORITY}, and when last?"
    assert "raise supervision" not in ask(question, filters=Filters(inspected_from=date(2019, 1, 1))).reason


def test_reports_after_the_first_page_are_shown_on_the_next(ask: Ask) -> None:
    question = f"is supervision in {AUTHORITY} still a problem"
    first = ask(question, items=2)
    assert (first.total, first.next_offset) == (3, 2)
    assert [statement.text for statement in ask(question, items=2, offset=2).statements] == [ASKED]


def test_what_recurs_counts_only_reports_of_the_time_in_the_question(ask: Ask) -> None:
    question = f"Please set out which improvements keep recurring for {AUTHORITY} from {{}}, with the report each time"
    whole = ask(question.format("2015 to 2025"))
    assert f"We found 1 matter that two or more reports about {AUTHORITY} between 2015 and 2025 raise." in whole.reason
    assert "This is supervision (2 reports)." in whole.reason
    assert "No two reports" in ask(question.format("2018 to 2025")).reason
