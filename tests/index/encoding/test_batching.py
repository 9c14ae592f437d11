from __future__ import annotations

import math
from itertools import accumulate, combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoding.batching import PAIR_BATCHES, TEXT_BATCHES, BatchShapes

SHAPES = st.sampled_from([PAIR_BATCHES, TEXT_BATCHES])


@given(SHAPES, st.lists(st.integers(1, 256), max_size=200))
def test_batches_hold_texts_of_similar_length_and_not_too_many(shapes, lengths):
    batches = shapes.split(lengths)
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    assert [lengths[number] for batch in batches for number in batch] == sorted(lengths)
    for batch in batches:
        rows, columns = shapes.shape([lengths[number] for number in batch])
        assert len(batch) <= rows
        assert max(lengths[number] for number in batch) <= columns < max(lengths[number] for number in batch) + 16
        assert rows == 1 or rows * columns <= shapes.max_pieces


@given(SHAPES, st.lists(st.integers(1, 112), max_size=9))
def test_no_other_split_is_cheaper(shapes, lengths):
    ordered = sorted(lengths)

    def cost(cuts):
        pieces = [math.prod(shapes.shape(ordered[start:end])) for start, end in pairwise(cuts)]
        return sum(pieces) + shapes.overhead * len(pieces) if max(pieces, default=0) <= shapes.max_pieces else math.inf

    inner = range(1, len(ordered))
    ways = [(0, *some, len(ordered)) for size in range(len(ordered)) for some in combinations(inner, size)]
    ways = [cuts for cuts in ways if all(end - start <= shapes.rows[-1] for start, end in pairwise(cuts))]
    taken = [0, *accumulate(len(batch) for batch in shapes.split(lengths))]
    assert cost(taken) == min(map(cost, ways), default=0)


@pytest.mark.parametrize("rows", [(), (2, 3), (1, 3, 2), (1, 2, 2)])
def test_numbers_of_rows_must_rise_from_one(rows):
    with pytest.raises(ValueError, match="must rise from 1"):
        BatchShapes(rows, 8, 32, 800)
