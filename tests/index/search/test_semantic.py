from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
import pytest

from index.search.dense import DenseIndex
from index.search.semantic import SemanticIndex

VECTORS = np.eye(4, dtype=np.float32)
FIRST_SENTENCE = np.array([0, 2, 2], dtype=np.int64)
"""The first of three passages has two sentences, the second has none, and the third has two."""


@dataclass
class RecordingEncoder:
    """An encoder that records its calls and may fail. All texts have the same vector."""

    fails: bool = False
    started: list[str] = field(default_factory=list)
    waits: int = 0

    def begin_query(self, text):
        self.started.append(text)

        def wait():
            self.waits += 1
            if self.fails:
                raise MemoryError(text)
            return VECTORS[:1] * 0.6 + VECTORS[1:2] * 0.8

        return wait


def semantic_index(encoder):
    return SemanticIndex(encoder, DenseIndex.build(VECTORS[:3]), DenseIndex.build(VECTORS), FIRST_SENTENCE)


def test_a_text_is_embedded_once_whether_it_was_started_early_or_not():
    encoder = RecordingEncoder()
    index = semantic_index(encoder)
    index.start_encoding("late?")
    assert (encoder.started, encoder.waits) == (["late?"], 0)
    threads = [threading.Thread(target=index.rankings, args=("late?", None)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    index.nearest_cosine("late?", None)
    assert (encoder.started, encoder.waits) == (["late?"], 1)
    index.nearest_cosine("why?", None)
    assert (encoder.started, encoder.waits) == (["late?", "why?"], 2)


def test_each_passage_has_a_cosine_and_so_has_each_of_its_sentences():
    rows = np.array([2, 1, 0, 2], dtype=np.int64)
    passage_cosines, sentence_cosines = zip(
        *semantic_index(RecordingEncoder()).similarities("late?", rows), strict=True
    )
    assert passage_cosines == pytest.approx((0.0, 0.8, 0.6, 0.0), abs=1e-3)
    assert sentence_cosines == ((0.0, 0.0), (), pytest.approx((0.6, 0.8), abs=1e-3), (0.0, 0.0))


def test_a_text_that_could_not_be_embedded_is_not_tried_again():
    encoder = RecordingEncoder(fails=True)
    index = semantic_index(encoder)
    with pytest.raises(MemoryError):
        index.nearest_cosine("late?", None)
    with pytest.raises(RuntimeError, match="could not be embedded"):
        index.nearest_cosine("late?", None)
    assert encoder.waits == 1
