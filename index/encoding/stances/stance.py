"""Decides whether a sentence praises or criticises, whatever it is about.

Logistic regressions read the words of a sentence and its vector. One gives the probability that the sentence praises,
and the other the probability that it criticises. ``benchmarks/remarks`` trains them on sentences that people labelled.
The module ``mentions`` decides whether a sentence praises or criticises a theme.
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
"""Sentence vectors are multiplied by this before they are joined to words, whose weights have length 1.

The values 1, 2 and 4 gave nearly the same results on the training reports, by cross-validation over reports.
"""
_WORD = re.compile(r"\w\w+")
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordWeights:
    """Weights of words and pairs of words.

    They multiply the values that scikit-learn's TfidfVectorizer computes with sublinear term frequencies.
    """

    columns: Mapping[str, int]
    """Words and pairs of words, with their rows in ``weights``."""
    rarity: Numbers
    """The inverse document frequency of each word and pair."""
    weights: Numbers
    """The weights, in the shape (words, stances)."""

    @classmethod
    def of(cls, terms: str, rarity: Numbers, weights: Numbers) -> WordWeights:
        """Return the weights of words and pairs of words, which ``terms`` lists on separate lines."""
        return cls({term: column for column, term in enumerate(terms.split("\n"))}, rarity, weights)

    def logits(self, sentence: str) -> Numbers:
        """Return what the words of a sentence add to the logit of each stance."""
        counts = Counter(self.columns[term] for term in terms_of(sentence) if term in self.columns)
        if not counts:
            return np.zeros(self.weights.shape[1], dtype=np.float32)
        columns = np.fromiter(counts, dtype=np.int64)
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self.rarity[columns]
        return np.asarray(values @ self.weights[columns] / np.linalg.norm(values), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class StanceModel:
    """The trained weights. Without weights for vectors, the model reads only words."""

    words: WordWeights
    bias: Numbers
    vectors: Numbers | None = None
    """Weights of a sentence's vector, in the shape (dimension, stances)."""

    def stances(self, sentences: Sequence[str], vectors: Vectors) -> Numbers:
        """Return the probability of each stance for each sentence, in the shape (sentences, stances)."""
        logits = np.tile(self.bias, (len(sentences), 1))
        if self.vectors is not None:
            logits += VECTOR_SCALE * (vectors @ self.vectors)
        for row, sentence in enumerate(sentences):
            logits[row] += self.words.logits(sentence)
        return probability(logits)


def terms_of(sentence: str) -> list[str]:
    """Return the words of a sentence in small letters, and the pairs of consecutive words."""
    words = _WORD.findall(sentence.lower())
    return [*words, *map(" ".join, pairwise(words))]


def probability(logits: npt.NDArray[np.floating]) -> Numbers:
    """Return the probabilities for the given logits."""
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)


@cache
def stance_model(revision: str) -> StanceModel:
    """Return the model for a revision of the encoder.

    For an encoder that it was not trained with, it reads only words.
    """
    with as_file(files("index").joinpath(WEIGHTS)) as path, safe_open(path, framework="numpy") as file:

        def tensor(name: str) -> Numbers:
            return np.asarray(file.get_tensor(name), dtype=np.float32)

        metadata = file.metadata() or {}
        with_vectors = metadata.get("encoder") == revision
        kind = "both" if with_vectors else "words"
        return StanceModel(
            words=WordWeights.of(metadata["terms"], tensor("rarity"), tensor(f"{kind}.words")),
            bias=tensor(f"{kind}.bias"),
            vectors=tensor("both.vectors") if with_vectors else None,
        )
