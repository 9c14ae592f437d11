"""Tests of the counts alone. test_sparse tests the scores, and compares changed indexes with those built from
scratch."""

from __future__ import annotations

import numpy as np
import pytest

from index.search.term_counts import TermCounts


@pytest.fixture
def counts():
    """Two columns: the first has entries in rows 0 and 2, and the second in rows 1 and 2."""
    return TermCounts.empty().merged([], [(0, 2, 5), (1, 1, 1), (0, 0, 3), (1, 2, 300)], 2)


def as_dense(counts):
    """Return the counts as a table of rows and columns."""
    table = np.zeros((len(counts.lengths), len(counts.starts) - 1), dtype=int)
    table[counts.rows, np.repeat(np.arange(table.shape[1]), np.diff(counts.starts))] = counts.counts
    return table.tolist()


def test_entries_are_in_order_of_column_and_row(counts):
    assert as_dense(counts) == [[3, 0], [0, 1], [5, 300]]
    assert counts.rows.tolist() == [0, 2, 1, 2]
    assert counts.lengths.tolist() == [3, 1, 305]


def test_only_some_rows_have_entries(counts):
    some = counts.only(np.array([True, False, True]))
    assert as_dense(some) == [[3, 0], [0, 0], [5, 300]]
    assert some.lengths.tolist() == [3, 0, 305]


def test_rows_can_be_moved_dropped_and_merged_with_others(counts):
    moved = counts.moved(np.array([3, -1, 0]))
    assert as_dense(moved) == [[5, 300], [0, 0], [0, 0], [3, 0]]
    assert as_dense(moved.merged([2, 0], [(1, 1, 7), (2, 2, 1)], 3)) == [[300, 0, 5], [0, 7, 0], [0, 0, 1], [0, 0, 3]]


def test_a_checksum_depends_on_every_array(counts):
    checksums = {counts.checksum}
    for name in ("counts", "rows", "starts", "lengths"):
        arrays = {each: getattr(counts, each).copy() for each in ("counts", "rows", "starts", "lengths")}
        arrays[name][1] ^= 1
        checksums.add(TermCounts(**arrays).checksum)
    assert len(checksums) == 5


def test_columns_must_be_in_order_and_lengths_not_negative(counts):
    starts = counts.starts.copy()
    starts[1] = starts[-1] + 1
    with pytest.raises(ValueError, match="out of order"):
        TermCounts(counts.counts, counts.rows, starts, counts.lengths)
    with pytest.raises(ValueError, match="negative"):
        TermCounts(counts.counts, counts.rows, counts.starts, -counts.lengths)


def test_arrays_must_have_matching_lengths(counts):
    with pytest.raises(ValueError, match="3 counts, 4 rows and an end at 4"):
        TermCounts(counts.counts[:-1], counts.rows, counts.starts, counts.lengths)
