"""A question and a sentence read together, for whether the one answers the other.

The encoder's own layers with a low-rank correction (Hu et al., LoRA, 2021) and a small head, trained on questions
written for the purpose by ``benchmarks.train_cross_encoder``: what a sentence and a question have in common tells
little about whether the fact asked for is there. ``index.torch_cross_encoder`` is the same by torch, for training.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index import bert
from index.bert import Graph
from index.graph_encoder import GraphEncoder
from index.mapped_weights import Weights
from index.pair_correction import MAX_TOKENS


class CrossEncoder:
    """Scores sentences against a question; more than 0 speaks for an answer."""

    def __init__(self, graph: Graph, encoder: GraphEncoder) -> None:
        self._graph = graph
        self._encoder = encoder

    @classmethod
    def beside(cls, encoder: GraphEncoder, correction: Weights) -> CrossEncoder:
        """The cross-encoder made of an encoder by the correction that is for it."""
        return cls(Graph(encoder.corrected(correction), bert.quickest()), encoder)

    def scores(self, question: str, sentences: Sequence[str], cosines: Sequence[float]) -> npt.NDArray[np.float32]:
        """The logit of each sentence; ``cosines`` are theirs to the question."""
        found = np.zeros(len(sentences), dtype=np.float32)
        pieces = self._encoder.pair_pieces([(question, sentence) for sentence in sentences], MAX_TOKENS)
        for rows, inputs in self._encoder.batches(pieces, cosines=np.array(cosines, dtype=np.float32)):
            found[rows] = self._graph.run(inputs)[: len(rows)]
        return found
