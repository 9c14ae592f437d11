"""Reads commands as lines of JSON, has a peer carry them out, and tells what each took."""

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
    """What is indexed."""

    id: str
    text: str


class Peer(Protocol):
    """A system that indexes passages and finds them again. Whatever it keeps, it keeps in its folder."""

    def load(self) -> None:
        """Load the encoder and what the folder holds."""

    def build(self, passages: Sequence[Passage]) -> None:
        """Index passages and keep the index."""

    def add(self, passages: Sequence[Passage]) -> None:
        """The same beside what is there."""

    def ask(self, question: str, k: int) -> list[str]:
        """The ids of the best passages."""


def read_pdfs(paths: Sequence[str]) -> int:
    """Read PDFs as most of these systems do by default: by pypdf. The number of characters."""
    from pypdf import PdfReader

    return sum(len(page.extract_text() or "") for path in paths for page in PdfReader(path).pages)


def embed_nothing(vectors: str) -> None:
    """From now on texts are not embedded but looked up, where embedding is not what is measured.

    ``vectors`` is a file of NumPy's with the texts and their vectors; a text that it lacks is embedded all the same.
    """
    import numpy as np
    from sentence_transformers import SentenceTransformer

    with np.load(vectors) as kept:
        known = dict(zip(kept["texts"].tolist(), kept["vectors"].astype(np.float32), strict=True))
    embed = SentenceTransformer.encode

    def look_up(model: Any, *given: Any, **named: Any) -> Any:
        asked: Any = given[0] if given else named.get("inputs", named.get("sentences"))
        texts = [asked] if isinstance(asked, str) else list(asked)
        if any(text not in known for text in texts):
            return embed(model, *given, **named)
        found = np.stack([known[text] for text in texts])
        return found[0] if isinstance(asked, str) else found

    SentenceTransformer.encode = look_up  # type: ignore[assignment,method-assign]  # on purpose


_COMMON: dict[str, Callable[..., object]] = {"read_pdfs": read_pdfs, "embed_nothing": embed_nothing}


def run(peer: object) -> None:
    """Carry out commands until there are none: each is a method of a :class:`Peer`, or one of the above."""
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no reply
    for line in sys.stdin:
        name, given = json.loads(line)
        given = json.loads(Path(given["file"]).read_text()) if "file" in given else given
        began, used = time.perf_counter(), _used()
        carry_out = _COMMON.get(name) or getattr(peer, name)
        result = carry_out(**given)
        reply: dict[str, Any] = {"wall": time.perf_counter() - began, "cpu": _used() - used, "result": result}
        told.write(json.dumps(reply) + "\n")
        told.flush()


def _used() -> float:
    """CPU seconds of this process and of all that came of it, ended or not."""
    own = psutil.Process()
    return sum(sum(process.cpu_times()[:4]) for process in (own, *own.children(recursive=True)))


def arguments() -> tuple[Path, str, str]:
    """The folder, the weights and the precision that the command line names."""
    folder, weights, precision = sys.argv[1:]
    return Path(folder), weights, precision
