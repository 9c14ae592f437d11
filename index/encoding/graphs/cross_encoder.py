"""Scores how well a sentence answers a question, by reading both together.

Vectors alone show what a sentence and a question have in common. They do not show whether the sentence contains the
fact that the question asks for. The cross-encoder reads at two depths:

- Narrow layers of its own read many sentences quickly, with the encoder's vectors for the question and the sentence.
- The encoder's own layers, with small corrections, read a few sentences closely, with the heading and the sentence
  before each of them.

Both were trained on questions that we wrote (``benchmarks.cross_encoder``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from index.encoding.batching import CONTEXT_BATCHES, PAIR_BATCHES
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.encoding.graphs.openvino_runtime import Graph, Inputs, fastest_precision, processor_count
from index.encoding.pair_weights import MAX_TOKENS, PairWeights, shortened
from index.types import PairVectors, Rows, SentenceInContext


class CrossEncoder:
    """Scores sentences for a question. A score above 0 means that the sentence probably answers the question."""

    def __init__(self, narrow: Graph, corrected: Callable[[], Graph], encoder: GraphEncoder) -> None:
        """Make a cross-encoder. ``corrected`` waits until the graph is compiled, and returns it."""
        self._narrow = narrow
        self._corrected = corrected
        self._encoder = encoder
        self._threads = ThreadPoolExecutor(processor_count(), "cross-encoder")

    @classmethod
    def with_encoder(cls, encoder: GraphEncoder, weights: PairWeights, corrections: PairWeights) -> CrossEncoder:
        """Make the cross-encoder that works with an encoder. The weights must have been trained with that encoder."""
        precision, thread = fastest_precision(), ThreadPoolExecutor(1)
        corrected = thread.submit(lambda: Graph(encoder.context_model(corrections), precision))
        thread.shutdown(wait=False)  # the first sentence that is read closely waits for the graph
        return cls(Graph(encoder.pair_model(weights), precision), corrected.result, encoder)

    def scores(self, question: str, sentences: Sequence[str], vectors: PairVectors) -> npt.NDArray[np.float32]:
        """Return the logit of each sentence, from the narrow layers."""
        pieces = self._encoder.pair_pieces([(shortened(question), sentence) for sentence in sentences], MAX_TOKENS)
        extra_inputs = {
            "cosines": np.array(vectors.cosines, dtype=np.float32),
            "question": np.broadcast_to(vectors.question, vectors.sentences.shape),
            "sentence": vectors.sentences,
        }
        return self._logits(self._narrow, len(pieces), self._encoder.batches(pieces, PAIR_BATCHES, **extra_inputs))

    def scores_in_context(
        self, question: str, sentences: Sequence[SentenceInContext], cosines: Sequence[float]
    ) -> npt.NDArray[np.float32]:
        """Return the logit of each sentence, from the encoder's own layers with their corrections."""
        pieces = self._encoder.context_pieces(question, sentences)
        inputs = self._encoder.batches(pieces, CONTEXT_BATCHES, cosines=np.array(cosines, dtype=np.float32))
        return self._logits(self._corrected(), len(pieces), inputs)

    def _logits(self, graph: Graph, count: int, inputs: Iterable[tuple[Rows, Inputs]]) -> npt.NDArray[np.float32]:
        """Run all the batches, several at a time."""
        scores = np.zeros(count, dtype=np.float32)
        batches = list(inputs)[::-1]  # shortest texts first
        for (rows, _), logits in zip(batches, self._threads.map(graph.run, (i for _, i in batches)), strict=True):
            scores[rows] = logits[: len(rows)]
        return scores
