"""BM25 over stemmed words through bm25s, its only importer."""

from __future__ import annotations

import math
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

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index

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

    def holds(self, term: str) -> bool:
        """Whether any text holds a stemmed word."""
        return term in self._index.vocab_dict

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a stemmed word, as BM25 has it; highest for a word that no text holds."""
        column = self._index.vocab_dict.get(term)
        indptr = self._index.scores["indptr"]
        held = int(indptr[column + 1] - indptr[column]) if column is not None else 0
        count = int(self._index.scores["num_docs"])
        return math.log(1 + (count - held + 0.5) / (held + 0.5))

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """The score of every row for a text; 0 where they share no term."""
        known = [term for term in terms(text) if term in self._index.vocab_dict]
        if not known:
            return np.zeros(int(self._index.scores["num_docs"]), dtype=np.float32)
        found: npt.NDArray[np.float32] = self._index.get_scores(known).astype(np.float32)
        return found


def best_rows(scores: npt.NDArray[np.float32], k: int, allowed: npt.NDArray[np.bool_] | None = None) -> Rows:
    """The ``k`` best allowed rows that have a score above nothing; ties by row."""
    rows = np.flatnonzero(scores > 0 if allowed is None else (scores > 0) & allowed)
    order: Rows = rows[np.lexsort((rows, -scores[rows]))][:k].astype(np.int64)
    return order
