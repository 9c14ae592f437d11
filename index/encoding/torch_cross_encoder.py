"""The cross-encoder by torch, beside sentence-transformers: where OpenVINO does not load."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from index.encoding.pair_weights import MAX_TOKENS, PairWeights, as_read
from index.encoding.sentence_transformer import SentenceEncoder
from index.encoding.torch_layers import PairLayers
from index.types import PairVectors


class TorchCrossEncoder:
    """Scores sentences against a question; more than 0 speaks for an answer."""

    def __init__(self, layers: PairLayers, encoder: SentenceEncoder) -> None:
        self._layers = layers
        self._encoder = encoder

    @classmethod
    def beside(cls, encoder: SentenceEncoder, weights: PairWeights) -> TorchCrossEncoder:
        """The cross-encoder beside an encoder, with the weights that are for it."""
        layers = PairLayers.of({name: torch.from_numpy(values) for name, values in weights.items()})
        return cls(layers.eval(), encoder)

    def scores(self, question: str, sentences: Sequence[str], sides: PairVectors) -> npt.NDArray[np.float32]:
        """The logit of each sentence."""
        if not sentences:
            return np.zeros(0, dtype=np.float32)
        torch.set_num_threads(1)  # beside other work on the same cores, threads that wait for one another cost sixfold
        with torch.inference_mode():
            pairs = self._encoder.tokenize_pairs([(as_read(question), sentence) for sentence in sentences], MAX_TOKENS)
            logits = self._layers(
                self._encoder.embedded(pairs),
                pairs["attention_mask"].float(),
                torch.tensor(sides.cosines, dtype=torch.float32),
                torch.from_numpy(sides.question).expand(len(sentences), -1),
                torch.from_numpy(sides.sentences),
            )
        found: npt.NDArray[np.float32] = logits.numpy()
        return found
