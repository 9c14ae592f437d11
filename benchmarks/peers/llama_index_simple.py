"""llama-index, with its simple vector store as JSON on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loop import Passage, arguments, run


class LlamaIndex:
    """One ``VectorStoreIndex``."""

    def __init__(self, folder: Path, weights: str, precision: str) -> None:
        self._folder, self._weights, self._precision = folder, weights, precision
        self._model: Any = None
        self._index: Any = None

    def load(self) -> None:
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        more = {"model_kwargs": {"torch_dtype": "bfloat16"}} if self._precision == "bf16" else {}
        self._model = HuggingFaceEmbedding(model_name=self._weights, device="cpu", **more)
        if self._folder.exists():
            storage = StorageContext.from_defaults(persist_dir=str(self._folder))
            self._index = load_index_from_storage(storage, embed_model=self._model)

    def build(self, passages: Sequence[Passage]) -> None:
        from llama_index.core import VectorStoreIndex

        self._index = VectorStoreIndex(_nodes(passages), embed_model=self._model)
        self._index.storage_context.persist(str(self._folder))

    def add(self, passages: Sequence[Passage]) -> None:
        self._index.insert_nodes(_nodes(passages))
        self._index.storage_context.persist(str(self._folder))

    def ask(self, question: str, k: int) -> list[str]:
        return [scored.node.node_id for scored in self._index.as_retriever(similarity_top_k=k).retrieve(question)]


def _nodes(passages: Sequence[Passage]) -> list[Any]:
    from llama_index.core.schema import TextNode

    return [TextNode(id_=p["id"], text=p["text"]) for p in passages]


run(LlamaIndex(*arguments()))
