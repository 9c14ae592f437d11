"""BM25 over stemmed words through bm25s, its only importer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

from index.errors import DamagedIndex
from index.manifest import MEND
from index.term_counts import Formula, TermCounts, idf
from index.types import Rows

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by did do does for from had has have how i if in into is it its of on or our s
    so such t that the their them then there these they this to was we were what when where which who whom why
    will with would you your about any can could should than also more most some
    """.split()  # noqa: SIM905 - a list this long reads better as text
)
"""English function words and the words that questions are asked with."""


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """The stemmed words of a text, without function words."""
    return [term for word in _WORD.findall(text.lower().replace("-", " ")) if (term := _term(word))]


@lru_cache(maxsize=1 << 17)
def _term(word: str) -> str:
    """A word's stem; empty for a function word. Reports use the same words over and over."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in _FUNCTION_WORDS:
        return ""
    stem: str = _stemmer().stemWord(word)
    return stem


class SparseIndex:
    """Texts by row number, ranked by BM25 (Robertson, with Lucene's idf; k1 = 1.5, b = 0.75)."""

    def __init__(self, index: bm25s.BM25, texts: int | None = None) -> None:
        self._index = index
        self._texts = int(index.scores["num_docs"]) if texts is None else texts
        """Texts that count: as many as there are rows, but where only some of them are looked at."""

    @classmethod
    def build(cls, texts: Sequence[str]) -> SparseIndex:
        """Index texts; row i is text i."""
        index = bm25s.BM25(method="lucene")
        numbers: dict[str, int] = {}
        rows = [[numbers.setdefault(t, len(numbers)) for t in terms(text) or ["∅"]] for text in texts]
        index.index((rows, numbers), show_progress=False)
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> SparseIndex:
        """Map an index that :meth:`save` wrote."""
        try:
            return cls(bm25s.BM25.load(str(folder), mmap=True))
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {MEND}") from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        self._index.save(str(folder), show_progress=False)

    def among(self, rows: npt.NDArray[np.bool_]) -> SparseIndex:
        """The same rows with the scores that an index of some of them alone gives; the others share no term with any.

        Raises DamagedIndex where the scores are not what was written.
        """
        whole = self._index
        formula = Formula(whole.k1, whole.b)
        counts = TermCounts.read(whole.scores, self._texts, formula).among(rows)
        index = bm25s.BM25(method="lucene")
        index.scores = {
            "data": counts.scores(formula),
            "indices": counts.rows,
            "indptr": counts.starts,
            "num_docs": whole.scores["num_docs"],
        }
        index.vocab_dict, index.nonoccurrence_array = whole.vocab_dict, None
        return SparseIndex(index, counts.texts)

    def holds(self, term: str) -> bool:
        """Whether any text holds a stemmed word."""
        return self._holding(term) > 0

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a stemmed word, as BM25 has it; highest for a word that no text holds."""
        return idf(self._holding(term), self._texts)

    def _holding(self, term: str) -> int:
        """How many texts hold a stemmed word."""
        column = self._index.vocab_dict.get(term)
        if column is None:
            return 0
        starts = self._index.scores["indptr"]
        return int(starts[column + 1] - starts[column])

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """The score of every row for a text; 0 where they share no term."""
        known = [term for term in terms(text) if self.holds(term)]
        if not known:
            return np.zeros(int(self._index.scores["num_docs"]), dtype=np.float32)
        found: npt.NDArray[np.float32] = self._index.get_scores(known).astype(np.float32)
        return found


def best_rows(scores: npt.NDArray[np.float32], k: int, allowed: npt.NDArray[np.bool_] | None = None) -> Rows:
    """The ``k`` best allowed rows that have a score above nothing; ties by row."""
    rows = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    order: Rows = rows[np.lexsort((rows, -scores[rows]))][:k].astype(np.int64)
    return order
