"""Ranks passages and sentences by meaning, using the cosines between their vectors and the vector of the question."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.search.dense import DenseIndex
from index.storage.manifest import PASSAGES, SENTENCES
from index.types import Encoder, PairVectors, Rows, Vectors

Similarities = tuple[float, tuple[float, ...]]
"""The cosine for a passage, and the cosines for its sentences."""
DEPTH = 200
"""Number of passages taken from each ranking before fusion."""
SENTENCE_DEPTH = 600
"""Number of sentences taken from the sentence ranking. A passage has about five sentences, and we use only the best
one."""
Allowed = npt.NDArray[np.bool_] | None
"""For each row, whether a search may return that row. None allows all rows."""


class _PendingVector:
    """A vector that is being computed. The first thread that asks for it waits, and the others share the result."""

    def __init__(self, wait: Callable[[], Vectors]) -> None:
        self._wait: Callable[[], Vectors] | None = wait
        self._vector: Vectors | None = None
        self._lock = threading.Lock()

    def vector(self) -> Vectors:
        """Return the vector. Raises RuntimeError if an earlier attempt failed."""
        with self._lock:
            if wait := self._wait:
                self._wait = None
                self._vector = wait()
            if self._vector is None:
                raise RuntimeError("this text could not be embedded")
            return self._vector


class SemanticIndex:
    """The vectors of one build, and the encoder for questions."""

    def __init__(self, encoder: Encoder, passages: DenseIndex, sentences: DenseIndex, first_sentence: Rows) -> None:
        self._encoder = encoder
        self._passages = passages
        self._sentences = sentences
        self._first_sentence = first_sentence
        self._sentence_counts = np.diff(np.append(first_sentence, len(sentences)))
        self._pending = lru_cache(maxsize=16)(lambda text: _PendingVector(encoder.begin_query(text)))
        """Vectors of recent texts. One question may consist of several texts."""

    @classmethod
    def open(cls, folder: Path, encoder: Encoder, first_sentence: Rows) -> SemanticIndex:
        """Open the vectors in the folder of a build. Raises DamagedIndex."""
        return cls(encoder, DenseIndex.open(folder / PASSAGES), DenseIndex.open(folder / SENTENCES), first_sentence)

    def with_own_cache(self) -> SemanticIndex:
        """Return the same index with a new cache.

        With a shared cache, the time that a question takes would show what others asked.
        """
        return SemanticIndex(self._encoder, self._passages, self._sentences, self._first_sentence)

    def start_encoding(self, text: str) -> None:
        """Start embedding a text that a search will need, and return at once."""
        self._pending(text)

    def rankings(self, text: str, allowed: Allowed) -> dict[str, list[int]]:
        """Return two rankings of passages by row, nearest first: by their own vectors and by their best sentences."""
        vector = self._vector(text)
        return {
            "dense": self._passages.search(vector, DEPTH, allowed)[0].tolist(),
            "sentence": self._rows_by_sentence(vector, allowed),
        }

    def scores(self, text: str, rows: Rows) -> Mapping[str, npt.NDArray[np.float32]]:
        """Return the cosines for the given passages, and the cosines for their best sentences."""
        vector = self._vector(text)
        return {
            "dense": self._passages.vectors(rows) @ vector[0],
            "sentence": self._best_sentence_cosines(rows, vector),
        }

    def nearest_cosine(self, text: str, allowed: Allowed) -> float:
        """Return the cosine for the nearest sentence, or 0 if there is none."""
        _, cosines = self._sentences.search(self._vector(text), 1, self._allowed_sentences(allowed))
        return float(cosines.max(initial=0.0))

    def similarities(self, text: str, rows: Rows) -> list[Similarities]:
        """Return the cosines for the given passages and their sentences."""
        vector, counts = self._vector(text)[0], self._sentence_counts[rows]
        passage_cosines = (self._passages.vectors(rows) @ vector).tolist()
        sentence_cosines = (self._sentences.vectors(self._sentence_rows(rows)) @ vector).tolist()
        ends = np.cumsum(counts).tolist()
        spans = zip([0, *ends], ends, strict=False)
        return [
            (cosine, tuple(sentence_cosines[start:end]))
            for cosine, (start, end) in zip(passage_cosines, spans, strict=True)
        ]

    def sentence_vectors(self, places: Sequence[tuple[int, int]]) -> Vectors:
        """Return the vectors of sentences as stored.

        Each place is the row of a passage and the index of a sentence in that passage, from 0.
        """
        rows = [int(self._first_sentence[row]) + number for row, number in places]
        return self._sentences.vectors(np.array(rows, dtype=np.int64))

    def pair_vectors(self, text: str, places: Sequence[tuple[int, int]], cosines: Sequence[float]) -> PairVectors:
        """Return the vectors of a text and of sentences.

        The places have the same form as for :meth:`sentence_vectors`.
        """
        return PairVectors(self._vector(text), self.sentence_vectors(places), cosines)

    def _vector(self, text: str) -> Vectors:
        """Return the vector of a text, in the shape (1, dimension)."""
        return self._pending(text).vector()

    def _rows_by_sentence(self, vector: Vectors, allowed: Allowed) -> list[int]:
        """Return the rows of passages, in the order of their best sentences."""
        sentences, _ = self._sentences.search(vector, SENTENCE_DEPTH, self._allowed_sentences(allowed))
        rows = np.searchsorted(self._first_sentence, sentences, side="right") - 1
        return list(dict.fromkeys(rows.tolist()))[:DEPTH]

    def _allowed_sentences(self, allowed: Allowed) -> Allowed:
        return None if allowed is None else np.repeat(allowed, self._sentence_counts)

    def _best_sentence_cosines(self, rows: Rows, vector: Vectors) -> npt.NDArray[np.float32]:
        """For each passage, return the cosine for its nearest sentence. 0 if the passage has no sentences."""
        counts = self._sentence_counts[rows]
        best = np.zeros(len(rows), dtype=np.float32)
        with_sentences = np.flatnonzero(counts)
        if len(with_sentences):
            cosines = self._sentences.vectors(self._sentence_rows(rows[with_sentences])) @ vector[0]
            starts = np.cumsum(counts[with_sentences]) - counts[with_sentences]
            best[with_sentences] = np.maximum.reduceat(cosines, starts)
        return best

    def _sentence_rows(self, rows: Rows) -> Rows:
        """Return the rows of all the sentences in the given passages, one passage after another."""
        counts = self._sentence_counts[rows]
        starts = np.cumsum(counts) - counts
        sentence_rows: Rows = np.repeat(self._first_sentence[rows] - starts, counts) + np.arange(counts.sum())
        return sentence_rows
