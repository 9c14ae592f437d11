from __future__ import annotations

import tomllib
from importlib.resources import files

from qa_service.understanding.vocabulary import related_words


def test_the_same_question_gets_the_same_related_words():
    assert related_words("MASH and LAC reviews") == related_words("MASH and LAC reviews")


def test_no_phrase_is_repeated_in_a_group():
    groups = tomllib.loads(files("qa_service").joinpath("data/vocabulary.toml").read_text(encoding="utf-8"))["groups"]
    assert all(len(set(map(str.lower, group))) == len(group) > 1 for group in groups)
