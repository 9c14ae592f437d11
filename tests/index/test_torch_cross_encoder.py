"""The cross-encoder by torch: what it is trained with, and the reference for its graph."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from index.embedding import SentenceEncoder
from index.encoders import open_pair_scorer
from index.torch_cross_encoder import PairHead, TorchCrossEncoder, correct

pytestmark = pytest.mark.thorough  # torch takes ten seconds to start


def test_the_encoder_beside_it_stays_as_it_was(reference: SentenceEncoder) -> None:
    before = reference.encode_query(["safe?"])
    weights = {name: weight.clone() for name, weight in reference.layers.named_parameters()}
    made = open_pair_scorer(reference)
    assert isinstance(made, TorchCrossEncoder)
    made.scores("safe?", ["Children are safe.", "Visits are late."], [0.5, 0.5])
    assert all(torch.equal(weight, weights[name]) for name, weight in reference.layers.named_parameters())
    assert (reference.encode_query(["safe?"]) == before).all()


class Layers(nn.Module):
    """Two linear layers and one that is none."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(3, 2)
        self.inner = nn.ModuleDict({"deep": nn.Linear(2, 4), "norm": nn.LayerNorm(4)})


def test_the_correction_adds_the_product_of_its_two_matrices() -> None:
    layers = Layers()
    before = {name: weight.detach().clone() for name, weight in layers.named_parameters()}
    a, b = torch.randn(1, 3), torch.randn(2, 1)
    correct(layers, {"first.a": a, "first.b": b})
    expected = before["first.weight"] + torch.outer(b[:, 0], a[0])
    assert torch.allclose(layers.first.weight, expected, atol=1e-6)
    others = {name: weight for name, weight in layers.named_parameters() if name != "first.weight"}
    assert all(torch.equal(weight, before[name]) for name, weight in others.items())


def test_the_correction_reaches_layers_within_layers_and_reads_half_precision() -> None:
    layers = Layers()
    deep = layers.get_parameter("inner.deep.weight")
    before = deep.detach().clone()
    a, b = torch.ones(2, 2, dtype=torch.bfloat16), torch.full((4, 2), 0.5, dtype=torch.bfloat16)
    correct(layers, {"inner.deep.a": a, "inner.deep.b": b})
    assert torch.allclose(deep, before + 1.0, atol=1e-6)
    assert deep.dtype == torch.float32


def test_weights_for_no_linear_layer_change_nothing() -> None:
    layers = Layers()
    before = [weight.detach().clone() for weight in layers.parameters()]
    correct(layers, {"inner.norm.a": torch.ones(1, 4), "inner.norm.b": torch.ones(4, 1), "head.x": torch.ones(1)})
    assert all(torch.equal(now, then) for now, then in zip(layers.parameters(), before, strict=True))


def test_the_correction_can_still_be_trained() -> None:
    layers = Layers()
    correct(layers, {"first.a": torch.ones(1, 3), "first.b": torch.ones(2, 1)})
    assert layers.first.weight.requires_grad


def test_the_head_looks_at_no_padding() -> None:
    head = PairHead(4).eval()
    hidden = torch.randn(2, 5, 4)
    mask = torch.tensor([[1.0, 1, 1, 0, 0], [1, 1, 1, 1, 1]]).unsqueeze(-1)
    cosines = torch.tensor([0.2, 0.7])
    padded = hidden.clone()
    padded[0, 3:] = 99.0
    with torch.inference_mode():
        assert torch.allclose(head(hidden, mask, cosines), head(padded, mask, cosines))
        assert not torch.allclose(head(hidden, torch.ones(2, 5, 1), cosines), head(padded, mask, cosines))
