"""Ranks texts by BM25 over stemmed words. The tests require the scores to equal those from bm25s, to the last bit."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.search.mapped_arrays import map_numbers
from index.search.term_counts import TermCounts
from index.search.text_analysis import ANALYSIS, terms
from index.storage.manifest import REBUILD_HINT
from index.types import Rows

_K1, _B = 1.5, 0.75
"""BM25's constants: k1 limits how much a repeated word adds, and b sets the penalty for a long text."""
_EMPTY = "∅"
"""The only term of a text without words. No question contains this term. It gives the text a length of one term."""
_COUNTS, _ROWS, _STARTS, _LENGTHS = "counts.npy", "rows.npy", "starts.npy", "lengths.npy"
_TERMS, _FACTS = "terms.txt", "facts.json"
_CHANGED = f"The counts of terms in the index have changed on the disk. {REBUILD_HINT}"
_CURRENT_ANALYSIS = hashlib.sha256("\n".join([*ANALYSIS, _EMPTY]).encode()).hexdigest()[:16]
"""A digest of everything that determines which terms a text has."""


class SparseIndex:
    """Texts by row number, ranked by BM25 (Robertson's formula with Lucene's idf).

    The index stores term counts, and computes the scores for a question's terms when the question is asked. If texts
    are added or left out, the scores of all other texts change. Their counts stay the same, so only new texts have to
    be read.
    """

    def __init__(
        self,
        counts: TermCounts,
        vocabulary: Mapping[str, int],
        analysis: str = _CURRENT_ANALYSIS,
        checksum: int | None = None,
    ) -> None:
        self._counts = counts
        self._vocabulary = vocabulary
        """The column of each term."""
        self._analysis = analysis
        self._checksum = checksum
        lengths = counts.lengths[counts.lengths > 0].astype(np.float64)
        self._text_count = len(lengths)
        average = float(lengths.mean()) if len(lengths) else 1.0
        self._saturation = _K1 * ((1 - _B) + _B * counts.lengths.astype(np.float64) / average)
        """For each text, the count at which a term reaches half of the highest score it can have."""

    @classmethod
    def build(cls, texts: Sequence[str]) -> SparseIndex:
        """Index texts. Row i contains text i."""
        return cls._merge_counts(TermCounts.empty(), (), dict(enumerate(texts)))

    def changed(self, new_rows: Rows, texts: Mapping[int, str]) -> SparseIndex:
        """Return the index that :meth:`build` would make after texts have been moved, removed or added.

        ``new_rows`` contains the new row of each existing text, or -1 if the text has been removed. ``texts`` contains
        the new texts by row.
        """
        return self._merge_counts(self._counts.moved(new_rows), tuple(self._vocabulary), texts)

    @classmethod
    def _merge_counts(cls, counts: TermCounts, columns: Sequence[str], texts: Mapping[int, str]) -> SparseIndex:
        """Make an index from texts already counted and from new ones. ``columns`` lists the terms that were counted."""
        new_counts = {row: Counter(terms(text) or [_EMPTY]) for row, text in texts.items()}
        in_use = {term for term, size in zip(columns, np.diff(counts.starts).tolist(), strict=True) if size}
        vocabulary = {term: column for column, term in enumerate(sorted(in_use.union(*new_counts.values())))}
        added = [(vocabulary[term], row, count) for row, of_row in new_counts.items() for term, count in of_row.items()]
        return cls(counts.merged([vocabulary.get(term, -1) for term in columns], added, len(vocabulary)), vocabulary)

    @classmethod
    def open(cls, folder: Path) -> SparseIndex:
        """Memory-map an index that :meth:`save` wrote. Raises DamagedIndex if its files cannot be read."""
        try:
            counts = TermCounts(*(map_numbers(folder / name) for name in (_COUNTS, _ROWS, _STARTS, _LENGTHS)))
            columns = (folder / _TERMS).read_text(encoding="utf-8").splitlines()
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            vocabulary = dict(zip(columns, range(len(counts.starts) - 1), strict=True))
            return cls(counts, vocabulary, str(facts["analysis"]), int(facts["checksum"]))
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {REBUILD_HINT}") from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / _COUNTS, self._counts.counts)
        np.save(folder / _ROWS, self._counts.rows)
        np.save(folder / _STARTS, self._counts.starts)
        np.save(folder / _LENGTHS, self._counts.lengths)
        (folder / _TERMS).write_text("\n".join(self._vocabulary), encoding="utf-8")
        facts = {"analysis": self._analysis, "checksum": self._counts.checksum}
        (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")

    def check(self) -> None:
        """Raise DamagedIndex if the counts have changed since :meth:`save` wrote them."""
        if self._checksum is not None and self._counts.checksum != self._checksum:
            raise DamagedIndex(_CHANGED)

    def among(self, kept: npt.NDArray[np.bool_]) -> SparseIndex:
        """Return an index of the given rows, which scores them as if there were no others. Rows keep their numbers.

        Raises DamagedIndex if the counts have changed on the disk, because the counts could then reveal the rows left
        out.
        """
        self.check()
        return SparseIndex(self._counts.only(kept), self._vocabulary, self._analysis)

    @property
    def has_current_analysis(self) -> bool:
        """Whether the current code would find the same terms in the texts."""
        return self._analysis == _CURRENT_ANALYSIS

    @property
    def rows(self) -> int:
        """Number of rows, including rows that are left out."""
        return len(self._counts.lengths)

    def contains(self, term: str) -> bool:
        """Whether any of the texts contains a term."""
        return self._text_frequency(term) > 0

    def rows_with(self, text: str) -> Rows:
        """Return the rows that contain every term of a text, in order. Empty if the text has no terms."""
        rows: Rows | None = None
        for term in dict.fromkeys(terms(text)):
            of_term = self._entries(term)[0]
            rows = of_term if rows is None else np.intersect1d(rows, of_term)
        return np.unique(rows) if rows is not None else np.empty(0, dtype=np.int64)

    def idf(self, term: str) -> float:
        """Inverse document frequency of a term, in Lucene's form. It is highest for a term that is in no text."""
        return self._idf(self._text_frequency(term))

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of every row for a text. It is 0 for a row that has no term in common with the text."""
        total = np.zeros(self.rows, dtype=np.float32)
        for term in terms(text):
            rows, counts = self._entries(term)
            idf = np.float32(self._idf(len(counts)))
            total[rows] += (idf * (counts / (self._saturation[rows] + counts))).astype(np.float32)
        return total

    def _idf(self, text_frequency: int) -> float:
        if text_frequency > self._text_count:
            raise DamagedIndex(_CHANGED)
        return math.log(1 + (self._text_count - text_frequency + 0.5) / (text_frequency + 0.5))

    def _text_frequency(self, term: str) -> int:
        """Return the number of texts that contain a term."""
        column = self._column(term)
        return int(column.stop - column.start)

    def _entries(self, term: str) -> tuple[Rows, npt.NDArray[np.unsignedinteger]]:
        """Return the rows that contain a term, and how often each does. Raises DamagedIndex if there is no such row."""
        column = self._column(term)
        rows = self._counts.rows[column].astype(np.int64)
        if len(rows) and not (rows.min() >= 0 and rows.max() < self.rows):
            raise DamagedIndex(_CHANGED)
        return rows, self._counts.counts[column]

    def _column(self, term: str) -> slice:
        """Return the slice with the entries for a term."""
        number = self._vocabulary.get(term)
        return slice(0, 0) if number is None else slice(*self._counts.starts[number : number + 2].tolist())


def best_rows(scores: npt.NDArray[np.float32], k: int, allowed: npt.NDArray[np.bool_] | None = None) -> Rows:
    """Return the ``k`` allowed rows with the best scores above 0, best first. Rows that tie are in row order."""
    rows = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    order: Rows = rows[np.lexsort((rows, -scores[rows]))][:k].astype(np.int64)
    return order
