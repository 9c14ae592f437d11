"""Tests of an authority's register: what decides an item's outcome, and which items are about the same matter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.types import Form, Improvement, ImprovementKind, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.recurring import is_of_later_visit
from qa_service.analysis.register import (
    LaterWord,
    Recurrence,
    Register,
    RegisterItem,
    build_register,
    raised_again,
    raised_within,
    with_outcome,
)
from qa_service.analysis.sentences import ReadSentence
from qa_service.answering.pipeline import Answerer
from qa_service.understanding.words.vocabulary import related_words
from tests.made_reports import inspection

FIRST, SECOND, THIRD = (inspection("Tarnby", f"{year}-03-01") for year in (2018, 2021, 2024))


def item(report: Report, *outcomes: Outcome, text: str = "lantern visits", number: int = 1) -> RegisterItem:
    asked = Improvement(ImprovementKind.IMPROVEMENT, text, 2, "What needs to improve", 0, 20)
    later = [LaterWord(each, outcome, 0.9, ()) for each, outcome in zip((SECOND, THIRD), outcomes, strict=False)]
    return RegisterItem(report, number, asked, (), tuple(later))


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


def word(report: Report, *matters: str, outcome: Outcome = Outcome.STILL, certainty: float = 0.95) -> LaterWord:
    themes: frozenset[str] = frozenset()
    sentence = ReadSentence(1, 0, "made", 1, themes, themes, themes, frozenset(matters), 0)
    return LaterWord(report, outcome, certainty, (sentence,))


def test_a_later_report_that_criticises_a_matter_raises_it_without_an_item() -> None:
    asked = replace(item(FIRST), later=(word(SECOND, "supervision"), word(THIRD, "supervision")))
    raised = raised_again([asked, item(THIRD)], frozenset({"supervision"}))
    assert [each.report for each in raised] == [SECOND]  # the third report has an item of its own


@pytest.mark.parametrize(
    "said",
    [
        word(SECOND, "plans"),
        word(SECOND, "supervision", certainty=0.8),
        word(SECOND, "supervision", outcome=Outcome.IMPROVED),
    ],
    ids=["another matter", "not sure enough", "praise"],
)
def test_what_does_not_clearly_criticise_the_matter_does_not_raise_it(said: LaterWord) -> None:
    assert raised_again([replace(item(FIRST), later=(said,))], frozenset({"supervision"})) == ()


def test_a_matter_needs_two_reports() -> None:
    with pytest.raises(ValueError, match="two reports"):
        Recurrence(frozenset({"supervision"}), (item(FIRST), item(FIRST)))


def test_a_matter_knows_its_name_and_the_reports_that_raise_it() -> None:
    matter = Recurrence(frozenset({"supervision", "oversight"}), (item(FIRST),), (word(THIRD, "supervision"),))
    assert matter.name == "Management oversight and supervision"
    assert matter.reports == 2
    assert matter.last == report_day(THIRD)
    assert Recurrence(frozenset(), (item(FIRST), item(SECOND))).name == ""


def test_a_matter_whose_items_and_reports_another_has_too_is_not_listed_again() -> None:
    one, other, second = item(FIRST), item(FIRST, number=2), item(SECOND)
    wide = Recurrence(frozenset({"early_help"}), (one, other, second))
    narrow = Recurrence(frozenset({"thresholds"}), (one, second))
    (found,) = raised_within([narrow, wide], {FIRST.id, SECOND.id, THIRD.id})
    assert found.name == "Early help and thresholds"
    assert found.items == wide.items


@pytest.mark.parametrize(
    "narrow",
    [
        Recurrence(frozenset({"thresholds"}), (item(FIRST), item(SECOND)), (word(THIRD, "thresholds"),)),
        Recurrence(frozenset({"thresholds"}), (item(FIRST, number=3), item(SECOND))),
        Recurrence(frozenset(), (item(FIRST), item(SECOND))),
    ],
    ids=["more reports", "another item", "alike but of no matter that we know"],
)
def test_a_matter_with_items_or_reports_of_its_own_is_listed(narrow: Recurrence) -> None:
    wide = Recurrence(frozenset({"early_help"}), (item(FIRST), item(FIRST, number=2), item(SECOND)))
    assert len(raised_within([wide, narrow], {FIRST.id, SECOND.id, THIRD.id})) == 2


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
