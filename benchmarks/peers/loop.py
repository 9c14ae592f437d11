"""Read commands as lines of JSON, run them on a system, and report the cost of each."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypedDict

import psutil

os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "ANONYMIZED_TELEMETRY": "False"}


class Passage(TypedDict):
    """A text to index."""

    id: str
    text: str


class Peer(Protocol):
    """A system that indexes and finds passages. It keeps the index in the folder that it is given."""

    def load(self) -> None:
        """Load the encoder, and the index if the folder contains one."""

    def build(self, passages: Sequence[Passage]) -> None:
        """Index passages and save the index."""

    def add(self, passages: Sequence[Passage]) -> None:
        """Add passages to the index and save it."""

    def ask(self, question: str, k: int) -> list[str]:
        """Return the ids of the best passages."""


def read_pdfs(paths: Sequence[str]) -> int:
    """Read PDFs with pypdf, as most of these systems do by default. Returns the number of characters."""
    from pypdf import PdfReader

    return sum(len(page.extract_text() or "") for path in paths for page in PdfReader(path).pages)


def look_up_vectors(vectors: str) -> None:
    """Make the system look up vectors instead of computing them, for the parts that do not measure embedding.

    ``vectors`` is a NumPy file with texts and their vectors. Other texts are still embedded.
    """
    import numpy as np
    from sentence_transformers import SentenceTransformer

    with np.load(vectors) as arrays:
        known = dict(zip(arrays["texts"].tolist(), arrays["vectors"].astype(np.float32), strict=True))
    embed = SentenceTransformer.encode

    def look_up(model: Any, *args: Any, **kwargs: Any) -> Any:
        inputs: Any = args[0] if args else kwargs.get("inputs", kwargs.get("sentences"))
        texts = [inputs] if isinstance(inputs, str) else list(inputs)
        if any(text not in known for text in texts):
            return embed(model, *args, **kwargs)
        rows = np.stack([known[text] for text in texts])
        return rows[0] if isinstance(inputs, str) else rows

    SentenceTransformer.encode = look_up  # type: ignore[assignment,method-assign]  # replaces the method


_COMMON: dict[str, Callable[..., object]] = {"read_pdfs": read_pdfs, "look_up_vectors": look_up_vectors}


def run(peer: object) -> None:
    """Run commands until the input ends. Each one names a method of a :class:`Peer` or a function in ``_COMMON``."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # send what libraries print to the error output
    for line in sys.stdin:
        name, given = json.loads(line)
        given = json.loads(Path(given["file"]).read_text()) if "file" in given else given
        began, used = time.perf_counter(), _cpu_seconds()
        command = _COMMON.get(name) or getattr(peer, name)
        result = command(**given)
        reply: dict[str, Any] = {"wall": time.perf_counter() - began, "cpu": _cpu_seconds() - used, "result": result}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def _cpu_seconds() -> float:
    """Return the CPU seconds of this process and its descendants, including those that have ended."""
    own = psutil.Process()
    return sum(sum(process.cpu_times()[:4]) for process in (own, *own.children(recursive=True)))


def arguments() -> tuple[Path, str, str]:
    """Return the folder, the weights and the precision given on the command line."""
    folder, weights, precision = sys.argv[1:]
    return Path(folder), weights, precision
