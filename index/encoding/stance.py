"""Decides whether a sentence praises or criticises, and whether it is really about a theme whose words it contains.

Logistic regressions read the words of a sentence and its vector. One gives the probability that the sentence praises,
and one that it criticises. For each theme, another one gives the probability that a sentence with words of the theme
says something about it. ``benchmarks/remarks`` trains them on sentences that people labelled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from index.types import Stance, Vectors

WEIGHTS = "data/stance.safetensors"
STANCES = tuple(Stance)
"""The stances in the order of the columns of all arrays here."""
VECTOR_SCALE = 2.0
"""Sentence vectors are multiplied by this before they are put next to words, whose weights have length 1.

The values 1, 2 and 4 gave nearly the same results on the training reports, by cross-validation over reports.
"""
_WORD = re.compile(r"\w\w+")
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StanceModel:
    """The trained weights. Without weights for vectors, the model reads only words."""

    columns: Mapping[str, int]
    """Words and pairs of words, with their rows in ``words``."""
    rarity: Numbers
    """The inverse document frequency of each word and pair."""
    words: Numbers
    """Weights of the words and pairs, in the shape (words, stances)."""
    bias: Numbers
    vectors: Numbers | None = None
    """Weights of a sentence's vector, in the shape (dimension, stances)."""
    themes: Mapping[str, Numbers] | None = None
    """For each theme, the weights of a sentence's vector and of its stances, and then the bias."""

    def stances(self, sentences: Sequence[str], vectors: Vectors) -> Numbers:
        """Return the probability of each stance for each sentence, in the shape (sentences, stances)."""
        logits = np.tile(self.bias, (len(sentences), 1))
        if self.vectors is not None:
            logits += VECTOR_SCALE * (vectors @ self.vectors)
        for row, sentence in enumerate(sentences):
            logits[row] += self._of_words(sentence)
        return _probability(logits)

    def is_about(self, theme: str, vectors: Vectors, stances: Numbers) -> Numbers:
        """Return the probability that sentences with words of a theme are about it, or 1 for an unknown theme."""
        weights = (self.themes or {}).get(theme)
        if weights is None:
            return np.ones(len(vectors), dtype=np.float32)
        return _probability(np.hstack([VECTOR_SCALE * vectors, stances]) @ weights[:-1] + weights[-1])

    def _of_words(self, sentence: str) -> Numbers:
        counts = Counter(self.columns[term] for term in terms_of(sentence) if term in self.columns)
        if not counts:
            return np.zeros(len(STANCES), dtype=np.float32)
        columns = np.fromiter(counts, dtype=np.int64)
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self.rarity[columns]
        return np.asarray(values @ self.words[columns] / np.linalg.norm(values), dtype=np.float32)


def terms_of(sentence: str) -> list[str]:
    """Return the words of a sentence in small letters, and the pairs of consecutive words."""
    words = _WORD.findall(sentence.lower())
    return [*words, *map(" ".join, pairwise(words))]


@cache
def stance_model(revision: str) -> StanceModel:
    """Return the model for a revision of the encoder. For an encoder that it does not know, it reads only words."""
    with as_file(files("index").joinpath(WEIGHTS)) as path, safe_open(path, framework="numpy") as file:

        def tensor(name: str) -> Numbers:
            return np.asarray(file.get_tensor(name), dtype=np.float32)

        metadata = file.metadata() or {}
        with_vectors = metadata.get("encoder") == revision
        kind = "both" if with_vectors else "words"
        themes = metadata["themes"].split() if with_vectors else []
        return StanceModel(
            columns={term: column for column, term in enumerate(metadata["terms"].split("\n"))},
            rarity=tensor("rarity"),
            words=tensor(f"{kind}.words"),
            bias=tensor(f"{kind}.bias"),
            vectors=tensor("both.vectors") if with_vectors else None,
            themes={theme: tensor(f"theme.{theme}") for theme in themes},
        )


def _probability(logits: npt.NDArray[np.floating]) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
