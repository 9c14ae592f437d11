"""The cross-encoder's layers by torch: for training, where OpenVINO does not load, and as reference for its graph."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.encoding.pair_weights import HEAD_WIDTH, SIDES

_HEAD = 64
"""Units of the head."""
NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "seen": "attention.output.dense",
    "seen_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}
"""Of a layer's parts, what a BERT's file calls them."""


class Layer(nn.Module):
    """One layer of a BERT, normed after each half."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.seen, self.seen_norm = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, hidden: Tensor, shown: Tensor) -> Tensor:
        """(pairs, word pieces, width) to the same; ``shown`` is (pairs, 1, 1, word pieces), true where one is."""
        query, key, value = (self._apart(part(hidden)) for part in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=shown)
        hidden = self.seen_norm(hidden + self.seen(seen.transpose(1, 2).flatten(2)))
        normed: Tensor = self.norm(hidden + self.outer(functional.gelu(self.inner(hidden))))
        return normed

    def _apart(self, values: Tensor) -> Tensor:
        return values.view(*values.shape[:2], self.heads, -1).transpose(1, 2)


class PairHead(nn.Module):
    """From what the layers made of a pair, and the cosine of its sides, to how far the one answers the other."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(2 * width, _HEAD), nn.Linear(_HEAD, 1)
        self.cosine = nn.Parameter(torch.tensor([6.0, -4.0]))

    def forward(self, hidden: Tensor, mask: Tensor, cosines: Tensor) -> Tensor:
        """Logits: ``hidden`` is (pairs, word pieces and what stands beside them, width), ``mask`` of word pieces."""
        shown = mask.unsqueeze(-1)
        mean = (hidden[:, : mask.shape[1]] * shown).sum(1) / shown.sum(1)
        both = torch.cat([hidden[:, 0], mean], dim=1)
        logits: Tensor = self.outer(functional.gelu(self.inner(both)))[:, 0].float()
        return logits + self.cosine[0] * cosines + self.cosine[1]


class PairLayers(nn.Module):
    """Narrow layers that read a pair beside the vectors of its sides."""

    def __init__(self, full: int, width: int, layers: int) -> None:
        """``full`` is the encoder's width."""
        super().__init__()
        self._scale = math.sqrt(full)
        self.narrow = nn.Linear(full, width)
        self.sides = nn.ModuleList(nn.Linear(full, width) for _ in range(SIDES))
        self.layers = nn.ModuleList(Layer(width, width // HEAD_WIDTH) for _ in range(layers))
        self.head = PairHead(width)

    @classmethod
    def of(cls, weights: Mapping[str, Tensor]) -> PairLayers:
        """With the weights that :meth:`weights` gave."""
        width, full = weights["narrow.weight"].shape
        layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
        made = cls(full, width, layers)
        made.load_state_dict({name: weights[_written(name)].float() for name in made.state_dict()})
        return made

    def forward(self, pieces: Tensor, mask: Tensor, cosines: Tensor, question: Tensor, sentence: Tensor) -> Tensor:
        """Logits. ``pieces`` are normed, (pairs, word pieces, full); the sides' vectors are of length 1."""
        vectors = question * self._scale, sentence * self._scale
        given = (*vectors, vectors[0] * vectors[1])
        beside = torch.stack([side(values) for side, values in zip(self.sides, given, strict=True)], dim=1)
        hidden = torch.cat([self.narrow(pieces), beside], dim=1)
        shown = functional.pad(mask, (0, SIDES), value=1.0).bool()[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, shown)
        logits: Tensor = self.head(hidden, mask, cosines)
        return logits

    def weights(self) -> dict[str, Tensor]:
        """What was learned, in half precision, by the names of :data:`index.encoding.pair_weights.PairWeights`."""
        return {_written(name): value.half().contiguous().cpu() for name, value in self.state_dict().items()}


def _written(name: str) -> str:
    """What a file calls a parameter."""
    first, *rest = name.split(".")
    return f"encoder.layer.{rest[0]}.{NAMES[rest[1]]}.{rest[2]}" if first == "layers" else name
