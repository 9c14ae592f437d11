"""Tests of which terms are forms of one word, and which words are near each other in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.text_analysis import are_forms_of_one_word, terms, words_are_near, words_are_together

WORDS = st.lists(st.sampled_from(["care", "carer", "kin", "famili", "group", "meet", "plan"]), max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kinship care", "kinship carers", True),
        ("conference", "conferencing", True),
        ("social work", "social workers", True),
        ("visits", "visiting", True),
        ("home", "homeless", False),
        ("care", "caring", True),
        ("son", "song", False),
        ("plan", "placement", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, expected: bool) -> None:
    pairs = zip(terms(one), terms(other), strict=True)
    assert all(are_forms_of_one_word(first, second) for first, second in pairs) is expected
    assert all(are_forms_of_one_word(b, a) for a, b in zip(terms(one), terms(other), strict=True)) is expected


@pytest.mark.parametrize(
    ("sentence", "near", "together"),
    [
        ("Family group conferences are used well.", True, True),
        ("The conference of each family group is recorded.", True, False),
        ("A family and its group of friends went to a conference.", False, False),
        ("Families attend child protection conferences, and groups of staff learn.", False, False),
        ("Family group meetings are used well.", False, False),
    ],
)
def test_words_near_each_other(sentence: str, near: bool, together: bool) -> None:
    words, text = terms("family group conference"), terms(sentence)
    assert words_are_near(words, text, 1) is near
    assert words_are_together(words, text) is together


def test_no_words_are_near_nothing() -> None:
    assert not words_are_near([], ["care"], 1)
    assert not words_are_together([], ["care"])


@given(WORDS, WORDS, st.integers(0, 4))
def test_words_together_are_near_and_more_room_finds_no_less(words: list[str], text: list[str], between: int) -> None:
    unique = list(dict.fromkeys(words))
    if words_are_together(unique, text):
        assert words_are_near(unique, text, between)
    if words_are_near(unique, text, between):
        assert words_are_near(unique, text, between + 1)
        assert words_are_near(unique, text[::-1], between)
