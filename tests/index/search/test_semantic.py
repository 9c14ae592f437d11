from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import pytest

from index.search.dense import DenseIndex
from index.search.semantic import SemanticIndex

VECTORS = np.eye(4, dtype=np.float32)
FIRST = np.array([0, 2, 2], dtype=np.int64)
"""Of three passages: two sentences, none, two."""


@dataclass
class Counting:
    """An encoder of one text, which notes what it was asked for and may fail."""

    fails: bool = False
    begun: list[str] = field(default_factory=list)
    waited: int = 0

    def begin_query(self, text):
        self.begun.append(text)

        def wait():
            self.waited += 1
            if self.fails:
                raise MemoryError(text)
            return VECTORS[:1] * 0.6 + VECTORS[1:2] * 0.8

        return wait


def meaning(encoder):
    return SemanticIndex(encoder, DenseIndex.build(VECTORS[:3]), DenseIndex.build(VECTORS), FIRST)


def test_a_text_is_embedded_once_whether_it_was_expected_or_not():
    encoder = Counting()
    found = meaning(encoder)
    found.start_encoding("late?")
    assert (encoder.begun, encoder.waited) == (["late?"], 0)
    threads = [threading.Thread(target=found.rankings, args=("late?", None)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.nearest_cosine("late?", None)
    assert (encoder.begun, encoder.waited) == (["late?"], 1)
    found.nearest_cosine("why?", None)
    assert (encoder.begun, encoder.waited) == (["late?", "why?"], 2)


def test_each_passage_has_its_own_cosine_and_those_of_its_sentences():
    rows = np.array([2, 1, 0, 2], dtype=np.int64)
    own, each = zip(*meaning(Counting()).similarities("late?", rows), strict=True)
    assert own == pytest.approx((0.0, 0.8, 0.6, 0.0), abs=1e-3)
    assert each == ((0.0, 0.0), (), pytest.approx((0.6, 0.8), abs=1e-3), (0.0, 0.0))


def test_a_text_that_could_not_be_embedded_has_no_vector_however_often_it_is_asked_for():
    encoder = Counting(fails=True)
    found = meaning(encoder)
    with pytest.raises(MemoryError):
        found.nearest_cosine("late?", None)
    with pytest.raises(RuntimeError, match="could not be embedded"):
        found.nearest_cosine("late?", None)
    assert encoder.waited == 1
