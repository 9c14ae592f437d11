from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from qa_service.understanding.vocabulary import related_words


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What is the front door like?", "multi-agency safeguarding hub"),
        ("Do dads get a say?", "fathers"),
        ("Are Lados consulted?", "designated officer"),
        ("How are care leavers housed?", "care-experienced young people"),
        ("Is SEND support timely?", "special educational needs"),
    ],
)
def test_what_staff_say_finds_what_reports_say(question, word):
    assert word in related_words(question)


def test_words_that_are_in_the_question_are_not_added_again():
    added = related_words("Do fathers and dads come to meetings?")
    assert "fathers" not in added
    assert "male partners" in added


@pytest.mark.parametrize(
    "question", ["Do agencies send good referrals?", "My pa was helpful", "Is neglectful wording used?"]
)
def test_a_word_that_only_looks_like_an_abbreviation_adds_nothing_of_it(question):
    added = related_words(question)
    assert "special educational needs" not in added
    assert "personal adviser" not in added


def test_a_question_without_such_words_has_none():
    assert related_words("What colour is the sky?") == ""


def test_the_same_question_has_the_same_words():
    assert related_words("MASH and LAC reviews") == related_words("MASH and LAC reviews")


def test_no_phrase_stands_twice_in_a_group():
    groups = tomllib.loads(files("qa_service").joinpath("data/vocabulary.toml").read_text(encoding="utf-8"))["groups"]
    assert all(len(set(map(str.lower, group))) == len(group) > 1 for group in groups)
