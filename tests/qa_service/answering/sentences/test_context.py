from __future__ import annotations

import pytest

from index.search.anaphora import refers_back
from qa_service.answering.sentences.context import lacks_subject, with_subject


@pytest.mark.parametrize(
    "sentence",
    [
        "They wait longer.",
        "However, they wait longer.",
        "There the wait averages 33 weeks.",
        "This means that visits are late.",
        "Their plans drift.",
        "It has no waiting list.",
        "These children wait longer.",
        "Both are late.",
    ],
)
def test_a_sentence_that_does_not_say_what_it_is_about(sentence):
    assert lacks_subject(sentence)
    assert refers_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Of these, 2,914 have a plan.",
        "In these cases, children wait.",
        "Many of these children wait.",
        "None of them is seen.",
        "For such children, plans drift.",
        "A few of these are late.",
    ],
)
def test_a_sentence_about_some_of_those_before_does_not_say_who_they_are(sentence):
    assert lacks_subject(sentence)


@pytest.mark.parametrize("sentence", ["Team managers use it.", "Most parents know them"])
def test_a_short_sentence_that_ends_on_a_pronoun_does_not_say_what_it_is_about(sentence):
    assert lacks_subject(sentence)


def test_a_longer_sentence_that_ends_on_a_pronoun_says_what_it_is_about():
    assert not lacks_subject("The director told the board in May that no child in the county waits for it.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Of those who wait, most are young.",
        "In their homes, children are safe.",
        "For children in care, plans are good.",
        "There are 1,240 children waiting.",
        "It is clear that leaders know this.",
        "It was not possible for inspectors to see it.",
        "Most assessments are late.",
        "One in four posts is vacant.",
        "This inspection took place in May.",
        "Both parents are seen.",
        "Theirs",
        "Care leavers wait.",
        "",
    ],
)
def test_a_sentence_that_does(sentence):
    assert not lacks_subject(sentence)


def test_the_sentence_before_is_read_with_one_that_refers_back(make_report, make_scored):
    passage = make_scored(make_report("a"), [("Flats are few.", 0.5), ("They cost more.", 0.5)]).passage
    assert with_subject(passage, 1) == "Flats are few. They cost more."
    assert with_subject(passage, 0) == "Flats are few."
