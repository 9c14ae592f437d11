from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from index.search.text_analysis import terms
from qa_service.understanding.words.vocabulary import is_term, other_names, related_words


def test_the_same_question_gets_the_same_related_words():
    assert related_words("MASH and LAC reviews") == related_words("MASH and LAC reviews")


def test_no_phrase_is_repeated_in_a_group():
    groups = tomllib.loads(files("qa_service").joinpath("data/vocabulary.toml").read_text(encoding="utf-8"))["groups"]
    assert all(len(set(map(str.lower, group))) == len(group) > 1 for group in groups)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Front Door", True),
        ("corporate parenting panels", True),
        ("Signs of Safety", False),
        ("Front Door Project", False),
    ],
)
def test_a_term_is_recognised_only_as_a_whole(words, expected):
    assert is_term(words) is expected


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("kinship care", "connected carers"),
        ("connected carer", "kinship care"),
        ("personal advisers", "pathway adviser"),
        ("family group conferencing", "family network meeting"),
        ("FGC", "family group conference"),
        ("foster families", "foster carers"),
    ],
)
def test_other_names_of_the_same_thing(asked, name):
    names = other_names(asked)
    assert name in names
    assert terms(asked) not in [terms(each) for each in names]


def test_words_without_other_names_have_none():
    assert other_names("caseloads") == []
    assert other_names("kinship") == []
    assert other_names("") == []
