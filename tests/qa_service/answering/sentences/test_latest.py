"""Tests of which report an answer about one authority quotes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.selection import latest_that_answers
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import KNOWN, TODAY

Make = Callable[..., Evidence]
PLAIN = interpret("Is supervision regular in Westmarsh?", KNOWN, TODAY)
CHANGED = interpret("Is supervision in Westmarsh better than it was?", KNOWN, TODAY)


@pytest.fixture
def make(make_report, make_scored) -> Make:
    """Return a function that makes a sentence of a report of a given year that was read closely."""

    def made(year: int | None, text: str, logit: float | None, score: float = 2.0) -> Evidence:
        day = date(year, 5, 1) if year else None
        scored = make_scored(make_report(f"{year}.txt", authority="Westmarsh", inspected_to=day), ((text, 0.6),))
        evidence = Evidence(scored, 0, 0, len(text), similarity=0.6, overlap=0.5, score=score)
        return replace(evidence, close_logit=logit)

    return made


def texts(found: list[Evidence]) -> list[str]:
    return [evidence.text for evidence in found]


def test_the_latest_report_that_answers_comes_before_a_better_older_one(make: Make) -> None:
    old = make(2019, "Supervision is irregular and poor.", 4.0)
    new = make(2023, "Supervision takes place every month.", 3.0, score=1.8)
    assert texts(latest_that_answers(PLAIN, [old, new])) == [new.text, old.text]


def test_a_later_report_that_does_not_answer_does_not_hide_an_older_one(make: Make) -> None:
    old = make(2019, "Supervision is irregular and poor.", 4.0)
    new = make(2023, "Foster carers receive training here.", -2.0)
    assert texts(latest_that_answers(PLAIN, [old, new])) == [old.text]
    far = make(2023, "Supervision takes place every month.", 3.0, score=1.0)
    assert texts(latest_that_answers(PLAIN, [old, far])) == [old.text]


def test_an_older_sentence_follows_only_if_it_is_about_as_good(make: Make) -> None:
    new = make(2023, "Supervision takes place every month.", 4.0)
    near = make(2019, "Supervision is irregular and poor.", 3.5)
    worse = make(2019, "Some waited for up to three months.", 1.0)
    further = make(2019, "Managers meet their staff each week.", 3.5, score=1.2)
    unread = make(2019, "Staff value their managers' advice.", None)
    assert texts(latest_that_answers(PLAIN, [new, near, worse, further, unread])) == [new.text, near.text]


def test_a_sentence_that_says_what_changed_counts_for_more_in_a_question_about_a_change(make: Make) -> None:
    old = make(2019, "Supervision is irregular and poor.", 4.0)
    new = make(2023, "Supervision has improved since the last inspection.", -1.0, score=1.0)
    assert texts(latest_that_answers(CHANGED, [old, new]))[0] == new.text
    assert texts(latest_that_answers(PLAIN, [old, new])) == [old.text]


def test_without_a_close_reading_nothing_changes(make: Make) -> None:
    found = [make(2019, "Supervision is irregular and poor.", None), make(2023, "Supervision is regular now.", None)]
    assert latest_that_answers(PLAIN, found) == found


def test_a_report_without_a_date_may_not_be_older(make: Make) -> None:
    new, undated = make(2023, "Supervision is regular.", 4.0), make(None, "Supervision is regular for all.", 1.0)
    assert texts(latest_that_answers(PLAIN, [new, undated])) == [new.text, undated.text]
