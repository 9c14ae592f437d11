"""The real reports beside the checkout, read and cut as a build does, and what an independent tool says is on them."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.harness.service import SHARED
from corpus.chunking import chunk
from corpus.metadata import describe
from corpus.reading import read
from corpus.types import Document, Passage, Report
from index.encoding.encoder_files import encoder_folder
from index.encoding.word_pieces import WordPieces, max_tokens

GOLDEN = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as the product reads it."""

    path: Path
    document: Document
    report: Report
    passages: tuple[Passage, ...]


def read_corpus(folders: tuple[str, ...] = ("reports", "seeds")) -> Iterator[ReadFile]:
    """Every file of the folders, in order."""
    weights = encoder_folder(None)
    count, most = WordPieces.open(weights).count, max_tokens(weights)
    for path in (path for folder in folders for path in sorted((SHARED / folder).iterdir())):
        document = read(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        report = describe(document, file=path.name, sha256=sha256)
        passages = chunk(document, report_id=report.id, title=report.title, count=count, max_tokens=most)
        yield ReadFile(path, document, report, tuple(passages))


@cache
def scorer() -> ModuleType:
    """The scorer that lies beside the reports, whose measures are used here as they are."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def witness(stem: str) -> tuple[str, ...]:
    """The pages of a file as the independent tool extracted them."""
    text = (SHARED / "pages" / f"{stem}.txt").read_text(encoding="utf-8", errors="replace")
    return tuple(text.split("\f"))


def golden(name: str) -> dict[str, dict[str, Any]]:
    """What people read in the reports by eye, by the digest of the file."""
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return {row["sha256"]: row for row in map(json.loads, lines)}


def fold(text: str) -> str:
    """Letters and digits alone: what a hyphen, a space or a bullet may differ in is left out."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).lower())


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that stand for a text which does not belong in this repository."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
