"""Haystack, with its store in memory and on disk. Its search combines BM25 and vectors by their ranks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loop import Passage, arguments, run


class Haystack:
    """One ``InMemoryDocumentStore`` with a pipeline."""

    def __init__(self, folder: Path, weights: str, precision: str) -> None:
        self._file, self._weights = folder / "store.json", weights
        self._more = {"model_kwargs": {"torch_dtype": "bfloat16"}} if precision == "bf16" else {}
        self._embedder: Any = None
        self._store: Any = None
        self._pipeline: Any = None

    def load(self) -> None:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        exists = self._file.exists()
        self._store = InMemoryDocumentStore.load_from_disk(str(self._file)) if exists else InMemoryDocumentStore()
        self._embedder = SentenceTransformersDocumentEmbedder(model=self._weights, progress_bar=False, **self._more)
        self._embedder.warm_up()
        pipeline = Pipeline()
        pipeline.add_component("text", SentenceTransformersTextEmbedder(model=self._weights, progress_bar=False))
        pipeline.add_component("dense", InMemoryEmbeddingRetriever(self._store))
        pipeline.add_component("sparse", InMemoryBM25Retriever(self._store))
        pipeline.add_component("join", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        pipeline.connect("text.embedding", "dense.query_embedding")
        pipeline.connect("dense", "join")
        pipeline.connect("sparse", "join")
        pipeline.warm_up()
        self._pipeline = pipeline

    def build(self, passages: Sequence[Passage]) -> None:
        from haystack import Document

        documents = [Document(id=p["id"], content=p["text"]) for p in passages]
        self._store.write_documents(self._embedder.run(documents)["documents"])
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._store.save_to_disk(str(self._file))

    add = build

    def ask(self, question: str, k: int) -> list[str]:
        inputs = {"text": {"text": question}, "sparse": {"query": question, "top_k": k}, "dense": {"top_k": k}}
        return [document.id for document in self._pipeline.run(inputs)["join"]["documents"][:k]]


run(Haystack(*arguments()))
