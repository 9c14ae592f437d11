"""Several scores of a passage into one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def weighted_sum(scores: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted sum of each row's scores; ``weights`` name the scores that count.

    Cosines count as they are and those below nothing as nothing; scores with no bound, such as BM25, as a share of the
    best among the rows. Raises ValueError where the scores are not of the same rows.
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
    """Scores as a share of the best of them; all nothing where the best is."""
    best = float(values.max()) if len(values) else 0.0
    return values / np.float32(best) if best > 0 else np.zeros_like(values)
