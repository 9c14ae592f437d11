"""Tests of which items are about the same matter, with models made for the tests and with the shipped one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.types import Kind
from index.search.text_analysis import terms
from qa_service.analysis.matters import known_matters
from qa_service.analysis.outcomes import AskedItem
from qa_service.analysis.recurring import (
    LEAST_SAME,
    Group,
    as_one,
    groups_of,
    likelihoods,
    others_of,
    pair_features,
    same_model,
    same_remit,
)
from qa_service.analysis.sentences import Rarity
from tests.made_reports import inspection

FIRST, SECOND, THIRD = (inspection("Tarnby", f"{year}-03-01") for year in (2018, 2021, 2024))
NO_WORDS = Rarity({}, {})


def asked(text: str, *vector: float) -> AskedItem:
    words = frozenset(terms(text))
    none: frozenset[str] = frozenset()
    return AskedItem(text, np.array([vector or (1.0, 0.0)]), none, known_matters().of_item(text), words, none)


def same(one: AskedItem, other: AskedItem) -> float:
    return same_model().same(pair_features(one, other, NO_WORDS))


def test_items_about_one_matter_in_other_words_are_the_same() -> None:
    one = asked("The frequency of supervision.", 0.95, 0.31)
    other = asked("How often social workers have supervision.", 1.0, 0.0)
    assert same(one, other) >= LEAST_SAME


def test_items_about_different_matters_are_not_the_same_although_they_share_words() -> None:
    one = asked("The quality of the response to private fostering.", 0.9, 0.44)
    other = asked("The quality of the response to homeless young people.", 1.0, 0.0)
    assert same(one, other) < LEAST_SAME


def test_the_order_of_two_items_does_not_matter() -> None:
    one, other = asked("Life-story work.", 0.6, 0.8), asked("The timeliness of life-story work for children.", 1.0, 0.0)
    assert same(one, other) == same(other, one)


def test_an_item_with_two_matters_is_in_two_groups() -> None:
    items = [asked("Supervision."), asked("Supervision and audits."), asked("Audits.")]
    groups = groups_of([FIRST, SECOND, THIRD], items, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1})
    assert {(tuple(group.matters), group.members) for group in groups} == {
        (("supervision",), (0, 1)),
        (("quality_assurance",), (1, 2)),
    }


def test_a_group_of_the_same_items_has_all_their_matters() -> None:
    items = [asked("Supervision and audits."), asked("Audits and supervision.")]
    reports = [FIRST, SECOND]
    (group,) = as_one(reports, groups_of(reports, items, {(0, 1): 0.9}))
    assert group.matters == {"supervision", "quality_assurance"}


def test_each_matter_is_in_one_group() -> None:
    likely, other, both = (
        Group(frozenset(matters), members)
        for matters, members in (
            ({"supervision"}, (0, 2)),
            ({"supervision"}, (1,)),
            ({"supervision", "quality_assurance"}, (3,)),
        )
    )
    groups = as_one([FIRST, SECOND, THIRD, THIRD], [likely, other, both])
    assert {(tuple(group.matters), group.members) for group in groups} == {
        (("supervision",), (0, 1, 2, 3)),
        (("quality_assurance",), (3,)),
    }


def test_a_matter_has_a_group_for_each_remit() -> None:
    send = [replace(each, kind=Kind.AREA_SEND) for each in (FIRST, SECOND)]
    items = [asked("Supervision.")] * 4
    reports = [FIRST, SECOND, *send]
    groups = groups_of(reports, items, {(0, 1): 0.9, (2, 3): 0.9})
    assert [group.members for group in as_one(reports, groups)] == [(0, 1), (2, 3)]


def test_groups_without_a_matter_stay_as_they_are() -> None:
    groups = [Group(frozenset(), (0, 1)), Group(frozenset(), (2, 3))]
    assert as_one([FIRST, SECOND, FIRST, SECOND], groups) == groups


def test_alike_items_without_a_matter_that_we_know_are_a_group_too() -> None:
    (group,) = groups_of([FIRST, SECOND], [asked("The lanterns."), asked("The lanterns.")], {(0, 1): 0.9})
    assert group.matters == frozenset()


def test_items_that_are_not_likely_the_same_are_no_group() -> None:
    items = [asked("Supervision."), asked("Supervision.")]
    assert groups_of([FIRST, SECOND], items, {(0, 1): LEAST_SAME - 0.01}) == []


def test_only_items_of_different_inspections_of_one_remit_are_compared() -> None:
    board = replace(THIRD, kind=Kind.LSCB_REVIEW)
    items = [asked("Supervision.")] * 4
    assert set(likelihoods([FIRST, FIRST, SECOND, board], items, NO_WORDS)) == {(0, 2), (1, 2)}


def test_an_area_send_inspection_and_a_review_of_a_board_have_remits_of_their_own() -> None:
    send, board = replace(FIRST, kind=Kind.AREA_SEND), replace(FIRST, kind=Kind.LSCB_REVIEW)
    assert same_remit(FIRST, replace(FIRST, kind=Kind.FOCUSED_VISIT))
    assert same_remit(send, replace(SECOND, kind=Kind.AREA_SEND))
    assert not same_remit(FIRST, send)
    assert not same_remit(send, board)


def test_the_other_items_are_grouped_by_their_matters_and_remit() -> None:
    items = [asked("Supervision."), asked("Audits."), asked("Supervision of staff."), asked("The lanterns.")]
    send = replace(THIRD, kind=Kind.AREA_SEND)
    groups = others_of([FIRST, SECOND, THIRD, THIRD], items, [])
    assert [group.members for group in groups] == [(0, 2), (1,)]
    assert [group.members for group in others_of([FIRST, SECOND, send, send], items, [])] == [(0,), (1,), (2,)]
