from __future__ import annotations

import pytest

from corpus.themes import known_themes
from index.encoding.stances.mention_features import clause_of, features_of


def mention(theme, sentence):
    return next(each for each in known_themes().mentions_in(sentence) if each.theme == theme)


@pytest.mark.parametrize(
    ("theme", "clause"),
    [
        ("assessments", "assessments are thorough"),
        ("supervision", ", but supervision is not regular"),
        ("caseloads", ", which caseloads explain."),
    ],
)
def test_the_clauses_are_those_that_mention_the_theme(theme, clause):
    sentence = "Assessments are thorough, but supervision is not regular, which caseloads explain."
    assert clause_of(mention(theme, sentence)) == clause


def test_features_say_what_stands_around_the_theme():
    features = features_of(mention("supervision", "The quality of supervision is too variable."), listed=False)
    assert {
        "in sentence", "theme supervision supervision", "before quality", "next before of", "next before quality of",
        "after too", "next after is", "next after is too", "place at most 3", "leads in sentence True",
    } <= set(features)  # fmt: skip
    assert features["critical in clause"] == 1.0
    assert "any approving in clause" not in features


def test_what_is_denied_does_not_approve():
    denied = features_of(mention("supervision", "Supervision is not regular."), listed=False)
    assert "any approving in sentence" not in denied
    assert denied["negation in clause"] == 1.0
    assert (
        features_of(mention("supervision", "Supervision is regular."), listed=False)["any approving in clause"] == 1.0
    )


def test_items_and_sentences_have_features_of_their_own():
    of_item = features_of(mention("plans", "Supervision, so that plans move forward."), listed=True)
    assert {"in item", "leads in item False", "place in item at most 3"} <= set(of_item)
