"""The cross-encoder's own weights: narrow layers upon the encoder's word pieces, and the head upon them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

PairWeights = Mapping[str, npt.NDArray[np.float16]]
"""By the names that a BERT's file gives its layers' parts; besides them "narrow", "sides" and "head"."""
WEIGHTS = "data/cross_encoder.safetensors"
MAX_TOKENS = 112
"""Word pieces of question and sentence together; four in a thousand pairs are longer and lose their end."""
_MOST_WORDS = 40
"""Words of a question that are read with each sentence: the longest of those it learned from has 37."""
SIDES = 3
"""Vectors that stand beside the word pieces: the question's, the sentence's, and their product."""
HEAD_WIDTH = 32
"""Numbers of an attention head."""


def pair_weights(revision: str) -> PairWeights | None:
    """Those for the encoder of a revision; None where it is another than the one that they were trained on."""
    with as_file(files("index").joinpath(WEIGHTS)) as path, safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get("encoder") != revision:
            return None
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no mapping


def as_read(question: str) -> str:
    """A question as it is read with a sentence: of a long one its beginning, so that the sentence has room."""
    words = question.split()
    return question if len(words) <= _MOST_WORDS else " ".join(words[:_MOST_WORDS])
