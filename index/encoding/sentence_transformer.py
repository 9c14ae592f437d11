"""Texts to vectors through sentence-transformers, its only importer."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping, Sequence
from typing import cast

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # before import: forks after use would deadlock or warn

import numpy as np
import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from index.encoding.encoder_files import DEFAULT_NAME, encoder_folder, published_revision, revision_of
from index.errors import EncoderUnavailable
from index.types import Vectors

BATCH = 64
_THREADS = torch.get_num_threads()
"""As many as torch takes by itself: for many texts at once."""
transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # loading takes a moment; our own bars show what takes longer


class SentenceEncoder:
    """A sentence-transformers model: questions in fp32, passages in bf16 where the processor computes in it."""

    def __init__(self, model: SentenceTransformer, *, name: str, revision: str, bulk: SentenceTransformer) -> None:
        self._model = model
        self._bulk = bulk
        self._name = name
        self._revision = revision

    @classmethod
    def open(cls, where: str | None = None) -> SentenceEncoder:
        """Load the default weights, or those in a folder or under a hub's name.

        Raises EncoderUnavailable where they are missing, altered or do not load.
        """
        folder = encoder_folder(where)
        revision = revision_of(folder) if where else published_revision(folder)
        try:
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, SafetensorError) as error:
            raise EncoderUnavailable(f"The encoder in {folder} does not load: {error}") from error
        model.eval()
        bulk = copy.deepcopy(model).to(torch.bfloat16) if computes_in_bfloat16() else model
        return cls(model, name=where or DEFAULT_NAME, revision=revision, bulk=bulk)

    @property
    def name(self) -> str:
        """What a person calls the model."""
        return self._name

    @property
    def revision(self) -> str:
        """The first digits of the weights' sha256."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int:
        """Word pieces read of a text, special tokens included."""
        return int(self._model.max_seq_length or 256)

    @property
    def precision(self) -> str:
        """Number format that passages are computed in."""
        return "fp32" if self._bulk is self._model else "bf16"

    def embedded(self, pieces: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Word pieces as they go into the first layer, normed, in fp32: (texts, word pieces, width)."""
        embeddings = cast("torch.nn.Module", self._model[0].auto_model).get_submodule("embeddings")
        found: torch.Tensor = embeddings(input_ids=pieces["input_ids"], token_type_ids=pieces["token_type_ids"])
        return found

    def tokenize_pairs(self, pairs: Sequence[tuple[str, str]], most: int) -> dict[str, torch.Tensor]:
        """Pairs of texts as word pieces, at most so many: what is too long is cut from the second."""
        first, second = zip(*pairs, strict=True)
        encoded = self._model.tokenizer(
            list(first), list(second), padding=True, truncation="longest_first", max_length=most, return_tensors="pt"
        )
        return dict(encoded)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, in fp32."""
        torch.set_num_threads(1)  # one short text: threads that wait for one another would cost more than they bring
        with torch.inference_mode():
            vectors = self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """The vector of one question, computed at once."""
        vectors = self.encode_query([text])
        return lambda: vectors

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages; they are put in order of length first, so that little padding is computed."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        torch.set_num_threads(_THREADS)
        with torch.inference_mode():
            vectors = self._bulk.encode_document(
                list(texts), batch_size=BATCH, convert_to_numpy=False, convert_to_tensor=True, show_progress_bar=False
            )
        return _unit(vectors.to(torch.float32).numpy())


def computes_in_bfloat16() -> bool:
    """Whether the processor multiplies bf16 matrices natively; elsewhere it would be slower than fp32."""
    cpu = torch.cpu
    # torch asks the processor here and offers no public way to do so.
    return bool(cpu._is_amx_tile_supported() or cpu._is_avx512_bf16_supported())  # noqa: SLF001


def _unit(vectors: Vectors) -> Vectors:
    """Scale to length 1, which inner product as a measure of similarity needs."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.all(norms > 0):
        raise ValueError("the encoder gave a vector of length zero")
    unit: Vectors = np.ascontiguousarray(vectors / norms, dtype=np.float32)
    return unit
