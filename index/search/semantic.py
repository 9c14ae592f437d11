"""Passages and their sentences by what they mean: how near their vectors are to a question's."""

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

Likeness = tuple[float, tuple[float, ...]]
"""The cosine of a passage, and those of its sentences."""
DEPTH = 200
"""Passages taken from each ranking before fusion."""
SENTENCE_DEPTH = 600
"""Sentences taken before they are counted by passage: a passage has about five."""
Allowed = npt.NDArray[np.bool_] | None
"""For each row, whether it may be found; None where all may."""


class _Awaited:
    """A vector that was begun, and is waited for once, however many ask for it."""

    def __init__(self, wait: Callable[[], Vectors]) -> None:
        self._wait: Callable[[], Vectors] | None = wait
        self._found: Vectors | None = None
        self._lock = threading.Lock()

    def vector(self) -> Vectors:
        """What came of it. Raises RuntimeError where nothing did."""
        with self._lock:
            if wait := self._wait:
                self._wait = None
                self._found = wait()
            if self._found is None:
                raise RuntimeError("this text could not be embedded")
            return self._found


class Meaning:
    """The vectors of one build, and the encoder of questions to them."""

    def __init__(self, encoder: Encoder, passages: DenseIndex, sentences: DenseIndex, first_sentence: Rows) -> None:
        self._encoder = encoder
        self._passages = passages
        self._sentences = sentences
        self._first = first_sentence
        self._counts = np.diff(np.append(first_sentence, len(sentences)))
        self._awaited = lru_cache(maxsize=16)(lambda text: _Awaited(encoder.begin_query(text)))  # a question's parts

    @classmethod
    def open(cls, folder: Path, encoder: Encoder, first_sentence: Rows) -> Meaning:
        """Open the vectors in a build's folder. Raises DamagedIndex."""
        return cls(encoder, DenseIndex.open(folder / PASSAGES), DenseIndex.open(folder / SENTENCES), first_sentence)

    def apart(self) -> Meaning:
        """The same vectors for other people: how soon theirs are answered does not tell what questions were asked."""
        return Meaning(self._encoder, self._passages, self._sentences, self._first)

    def start_encoding(self, text: str) -> None:
        """Begin to embed a text that will be asked about, while others go on."""
        self._awaited(text)

    def rankings(self, text: str, allowed: Allowed) -> dict[str, list[int]]:
        """Rows of passages, nearest first: by themselves, and by their best sentence."""
        vector = self._vector(text)
        return {
            "dense": self._passages.search(vector, DEPTH, allowed)[0].tolist(),
            "sentence": self._by_sentence(vector, allowed),
        }

    def scores(self, text: str, rows: Rows) -> Mapping[str, npt.NDArray[np.float32]]:
        """The cosines of some passages, and those of their best sentences."""
        vector = self._vector(text)
        return {"dense": self._passages.vectors(rows) @ vector[0], "sentence": self._best_sentences(rows, vector)}

    def nearest_cosine(self, text: str, allowed: Allowed) -> float:
        """The cosine of the nearest sentence; 0 where there is none."""
        _, cosines = self._sentences.search(self._vector(text), 1, self._of_sentences(allowed))
        return float(cosines.max(initial=0.0))

    def likeness(self, text: str, rows: Rows) -> list[Likeness]:
        """The cosine of each of some passages, with those of its sentences."""
        vector, counts = self._vector(text)[0], self._counts[rows]
        own = (self._passages.vectors(rows) @ vector).tolist()
        each = (self._sentences.vectors(self._sentence_rows(rows)) @ vector).tolist()
        ends = np.cumsum(counts).tolist()
        spans = zip([0, *ends], ends, strict=False)
        return [(cosine, tuple(each[start:end])) for cosine, (start, end) in zip(own, spans, strict=True)]

    def pair_vectors(self, text: str, places: Sequence[tuple[int, int]], cosines: Sequence[float]) -> PairVectors:
        """The vectors of a text and of sentences, each given by its passage's row and its number there."""
        rows = [int(self._first[row]) + number for row, number in places]
        return PairVectors(self._vector(text), self._sentences.vectors(np.array(rows, dtype=np.int64)), cosines)

    def _vector(self, text: str) -> Vectors:
        """(1, dimension)."""
        return self._awaited(text).vector()

    def _by_sentence(self, vector: Vectors, allowed: Allowed) -> list[int]:
        """Rows of passages in the order of their best sentence."""
        sentences, _ = self._sentences.search(vector, SENTENCE_DEPTH, self._of_sentences(allowed))
        rows = np.searchsorted(self._first, sentences, side="right") - 1
        return list(dict.fromkeys(rows.tolist()))[:DEPTH]

    def _of_sentences(self, allowed: Allowed) -> Allowed:
        """The same for each sentence."""
        return None if allowed is None else np.repeat(allowed, self._counts)

    def _best_sentences(self, rows: Rows, vector: Vectors) -> npt.NDArray[np.float32]:
        """Of each passage, the cosine of its nearest sentence; 0 where it has none."""
        counts = self._counts[rows]
        best = np.zeros(len(rows), dtype=np.float32)
        held = np.flatnonzero(counts)
        if len(held):
            cosines = self._sentences.vectors(self._sentence_rows(rows[held])) @ vector[0]
            best[held] = np.maximum.reduceat(cosines, np.cumsum(counts[held]) - counts[held])
        return best

    def _sentence_rows(self, rows: Rows) -> Rows:
        """The rows of all sentences of some passages, one passage after another."""
        counts = self._counts[rows]
        starts = np.cumsum(counts) - counts
        found: Rows = np.repeat(self._first[rows] - starts, counts) + np.arange(counts.sum())
        return found
