"""Tests of which words follow each other in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.text_analysis import terms, words_are_together

WORDS = st.lists(st.sampled_from(["care", "carer", "kin", "famili", "group"]), max_size=8)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Family group conferences are used well.", True),
        ("A family-group conference was held.", True),
        ("The conference of each family group is recorded.", False),
        ("Families attend child protection conferences, and groups of staff learn.", False),
        ("Family group meetings are used well.", False),
    ],
)
def test_words_that_follow_each_other(sentence: str, expected: bool) -> None:
    assert words_are_together(terms("family group conference"), terms(sentence)) is expected


def test_young_people_and_carers_are_not_young_carers() -> None:
    for sentence in (
        "Young people and carers value it.",
        "Care-experienced young people are heard.",
        "Caring, young staff.",
    ):
        assert not words_are_together(terms("young carers"), terms(sentence))
    assert words_are_together(terms("young carers"), terms("A young carer gets a break."))


@given(WORDS, WORDS, WORDS)
def test_any_part_of_a_text_is_in_it(before: list[str], words: list[str], after: list[str]) -> None:
    assert words_are_together(words, [*before, *words, *after]) is bool(words)
    assert not words_are_together([*words, "other"], [*before, *words, *after])
