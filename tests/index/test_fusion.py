from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import RRF_K, reciprocal_rank_fusion

RANKING = st.lists(st.integers(0, 30), unique=True, max_size=20)
RANKINGS = st.dictionaries(st.sampled_from(["dense", "sparse", "sentence"]), RANKING, min_size=1)


@given(RANKING, RANKING)
def test_it_does_not_matter_which_ranking_comes_first(one, other):
    assert reciprocal_rank_fusion({"a": one, "b": other}) == pytest.approx(
        reciprocal_rank_fusion({"a": other, "b": one})
    )


@given(RANKINGS, st.dictionaries(st.sampled_from(["dense", "sparse", "sentence"]), st.floats(0.1, 5)))
def test_every_row_ranked_has_a_score_above_0_and_at_most_1(rankings, weights):
    scores = reciprocal_rank_fusion(rankings, weights)
    assert set(scores) == {row for rows in rankings.values() for row in rows}
    assert all(0 < score <= 1 + 1e-12 for score in scores.values())


@given(RANKING.filter(lambda rows: len(rows) > 1), RANKING, st.data())
def test_a_row_moved_up_in_one_ranking_scores_more(rows, other, data):
    at = data.draw(st.integers(1, len(rows) - 1))
    to = data.draw(st.integers(0, at - 1))
    moved = [row for row in rows if row != rows[at]]
    moved.insert(to, rows[at])
    before, after = (reciprocal_rank_fusion({"a": ranking, "b": other}) for ranking in (rows, moved))
    assert after[rows[at]] > before[rows[at]]
    assert all(after[row] <= before[row] for row in rows if row != rows[at])


@given(RANKING)
def test_one_ranking_keeps_its_order(rows):
    scores = reciprocal_rank_fusion({"a": rows})
    assert sorted(scores, key=lambda row: -scores[row]) == rows


def test_first_in_every_ranking_is_the_best_possible():
    assert reciprocal_rank_fusion({"a": [5, 1], "b": [5, 2], "c": [5]}, {"a": 2.0, "c": 0.5})[5] == pytest.approx(1)


def test_scores_are_weighted_shares_of_the_best_possible():
    scores = reciprocal_rank_fusion({"a": [1, 2], "b": [2]}, {"a": 3.0})
    best = (3 + 1) / (RRF_K + 1)
    assert scores == pytest.approx({1: 3 / (RRF_K + 1) / best, 2: (3 / (RRF_K + 2) + 1 / (RRF_K + 1)) / best})


def test_nothing_comes_of_nothing():
    assert reciprocal_rank_fusion({}) == {}
    assert reciprocal_rank_fusion({"a": []}) == {}
