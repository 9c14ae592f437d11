"""BM25 over stemmed words. bm25s is the reference of the tests: the same scores to the last bit."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.search.term_counts import Formula, Scores, TermCounts, idf
from index.search.text_analysis import ANALYSIS, terms
from index.storage.manifest import MEND
from index.types import Rows

_FORMULA = Formula(k1=1.5, b=0.75)
_EMPTY = "∅"
"""The term of a text that has none: no question has it, and the text counts as one of a word."""
_ARRAYS = ("data.csc.index.npy", "indices.csc.index.npy", "indptr.csc.index.npy")
_FACTS, _WORDS, _MARK = "params.index.json", "vocab.index.json", "made.txt"
_MADE = hashlib.sha256("\n".join([*ANALYSIS, _EMPTY, str(_FORMULA)]).encode()).hexdigest()[:16]
"""Of all that decides which words a text has and what they count."""


class SparseIndex:
    """Texts by row number, ranked by BM25 (Robertson, with Lucene's idf; k1 = 1.5, b = 0.75).

    The scores are computed when an index is built; to search it is to add up columns of them. They hold the counts that
    they were made of, so that an index of other texts beside these needs those texts alone. bm25s, which computes the
    same, has no additions.
    """

    def __init__(
        self,
        scores: Scores,
        vocabulary: Mapping[str, int],
        formula: Formula,
        texts: int | None = None,
        made: str | None = None,
    ) -> None:
        self._scores = scores
        self._vocabulary = vocabulary
        self._formula = formula
        self._texts = scores.rows if texts is None else texts
        """Texts that count: as many as there are rows, but where only some of them are looked at."""
        self._made = made or _MADE

    @classmethod
    def build(cls, texts: Sequence[str]) -> SparseIndex:
        """Index texts; row i is text i."""
        return cls._counted(_FORMULA, TermCounts.none(), (), dict(enumerate(texts)))

    def changed(self, places: Rows, texts: Mapping[int, str]) -> SparseIndex:
        """The index that :meth:`build` makes where some rows have gone elsewhere, and others are new.

        ``places`` are the new rows of those that are here, -1 for one that is gone; ``texts`` the new ones by row.
        Raises DamagedIndex where the scores are not what was written.
        """
        counts = TermCounts.read(self._scores, self._texts, self._formula).moved(places)
        return self._counted(self._formula, counts, tuple(self._vocabulary), texts)

    @classmethod
    def _counted(
        cls, formula: Formula, counts: TermCounts, words: Sequence[str], texts: Mapping[int, str]
    ) -> SparseIndex:
        """From the counts of some rows, by column of words, and the texts of the others."""
        found = {row: Counter(terms(text) or [_EMPTY]) for row, text in texts.items()}
        held = {word for word, holding in zip(words, np.diff(counts.starts).tolist(), strict=True) if holding}
        numbers = {word: number for number, word in enumerate(sorted(held.union(*found.values())))}
        new = [(numbers[term], row, count) for row, each in found.items() for term, count in each.items()]
        merged = counts.merged([numbers.get(word, -1) for word in words], new, len(numbers))
        scores = Scores(merged.scores(formula), merged.rows, merged.starts, len(merged.lengths))
        return cls(scores, numbers, formula)

    @property
    def is_current(self) -> bool:
        """Whether words were cut, and scores computed, as they are now: else counts of it are of other words."""
        return self._made == _MADE

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self._scores.rows

    @classmethod
    def open(cls, folder: Path) -> SparseIndex:
        """Map an index that :meth:`save` wrote."""
        try:
            data, indices, starts = (np.load(folder / name, mmap_mode="r") for name in _ARRAYS)
            facts, vocabulary = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (_FACTS, _WORDS))
            scores = Scores(data, indices, starts, int(facts["num_docs"]))
            made = (folder / _MARK).read_text(encoding="utf-8")
            return cls(scores, vocabulary, Formula(facts["k1"], facts["b"]), made=made)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {MEND}") from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder, as bm25s does."""
        folder.mkdir(parents=True, exist_ok=True)
        scores = self._scores
        arrays: tuple[npt.NDArray[np.generic], ...] = (scores.data, scores.indices, scores.starts)
        for name, values in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / name, values)
        facts = {"k1": self._formula.k1, "b": self._formula.b, "method": "lucene", "num_docs": scores.rows}
        for name, facts_or_words in ((_FACTS, facts), (_WORDS, dict(self._vocabulary))):
            (folder / name).write_text(json.dumps(facts_or_words), encoding="utf-8")
        (folder / _MARK).write_text(self._made, encoding="utf-8")

    def among(self, rows: npt.NDArray[np.bool_]) -> SparseIndex:
        """The same rows with the scores that an index of some of them alone gives; the others share no term with any.

        Raises DamagedIndex where the scores are not what was written.
        """
        counts = TermCounts.read(self._scores, self._texts, self._formula).among(rows)
        scores = Scores(counts.scores(self._formula), counts.rows, counts.starts, self._scores.rows)
        return SparseIndex(scores, self._vocabulary, self._formula, counts.texts)

    def holds(self, term: str) -> bool:
        """Whether any text holds a stemmed word."""
        return self._holding(term) > 0

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a stemmed word, as BM25 has it; highest for a word that no text holds."""
        return idf(self._holding(term), self._texts)

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """The score of every row for a text; 0 where they share no term."""
        found = np.zeros(self._scores.rows, dtype=np.float32)
        for term in terms(text):
            of_term = self._column(term)
            found[self._scores.indices[of_term]] += self._scores.data[of_term]
        return found

    def _holding(self, term: str) -> int:
        """How many texts hold a stemmed word."""
        of_term = self._column(term)
        return int(of_term.stop - of_term.start)

    def _column(self, term: str) -> slice:
        """Where a stemmed word's scores are."""
        number = self._vocabulary.get(term)
        return slice(0, 0) if number is None else slice(*self._scores.starts[number : number + 2].tolist())


def best_rows(scores: npt.NDArray[np.float32], k: int, allowed: npt.NDArray[np.bool_] | None = None) -> Rows:
    """The ``k`` best allowed rows that have a score above nothing; ties by row."""
    rows = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    order: Rows = rows[np.lexsort((rows, -scores[rows]))][:k].astype(np.int64)
    return order
