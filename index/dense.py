"""Nearest vectors by inner product through FAISS, its only importer. Exact search over half-precision vectors."""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.manifest import MEND
from index.types import Rows, Vectors

Halves = npt.NDArray[np.float16]
"""Vectors as they are stored."""
UNIT_TOLERANCE = 1e-2
"""A vector's length may differ from 1 by this much: half precision rounds."""


class DenseIndex:
    """Vectors by row number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index vectors; row i is vector i. Raises ValueError where one is not of length 1."""
        lengths = np.linalg.norm(vectors, axis=1)
        if len(vectors) and np.abs(lengths - 1).max() > UNIT_TOLERANCE:
            raise ValueError("inner product measures similarity only between vectors of length 1")
        return cls.of_halves(vectors.astype(np.float16))

    @classmethod
    def of_halves(cls, halves: Halves) -> DenseIndex:
        """The same of vectors that were indexed before, as they are stored."""
        dimension = halves.shape[1]
        index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        index.train(np.empty((0, dimension), dtype=np.float32))
        index.add_sa_codes(np.ascontiguousarray(halves).view(np.uint8))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> DenseIndex:
        """Map an index that :meth:`save` wrote: all processes that answer hold it once. Windows reads it instead."""
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if os.name == "posix" else 0))
        except RuntimeError as error:
            raise DamagedIndex(f"{path} cannot be read ({error}). {MEND}") from error

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def halves(self) -> Halves:
        """All vectors as they are stored, by row."""
        codes: npt.NDArray[np.uint8] = faiss.vector_to_array(faiss.downcast_index(self._index).codes)  # type: ignore[attr-defined]  # stubs: the base class alone
        return codes.view(np.float16).reshape(len(self), self.dimension)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(
        self, query: Vectors, k: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """The ``k`` nearest allowed rows to one query and their cosines, best first; ties by row."""
        parameters = None
        if allowed is not None:
            k = min(k, int(allowed.sum()))
            bitmap = np.packbits(allowed, bitorder="little")
            # FAISS replaces these constructors in Python with ones that its stubs do not describe.
            selector = faiss.IDSelectorBitmap(bitmap)  # type: ignore[call-arg,arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        k = min(k, len(self))
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        reach = k + 1
        while True:  # FAISS keeps any of the rows that tie at the end: reach beyond them, then keep the first
            scores, rows = self._index.search(query.reshape(1, -1), min(reach, len(self)), params=parameters)
            found = rows[0] >= 0
            rows, scores = rows[0][found], scores[0][found]
            if len(rows) < reach or scores[-1] < scores[k - 1]:
                break
            reach *= 2
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def vectors(self, rows: Rows) -> Vectors:
        """The vectors of some rows, as stored."""
        if not len(rows):
            return np.empty((0, self.dimension), dtype=np.float32)
        stored: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return stored
