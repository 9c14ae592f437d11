"""Counts how often each text contains each term. We compute BM25 scores from these counts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.types import Rows

TermCount = tuple[int, int, int]
"""The column of a term, the row of a text, and the number of times that the text contains the term."""


@dataclass(frozen=True, slots=True)
class TermCounts:
    """A sparse matrix of whole numbers. Each column is a term, and its entries are in the order of their rows."""

    counts: npt.NDArray[np.unsignedinteger]
    """The entries in all columns, in the smallest type that can hold the largest of them."""
    rows: npt.NDArray[np.int32]
    """The row of each entry."""
    starts: npt.NDArray[np.int64]
    """Where the entries for each column start. The last number is the end of the last column."""
    lengths: npt.NDArray[np.int32]
    """Number of terms in the text of each row, including repeats. It is 0 for a row that is left out."""

    def __post_init__(self) -> None:
        if not len(self.counts) == len(self.rows) == self.starts[-1]:
            raise ValueError(f"{len(self.counts)} counts, {len(self.rows)} rows and an end at {self.starts[-1]}")
        if self.starts[0] != 0 or np.diff(self.starts).min(initial=0) < 0 or self.lengths.min(initial=0) < 0:
            raise ValueError("the columns are out of order, or the length of a text is negative")

    @classmethod
    def empty(cls) -> TermCounts:
        """Return counts for no texts."""
        return cls(_smallest(np.empty(0)), np.empty(0, np.int32), np.zeros(1, np.int64), np.empty(0, np.int32))

    def only(self, kept: npt.NDArray[np.bool_]) -> TermCounts:
        """Return the counts for the given rows only. The other rows keep their numbers but have no terms."""
        entries = kept[self.rows]
        lengths = np.where(kept, self.lengths, 0).astype(np.int32)
        return TermCounts(self.counts[entries], self.rows[entries], self._starts_of(entries), lengths)

    def moved(self, new_rows: Rows) -> TermCounts:
        """Return the same counts under new row numbers. A row whose new number is -1 is dropped.

        The entries in a column keep their order, even if the rows do not.
        """
        rows = new_rows[self.rows]
        entries = rows >= 0
        lengths = np.zeros(new_rows.max(initial=-1) + 1, dtype=np.int32)
        lengths[new_rows[new_rows >= 0]] = self.lengths[new_rows >= 0]
        return TermCounts(self.counts[entries], rows[entries].astype(np.int32), self._starts_of(entries), lengths)

    def merged(self, new_columns: Sequence[int], added: Sequence[TermCount], column_count: int) -> TermCounts:
        """Return these counts together with the added ones, in ``column_count`` columns.

        ``new_columns`` contains the new number of each existing column. A column without entries may have any number.
        """
        added_columns, added_rows, added_counts = np.array(added, dtype=np.int64).reshape(-1, 3).T
        present_columns = np.repeat(np.array(new_columns, dtype=np.int64), np.diff(self.starts))
        columns = np.concatenate([present_columns, added_columns])
        rows = np.concatenate([self.rows, added_rows])
        counts = np.concatenate([self.counts, added_counts])
        lengths = np.bincount(rows, weights=counts).astype(np.int32)
        order = np.argsort(columns * len(lengths) + rows, kind="stable")  # quick: most entries are already in order
        starts = np.concatenate(([0], np.cumsum(np.bincount(columns, minlength=column_count)))).astype(np.int64)
        return TermCounts(_smallest(counts[order]), rows[order].astype(np.int32), starts, lengths)

    @property
    def has_only_known_rows(self) -> bool:
        """Whether each entry is in a row that has a length."""
        return bool(self.rows.min(initial=0) >= 0 and self.rows.max(initial=-1) < len(self.lengths))

    @property
    def checksum(self) -> int:
        """CRC-32 of all four arrays."""
        checksum = 0
        for array in (self.counts, self.rows, self.starts, self.lengths):
            checksum = zlib.crc32(np.ascontiguousarray(array).data, checksum)
        return checksum

    def _starts_of(self, entries: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """Return where each column starts, once entries have been dropped."""
        starts: npt.NDArray[np.int64] = np.concatenate(([0], np.cumsum(entries)))[self.starts].astype(np.int64)
        return starts


def _smallest(counts: npt.NDArray[np.number]) -> npt.NDArray[np.unsignedinteger]:
    """Return counts in the smallest unsigned type that can hold the largest of them."""
    smallest: npt.NDArray[np.unsignedinteger] = counts.astype(np.min_scalar_type(int(counts.max(initial=0))))
    return smallest
