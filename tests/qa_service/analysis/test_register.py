"""Tests of an authority's register: what decides an item's outcome, and which items are about the same matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.types import Form, Improvement, ImprovementKind, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.outcomes import AskedItem, Outcome
from qa_service.analysis.register import (
    LaterWord,
    Recurrence,
    Register,
    RegisterItem,
    build_register,
    is_of_later_visit,
    recurring_groups,
    with_outcome,
)
from qa_service.analysis.sentences import Rarity
from qa_service.answering.pipeline import Answerer
from qa_service.understanding.vocabulary import related_words
from tests.made_reports import inspection

FIRST, SECOND, THIRD = (inspection("Tarnby", f"{year}-03-01") for year in (2018, 2021, 2024))
NO_WORDS = Rarity({}, {})


def item(report: Report, *outcomes: Outcome, text: str = "lantern visits", number: int = 1) -> RegisterItem:
    asked = Improvement(ImprovementKind.IMPROVEMENT, text, 2, "What needs to improve", 0, 20)
    later = [LaterWord(each, outcome, 0.9, ()) for each, outcome in zip((SECOND, THIRD), outcomes, strict=False)]
    return RegisterItem(report, number, asked, (), tuple(later))


def compared(*vector: float, words: str = "") -> AskedItem:
    return AskedItem("made", np.array([vector]), frozenset(), frozenset(words.split()), frozenset())


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((Outcome.STILL, Outcome.IMPROVED), Outcome.IMPROVED),
        ((Outcome.IMPROVED, Outcome.STILL), Outcome.STILL),
        ((Outcome.STILL, Outcome.NOT_MENTIONED), Outcome.STILL),
        ((Outcome.STILL, Outcome.CANNOT_TELL), Outcome.STILL),
        ((Outcome.CANNOT_TELL, Outcome.NOT_MENTIONED), Outcome.CANNOT_TELL),
        ((Outcome.NOT_MENTIONED, Outcome.NOT_MENTIONED), Outcome.NOT_MENTIONED),
        ((), None),
    ],
)
def test_the_latest_report_that_takes_a_side_decides(outcomes: tuple[Outcome, ...], expected: Outcome | None) -> None:
    assert item(FIRST, *outcomes).outcome is expected


def test_counts_and_filters_agree() -> None:
    items = (item(FIRST, Outcome.STILL), item(FIRST, Outcome.IMPROVED), item(THIRD))
    register = Register("Tarnby", items, ())
    assert register.counts == {Outcome.IMPROVED: 1, Outcome.STILL: 1, Outcome.NOT_MENTIONED: 0, Outcome.CANNOT_TELL: 0}
    assert with_outcome(items, Outcome.STILL) == [items[0]]
    assert with_outcome(items, None) == list(items)


def test_alike_items_of_different_reports_are_one_matter() -> None:
    items = [item(FIRST), item(SECOND), item(THIRD), item(THIRD, number=2)]
    vectors = [compared(1, 0), compared(0.99, 0.1), compared(0.98, 0.15), compared(0, 1)]
    assert recurring_groups(items, vectors, NO_WORDS) == [[0, 1, 2]]


def test_items_of_one_report_do_not_recur_on_their_own() -> None:
    items = [item(FIRST), item(FIRST, number=2)]
    assert recurring_groups(items, [compared(1, 0), compared(1, 0)], NO_WORDS) == []


def test_a_chain_of_half_alike_items_is_not_one_matter() -> None:
    items = [item(FIRST), item(SECOND), item(THIRD)]
    vectors = [compared(1, 0), compared(0.894, 0.448), compared(0.6, 0.8)]  # the first and last are at 53 degrees
    assert recurring_groups(items, vectors, NO_WORDS) == [[1, 2]] or recurring_groups(items, vectors, NO_WORDS) == [
        [0, 1]
    ]


def test_shared_rare_words_make_items_alike() -> None:
    items = [item(FIRST), item(SECOND)]
    near = [compared(1, 0), compared(0.7, 0.714)]
    assert recurring_groups(items, near, NO_WORDS) == []
    assert recurring_groups(items, [replace(each, terms=frozenset({"lantern"})) for each in near], NO_WORDS) == [[0, 1]]


def test_a_matter_needs_two_reports() -> None:
    with pytest.raises(ValueError, match="two reports"):
        Recurrence((item(FIRST), item(FIRST)))


def test_only_reports_of_a_later_inspection_say_what_became_of_an_item() -> None:
    article = replace(SECOND, form=Form.ARTICLE)
    undated = replace(THIRD, inspected_from=None, inspected_to=None)
    overlapping = replace(SECOND, inspected_from=FIRST.inspected_to)
    assert is_of_later_visit(SECOND, FIRST)
    assert is_of_later_visit(replace(SECOND, form=Form.LETTER), FIRST)
    assert not any(is_of_later_visit(each, FIRST) for each in (FIRST, article, undated, overlapping))
    assert not is_of_later_visit(FIRST, SECOND)


def test_an_article_about_the_visit_that_asked_is_not_a_later_report(answerer: Answerer) -> None:
    reports = answerer.index.store.reports
    assert any(report.authority == "Carrowby" and report.form is Form.ARTICLE for report in reports)
    register = build_register(answerer.index, "Carrowby", related_words)
    assert register.items
    assert all(word.report.form is not Form.ARTICLE for each in register.items for word in each.later)


def test_the_register_of_the_samples_has_each_item_once_and_only_later_reports(answerer: Answerer) -> None:
    reports = answerer.index.store.reports
    register = build_register(answerer.index, "Westmarsh", related_words)
    listed = sum(len(report.improvements) for report in reports if report.authority == "Westmarsh")
    assert listed > 0
    assert len(register.items) == listed
    for each in register.items:
        assert all(report_day(word.report) > report_day(each.report) for word in each.later)
        assert all(len(word.sentences) <= 3 for word in each.later)
    assert any(each.later for each in register.items)


def test_without_an_encoder_the_items_are_only_listed(answerer: Answerer, sample_index: DataFolder) -> None:
    bare = SearchIndex.open(sample_index, None)
    register = build_register(bare, "Westmarsh", related_words)
    assert len(register.items) == len(build_register(answerer.index, "Westmarsh", related_words).items)
    assert [each.outcome for each in register.items if each.outcome] == []
