"""A question and a sentence read together, for whether the one answers the other.

The encoder's own layers with a low-rank correction (Hu et al., LoRA, 2021) and a small head, trained on questions
written for the purpose by ``benchmarks.train_cross_encoder``: what a sentence and a question have in common tells
little about whether the fact asked for is there. ``index.torch_cross_encoder`` is the same by torch, for training.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from index import bert
from index.bert import Graph
from index.graph_encoder import GraphEncoder
from index.types import Encoder, PairScorer

WEIGHTS = "data/cross_encoder.safetensors"
MAX_TOKENS = 112
"""Word pieces of question and sentence together; four in a thousand pairs are longer and lose their end."""


class CrossEncoder:
    """Scores sentences against a question; more than 0 speaks for an answer."""

    def __init__(self, graph: Graph, encoder: GraphEncoder) -> None:
        self._graph = graph
        self._encoder = encoder

    @classmethod
    def beside(cls, encoder: Encoder) -> PairScorer | None:
        """The cross-encoder made of an encoder; None where it is another than the one that the correction is for."""
        with as_file(files("index").joinpath(WEIGHTS)) as path, safe_open(path, framework="numpy") as file:
            if (file.metadata() or {}).get("encoder") != encoder.revision:
                return None
            correction = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no mapping
        if not isinstance(encoder, GraphEncoder):
            from index.torch_cross_encoder import TorchCrossEncoder  # it loads torch, as its encoder has

            return TorchCrossEncoder.beside(encoder)
        return cls(Graph(encoder.corrected(correction), bert.quickest()), encoder)

    def scores(self, question: str, sentences: Sequence[str], cosines: Sequence[float]) -> npt.NDArray[np.float32]:
        """The logit of each sentence; ``cosines`` are theirs to the question."""
        found = np.zeros(len(sentences), dtype=np.float32)
        pieces = self._encoder.pair_pieces([(question, sentence) for sentence in sentences], MAX_TOKENS)
        for rows, inputs in self._encoder.batches(pieces, cosines=np.array(cosines, dtype=np.float32)):
            found[rows] = self._graph.run(inputs)[: len(rows)]
        return found
