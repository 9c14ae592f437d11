"""Finds the nearest vectors by inner product. The search is exact. This is the only module that imports FAISS.

Vectors are stored in half precision, or with eight bits for each number if a limit on the numbers is known. Using eight
bits changes a cosine by 0.0007 (standard deviation), which is as much as computing the vectors in bf16 does.
"""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.storage.manifest import REBUILD_HINT
from index.types import Rows, Vectors

faiss.omp_set_num_threads(1)  # one query needs only one thread, and idle threads would keep processors busy

Codes = npt.NDArray[np.uint8]
"""Vectors as FAISS stores them, one in each row."""
UNIT_TOLERANCE = 1e-2
"""The largest difference between a vector's length and 1 that rounding to half precision can cause."""


class DenseIndex:
    """A searchable collection of vectors, by row number."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, value_limit: float | None = None) -> DenseIndex:
        """Index vectors. Row i contains vector i. Raises ValueError if the length of a vector is not 1.

        If ``value_limit`` is given, numbers are stored in eight bits, and range from minus this limit to plus this
        limit. A number outside this range is stored as the nearest number in the range. Otherwise, numbers are stored
        in half precision.
        """
        lengths = np.linalg.norm(vectors, axis=1)
        if len(vectors) and np.abs(lengths - 1).max() > UNIT_TOLERANCE:
            raise ValueError("inner product measures similarity only between vectors of length 1")
        index = _empty(vectors.shape[1], value_limit)
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def of_codes(cls, codes: Codes, dimension: int, value_limit: float | None = None) -> DenseIndex:
        """Index vectors that are already in their stored form."""
        index = _empty(dimension, value_limit)
        index.add_sa_codes(np.ascontiguousarray(codes))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> DenseIndex:
        """Memory-map an index that :meth:`save` wrote, so that all processes share it. On Windows, read it instead."""
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if os.name == "posix" else 0))
        except RuntimeError as error:
            raise DamagedIndex(f"{path} cannot be read ({error}). {REBUILD_HINT}") from error

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def codes(self) -> Codes:
        """All vectors in their stored form."""
        codes: Codes = faiss.vector_to_array(faiss.downcast_index(self._index).codes)  # type: ignore[attr-defined]  # the stubs know only the base class
        return codes.reshape(len(self), self._index.sa_code_size())

    @property
    def value_limit(self) -> float | None:
        """Limit on the stored numbers, or None if they are in half precision."""
        quantizer = faiss.downcast_index(self._index).sq  # type: ignore[attr-defined]  # the stubs know only the base class
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
        """Return the ``k`` allowed rows nearest to a query, best first, and their cosines.

        Rows that tie are in row order.
        """
        parameters = None
        if allowed is not None:
            k = min(k, int(allowed.sum()))
            bitmap = np.packbits(allowed, bitorder="little")
            # FAISS replaces these constructors in Python, and its stubs do not describe the new ones.
            selector = faiss.IDSelectorBitmap(bitmap)  # type: ignore[call-arg,arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        k = min(k, len(self))
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        depth = k + 1
        while True:  # if rows tie for the last place, FAISS returns any of them, so we search until the tie ends
            scores, rows = self._index.search(query.reshape(1, -1), min(depth, len(self)), params=parameters)
            filled = rows[0] >= 0
            rows, scores = rows[0][filled], scores[0][filled]
            if len(rows) < depth or scores[-1] < scores[k - 1]:
                break
            depth *= 2
        order = np.lexsort((rows, -scores))[:k]
        return rows[order], scores[order]

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors in the given rows, at the precision at which they are stored."""
        if not len(rows):
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors: Vectors = self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return vectors


def _empty(dimension: int, value_limit: float | None) -> faiss.IndexScalarQuantizer:
    """Return an index without vectors. FAISS learns the range of numbers from the vectors that it is trained on."""
    kind = faiss.ScalarQuantizer.QT_fp16 if value_limit is None else faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    ends = np.array([] if value_limit is None else [-value_limit, value_limit], dtype=np.float32)
    index.train(np.repeat(ends[:, None], dimension, axis=1))
    return index
