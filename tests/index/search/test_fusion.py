from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.search.fusion import as_share, weighted_sum

SCORES = arrays(np.float32, st.integers(1, 12), elements=st.floats(-1, 1, width=32))


def scores(*values):
    return np.array(values, dtype=np.float32)


def test_each_score_counts_by_its_weight():
    fused = weighted_sum({"dense": scores(0.5, 0.1), "sparse": scores(1.0, 0.0)}, {"dense": 1.0, "sparse": 0.5})
    assert fused.tolist() == pytest.approx([1.0, 0.1])


def test_a_negative_cosine_counts_as_zero():
    assert weighted_sum({"dense": scores(-0.4, 0.2)}, {"dense": 2.0}).tolist() == pytest.approx([0.0, 0.4])


def test_a_score_without_a_weight_does_not_count():
    assert weighted_sum({"dense": scores(0.3), "other": scores(9.0)}, {"dense": 1.0}).tolist() == pytest.approx([0.3])


def test_scores_of_different_rows_are_refused():
    with pytest.raises(ValueError, match="dense of 2, sparse of 1"):
        weighted_sum({"dense": scores(0.1, 0.2), "sparse": scores(0.1)}, {"dense": 1.0})


def test_without_scores_there_is_no_sum():
    assert weighted_sum({}, {"dense": 1.0}).tolist() == []
    assert as_share(scores()).tolist() == []


def test_a_share_is_relative_to_the_best_score():
    assert as_share(scores(5, 10, 0)).tolist() == pytest.approx([0.5, 1.0, 0.0])
    assert as_share(scores(0, 0)).tolist() == [0.0, 0.0]


@given(SCORES)
def test_shares_keep_the_order_and_are_at_most_one(values):
    shares = as_share(np.abs(values))
    assert ((shares >= 0) & (shares <= 1 + 1e-6)).all()
    if np.abs(values).max() > 1e-6:
        assert np.abs(values)[int(np.argmax(shares))] == np.abs(values).max()


@given(SCORES, st.integers(0, 11))
def test_a_row_with_a_higher_score_never_falls(values, place):
    place %= len(values)
    weights = {"a": 1.0, "b": 0.4}
    other = np.linspace(0, 1, len(values), dtype=np.float32)
    before = weighted_sum({"a": values, "b": other}, weights)
    values = values.copy()
    values[place] += 0.5
    assert weighted_sum({"a": values, "b": other}, weights)[place] >= before[place]
