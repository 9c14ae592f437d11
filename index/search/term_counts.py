"""BM25 over some of an index's texts: its scores hold the counts that they were made of.

A score is idf · count / (K + count), where K grows with the text's length. So a text's scores give its length, its
length gives K, and K its counts: no text need be read again, and nothing but the scores need be kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.storage.manifest import MEND
from index.types import Rows

_HALVINGS = 80
_FAR_OFF = 0.01
"""A count, or a length, that is this far from a whole number was not one."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Formula:
    """The constants of BM25: how soon a further mention counts no more, and how much a long text is held back."""

    k1: float
    b: float

    def pull(self, lengths: Numbers, average: float) -> Numbers:
        """K of texts of some lengths."""
        return self.k1 * ((1 - self.b) + self.b * lengths / average)

    def lengths(self, sums: Numbers) -> Numbers:
        """The lengths of texts from their sums of count / K.

        Each such sum is length / K, so that a length follows from the average one, and the higher the average the less
        the lengths: the average that they have themselves lies between bounds that halving closes in on.
        """
        low = self.k1 * self.b * float(sums.max())
        high = low / self.b  # the longest text is no shorter than the average
        for _ in range(_HALVINGS):
            average = (low + high) / 2
            if self._at(sums, average).mean() > average:
                low = average
            else:
                high = average
        return self._at(sums, high)

    def _at(self, sums: Numbers, average: float) -> Numbers:
        return 1 / (1 / (self.k1 * (1 - self.b) * sums) - self.b / ((1 - self.b) * average))


@dataclass(frozen=True, slots=True)
class Scores:
    """What each word adds to the score of each text that holds it: a sparse matrix by columns of words."""

    data: npt.NDArray[np.float32]
    indices: npt.NDArray[np.int32]
    """The row of each number of ``data``."""
    starts: npt.NDArray[np.int64]
    """Where each word's numbers start, and at last where they end."""
    rows: int


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How often each text holds each word: by column of words, in each column by row, as bm25s keeps its scores."""

    counts: npt.NDArray[np.float32]
    rows: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    """Where each word's counts start, and at last where they end."""
    lengths: Numbers
    """Words of each row's text; 0 for a row that is left out."""

    @classmethod
    def none(cls) -> TermCounts:
        """Those of no texts."""
        empty = np.empty(0, dtype=np.float32), np.empty(0, dtype=np.int32), np.zeros(1, dtype=np.int64)
        return cls(*empty, np.empty(0))

    @classmethod
    def read(cls, scores: Scores, texts: int, formula: Formula) -> TermCounts:
        """Those that the scores of so many texts were made of.

        Raises DamagedIndex where the same scores do not come of them again, to the last bit.
        """
        rows, starts = scores.indices, scores.starts
        if not len(rows):
            return cls(np.empty(0, dtype=np.float32), rows, starts, np.zeros(scores.rows))
        share = scores.data / _idf_of_each(starts, texts).astype(np.float64)
        ratios = share / (1 - share)
        sums: Numbers = np.bincount(rows, weights=ratios, minlength=scores.rows).astype(np.float64)
        held = sums > 0
        lengths: Numbers = np.zeros(len(sums))
        lengths[held] = _whole(formula.lengths(sums[held]))
        counts = _whole(ratios * formula.pull(lengths, float(lengths[held].mean()))[rows])
        read = cls(counts.astype(np.float32), rows, starts, lengths)
        if not np.array_equal(read.scores(formula), scores.data):
            raise _unreadable()
        return read

    def among(self, rows: npt.NDArray[np.bool_]) -> TermCounts:
        """The same of some rows alone."""
        kept = rows[self.rows]
        starts = np.concatenate(([0], np.cumsum(kept)))[self.starts]
        return TermCounts(self.counts[kept], self.rows[kept], starts, np.where(rows, self.lengths, 0.0))

    def moved(self, places: Rows) -> TermCounts:
        """The same under other rows; -1 where one is gone. Rows of a column may then be out of order."""
        rows = places[self.rows]
        kept = rows >= 0
        starts = np.concatenate(([0], np.cumsum(kept)))[self.starts]
        lengths = np.zeros(places.max(initial=-1) + 1)
        lengths[places[places >= 0]] = self.lengths[places >= 0]
        return TermCounts(self.counts[kept], rows[kept].astype(np.int32), starts, lengths)

    def merged(self, numbers: Sequence[int], new: Sequence[tuple[int, int, int]], words: int) -> TermCounts:
        """These, each column under its number among so many words, with other counts: word, row and count of each."""
        columns, rows, counts = np.array(new, dtype=np.int64).reshape(-1, 3).T
        columns = np.concatenate([np.repeat(np.array(numbers, dtype=np.int64), np.diff(self.starts)), columns])
        rows, counts = np.concatenate([self.rows, rows]), np.concatenate([self.counts, counts])
        order = np.lexsort((rows, columns))
        lengths: Numbers = np.bincount(rows, weights=counts).astype(np.float64)
        starts = np.concatenate(([0], np.cumsum(np.bincount(columns, minlength=words)))).astype(np.int64)
        return TermCounts(counts[order].astype(np.float32), rows[order].astype(np.int32), starts, lengths)

    @property
    def texts(self) -> int:
        """How many texts there are: one without words counts, too, as bm25s is given a mark for it."""
        return int(np.count_nonzero(self.lengths))

    def scores(self, formula: Formula) -> npt.NDArray[np.float32]:
        """The score of each count, computed as bm25s does: the same to the last bit."""
        if not len(self.counts):
            return np.empty(0, dtype=np.float32)
        pull = formula.pull(self.lengths, float(self.lengths[self.lengths > 0].mean()))[self.rows]
        scores = _idf_of_each(self.starts, self.texts) * (self.counts / (pull + self.counts))
        return scores.astype(np.float32)


def idf(holding: int, texts: int) -> float:
    """Inverse document frequency of a word that some of the texts hold, in Lucene's form."""
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))


def _idf_of_each(starts: npt.NDArray[np.int64], texts: int) -> npt.NDArray[np.float32]:
    """The idf of each count's word."""
    holding = np.diff(starts)
    each, which = np.unique(holding, return_inverse=True)
    values = np.array([idf(int(number), texts) for number in each], dtype=np.float32)
    return np.repeat(values[which], holding)


def _whole(values: Numbers) -> Numbers:
    """The whole numbers that some values stand for."""
    whole = np.rint(values)
    if len(values) and not np.abs(values - whole).max() < _FAR_OFF:
        raise _unreadable()
    return whole


def _unreadable() -> DamagedIndex:
    return DamagedIndex(f"The index of words holds scores that no count of words gives. {MEND}")
