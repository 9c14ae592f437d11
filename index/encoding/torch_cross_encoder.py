"""Runs the cross-encoder with torch and sentence-transformers, for machines on which OpenVINO does not load."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from index.encoding.pair_weights import MAX_TOKENS, PairWeights, shortened
from index.encoding.sentence_transformer import SentenceEncoder
from index.encoding.torch_layers import PairLayers
from index.types import PairVectors


class TorchCrossEncoder:
    """Scores sentences for a question. A score above 0 means that the sentence probably answers the question."""

    def __init__(self, layers: PairLayers, encoder: SentenceEncoder) -> None:
        self._layers = layers
        self._encoder = encoder

    @classmethod
    def with_encoder(cls, encoder: SentenceEncoder, weights: PairWeights) -> TorchCrossEncoder:
        """Make the cross-encoder that works with an encoder. The weights must have been trained with that encoder."""
        layers = PairLayers.of({name: torch.from_numpy(values) for name, values in weights.items()})
        return cls(layers.eval(), encoder)

    def scores(self, question: str, sentences: Sequence[str], vectors: PairVectors) -> npt.NDArray[np.float32]:
        """Return the logit of each sentence."""
        if not sentences:
            return np.zeros(0, dtype=np.float32)
        torch.set_num_threads(1)  # on busy cores, more threads would wait for each other and take six times as long
        with torch.inference_mode():
            pairs = self._encoder.tokenize_pairs(
                [(shortened(question), sentence) for sentence in sentences], MAX_TOKENS
            )
            logits = self._layers(
                self._encoder.embedded(pairs),
                pairs["attention_mask"].float(),
                torch.tensor(vectors.cosines, dtype=torch.float32),
                torch.from_numpy(vectors.question).expand(len(sentences), -1),
                torch.from_numpy(vectors.sentences),
            )
        scores: npt.NDArray[np.float32] = logits.numpy()
        return scores
