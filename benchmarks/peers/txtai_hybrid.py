"""txtai, with its ``hybrid`` search (sparse and dense) and stored texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from loop import Passage, arguments, run
from txtai import Embeddings


class Txtai:
    """One ``Embeddings`` index on disk."""

    def __init__(self, folder: Path, weights: str, precision: str) -> None:
        self._folder = folder
        vectors = {"model_kwargs": {"torch_dtype": "bfloat16"}} if precision == "bf16" else {}
        self._config = {"path": weights, "method": "sentence-transformers", "hybrid": True, "content": True} | (
            {"vectors": vectors} if vectors else {}
        )
        self._embeddings = Embeddings()

    def load(self) -> None:
        self._embeddings = Embeddings(**self._config)
        if self._embeddings.exists(str(self._folder)):
            self._embeddings.load(str(self._folder))

    def build(self, passages: Sequence[Passage]) -> None:
        self._embeddings.index((p["id"], p["text"], None) for p in passages)
        self._embeddings.save(str(self._folder))

    def add(self, passages: Sequence[Passage]) -> None:
        self._embeddings.upsert((p["id"], p["text"], None) for p in passages)
        self._embeddings.save(str(self._folder))

    def ask(self, question: str, k: int) -> list[str]:
        return [result["id"] for result in self._embeddings.search(question, k)]


run(Txtai(*arguments()))
