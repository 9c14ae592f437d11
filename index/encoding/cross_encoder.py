"""A question and a sentence read together, for whether the one answers the other.

Narrow layers of its own upon the encoder's word pieces, beside what the encoder made of each side as a whole. They were
trained on questions written for the purpose, and to agree with larger readers (``benchmarks.cross_encoder``): what a
sentence and a question have in common tells little about whether the fact asked for is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from index.encoding.batching import PAIR_BATCHES
from index.encoding.openvino_encoder import GraphEncoder
from index.encoding.openvino_runtime import Graph, fastest_precision, processor_count
from index.encoding.pair_weights import MAX_TOKENS, PairWeights, as_read
from index.types import PairVectors


class CrossEncoder:
    """Scores sentences against a question; more than 0 speaks for an answer."""

    def __init__(self, graph: Graph, encoder: GraphEncoder) -> None:
        self._graph = graph
        self._encoder = encoder
        self._threads = ThreadPoolExecutor(processor_count(), "read-pairs")

    @classmethod
    def beside(cls, encoder: GraphEncoder, weights: PairWeights) -> CrossEncoder:
        """The cross-encoder beside an encoder, with the weights that are for it."""
        return cls(Graph(encoder.pair_model(weights), fastest_precision()), encoder)

    def scores(self, question: str, sentences: Sequence[str], sides: PairVectors) -> npt.NDArray[np.float32]:
        """The logit of each sentence."""
        found = np.zeros(len(sentences), dtype=np.float32)
        pieces = self._encoder.pair_pieces([(as_read(question), sentence) for sentence in sentences], MAX_TOKENS)
        beside = {
            "cosines": np.array(sides.cosines, dtype=np.float32),
            "question": np.broadcast_to(sides.question, sides.sentences.shape),
            "sentence": sides.sentences,
        }
        batches = list(self._encoder.batches(pieces, PAIR_BATCHES, **beside))[::-1]  # those that take longest first
        for (rows, _), logits in zip(batches, self._threads.map(self._graph.run, (i for _, i in batches)), strict=True):
            found[rows] = logits[: len(rows)]
        return found
