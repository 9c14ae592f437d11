from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from index.search.sentence_scoring import SentenceScorer, in_context, under_heading
from index.types import PairVectors, Query, SentenceInContext

QUESTION = "How long do care leavers wait for a flat?"


class Recording:
    """A pair scorer that remembers its input. The logits that it returns are the cosines."""

    def __init__(self):
        self.read = []
        self.read_closely = []

    def scores(self, question, sentences, sides: PairVectors):
        self.read += [(question, sentence) for sentence in sentences]
        return np.array(sides.cosines, dtype=np.float32)

    def scores_in_context(self, question, sentences, cosines):
        self.read_closely += [(question, sentence) for sentence in sentences]
        return np.array(cosines, dtype=np.float32) * 2


@pytest.fixture
def found(answerer):
    return answerer.index.retrieve(Query(QUESTION), 4).passages


def test_each_sentence_is_read_once_in_an_inquiry_however_often_it_is_asked_for(answerer, found):
    cross = Recording()
    scorer = SentenceScorer(cross, answerer.index)
    places = [(scored, number) for scored in found for number in range(len(scored.passage.sentences))]
    cosines = [float(np.float32(number / 64)) for number in range(len(places))]
    first = scorer.logits(QUESTION, places[::2], cosines[::2])
    every = scorer.logits(QUESTION, places, cosines)
    assert (first, every) == (cosines[::2], cosines)
    assert len(cross.read) == len(places)
    assert scorer.logits(QUESTION, places, cosines) == cosines
    assert len(cross.read) == len(places)


def test_what_speaks_against_a_sentence_has_it_read_again(answerer, found):
    cross = Recording()
    scorer = SentenceScorer(cross, answerer.index)
    place = [(found[0], 0)]
    assert [scorer.logits(QUESTION, place, [cosine]) for cosine in (0.5, 0.25, 0.5)] == [[0.5], [0.25], [0.5]]
    assert len(cross.read) == 2


def test_the_nearest_heading_stands_before_a_sentence():
    passage: Any = SimpleNamespace(text="Visits are late.", section=("Report", "Care leavers"))
    assert under_heading(passage, 0, 16) == "Care leavers: Visits are late."
    passage.section = ()
    assert under_heading(passage, 0, 6) == "Visits"


def test_a_close_reading_is_kept_apart_from_a_quick_one(answerer, found):
    cross = Recording()
    scorer = SentenceScorer(cross, answerer.index)
    places = [(scored, 0) for scored in found]
    cosines = [0.25] * len(places)
    assert scorer.logits(QUESTION, places, cosines) == cosines
    assert scorer.close_logits(QUESTION, places[:2], cosines[:2]) == [0.5, 0.5]
    assert scorer.close_logits(QUESTION, places, cosines) == [0.5] * len(places)
    assert (len(cross.read), len(cross.read_closely)) == (len(places), len(places))


def test_a_sentence_is_read_closely_with_its_heading_and_the_sentence_that_it_refers_back_to():
    passage: Any = SimpleNamespace(
        text="Visits are late. They drift.", sentences=((0, 16), (17, 28)), section=("A", "B")
    )
    assert in_context(passage, 1) == SentenceInContext("They drift.", "B", "Visits are late.")
    passage.section = ()
    assert in_context(passage, 0) == SentenceInContext("Visits are late.")
    passage.text = "Visits are late. Plans drift."
    passage.sentences = ((0, 16), (17, 29))
    assert in_context(passage, 1) == SentenceInContext("Plans drift.")
