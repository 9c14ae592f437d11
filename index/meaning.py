"""Passages and their sentences by what they mean: how near their vectors are to a question's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.dense import DenseIndex
from index.manifest import PASSAGES, SENTENCES
from index.types import Encoder, Rows, Sides, Vectors

DEPTH = 200
"""Passages taken from each ranking before fusion."""
SENTENCE_DEPTH = 600
"""Sentences taken before they are counted by passage: a passage has about five."""
Allowed = npt.NDArray[np.bool_] | None
"""For each row, whether it may be found; None where all may."""


class Meaning:
    """The vectors of one build, and the encoder of questions to them."""

    def __init__(self, encoder: Encoder, passages: DenseIndex, sentences: DenseIndex, first_sentence: Rows) -> None:
        self._encoder = encoder
        self._passages = passages
        self._sentences = sentences
        self._first = first_sentence
        self._counts = np.diff(np.append(first_sentence, len(sentences)))
        self._vector = lru_cache(maxsize=16)(lambda text: encoder.encode_query([text]))  # the parts of one question

    @classmethod
    def open(cls, folder: Path, encoder: Encoder, first_sentence: Rows) -> Meaning:
        """Open the vectors in a build's folder. Raises DamagedIndex."""
        return cls(encoder, DenseIndex.open(folder / PASSAGES), DenseIndex.open(folder / SENTENCES), first_sentence)

    def apart(self) -> Meaning:
        """The same vectors for other people: how soon theirs are answered does not tell what questions were asked."""
        return Meaning(self._encoder, self._passages, self._sentences, self._first)

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

    def nearest(self, text: str, allowed: Allowed) -> float:
        """The cosine of the nearest sentence; 0 where there is none."""
        _, cosines = self._sentences.search(self._vector(text), 1, self._of_sentences(allowed))
        return float(cosines.max(initial=0.0))

    def likeness(self, text: str, row: int, sentences: int) -> tuple[float, tuple[float, ...]]:
        """The cosine of one passage, and that of each of its so many sentences."""
        vector = self._vector(text)
        first = int(self._first[row])
        sentence_rows: Rows = np.arange(first, first + sentences, dtype=np.int64)
        own = self._passages.vectors(np.array([row], dtype=np.int64)) @ vector[0]
        each = self._sentences.vectors(sentence_rows) @ vector[0]
        return float(own[0]), tuple(float(value) for value in each)

    def sides(self, text: str, places: Sequence[tuple[int, int]], cosines: Sequence[float]) -> Sides:
        """The vectors of a text and of sentences, each given by its passage's row and its number there."""
        rows = [int(self._first[row]) + number for row, number in places]
        return Sides(self._vector(text), self._sentences.vectors(np.array(rows, dtype=np.int64)), cosines)

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
            ends = np.cumsum(counts[held])
            starts = ends - counts[held]
            within = np.arange(ends[-1]) - np.repeat(starts, counts[held])
            cosines = self._sentences.vectors(np.repeat(self._first[rows[held]], counts[held]) + within) @ vector[0]
            best[held] = np.maximum.reduceat(cosines, starts)
        return best
