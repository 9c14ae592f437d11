"""Tests of the cross-encoder's layers in torch, which are used in training and as the reference for its graph."""

from __future__ import annotations

import pytest
import torch

from index.encoding.torch_models.torch_layers import PairHead, PairLayers

pytestmark = pytest.mark.thorough  # torch takes ten seconds to start
FULL, WIDTH, PIECES = 24, 64, 5


def layer_inputs(pairs: int = 2) -> list[torch.Tensor]:
    """Return word pieces, their mask, cosines, and the vectors of questions and sentences."""
    torch.manual_seed(0)
    sides = [torch.nn.functional.normalize(torch.randn(pairs, FULL), dim=1) for _ in range(2)]
    return [torch.randn(pairs, PIECES, FULL), torch.ones(pairs, PIECES), torch.full((pairs,), 0.5), *sides]


@pytest.fixture
def layers() -> PairLayers:
    torch.manual_seed(0)
    return PairLayers(FULL, WIDTH, 2).eval()


@torch.inference_mode()
def test_weights_can_be_written_and_read_back(layers: PairLayers) -> None:
    again = PairLayers.of(layers.weights())
    assert torch.allclose(layers(*layer_inputs()), again(*layer_inputs()), atol=1e-2)  # half precision
    assert again.weights().keys() == layers.weights().keys()
    assert all(torch.equal(value, layers.weights()[name]) for name, value in again.weights().items())


@torch.inference_mode()
def test_padding_changes_nothing(layers: PairLayers) -> None:
    pieces, mask, *others = layer_inputs()
    mask[0, 3:] = 0
    padded = pieces.clone()
    padded[0, 3:] = 99.0
    assert torch.allclose(layers(pieces, mask, *others), layers(padded, mask, *others), atol=1e-5)
    assert not torch.allclose(layers(pieces, mask, *others), layers(padded, torch.ones_like(mask), *others))


@pytest.mark.parametrize("which", range(5))
@torch.inference_mode()
def test_each_input_affects_only_its_own_pair(layers: PairLayers, which: int) -> None:
    before, changed = layer_inputs(), layer_inputs()
    changed[which][1] = 0.7 - changed[which][1] if which != 1 else torch.tensor([1.0, 1, 1, 0, 0])
    moved = (layers(*changed) - layers(*before)).abs()
    assert moved[0] < 1e-5
    assert moved[1] > 1e-4


@torch.inference_mode()
def test_the_head_ignores_padding() -> None:
    head = PairHead(4).eval()
    hidden = torch.randn(2, 5, 4)
    mask = torch.tensor([[1.0, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
    cosines = torch.tensor([0.2, 0.7])
    padded = hidden.clone()
    padded[0, 3:] = 99.0
    assert torch.allclose(head(hidden, mask, cosines), head(padded, mask, cosines))
    assert not torch.allclose(head(hidden, torch.ones(2, 5), cosines), head(padded, mask, cosines))
