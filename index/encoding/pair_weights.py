"""The cross-encoder's own weights: narrow layers, corrections of the encoder's layers, and a head for each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

PairWeights = Mapping[str, npt.NDArray[np.float16]]
"""Tensors by name. Layers have the names that a BERT file gives them. The other tensors are "narrow", "sides" and
"head"."""
WEIGHTS = "data/cross_encoder.safetensors"
MAX_TOKENS = 112
"""Maximum number of word pieces in a question plus a sentence. Four pairs in a thousand are longer and are cut."""
CORRECTIONS = "data/corrections.safetensors"
_MAX_WORDS = 40
"""Maximum number of words read from a question. The longest question in the training data has 37."""
EXTRA_VECTORS = 3
"""Number of vectors that the layers read in addition to the word pieces: the question's, the sentence's and their
product."""
HEAD_WIDTH = 32
"""Width of an attention head."""


def pair_weights(revision: str) -> PairWeights | None:
    """Return the weights for the encoder with the given revision, or None if they were trained with another encoder."""
    return _weights(WEIGHTS, revision)


def corrections(revision: str) -> PairWeights | None:
    """Return the corrections of the encoder's own layers, or None if they were trained with another encoder.

    The correction of a linear layer is the product of two small matrices, NAME.b and NAME.a (Hu et al. 2021, LoRA,
    https://arxiv.org/abs/2106.09685). The head has the same names as the head of the narrow layers.
    """
    return _weights(CORRECTIONS, revision)


def _weights(file_name: str, revision: str) -> PairWeights | None:
    with as_file(files("index").joinpath(file_name)) as path, safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get("encoder") != revision:
            return None
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - the file is not a mapping


def shortened(question: str) -> str:
    """Return a question, or only the beginning of a long one, so that there is room for the sentence."""
    words = question.split()
    return question if len(words) <= _MAX_WORDS else " ".join(words[:_MAX_WORDS])
