"""Reports taken out of the index: by content, so that the same file does not come back unasked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.sidecar import sidecar_of
from corpus.types import REPORT_ID_LENGTH
from index.embedding_cache import EmbeddingCache
from index.folders import DataFolder, sync
from index.weights import file_digest

_NAME = "removed.json"


@dataclass(frozen=True, slots=True)
class Removals:
    """The contents that were taken out, by sha256, each with the day. Of the reports themselves nothing is kept."""

    days: Mapping[str, str]

    @classmethod
    def read(cls, data: DataFolder) -> Removals:
        """Those of a data folder. Raises OSError or ValueError where the file cannot be read."""
        path = data.builds / _NAME
        return cls(dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {})

    def write(self, data: DataFolder) -> None:
        """Keep them, in one step."""
        partial = data.builds / f"{_NAME}.new"
        try:
            partial.write_text(json.dumps(dict(sorted(self.days.items())), indent=1), encoding="utf-8")
            sync(partial)
            partial.replace(data.builds / _NAME)
        finally:
            partial.unlink(missing_ok=True)

    def adding(self, contents: Iterable[str], day: date) -> Removals:
        """With further contents taken out."""
        return Removals({**self.days, **dict.fromkeys(contents, day.isoformat())})

    def lifting(self, contents: Iterable[str]) -> Removals:
        """With some contents let in again."""
        back = set(contents)
        return Removals({sha256: day for sha256, day in self.days.items() if sha256 not in back})

    def day_of(self, report_id: str) -> str | None:
        """The day that the report with an id was taken out; None where it was not."""
        found = (day for sha256, day in self.days.items() if sha256[:REPORT_ID_LENGTH] == report_id)
        return next(found, None)


def delete_files(folder: Path, contents: Iterable[str]) -> list[Path]:
    """Delete the files of some contents in a folder and below, with their sidecars; which were deleted."""
    wanted, deleted = set(contents), []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and file_digest(path) in wanted:
            path.unlink()
            sidecar_of(path).unlink(missing_ok=True)
            deleted.append(path)
    return deleted


def forget_embeddings(data: DataFolder, texts: Iterable[str], revision: str) -> int:
    """Drop the embeddings of all texts but these, and their traces in the file; how many were dropped."""
    cache = EmbeddingCache.open(data.embeddings)
    try:
        return cache.keep_only(texts, revision)
    finally:
        cache.close()
