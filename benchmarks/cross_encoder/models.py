"""The large cross-encoder, from which the small one learns, and the input of both.

The large one has the encoder's own six layers, with a low-rank correction on each linear layer (Hu et al., LoRA, 2021).
The small one is ``index.encoding.torch_models.torch_layers``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.encoding.torch_models.torch_layers import NAMES, Layer, PairHead, PairLayers

_RANK = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of a question and a sentence."""

    pieces: Tensor
    """The encoder's vectors for word piece, segment and position, before the norm: (pairs, word pieces, width)."""
    mask: Tensor
    """1.0 for each word piece, and 0.0 after the end of a pair: (pairs, word pieces)."""
    cosines: Tensor
    """The cosine of each question and its sentence: (pairs)."""
    question: Tensor
    """The vectors of the questions, of length 1: (pairs, width)."""
    sentence: Tensor
    """The vectors of the sentences, of length 1: (pairs, width)."""


class Corrected(nn.Module):
    """A linear layer whose own weights stay fixed, with a low-rank correction that is trained."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(requires_grad=False)
        self.a = nn.Parameter(torch.randn(_RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.b = nn.Parameter(torch.zeros(linear.out_features, _RANK))

    def forward(self, x: Tensor) -> Tensor:
        """Add the outputs of the layer and of the correction."""
        corrected: Tensor = self.linear(x) + (x @ self.a.T) @ self.b.T
        return corrected


class Large(nn.Module):
    """The encoder's own layers with corrections, and the head."""

    def __init__(self, encoder: Mapping[str, Tensor], layers: int, heads: int) -> None:
        super().__init__()
        width = encoder["embeddings.LayerNorm.weight"].shape[0]
        self.norm = _norm(encoder)
        self.layers = nn.ModuleList(_layer(encoder, number, width, heads) for number in range(layers))
        self.head = PairHead(width)
        for layer in self.layers:
            for name, part in list(layer.named_children()):
                if isinstance(part, nn.Linear):
                    setattr(layer, name, Corrected(part))
                else:
                    part.requires_grad_(requires_grad=False)

    def forward(self, batch: Batch) -> Tensor:
        """Return the logit for each pair."""
        hidden, mask = self.norm(batch.pieces), batch.mask.bool()[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        logits: Tensor = self.head(functional.dropout(hidden, 0.1, self.training), batch.mask, batch.cosines)
        return logits

    def learned(self) -> dict[str, Tensor]:
        """Return the weights that training changes: in the corrections and in the head."""
        return {
            name: value for name, value in self.state_dict().items() if name.endswith((".a", ".b")) or "head" in name
        }


class Small(nn.Module):
    """The layers of the product's cross-encoder, after the encoder's norm."""

    def __init__(self, encoder: Mapping[str, Tensor], width: int, layers: int) -> None:
        super().__init__()
        self.norm = _norm(encoder)
        self.own = PairLayers(len(self.norm.weight), width, layers)

    def forward(self, batch: Batch) -> Tensor:
        """Return the logit for each pair."""
        logits: Tensor = self.own(self.norm(batch.pieces), batch.mask, batch.cosines, batch.question, batch.sentence)
        return logits


def _norm(encoder: Mapping[str, Tensor]) -> nn.LayerNorm:
    """Return the encoder's norm, which is not trained."""
    norm = nn.LayerNorm(encoder["embeddings.LayerNorm.weight"].shape[0], eps=1e-12)
    norm.load_state_dict({side: encoder[f"embeddings.LayerNorm.{side}"] for side in ("weight", "bias")})
    return norm.requires_grad_(requires_grad=False)


def _layer(encoder: Mapping[str, Tensor], number: int, width: int, heads: int) -> Layer:
    layer = Layer(width, heads)
    layer.load_state_dict(
        {
            f"{own}.{side}": encoder[f"encoder.layer.{number}.{name}.{side}"]
            for own, name in NAMES.items()
            for side in ("weight", "bias")
        }
    )
    return layer
