"""What makes a cross-encoder of the encoder: the correction of its layers, and the head upon them."""

from __future__ import annotations

from importlib.resources import as_file, files

from safetensors import safe_open

from index.mapped_weights import Weights

WEIGHTS = "data/cross_encoder.safetensors"
MAX_TOKENS = 112
"""Word pieces of question and sentence together; four in a thousand pairs are longer and lose their end."""


def correction_for(revision: str) -> Weights | None:
    """The correction of the encoder of a revision; None where it is another than the one that it was trained on."""
    with as_file(files("index").joinpath(WEIGHTS)) as path, safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get("encoder") != revision:
            return None
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is no mapping
