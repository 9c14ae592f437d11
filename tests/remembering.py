"""A cross-encoder that remembers its scores, because tests ask some questions dozens of times."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
import numpy.typing as npt

from index.types import Encoder, PairScorer, PairVectors, SentenceInContext

Scores = npt.NDArray[np.float32]
OpenScorer = Callable[[Encoder], PairScorer | None]


@dataclass(frozen=True)
class RememberingScorer:
    """Scores with another cross-encoder, and remembers the scores of each call.

    The scores are the same as without this class, because the other cross-encoder always gives the same pairs the same
    scores. ``test_cross_encoder`` shows this. A test that is about repeating a question must use the other one
    directly.
    """

    scorer: PairScorer
    _known: dict[bytes, Scores] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def scores(self, question: str, sentences: Sequence[str], vectors: PairVectors) -> Scores:
        """Return a logit for each sentence."""
        rows = (np.ascontiguousarray(vectors.question), np.ascontiguousarray(vectors.sentences))
        given = (question, tuple(sentences), tuple(vectors.cosines), *((row.dtype.str, row.shape) for row in rows))
        return self._remembered(
            _digest(repr(given).encode(), *(row.tobytes() for row in rows)),
            lambda: self.scorer.scores(question, sentences, vectors),
        )

    def scores_in_context(
        self, question: str, sentences: Sequence[SentenceInContext], cosines: Sequence[float]
    ) -> Scores:
        """Return a logit for each sentence from a close reading in its context."""
        return self._remembered(
            _digest(repr((question, tuple(sentences), tuple(cosines))).encode()),
            lambda: self.scorer.scores_in_context(question, sentences, cosines),
        )

    def _remembered(self, key: bytes, score: Callable[[], Scores]) -> Scores:
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = score()
            known.flags.writeable = False  # several answers share it
            with self._lock:
                self._known[key] = known
        return known


def _digest(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
