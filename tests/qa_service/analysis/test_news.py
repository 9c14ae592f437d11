"""Tests of what each addition of reports changed."""

from __future__ import annotations

from datetime import datetime

import pytest

from index.storage.collections import Collections
from qa_service.analysis.news import Addition, additions, find_addition, news_of
from qa_service.answering.pipeline import Answerer
from qa_service.wording import MOVEMENTS
from tests.growing_collection import AUTHORITY


def test_reports_that_were_added_together_are_one_addition(growing_answerer: Answerer, answerer: Answerer) -> None:
    latest, first = additions(growing_answerer.index)
    assert latest.when > first.when
    assert [[report.file for report in each.reports] for each in (first, latest)] == [
        ["thornwick-2019.html"],
        ["thornwick-2023.html"],
    ]
    assert (first.is_first, latest.is_first) == (True, False)
    [samples] = additions(answerer.index)
    assert len(samples.reports) == len(answerer.index.store.reports)


def test_an_addition_is_found_by_its_id(growing_answerer: Answerer) -> None:
    for each in additions(growing_answerer.index):
        assert find_addition(growing_answerer.index, each.id) == each
    assert find_addition(growing_answerer.index, "20200101T000000000000") is None


def test_the_second_report_moves_grades_and_themes(growing_answerer: Answerer) -> None:
    latest, first = (news_of(growing_answerer.index, each) for each in additions(growing_answerer.index))
    moves = [(area.key, MOVEMENTS[each.relation], each.authority) for area, each in latest.movements]
    assert moves == [("overall", "Improved", AUTHORITY), ("leaders", "Improved", AUTHORITY)]
    assert first.movements == ()
    assert (first.items, latest.items) == (2, 1)
    supervision = next(move for move in latest.themes if move.after.theme.id == "supervision")
    assert (supervision.before.reports, supervision.after.reports) == (1, 2)
    assert (supervision.more_strengths, supervision.more_weaknesses) == (1, 0)
    caseloads = next(move for move in first.themes if move.after.theme.id == "caseloads")
    assert (caseloads.before.reports, caseloads.more_weaknesses) == (0, 1)
    assert not any(move.after.theme.id == "caseloads" for move in latest.themes)


def test_somebody_who_cannot_see_the_new_report_sees_no_news_of_it(growing_answerer: Answerer) -> None:
    hidden = additions(growing_answerer.index)[0].reports[0]
    collections = Collections().with_collection("board", ["board"]).with_contents("board", [hidden.sha256])
    view = growing_answerer.without_reports(collections.hidden([hidden], frozenset()))
    [only] = additions(view.index)
    assert hidden not in only.reports
    assert news_of(view.index, only).movements == ()


def test_an_addition_needs_reports_and_a_zone(growing_answerer: Answerer) -> None:
    reports = additions(growing_answerer.index)[0].reports
    with pytest.raises(ValueError, match="time with its zone"):
        Addition(datetime(2026, 1, 1), reports, is_first=True)  # noqa: DTZ001 - this is what the test is about
    with pytest.raises(ValueError, match="has reports"):
        Addition(datetime.fromisoformat("2026-01-01T00:00:00+00:00"), (), is_first=True)
