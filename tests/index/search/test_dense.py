from __future__ import annotations

import numpy as np
import pytest

from index.search.dense import DenseIndex


def unit(rows, seed=0, dimension=48):
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize("limit", [None, 0.8])
@pytest.mark.parametrize("k", [1, 10, 300, 1000])
def test_search_is_exact_over_the_stored_vectors(k, limit):
    vectors, queries = unit(300), unit(5, seed=1)
    index = DenseIndex.build(vectors, limit)
    stored = index.vectors(np.arange(300))
    for query in queries:
        scores = stored @ query
        rows, cosines = index.search(query[None], k)
        assert rows.tolist() == np.argsort(-scores, kind="stable")[:k].tolist()
        assert cosines == pytest.approx(np.sort(scores)[::-1][:k], abs=1e-5)


@pytest.mark.parametrize(("limit", "error"), [(None, 5e-4), (0.8, 0.8 / 255)])
def test_numbers_are_stored_with_the_precision_of_their_format(limit, error):
    vectors = unit(300)
    assert np.abs(vectors).max() < 0.8
    index = DenseIndex.build(vectors, limit)
    assert np.abs(index.vectors(np.arange(300)) - vectors).max() <= error * 1.001
    assert index.codes.shape == (300, 96 if limit is None else 48)


def test_a_number_beyond_the_limit_is_stored_as_the_limit():
    vectors = np.eye(48, dtype=np.float32)
    assert DenseIndex.build(vectors, 0.3).vectors(np.array([5])).max() == pytest.approx(0.3, abs=2e-3)


@pytest.mark.parametrize("limit", [None, 0.8])
def test_an_opened_index_knows_the_limit_of_its_numbers(tmp_path, limit):
    DenseIndex.build(unit(3), limit).save(tmp_path / "vectors")
    assert DenseIndex.open(tmp_path / "vectors").value_limit == (limit and pytest.approx(limit))


@pytest.mark.parametrize("limit", [None, 0.8])
def test_an_index_of_stored_vectors_is_the_same_file(tmp_path, limit):
    index = DenseIndex.build(unit(30), limit)
    index.save(tmp_path / "built")
    DenseIndex.of_codes(index.codes, 48, limit).save(tmp_path / "copied")
    assert (tmp_path / "built").read_bytes() == (tmp_path / "copied").read_bytes()


def test_search_returns_exactly_the_allowed_rows():
    vectors, query = unit(200), unit(1, seed=1)
    allowed = np.zeros(200, dtype=bool)
    allowed[[3, 50, 51, 199]] = True
    rows, _ = DenseIndex.build(vectors).search(query, 100, allowed)
    expected = np.flatnonzero(allowed)[np.argsort(-(vectors[allowed] @ query[0]))]
    assert rows.tolist() == expected.tolist()


@pytest.mark.parametrize("rows", [1, 7, 8, 9, 65])
def test_filtering_works_for_any_number_of_rows(rows):
    vectors = unit(rows)
    for row in range(rows):
        allowed = np.arange(rows) == row
        assert DenseIndex.build(vectors).search(vectors[:1], 5, allowed)[0].tolist() == [row]


def test_if_no_row_is_allowed_search_returns_nothing():
    rows, scores = DenseIndex.build(unit(20)).search(unit(1), 5, np.zeros(20, dtype=bool))
    assert (len(rows), len(scores)) == (0, 0)


@pytest.mark.parametrize("k", [1, 5, 40, 100])
def test_ties_are_in_order_of_row_even_at_the_last_place(k):
    vectors = np.repeat(unit(4), 25, axis=0)[np.random.default_rng(2).permutation(100)]
    scores = vectors.astype(np.float16).astype(np.float32) @ vectors[0]
    rows, _ = DenseIndex.build(vectors).search(vectors[:1], k)
    assert rows.tolist() == np.lexsort((np.arange(100), -scores.round(4)))[:k].tolist()


@pytest.mark.parametrize("length", [0.0, 0.5, 1.1])
def test_vectors_must_have_length_1(length):
    vectors = unit(10)
    vectors[7] *= length
    with pytest.raises(ValueError, match="length 1"):
        DenseIndex.build(vectors)


def test_vectors_rounded_to_half_precision_are_accepted():
    assert len(DenseIndex.build(unit(50).astype(np.float16).astype(np.float32))) == 50


def test_a_saved_index_opens_as_it_was(tmp_path):
    vectors, query = unit(30), unit(1, seed=1)
    index = DenseIndex.build(vectors)
    index.save(tmp_path / "vectors.faiss")
    opened = DenseIndex.open(tmp_path / "vectors.faiss")
    assert (len(opened), opened.dimension) == (30, 48)
    assert opened.search(query, 9)[0].tolist() == index.search(query, 9)[0].tolist()


def test_vectors_are_in_the_order_of_the_given_rows():
    vectors = unit(30)
    stored = DenseIndex.build(vectors).vectors(np.array([5, 0, 5], dtype=np.int64))
    assert stored == pytest.approx(vectors[[5, 0, 5]], abs=1e-3)
    assert DenseIndex.build(vectors).vectors(np.array([], dtype=np.int64)).shape == (0, 48)


def test_an_empty_index_finds_nothing(tmp_path):
    DenseIndex.build(np.empty((0, 48), dtype=np.float32)).save(tmp_path / "none.faiss")
    assert len(DenseIndex.open(tmp_path / "none.faiss").search(unit(1), 5)[0]) == 0
