"""Computes the vector of a passage from the vectors of its sentences and headings, so that no text is embedded twice.

The encoder's own vector for a whole passage is nearly the same (cosine 0.9). But to compute it, the encoder would have
to read all the word pieces a second time. docs/adr/0023 has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.types import Rows, Vectors

HEADING = 2.0
"""Weight of a heading, as a multiple of the weight of a sentence of the same length."""


def weights(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return the weight of each text: the square root of its length.

    A text that is twice as long does not say twice as much.
    """
    return np.sqrt(np.array([len(text) for text in texts], dtype=np.float32))


def pooled(parts: Vectors, weight: npt.NDArray[np.float32], rows: Rows, count: int) -> Vectors:
    """Return the unit vectors of passages, in the shape (count, dimension).

    For each part, ``rows`` has the row of the passage that it belongs to. A passage without parts gets zeros.
    """
    total = np.zeros((count, parts.shape[1]), dtype=np.float32)
    np.add.at(total, rows, parts * weight[:, None])
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    unit: Vectors = np.divide(total, lengths, out=total, where=lengths > 0)
    return unit
