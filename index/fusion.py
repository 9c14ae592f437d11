"""Several rankings into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RRF_K = 60
"""Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet" (SIGIR 2009)."""


def reciprocal_rank_fusion(
    rankings: Mapping[str, Sequence[int]], weights: Mapping[str, float] | None = None, k: int = RRF_K
) -> dict[int, float]:
    """Sum of ``weight / (k + rank)`` over the rankings that hold a row, rank from 1; a share of the best possible."""
    weights = weights or {}
    total = sum(weights.get(name, 1.0) for name in rankings) / (k + 1)
    scores: dict[int, float] = {}
    for name, rows in rankings.items():
        for rank, row in enumerate(rows, 1):
            scores[row] = scores.get(row, 0.0) + weights.get(name, 1.0) / (k + rank) / total
    return scores
