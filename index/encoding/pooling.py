"""A passage's vector from those of its sentences and of the headings above it: nothing is embedded twice.

A passage's own vector would say nearly the same (cosine 0.9) for as many word pieces again; docs/adr/0023 has what was
tried.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.types import Rows, Vectors

HEADING = 2.0
"""How many times as much a heading counts as a sentence of its length."""


def weights(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """How much each text counts: the square root of its characters, as a longer one says more, but not as much more."""
    return np.sqrt(np.array([len(text) for text in texts], dtype=np.float32))


def pooled(parts: Vectors, weight: npt.NDArray[np.float32], rows: Rows, count: int) -> Vectors:
    """Unit vectors of so many passages: (count, dimension).

    ``rows`` says of which passage each part is; what a passage has no part of is not of length 1.
    """
    total = np.zeros((count, parts.shape[1]), dtype=np.float32)
    np.add.at(total, rows, parts * weight[:, None])
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    unit: Vectors = np.divide(total, lengths, out=total, where=lengths > 0)
    return unit
