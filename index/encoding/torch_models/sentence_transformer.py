"""Turns texts into vectors with sentence-transformers. No other module imports it."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping, Sequence
from typing import cast

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # set this before the import, or forks would deadlock or warn

import numpy as np
import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from transformers.utils import logging as transformers_logging

from index.encoding.context_pieces import ContextPieces, context_pieces
from index.encoding.encoder_files import DEFAULT_NAME, encoder_folder, published_revision, revision_of
from index.errors import EncoderUnavailable
from index.types import SentenceInContext, Vectors

BATCH = 64
_THREADS = torch.get_num_threads()
"""The number of threads that torch chooses. We use this number to encode many texts at once."""
transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # our own bars show slow steps


class SentenceEncoder:
    """A sentence-transformers model. Questions use fp32. Passages use bf16 if the processor supports it natively."""

    def __init__(self, model: SentenceTransformer, *, name: str, revision: str, bulk: SentenceTransformer) -> None:
        self._model = model
        self._bulk = bulk
        self._name = name
        self._revision = revision

    @classmethod
    def open(cls, where: str | None = None) -> SentenceEncoder:
        """Load the default weights, the weights in a folder, or the weights of a model on a hub.

        Raises EncoderUnavailable if weights are missing or altered, or cannot be loaded.
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
        """Name of the model, as shown to people."""
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
        """Maximum number of word pieces that the encoder reads from a text, including special tokens."""
        return int(self._model.max_seq_length or 256)

    @property
    def precision(self) -> str:
        """Number format used for passages."""
        return "fp32" if self._bulk is self._model else "bf16"

    def embedded(self, pieces: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Return the normalised input of the first layer in fp32, in the shape (texts, word pieces, width)."""
        embeddings = cast("torch.nn.Module", self._model[0].auto_model).get_submodule("embeddings")
        hidden: torch.Tensor = embeddings(input_ids=pieces["input_ids"], token_type_ids=pieces["token_type_ids"])
        return hidden

    def layers(self) -> torch.nn.Module:
        """Return a copy of the model's layers and embeddings in fp32."""
        return copy.deepcopy(cast("torch.nn.Module", self._model[0].auto_model))

    def context_pieces(self, question: str, sentences: Sequence[SentenceInContext]) -> list[ContextPieces]:
        """Split a question with each of several sentences in their contexts into word pieces."""
        tokenizer: Tokenizer = self._model.tokenizer.backend_tokenizer
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return context_pieces(tokenizer, question, sentences)

    def tokenize_pairs(self, pairs: Sequence[tuple[str, str]], max_pieces: int) -> dict[str, torch.Tensor]:
        """Split pairs of texts into word pieces. If a pair is too long, the longer text is cut."""
        first, second = zip(*pairs, strict=True)
        encoded = self._model.tokenizer(
            list(first),
            list(second),
            padding=True,
            truncation="longest_first",
            max_length=max_pieces,
            return_tensors="pt",
        )
        return dict(encoded)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of questions, computed in fp32."""
        torch.set_num_threads(1)  # for one short text, more threads cost more time than they save
        with torch.inference_mode():
            vectors = self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """Encode one question immediately. The returned function returns the vector."""
        vectors = self.encode_query([text])
        return lambda: vectors

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages. The library sorts them by length, so that there is little padding."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        torch.set_num_threads(_THREADS)
        with torch.inference_mode():
            vectors = self._bulk.encode_document(
                list(texts), batch_size=BATCH, convert_to_numpy=False, convert_to_tensor=True, show_progress_bar=False
            )
        return _unit(vectors.to(torch.float32).numpy())


def computes_in_bfloat16() -> bool:
    """Whether the processor multiplies bf16 matrices natively. If not, bf16 is slower than fp32."""
    cpu = torch.cpu
    # torch has no public function for this.
    return bool(cpu._is_amx_tile_supported() or cpu._is_avx512_bf16_supported())  # noqa: SLF001


def _unit(vectors: Vectors) -> Vectors:
    """Scale vectors to length 1, so that the inner product of two vectors is their cosine."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.all(norms > 0):
        raise ValueError("the encoder returned a vector of length zero")
    unit: Vectors = np.ascontiguousarray(vectors / norms, dtype=np.float32)
    return unit
