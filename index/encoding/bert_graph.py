"""BERT's layers as graphs of OpenVINO: made from the very weights that an encoder's folder holds.

No export stands between: what sentence-transformers computes by torch is written down here once more, and the tests
hold the two side by side, vector for vector. Why, and how much quicker it is: docs/adr/0020.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoding.mapped_weights import MappedWeights, Tensor, Weights
from index.encoding.openvino_runtime import Model, ops, ov
from index.encoding.pair_weights import HEAD_WIDTH, PairWeights

_MASKED = -3e38
"""Added to the scores of what is padding: nothing of it is left after the exponential."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a BERT model is made of, by the names of its configuration."""

    layers: int
    heads: int
    width: int
    epsilon: float

    def __post_init__(self) -> None:
        if self.width % self.heads:
            raise ValueError(f"{self.width} does not divide into {self.heads} heads")

    @classmethod
    def of(cls, config: Mapping[str, object]) -> Shape:
        """From a model's ``config.json``. Raises ValueError where it is none that is computed here."""
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            raise ValueError(f"a model of type {config.get('model_type')!r} with {config.get('hidden_act')!r}")
        if config.get("position_embedding_type", "absolute") != "absolute":
            raise ValueError(f"positions that are {config['position_embedding_type']!r}")
        return cls(
            int(str(config["num_hidden_layers"])),
            int(str(config["num_attention_heads"])),
            int(str(config["hidden_size"])),
            float(str(config["layer_norm_eps"])),
        )

    @classmethod
    def of_pairs(cls, own: PairWeights, encoder: Shape) -> Shape:
        """That of the layers which read pairs, beside an encoder's."""
        width = len(own["narrow.weight"])
        layers = {name.split(".")[2] for name in own if name.startswith("encoder.layer.")}
        return cls(len(layers), width // HEAD_WIDTH, width, encoder.epsilon)


def names(shape: Shape) -> set[str]:
    """The tensors that the layers are made of."""
    dense = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
    inner = (*dense, "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")
    parts = ["embeddings.LayerNorm", *(f"encoder.layer.{n}.{part}" for n in range(shape.layers) for part in inner)]
    tables = {f"embeddings.{name}_embeddings.weight" for name in _TABLES}
    return tables | {f"{part}.{side}" for part in parts for side in ("weight", "bias")}


def embedded(weights: Weights, pieces: npt.NDArray[np.int64], types: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """What goes into the first layer: of each word piece its own numbers, those of its place, and of its text's side.

    ``pieces`` and ``types`` are (texts, word pieces). Looked up here, the table need be in no graph: it is half of a
    small encoder, and stays in the file that all processes map.
    """
    of_pieces, of_types, of_places = (weights[f"embeddings.{name}_embeddings.weight"] for name in _TABLES)
    found: npt.NDArray[np.float32] = of_pieces[pieces].astype(np.float32, copy=False)
    found += of_types[types]
    found += of_places[: pieces.shape[1]]
    return found


_TABLES = ("word", "token_type", "position")


def vectors(weights: MappedWeights, shape: Shape) -> Model:
    """From embedded word pieces to unit vectors: the layers, the mean over what is no padding, scaled to length 1."""
    inputs = _inputs(shape)
    layers = _Layers(weights, shape)
    hidden = layers.through(layers.normed(inputs[0], "embeddings.LayerNorm"), inputs[1])
    unit = ops.normalize_l2(_mean(hidden, inputs[1]), _numbers(1), 1e-12, "max")
    return Model(ov.Model([unit], inputs, "vectors"), (weights,))


def logits(encoder: MappedWeights, own: PairWeights, shape: Shape) -> Model:
    """From word pieces of pairs, their sides' vectors and the cosines of these, to whether the one answers the other.

    ``own`` are the weights of ``index.encoding.cross_encoder``; ``shape`` is the encoder's.
    """
    pieces, mask = _inputs(shape)
    cosines, question, sentence = (
        _named("cosines", [-1]), _named("question", [-1, shape.width]), _named("sentence", [-1, shape.width])
    )  # fmt: skip
    narrow = Shape.of_pairs(own, shape)
    layers = _Layers(own, narrow)
    scaled = [ops.multiply(side, _values(shape.width**0.5)) for side in (question, sentence)]
    beside = [
        ops.unsqueeze(layers.dense(side, f"sides.{number}"), _numbers(1))
        for number, side in enumerate((*scaled, ops.multiply(*scaled)))
    ]
    hidden = layers.dense(_Layers(encoder, shape).normed(pieces, "embeddings.LayerNorm"), "narrow")
    shown, counted = (_padded(mask, len(beside), value) for value in (1.0, 0.0))
    hidden = layers.through(ops.concat([hidden, *beside], 1), shown)
    first = ops.gather(hidden, _number(0), _number(1))
    both = ops.concat([first, _mean(hidden, counted)], 1)
    outer = layers.dense(ops.gelu(layers.dense(both, "head.inner"), "erf"), "head.outer")
    slope, base = own["head.cosine"].astype(np.float32)
    total = ops.add(ops.squeeze(outer, _numbers(1)), ops.add(ops.multiply(cosines, _values(slope)), _values(base)))
    return Model(ov.Model([total], [pieces, mask, cosines, question, sentence], "logits"), (encoder,))


class _Layers:
    """The layers of one model."""

    def __init__(self, weights: Weights, shape: Shape) -> None:
        self._weights = weights
        self._shape = shape

    def through(self, hidden: ov.Node, mask: ov.Node) -> ov.Node:
        """What the last layer makes of what is given to the first."""
        hiding = ops.unsqueeze(ops.multiply(ops.subtract(_values(1.0), mask), _values(_MASKED)), _numbers(1, 2))
        for number in range(self._shape.layers):
            hidden = self._layer(hidden, hiding, f"encoder.layer.{number}")
        return hidden

    def _layer(self, hidden: ov.Node, hiding: ov.Node, name: str) -> ov.Node:
        query, key, value = (self._heads(hidden, f"{name}.attention.self.{side}") for side in ("query", "key", "value"))
        seen = ops.scaled_dot_product_attention(query, key, value, hiding)
        seen = ops.reshape(
            ops.transpose(seen, _numbers(0, 2, 1, 3)), _numbers(0, 0, self._shape.width), special_zero=True
        )
        seen = ops.add(self.dense(seen, f"{name}.attention.output.dense"), hidden)
        seen = self.normed(seen, f"{name}.attention.output.LayerNorm")
        inner = ops.gelu(self.dense(seen, f"{name}.intermediate.dense"), "erf")
        return self.normed(ops.add(self.dense(inner, f"{name}.output.dense"), seen), f"{name}.output.LayerNorm")

    def _heads(self, hidden: ov.Node, name: str) -> ov.Node:
        """A linear layer's output, apart by heads: (texts, heads, word pieces, width of a head)."""
        heads = self._shape.heads
        apart = _numbers(0, 0, heads, self._shape.width // heads)
        return ops.transpose(ops.reshape(self.dense(hidden, name), apart, special_zero=True), _numbers(0, 2, 1, 3))

    def dense(self, hidden: ov.Node, name: str) -> ov.Node:
        """A linear layer."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return _linear(hidden, weight, bias, shared=weight.dtype == np.float32)

    def normed(self, hidden: ov.Node, name: str) -> ov.Node:
        """A layer's norm."""
        even = ops.mvn(hidden, _numbers(-1), normalize_variance=True, eps=self._shape.epsilon, eps_mode="inside_sqrt")
        return ops.add(ops.multiply(even, self._constant(f"{name}.weight")), self._constant(f"{name}.bias"))

    def _constant(self, name: str) -> ov.Node:
        return _values(self._weights[name])


def _inputs(shape: Shape) -> list[ov.Node]:
    """Embedded word pieces of some texts, and a mask that is 1 where a word piece is and 0 where padding is."""
    return [_named("pieces", [-1, -1, shape.width]), _named("mask", [-1, -1])]


def _named(name: str, axes: list[int]) -> ov.Node:
    parameter = ops.parameter(ov.PartialShape(axes), ov.Type.f32, name)
    parameter.output(0).set_names({name})
    return parameter


def _padded(mask: ov.Node, count: int, value: float) -> ov.Node:
    """A mask with so many columns more, all of one value."""
    return ops.pad(mask, _numbers(0, 0), _numbers(0, count), "constant", ops.constant(np.float32(value)))


def _mean(hidden: ov.Node, mask: ov.Node) -> ov.Node:
    """The mean over the word pieces that are no padding."""
    shown = ops.unsqueeze(mask, _numbers(2))
    total = ops.reduce_sum(ops.multiply(hidden, shown), _numbers(1))
    return ops.divide(total, ops.reduce_sum(shown, _numbers(1)))


def _linear(values: ov.Node, weight: Tensor, bias: Tensor, *, shared: bool = False) -> ov.Node:
    """A linear layer; where its weights are ``shared``, they are not copied and must stay."""
    weights = ops.constant(weight, shared_memory=True) if shared else _values(weight)
    return ops.add(ops.matmul(values, weights, transpose_a=False, transpose_b=True), _values(bias))


def _values(values: npt.ArrayLike) -> ov.Node:
    return ops.constant(np.ascontiguousarray(values, dtype=np.float32))


def _numbers(*numbers: int) -> ov.Node:
    return ops.constant(np.array(numbers, dtype=np.int64))


def _number(number: int) -> ov.Node:
    return ops.constant(np.int64(number))
