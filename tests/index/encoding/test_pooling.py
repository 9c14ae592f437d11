from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoding.pooling import HEADING, pooled, weights

PARTS = st.lists(st.integers(0, 4), min_size=1, max_size=20)


def unit(count: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, 6)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(PARTS, st.integers(0, 5))
def test_the_vector_of_a_passage_is_the_scaled_sum_of_its_parts(rows, seed):
    parts, weight = unit(len(rows), seed), np.linspace(1, 2, len(rows), dtype=np.float32)
    vectors = pooled(parts, weight, np.array(rows), 5)
    for row in range(5):
        own = [part * share for part, share, at in zip(parts, weight, rows, strict=True) if at == row]
        expected = np.sum(own, axis=0) / np.linalg.norm(np.sum(own, axis=0)) if own else np.zeros(6)
        assert vectors[row] == pytest.approx(expected, abs=1e-5)


@given(PARTS)
def test_other_passages_do_not_change_the_vector_of_a_passage(rows):
    parts, weight = unit(len(rows)), np.ones(len(rows), dtype=np.float32)
    together = pooled(parts, weight, np.array(rows), 5)
    for row in set(rows):
        own = [part for part, passage in enumerate(rows) if passage == row]
        alone = pooled(parts[own], weight[own], np.zeros(len(own), dtype=np.int64), 1)
        assert (alone[0] == together[row]).all()


def test_a_single_sentence_keeps_its_vector_and_a_heading_moves_it():
    sentence, heading = unit(2)
    alone = pooled(sentence[None], np.ones(1, dtype=np.float32), np.zeros(1, dtype=np.int64), 1)[0]
    assert alone == pytest.approx(sentence, abs=1e-6)
    both = np.stack([sentence, heading])
    headed = pooled(both, np.array([1, HEADING], dtype=np.float32), np.zeros(2, dtype=np.int64), 1)[0]
    assert headed @ heading > headed @ sentence > alone @ heading - 1e-6


def test_without_parts_there_are_no_vectors():
    nothing = pooled(np.empty((0, 6), dtype=np.float32), weights([]), np.empty(0, dtype=np.int64), 0)
    assert nothing.shape == (0, 6)


def test_four_times_the_text_has_twice_the_weight():
    short, long = weights(["word " * 4, "word " * 16])
    assert long == pytest.approx(2 * short)
