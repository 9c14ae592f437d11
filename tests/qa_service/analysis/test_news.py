"""Tests of what changed each time that reports were added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.search.search_index import SearchIndex
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.analysis.news import Addition, additions, find_addition, news_of
from qa_service.answering.pipeline import Answerer
from qa_service.wording import MOVEMENTS
from tests.growing_collection import AUTHORITY, write_reissue, write_reports


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


@pytest.fixture
def with_reissue(encoder: PassageEncoder, tmp_path: Path) -> Callable[[str], SearchIndex]:
    """Return a function that makes an index of two reports, and of a later issue of the second with a given grade."""

    def made(grade: str) -> SearchIndex:
        data = DataFolder.prepare(tmp_path / "data")
        builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
        first, second = write_reports(tmp_path)
        builder.build([first])
        builder.build([first, second])
        builder.build([first, second, write_reissue(tmp_path, grade)])
        return SearchIndex.open(data, encoder)

    return made


def test_a_report_that_was_replaced_later_keeps_its_news(with_reissue: Callable[[str], SearchIndex]) -> None:
    index = with_reissue("Good")
    again, second, first = (news_of(index, each) for each in additions(index))
    assert [report.file for report in second.addition.reports] == ["thornwick-2023.html"]
    assert [(area.key, MOVEMENTS[each.relation]) for area, each in second.movements] == [
        ("overall", "Improved"),
        ("leaders", "Improved"),
    ]
    assert (second.items, second.replaced, second.reissued, first.reissued) == (1, (), 1, 0)
    supervision = next(move for move in second.themes if move.after.theme.id == "supervision")
    assert (supervision.before.reports, supervision.after.reports, supervision.more_strengths) == (1, 2, 1)
    # The text of the earlier issue is not kept, so we cannot say which themes the later issue changed.
    assert [report.file for report in again.addition.reports] == ["thornwick-2023-again.html"]
    assert [report.file for report in again.replaced] == ["thornwick-2023.html"]
    assert (again.movements, again.themes, again.reissued) == ((), (), 0)


def test_a_reissue_that_corrects_a_grade_moves_it(with_reissue: Callable[[str], SearchIndex]) -> None:
    index = with_reissue("Requires improvement")
    again, second, _ = (news_of(index, each) for each in additions(index))
    moved = [(each.before.grade.value, each.after.grade.value) for _, each in again.movements]
    assert moved == [("inadequate", "requires improvement")] * 2
    assert {each.after.grade.value for _, each in second.movements} == {"good"}
