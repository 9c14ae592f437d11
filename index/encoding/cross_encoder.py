"""Scores how well a sentence answers a question, by reading both together.

The cross-encoder has narrow layers of its own. They read the encoder's word pieces, and the encoder's vectors for the
question and the sentence. We trained them on questions that we wrote, and trained them to agree with larger
cross-encoders (``benchmarks.cross_encoder``). Vectors alone show what a sentence and a question have in common, but not
whether the sentence contains the fact that the question asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from index.encoding.batching import PAIR_BATCHES
from index.encoding.openvino_encoder import GraphEncoder
from index.encoding.openvino_runtime import Graph, fastest_precision, processor_count
from index.encoding.pair_weights import MAX_TOKENS, PairWeights, shortened
from index.types import PairVectors


class CrossEncoder:
    """Scores sentences for a question. A score above 0 means that the sentence probably answers the question."""

    def __init__(self, graph: Graph, encoder: GraphEncoder) -> None:
        self._graph = graph
        self._encoder = encoder
        self._threads = ThreadPoolExecutor(processor_count(), "cross-encoder")

    @classmethod
    def with_encoder(cls, encoder: GraphEncoder, weights: PairWeights) -> CrossEncoder:
        """Make the cross-encoder that works with an encoder. The weights must have been trained with that encoder."""
        return cls(Graph(encoder.pair_model(weights), fastest_precision()), encoder)

    def scores(self, question: str, sentences: Sequence[str], vectors: PairVectors) -> npt.NDArray[np.float32]:
        """Return the logit of each sentence."""
        scores = np.zeros(len(sentences), dtype=np.float32)
        pieces = self._encoder.pair_pieces([(shortened(question), sentence) for sentence in sentences], MAX_TOKENS)
        extra_inputs = {
            "cosines": np.array(vectors.cosines, dtype=np.float32),
            "question": np.broadcast_to(vectors.question, vectors.sentences.shape),
            "sentence": vectors.sentences,
        }
        batches = list(self._encoder.batches(pieces, PAIR_BATCHES, **extra_inputs))[::-1]  # shortest texts first
        for (rows, _), logits in zip(batches, self._threads.map(self._graph.run, (i for _, i in batches)), strict=True):
            scores[rows] = logits[: len(rows)]
        return scores
