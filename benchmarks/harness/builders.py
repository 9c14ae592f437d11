"""Builds for proofs: by the real encoder, or by one that is quick where meaning does not matter."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.building.build import Builder
from index.encoding.encoder_files import default_folder
from index.storage.data_folder import DataFolder
from index.types import Encoder, Vectors
from qa_service.maintenance.updates import Updater


@dataclass(frozen=True, slots=True)
class HashingEncoder:
    """Vectors of hashed words: the same for the same words, and made at once."""

    revision: str = "hashing-1"
    name: str = "hashing"
    dimension: int = 64
    max_tokens: int = 256

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return np.stack([self._vector(text) for text in texts])

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """The vector of a question."""
        return lambda: self.encode_query([text])

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages or sentences."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = np.zeros(self.dimension, dtype=np.float32)
        for word in text.lower().split() or [""]:
            vector[zlib.crc32(word.encode()) % self.dimension] += 1
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


def quiet(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def builder_of(root: Path, encoder: Encoder, precision: str = "fp32") -> Builder:
    """What builds an index in a folder with an encoder, untold."""
    return Builder(DataFolder.prepare(root), encoder, default_folder(), precision, quiet)


def keeper_of(root: Path, encoder: Encoder, precision: str = "fp32") -> Updater:
    """What keeps the index in a folder with an encoder."""
    return Updater(DataFolder.prepare(root), lambda: builder_of(root, encoder, precision), "proof")
