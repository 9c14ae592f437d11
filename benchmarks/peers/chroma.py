"""Chroma, with a collection on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loop import Passage, arguments, run

_BATCH = 5000
"""The maximum number of passages that Chroma can add at once."""


class Chroma:
    """One collection that compares vectors by cosine."""

    def __init__(self, folder: Path, weights: str, precision: str) -> None:
        self._folder, self._weights, self._precision = folder, weights, precision
        self._collection: Any = None

    def load(self) -> None:
        import chromadb
        from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

        more = {"model_kwargs": {"torch_dtype": "bfloat16"}} if self._precision == "bf16" else {}
        embed = SentenceTransformerEmbeddingFunction(model_name=self._weights, **more)
        client = chromadb.PersistentClient(str(self._folder), chromadb.Settings(anonymized_telemetry=False))
        self._collection = client.get_or_create_collection(
            "reports", embedding_function=embed, configuration={"hnsw": {"space": "cosine"}}
        )

    def build(self, passages: Sequence[Passage]) -> None:
        for at in range(0, len(passages), _BATCH):
            some = passages[at : at + _BATCH]
            self._collection.add(ids=[p["id"] for p in some], documents=[p["text"] for p in some])

    add = build

    def ask(self, question: str, k: int) -> list[str]:
        return list(self._collection.query(query_texts=[question], n_results=k)["ids"][0])


run(Chroma(*arguments()))
