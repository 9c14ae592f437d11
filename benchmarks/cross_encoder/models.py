"""The larger reader of a question and a sentence, from which the one that ships learns, and what both are given.

It is the encoder's own six layers with a low-rank correction (Hu et al., LoRA, 2021); the one that ships is
``index.encoding.torch_layers``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.encoding.torch_layers import NAMES, Layer, PairHead, PairLayers

_RANK = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs: (pairs, word pieces, width) and so on."""

    pieces: Tensor
    """The encoder's numbers for word pieces, their sides and their places, before they are normed."""
    mask: Tensor
    """1.0 where a word piece is."""
    cosines: Tensor
    question: Tensor
    sentence: Tensor
    """The sides' vectors, of length 1."""


class Corrected(nn.Module):
    """A linear layer that stays as it is, with a correction of low rank."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear.requires_grad_(requires_grad=False)
        self.a = nn.Parameter(torch.randn(_RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.b = nn.Parameter(torch.zeros(linear.out_features, _RANK))

    def forward(self, x: Tensor) -> Tensor:
        """The layer's output and the correction's."""
        corrected: Tensor = self.linear(x) + (x @ self.a.T) @ self.b.T
        return corrected


class Large(nn.Module):
    """The encoder's own layers, corrected, with the head."""

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
        """Logits."""
        hidden, mask = self.norm(batch.pieces), batch.mask.bool()[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        logits: Tensor = self.head(functional.dropout(hidden, 0.1, self.training), batch.mask, batch.cosines)
        return logits


class Small(nn.Module):
    """The layers that ship, upon the encoder's norm."""

    def __init__(self, encoder: Mapping[str, Tensor], width: int, layers: int) -> None:
        super().__init__()
        self.norm = _norm(encoder)
        self.own = PairLayers(len(self.norm.weight), width, layers)

    def forward(self, batch: Batch) -> Tensor:
        """Logits."""
        given = (batch.mask, batch.cosines, batch.question, batch.sentence)
        logits: Tensor = self.own(self.norm(batch.pieces), *given)
        return logits


def _norm(encoder: Mapping[str, Tensor]) -> nn.LayerNorm:
    """The encoder's own, which stays as it is."""
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
