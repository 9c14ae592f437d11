"""BERT's layers as OpenVINO graphs, built from the weights in the encoder's own folder.

We do not export the model. This module does the same computation as sentence-transformers does with torch, and the
tests compare the vectors of the two. docs/adr/0020 explains why, and says how much faster this is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoding.graphs.mapped_weights import MappedWeights, Tensor, Weights
from index.encoding.graphs.openvino_runtime import Model, ops, ov
from index.encoding.pair_weights import HEAD_WIDTH, PairWeights

_MASKED = -3e38
"""Number added to the attention scores of padding, so that padding has a weight of 0 after the exponential."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions of a BERT model."""

    layers: int
    heads: int
    width: int
    epsilon: float

    def __post_init__(self) -> None:
        if self.width % self.heads:
            raise ValueError(f"a width of {self.width} does not divide into {self.heads} heads")

    @classmethod
    def of(cls, config: Mapping[str, object]) -> Shape:
        """Read a model's ``config.json``. Raises ValueError if this module cannot run the model."""
        if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
            raise ValueError(
                f"a model of type {config.get('model_type')!r} with activation {config.get('hidden_act')!r}"
            )
        if config.get("position_embedding_type", "absolute") != "absolute":
            raise ValueError(f"position embeddings of type {config['position_embedding_type']!r}")
        return cls(
            int(str(config["num_hidden_layers"])),
            int(str(config["num_attention_heads"])),
            int(str(config["hidden_size"])),
            float(str(config["layer_norm_eps"])),
        )

    @classmethod
    def of_pairs(cls, own: PairWeights, encoder: Shape) -> Shape:
        """Return the dimensions of the cross-encoder's own layers. ``encoder`` has the dimensions of the encoder."""
        width = len(own["narrow.weight"])
        layers = {name.split(".")[2] for name in own if name.startswith("encoder.layer.")}
        return cls(len(layers), width // HEAD_WIDTH, width, encoder.epsilon)


def tensor_names(shape: Shape) -> set[str]:
    """Return the names of the tensors that the layers need."""
    dense = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
    inner = (*dense, "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")
    parts = ["embeddings.LayerNorm", *(f"encoder.layer.{n}.{part}" for n in range(shape.layers) for part in inner)]
    tables = {f"embeddings.{name}_embeddings.weight" for name in _TABLES}
    return tables | {f"{part}.{side}" for part in parts for side in ("weight", "bias")}


def embedded(weights: Weights, pieces: npt.NDArray[np.int64], types: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Return the input of the first layer: the sum of the embeddings of each word piece, its position and its type.

    ``pieces`` and ``types`` have the shape (texts, word pieces). NumPy looks the embeddings up, so that no graph
    contains the table of word pieces. That table makes up half of a small encoder, and all processes share its file.
    """
    of_pieces, of_types, of_positions = (weights[f"embeddings.{name}_embeddings.weight"] for name in _TABLES)
    total: npt.NDArray[np.float32] = of_pieces[pieces].astype(np.float32, copy=False)
    total += of_types[types]
    total += of_positions[: pieces.shape[1]]
    return total


_TABLES = ("word", "token_type", "position")


def vectors(weights: MappedWeights, shape: Shape) -> Model:
    """Build the graph that turns embedded word pieces into unit vectors: the layers, the mean and the scaling."""
    inputs = _inputs(shape)
    layers = _Layers(weights, shape)
    hidden = layers.through(layers.normed(inputs[0], "embeddings.LayerNorm"), inputs[1])
    unit = ops.normalize_l2(_mean(hidden, inputs[1]), _numbers(1), 1e-12, "max")
    return Model(ov.Model([unit], inputs, "vectors"), (weights,))


def logits(encoder: MappedWeights, own: PairWeights, shape: Shape) -> Model:
    """Build the graph of the cross-encoder.

    Its output is a logit, which is higher if the sentence is more likely to answer the question. Its inputs are the
    embedded word pieces of pairs, the vectors of question and sentence, and their cosines. ``own`` contains the
    cross-encoder's own weights, and ``shape`` has the encoder's dimensions.
    """
    pieces, mask = _inputs(shape)
    cosines = _named_parameter("cosines", [-1])
    question = _named_parameter("question", [-1, shape.width])
    sentence = _named_parameter("sentence", [-1, shape.width])
    narrow = Shape.of_pairs(own, shape)
    layers = _Layers(own, narrow)
    scaled = [ops.multiply(vector, _values(shape.width**0.5)) for vector in (question, sentence)]
    extra = [
        ops.unsqueeze(layers.dense(vector, f"sides.{number}"), _numbers(1))
        for number, vector in enumerate((*scaled, ops.multiply(*scaled)))
    ]
    hidden = layers.dense(_Layers(encoder, shape).normed(pieces, "embeddings.LayerNorm"), "narrow")
    attended, averaged = (_with_extra_columns(mask, len(extra), value) for value in (1.0, 0.0))
    hidden = layers.through(ops.concat([hidden, *extra], 1), attended)
    first = ops.gather(hidden, _number(0), _number(1))
    both = ops.concat([first, _mean(hidden, averaged)], 1)
    total = _head(layers, both, cosines, own)
    return Model(ov.Model([total], [pieces, mask, cosines, question, sentence], "logits"), (encoder,))


def logits_in_context(encoder: MappedWeights, corrections: PairWeights, shape: Shape) -> Model:
    """Build the graph that reads a question and a sentence in its context with the encoder's corrected layers.

    Its inputs are embedded word pieces, and the cosines of questions and sentences. Its output is a logit.
    """
    pieces, mask = _inputs(shape)
    cosines = _named_parameter("cosines", [-1])
    layers = _Layers(encoder, shape, corrections)
    hidden = layers.through(layers.normed(pieces, "embeddings.LayerNorm"), mask)
    both = ops.concat([ops.gather(hidden, _number(0), _number(1)), _mean(hidden, mask)], 1)
    total = _head(_Layers(corrections, shape), both, cosines, corrections)
    return Model(ov.Model([total], [pieces, mask, cosines], "logits_in_context"), (encoder,))


class _Layers:
    """The layers of one model. ``corrections`` may add the product of two small matrices to a layer's weights."""

    def __init__(self, weights: Weights, shape: Shape, corrections: Weights | None = None) -> None:
        self._weights = weights
        self._shape = shape
        self._corrections = corrections or {}

    def through(self, hidden: ov.Node, mask: ov.Node) -> ov.Node:
        """Return the output of the last layer. ``hidden`` is the input of the first layer."""
        hiding = ops.unsqueeze(ops.multiply(ops.subtract(_values(1.0), mask), _values(_MASKED)), _numbers(1, 2))
        for number in range(self._shape.layers):
            hidden = self._layer(hidden, hiding, f"encoder.layer.{number}")
        return hidden

    def _layer(self, hidden: ov.Node, hiding: ov.Node, name: str) -> ov.Node:
        query, key, value = (self._heads(hidden, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        attention = ops.scaled_dot_product_attention(query, key, value, hiding)
        attention = ops.reshape(
            ops.transpose(attention, _numbers(0, 2, 1, 3)), _numbers(0, 0, self._shape.width), special_zero=True
        )
        attention = ops.add(self.dense(attention, f"{name}.attention.output.dense"), hidden)
        attention = self.normed(attention, f"{name}.attention.output.LayerNorm")
        inner = ops.gelu(self.dense(attention, f"{name}.intermediate.dense"), "erf")
        return self.normed(ops.add(self.dense(inner, f"{name}.output.dense"), attention), f"{name}.output.LayerNorm")

    def _heads(self, hidden: ov.Node, name: str) -> ov.Node:
        """Return a linear layer's output, with the shape (texts, attention heads, word pieces, width of a head)."""
        heads = self._shape.heads
        split = _numbers(0, 0, heads, self._shape.width // heads)
        return ops.transpose(ops.reshape(self.dense(hidden, name), split, special_zero=True), _numbers(0, 2, 1, 3))

    def dense(self, hidden: ov.Node, name: str) -> ov.Node:
        """Apply a linear layer, with its correction if there is one."""
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        output = _linear(hidden, weight, bias, shared=weight.dtype == np.float32)
        if f"{name}.a" not in self._corrections:
            return output
        narrow, wide = (self._corrections[f"{name}.{side}"] for side in ("a", "b"))
        return ops.add(output, _product(_product(hidden, _values(narrow)), _values(wide)))

    def normed(self, hidden: ov.Node, name: str) -> ov.Node:
        """Apply a layer norm."""
        normed = ops.mvn(hidden, _numbers(-1), normalize_variance=True, eps=self._shape.epsilon, eps_mode="inside_sqrt")
        return ops.add(ops.multiply(normed, self._constant(f"{name}.weight")), self._constant(f"{name}.bias"))

    def _constant(self, name: str) -> ov.Node:
        return _values(self._weights[name])


def _inputs(shape: Shape) -> list[ov.Node]:
    """Return the inputs: embedded word pieces, and a mask that is 1 for word pieces and 0 for padding."""
    return [_named_parameter("pieces", [-1, -1, shape.width]), _named_parameter("mask", [-1, -1])]


def _named_parameter(name: str, axes: list[int]) -> ov.Node:
    parameter = ops.parameter(ov.PartialShape(axes), ov.Type.f32, name)
    parameter.output(0).set_names({name})
    return parameter


def _with_extra_columns(mask: ov.Node, count: int, value: float) -> ov.Node:
    """Return a mask with extra columns, all of which have the same value."""
    return ops.pad(mask, _numbers(0, 0), _numbers(0, count), "constant", ops.constant(np.float32(value)))


def _mean(hidden: ov.Node, mask: ov.Node) -> ov.Node:
    """Return the mean over the word pieces, without padding."""
    weights = ops.unsqueeze(mask, _numbers(2))
    total = ops.reduce_sum(ops.multiply(hidden, weights), _numbers(1))
    return ops.divide(total, ops.reduce_sum(weights, _numbers(1)))


def _linear(values: ov.Node, weight: Tensor, bias: Tensor, *, shared: bool = False) -> ov.Node:
    """Apply a linear layer. ``shared`` weights are not copied, so they must stay in memory for as long as the graph."""
    weights = ops.constant(weight, shared_memory=True) if shared else _values(weight)
    return ops.add(_product(values, weights), _values(bias))


def _product(values: ov.Node, weights: ov.Node) -> ov.Node:
    """Multiply each row of ``values`` by each row of ``weights``."""
    return ops.matmul(values, weights, transpose_a=False, transpose_b=True)


def _head(layers: _Layers, both: ov.Node, cosines: ov.Node, own: PairWeights) -> ov.Node:
    """Return the logits. ``both`` has the output for the first word piece and the mean over all word pieces."""
    outer = layers.dense(ops.gelu(layers.dense(both, "head.inner"), "erf"), "head.outer")
    slope, base = own["head.cosine"].astype(np.float32)
    return ops.add(ops.squeeze(outer, _numbers(1)), ops.add(ops.multiply(cosines, _values(slope)), _values(base)))


def _values(values: npt.ArrayLike) -> ov.Node:
    return ops.constant(np.ascontiguousarray(values, dtype=np.float32))


def _numbers(*numbers: int) -> ov.Node:
    return ops.constant(np.array(numbers, dtype=np.int64))


def _number(number: int) -> ov.Node:
    return ops.constant(np.int64(number))
