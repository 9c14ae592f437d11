"""Read the real reports as a build does, and load what other sources say about them."""

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
from corpus.facts.metadata import describe
from corpus.reading import read
from corpus.types import Document, Passage, Report
from index.encoding.encoder_files import encoder_folder
from index.encoding.word_pieces import WordPieces, max_tokens

GOLDEN = Path(__file__).parents[1] / "golden"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A report file, as the product reads it."""

    path: Path
    document: Document
    report: Report
    passages: tuple[Passage, ...]


def report_files(folders: tuple[str, ...] = ("reports", "seeds")) -> list[Path]:
    """Return the real reports, sorted by name in each folder."""
    return [path for folder in folders for path in sorted((SHARED / folder).iterdir())]


def read_reports() -> Iterator[ReadFile]:
    """Read every real report."""
    weights = encoder_folder(None)
    count, limit = WordPieces.open(weights).count, max_tokens(weights)
    for path in report_files():
        document = read(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        report = describe(document, file=path.name, sha256=sha256)
        passages = chunk(document, report_id=report.id, title=report.title, count=count, max_tokens=limit)
        yield ReadFile(path, document, report, tuple(passages))


@cache
def scorer() -> ModuleType:
    """Load the scorer that is kept next to the reports, and use it unchanged.

    Raises FileNotFoundError if it is missing.
    """
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def independent_pages(stem: str) -> tuple[str, ...]:
    """Return the text of each page of a file, as an independent tool extracted it."""
    text = (SHARED / "pages" / f"{stem}.txt").read_text(encoding="utf-8", errors="replace")
    return tuple(text.split("\f"))


def golden_facts(name: str) -> dict[str, dict[str, Any]]:
    """Load what people found when they read the reports by eye, keyed by the sha256 of the file."""
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return {row["sha256"]: row for row in map(json.loads, lines)}


def fold(text: str) -> str:
    """Keep only letters and digits, so that hyphens, spaces and bullets make no difference."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).lower())


def digest(text: str) -> str:
    """Return a 16-digit hexadecimal digest, to store in place of a text that we may not keep in this repository."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
