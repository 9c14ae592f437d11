"""Index builders for measurements, with the real encoder or a quick one."""

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
    """A quick encoder for measurements in which meaning does not matter.

    It counts the words in a text by their hashes.
    """

    revision: str = "hashing-1"
    name: str = "hashing"
    dimension: int = 64
    max_tokens: int = 256

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        return np.stack([self._vector(text) for text in texts])

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """Return a function that returns the vector of a question."""
        return lambda: self.encode_query([text])

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages or sentences."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = np.zeros(self.dimension, dtype=np.float32)
        for word in text.lower().split() or [""]:
            vector[zlib.crc32(word.encode()) % self.dimension] += 1
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


def ignore_progress(stage: str, done: int, total: int) -> None:
    """Ignore a progress update."""


def builder_of(root: Path, encoder: Encoder, precision: str = "fp32") -> Builder:
    """Return a builder for a data folder. The builder reports no progress."""
    return Builder(DataFolder.prepare(root), encoder, default_folder(), precision, ignore_progress)


def upkeep_of(root: Path, encoder: Encoder, precision: str = "fp32") -> Updater:
    """Return an updater, which keeps the index in a data folder up to date."""
    return Updater(DataFolder.prepare(root), lambda: builder_of(root, encoder, precision), "proof")
