"""The cross-encoder's layers in torch: for training, for tests, and for machines on which OpenVINO does not load."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.encoding.pair_weights import EXTRA_VECTORS, HEAD_WIDTH

_HEAD = 64
"""Number of units in the hidden layer of the head."""
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
"""The name that each part of a layer has in a BERT file."""


class Layer(nn.Module):
    """One BERT layer, with a layer norm after the attention and after the feed-forward part."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.seen, self.seen_norm = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Apply the layer to an array of (pairs, word pieces, width).

        ``mask`` has the shape (pairs, 1, 1, word pieces) and is false for padding.
        """
        query, key, value = (self._heads(part(hidden)) for part in (self.query, self.key, self.value))
        attention = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        hidden = self.seen_norm(hidden + self.seen(attention.transpose(1, 2).flatten(2)))
        normed: Tensor = self.norm(hidden + self.outer(functional.gelu(self.inner(hidden))))
        return normed

    def _heads(self, values: Tensor) -> Tensor:
        return values.view(*values.shape[:2], self.heads, -1).transpose(1, 2)


class PairHead(nn.Module):
    """Computes the logit from the output of the layers and the cosine between question and sentence."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(2 * width, _HEAD), nn.Linear(_HEAD, 1)
        self.cosine = nn.Parameter(torch.tensor([6.0, -4.0]))

    def forward(self, hidden: Tensor, mask: Tensor, cosines: Tensor) -> Tensor:
        """Return logits. ``hidden`` is (pairs, word pieces + extra vectors, width). ``mask`` covers the word pieces."""
        weights = mask.unsqueeze(-1)
        mean = (hidden[:, : mask.shape[1]] * weights).sum(1) / weights.sum(1)
        both = torch.cat([hidden[:, 0], mean], dim=1)
        logits: Tensor = self.outer(functional.gelu(self.inner(both)))[:, 0].float()
        return logits + self.cosine[0] * cosines + self.cosine[1]


class PairLayers(nn.Module):
    """Narrow layers that read the word pieces of a pair, and the vectors of its question and sentence."""

    def __init__(self, full: int, width: int, layers: int) -> None:
        """Make the layers. ``full`` is the width of the encoder."""
        super().__init__()
        self._scale = math.sqrt(full)
        self.narrow = nn.Linear(full, width)
        self.sides = nn.ModuleList(nn.Linear(full, width) for _ in range(EXTRA_VECTORS))
        self.layers = nn.ModuleList(Layer(width, width // HEAD_WIDTH) for _ in range(layers))
        self.head = PairHead(width)

    @classmethod
    def of(cls, weights: Mapping[str, Tensor]) -> PairLayers:
        """Make the layers from the weights that :meth:`weights` returned."""
        width, full = weights["narrow.weight"].shape
        layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
        pair_layers = cls(full, width, layers)
        pair_layers.load_state_dict({name: weights[_file_name(name)].float() for name in pair_layers.state_dict()})
        return pair_layers

    def forward(self, pieces: Tensor, mask: Tensor, cosines: Tensor, question: Tensor, sentence: Tensor) -> Tensor:
        """Return logits. ``pieces`` are normalised: (pairs, word pieces, full). The other vectors have length 1."""
        vectors = question * self._scale, sentence * self._scale
        with_product = (*vectors, vectors[0] * vectors[1])
        extra = torch.stack([side(values) for side, values in zip(self.sides, with_product, strict=True)], dim=1)
        hidden = torch.cat([self.narrow(pieces), extra], dim=1)
        attended = functional.pad(mask, (0, EXTRA_VECTORS), value=1.0).bool()[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, attended)
        logits: Tensor = self.head(hidden, mask, cosines)
        return logits

    def weights(self) -> dict[str, Tensor]:
        """Return the weights in half precision, with the names of :data:`index.encoding.pair_weights.PairWeights`."""
        return {_file_name(name): value.half().contiguous().cpu() for name, value in self.state_dict().items()}


class CorrectedLayers(nn.Module):
    """An encoder's own layers with corrections, which read a question and a sentence in its context."""

    def __init__(self, encoder: nn.Module, corrections: Mapping[str, Tensor]) -> None:
        """Correct the layers of ``encoder``, a BERT model.

        This changes its weights, as ``pair_weights.corrections`` explains.
        """
        super().__init__()
        for name, module in encoder.named_modules():
            if isinstance(module, nn.Linear) and f"{name}.a" in corrections:
                with torch.no_grad():
                    module.weight += corrections[f"{name}.b"].float() @ corrections[f"{name}.a"].float()
        self.encoder = encoder
        self.head = PairHead(corrections["head.inner.weight"].shape[1] // 2)
        self.head.load_state_dict({name: corrections[f"head.{name}"].float() for name in self.head.state_dict()})

    def forward(self, ids: Tensor, types: Tensor, cosines: Tensor) -> Tensor:
        """Return logits. ``ids`` and ``types`` of word pieces are (pairs, word pieces), without padding."""
        hidden = self.encoder(input_ids=ids, token_type_ids=types).last_hidden_state
        logits: Tensor = self.head(hidden, torch.ones(ids.shape), cosines)
        return logits


def _file_name(name: str) -> str:
    """Return the name of a parameter in a file of weights."""
    first, *rest = name.split(".")
    return f"encoder.layer.{rest[0]}.{NAMES[rest[1]]}.{rest[2]}" if first == "layers" else name
