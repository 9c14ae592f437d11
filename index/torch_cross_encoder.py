"""The cross-encoder by torch, beside sentence-transformers: for training, and as the reference for its graph."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from index.embedding import SentenceEncoder, computes_in_bfloat16
from index.mapped_weights import Weights
from index.pair_correction import MAX_TOKENS

HIDDEN = 64
BATCH = 16


class PairHead(nn.Module):
    """From what the layers made of a pair, and the cosine of its two sides, to how far the one answers the other."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(2 * width, HIDDEN), nn.GELU(), nn.Dropout(0.1), nn.Linear(HIDDEN, 1))
        self.cosine = nn.Parameter(torch.tensor([6.0, -4.0]))

    def forward(self, hidden: Tensor, mask: Tensor, cosines: Tensor) -> Tensor:
        """Logits of a batch: ``hidden`` is (pairs, word pieces, width), ``mask`` 1.0 where a word piece is."""
        mean = (hidden * mask).sum(1) / mask.sum(1)
        both = torch.cat([hidden[:, 0], mean], dim=1)
        logits: Tensor = self.layers(both)[:, 0].float() + self.cosine[0] * cosines + self.cosine[1]
        return logits


class TorchCrossEncoder:
    """Scores sentences against a question; more than 0 speaks for an answer."""

    def __init__(self, layers: nn.Module, head: PairHead, encoder: SentenceEncoder) -> None:
        self._layers = layers
        self._head = head
        self._encoder = encoder

    @classmethod
    def beside(cls, encoder: SentenceEncoder, correction: Weights) -> TorchCrossEncoder:
        """The cross-encoder made of an encoder by the correction that is for it."""
        weights = {name: torch.from_numpy(values) for name, values in correction.items()}
        layers = copy.deepcopy(encoder.layers)
        correct(layers, weights)
        head = PairHead(encoder.dimension)
        head.load_state_dict({k.removeprefix("head."): v.float() for k, v in weights.items() if k.startswith("head.")})
        head.eval()
        return cls(layers.to(torch.bfloat16) if computes_in_bfloat16() else layers, head, encoder)

    def scores(self, question: str, sentences: Sequence[str], cosines: Sequence[float]) -> npt.NDArray[np.float32]:
        """The logit of each sentence; ``cosines`` are theirs to the question."""
        found = np.zeros(len(sentences), dtype=np.float32)
        order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), i))
        torch.set_num_threads(1)  # beside other work on the same cores, threads that wait for one another cost sixfold
        with torch.inference_mode():
            for at in range(0, len(order), BATCH):
                rows = order[at : at + BATCH]
                pairs = self._encoder.tokenize_pairs([(question, sentences[i]) for i in rows], MAX_TOKENS)
                hidden = self._layers(**pairs).last_hidden_state.float()
                mask = pairs["attention_mask"].unsqueeze(-1).float()
                logits = self._head(hidden, mask, torch.tensor([cosines[i] for i in rows], dtype=torch.float32))
                found[rows] = logits.numpy()
        return found


def correct(layers: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Add to each linear layer the product of its two low-rank matrices, ``NAME.a`` and ``NAME.b``."""
    for name, module in layers.named_modules():
        if f"{name}.a" in weights and isinstance(module, nn.Linear):
            with torch.no_grad():
                module.weight += weights[f"{name}.b"].float() @ weights[f"{name}.a"].float()
