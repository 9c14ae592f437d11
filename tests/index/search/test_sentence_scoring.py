from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from index.search.sentence_scoring import SentenceScorer, under_heading
from index.types import PairVectors, Query

QUESTION = "How long do care leavers wait for a flat?"


class Recording:
    """A pair scorer that remembers what it was given. The logits that it returns are the cosines."""

    def __init__(self):
        self.read = []

    def scores(self, question, sentences, sides: PairVectors):
        self.read += [(question, sentence) for sentence in sentences]
        return np.array(sides.cosines, dtype=np.float32)


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
