"""Runs the cross-encoder with torch and sentence-transformers, for machines on which OpenVINO does not load."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from index.encoding.pair_weights import MAX_TOKENS, PairWeights, shortened
from index.encoding.torch_models.sentence_transformer import SentenceEncoder
from index.encoding.torch_models.torch_layers import CorrectedLayers, PairLayers
from index.types import PairVectors, SentenceInContext


class TorchCrossEncoder:
    """Scores sentences for a question. A score above 0 means that the sentence probably answers the question."""

    def __init__(self, narrow: PairLayers, corrected: CorrectedLayers, encoder: SentenceEncoder) -> None:
        self._narrow = narrow
        self._corrected = corrected
        self._encoder = encoder

    @classmethod
    def with_encoder(
        cls, encoder: SentenceEncoder, weights: PairWeights, corrections: PairWeights
    ) -> TorchCrossEncoder:
        """Make the cross-encoder that works with an encoder. The weights must have been trained with that encoder."""
        narrow = PairLayers.of(_tensors(weights))
        return cls(narrow.eval(), CorrectedLayers(encoder.layers(), _tensors(corrections)).eval(), encoder)

    def scores(self, question: str, sentences: Sequence[str], vectors: PairVectors) -> npt.NDArray[np.float32]:
        """Return the logit of each sentence, from the narrow layers."""
        if not sentences:
            return np.zeros(0, dtype=np.float32)
        torch.set_num_threads(1)  # on busy cores, more threads would wait for each other and take six times as long
        with torch.inference_mode():
            pairs = self._encoder.tokenize_pairs(
                [(shortened(question), sentence) for sentence in sentences], MAX_TOKENS
            )
            logits = self._narrow(
                self._encoder.embedded(pairs),
                pairs["attention_mask"].float(),
                torch.tensor(vectors.cosines, dtype=torch.float32),
                torch.from_numpy(vectors.question).expand(len(sentences), -1),
                torch.from_numpy(vectors.sentences),
            )
        scores: npt.NDArray[np.float32] = logits.numpy()
        return scores

    def scores_in_context(
        self, question: str, sentences: Sequence[SentenceInContext], cosines: Sequence[float]
    ) -> npt.NDArray[np.float32]:
        """Return the logit of each sentence, from the encoder's own layers with their corrections."""
        scores = np.zeros(len(sentences), dtype=np.float32)
        torch.set_num_threads(1)
        with torch.inference_mode():
            for number, pieces in enumerate(self._encoder.context_pieces(question, sentences)):
                ids, types = (torch.tensor([values]) for values in (pieces.ids, pieces.type_ids))
                scores[number] = self._corrected(ids, types, torch.tensor([cosines[number]], dtype=torch.float32))
        return scores


def _tensors(weights: PairWeights) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(values) for name, values in weights.items()}
