"""Nearest vectors by inner product through FAISS, its only importer: none is passed over.

Vectors are kept in half precision, or in eight bits a number where whoever indexes them knows how far their numbers go.
Eight bits put a cosine out by 0.0007 (standard deviation), as much as computing the vectors in bf16 does.
"""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.storage.manifest import MEND
from index.types import Rows, Vectors

faiss.omp_set_num_threads(1)  # its threads keep the processors busy while they wait, and one query has work for one

Codes = npt.NDArray[np.uint8]
"""Vectors as they are stored, by row."""
UNIT_TOLERANCE = 1e-2
"""A vector's length may differ from 1 by this much: half precision rounds."""


class DenseIndex:
    """Vectors by row number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, reach: float | None = None) -> DenseIndex:
        """Index vectors; row i is vector i. Raises ValueError where one is not of length 1.

        ``reach`` is how far from 0 their numbers go: what is further is kept as that. None: half precision.
        """
        lengths = np.linalg.norm(vectors, axis=1)
        if len(vectors) and np.abs(lengths - 1).max() > UNIT_TOLERANCE:
            raise ValueError("inner product measures similarity only between vectors of length 1")
        index = _empty(vectors.shape[1], reach)
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def of_codes(cls, codes: Codes, dimension: int, reach: float | None = None) -> DenseIndex:
        """The same of vectors that were indexed before, as they are stored."""
        index = _empty(dimension, reach)
        index.add_sa_codes(np.ascontiguousarray(codes))
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
    def codes(self) -> Codes:
        """All vectors as they are stored, by row."""
        codes: Codes = faiss.vector_to_array(faiss.downcast_index(self._index).codes)  # type: ignore[attr-defined]  # stubs: the base class alone
        return codes.reshape(len(self), self._index.sa_code_size())

    @property
    def reach(self) -> float | None:
        """How far from 0 the numbers go that it was made for; None where they are kept in half precision."""
        quantizer = faiss.downcast_index(self._index).sq  # type: ignore[attr-defined]  # as above
        if quantizer.qtype == faiss.ScalarQuantizer.QT_fp16:
            return None
        return -float(faiss.vector_to_array(quantizer.trained)[0])

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


def _empty(dimension: int, reach: float | None) -> faiss.IndexScalarQuantizer:
    """An index of no vectors. FAISS takes the ends of what it is trained on for the ends of what there is."""
    kind = faiss.ScalarQuantizer.QT_fp16 if reach is None else faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    ends = np.array([], dtype=np.float32) if reach is None else np.array([-reach, reach], dtype=np.float32)
    index.train(np.repeat(ends[:, None], dimension, axis=1))
    return index
