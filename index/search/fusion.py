"""Combines several scores for a passage into one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def weighted_sum(scores: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Return the weighted sum of the scores for each row. Scores without a weight are ignored.

    Scores below 0 are treated as 0. Scores that have no upper limit, such as BM25, should first go through
    :func:`as_share`. Raises ValueError if the scores are not all for the same rows.
    """
    lengths = {len(values) for values in scores.values()}
    if len(lengths) > 1:
        raise ValueError(f"scores of different rows: {', '.join(f'{n} of {len(v)}' for n, v in scores.items())}")
    total: Scores = np.zeros(lengths.pop() if lengths else 0, dtype=np.float32)
    for name, weight in weights.items():
        if name in scores:
            total += np.float32(weight) * np.maximum(scores[name], 0)
    return total


def as_share(values: Scores) -> Scores:
    """Return scores as shares of the best one. If the best is 0, all shares are 0."""
    best = float(values.max()) if len(values) else 0.0
    return values / np.float32(best) if best > 0 else np.zeros_like(values)
