"""The files of a build, written from what was read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.chunking import context_line
from index.dense import DenseIndex, Halves
from index.embedding_cache import EmbeddingCache
from index.folders import PARTIAL, DataFolder, sync, sync_folder
from index.kept_vectors import KeptVectors, sentence_count
from index.manifest import PASSAGES, SENTENCES, STORE, TERMS
from index.rows import StoredPassage, StoredReport
from index.sources import Source
from index.sparse import SparseIndex
from index.store import Store
from index.types import Encoder, Progress, Vectors


def write_contents(
    folder: Path,
    reports: Sequence[StoredReport],
    kept: KeptVectors,
    data: DataFolder,
    encoder: Encoder,
    on_progress: Progress,
) -> tuple[int, int]:
    """Write a build's files; how many passages and how many sentences had to be embedded.

    What ``kept`` has of a report is taken over as it is; the cache is asked for the others' vectors.
    """
    had = [kept.of_report(stored) for stored in reports]
    texts, sentences = texts_of(stored for stored, vectors in zip(reports, had, strict=True) if vectors is None)
    with closing(EmbeddingCache.open(data.embeddings)) as cache, ThreadPoolExecutor(max_workers=1) as beside:
        passages, spoken = (cache.look_up(each, encoder.revision) for each in (texts, sentences))
        words = beside.submit(_write_words, folder, reports)  # while the encoder computes
        vectors, new_passages = cache.complete(passages, encoder, _Stage("Embedding passages", on_progress))
        lengths = [len(stored.passages) for stored in reports]
        _write_vectors(folder / PASSAGES, [one.passages if one else None for one in had], vectors, lengths)
        vectors, new_sentences = cache.complete(spoken, encoder, _Stage("Embedding sentences", on_progress))
        lengths = [sentence_count(stored) for stored in reports]
        _write_vectors(folder / SENTENCES, [one.sentences if one else None for one in had], vectors, lengths)
        on_progress("Writing the index", 0, 1)
        words.result()
        on_progress("Writing the index", 1, 1)
    return new_passages, new_sentences


def _write_vectors(path: Path, had: Sequence[Halves | None], new: Vectors, lengths: Sequence[int]) -> None:
    """Write the vectors of all reports in their order: those that a report had, else the next ones of the new."""
    rest, parts = DenseIndex.build(new).halves, []
    for vectors, length in zip(had, lengths, strict=True):
        if vectors is None:
            vectors, rest = rest[:length], rest[length:]
        parts.append(vectors)
    DenseIndex.of_halves(np.concatenate(parts)).save(path)


def _write_words(folder: Path, reports: Sequence[StoredReport]) -> None:
    """Write what needs no vectors."""
    SparseIndex.build(texts_of(reports)[0]).save(folder / TERMS)
    Store.write(folder / STORE, reports)


def texts_of(reports: Iterable[StoredReport]) -> tuple[list[str], list[str]]:
    """What is embedded: the passages under their headings, and their sentences; each in the order of its rows."""
    texts, sentences = [], []
    for stored in reports:
        for passage in stored.passages:
            texts.append(embedded_text(passage, stored.report.title))
            sentences += [passage.text[start:end] for start, end in passage.sentences]
    return texts, sentences


def embedded_text(passage: StoredPassage, title: str) -> str:
    """What stands for a passage in both indexes: the headings above it, and its own words."""
    return f"{context_line(title, passage.section)}\n{passage.text}"


def keep_originals(sources: Iterable[Source], data: DataFolder) -> None:
    """Keep a copy of each file: quotes are checked against it, and its pages shown from it."""
    for source in sources:
        kept = data.original(source.sha256, source.path.suffix.lower())
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            partial = kept.with_suffix(PARTIAL)
            try:
                shutil.copyfile(source.path, partial)
                sync(partial)
                partial.replace(kept)
            finally:
                partial.unlink(missing_ok=True)
            sync_folder(kept.parent)


@dataclass(frozen=True, slots=True)
class _Stage:
    """Progress of one stage."""

    name: str
    on_progress: Progress

    def __call__(self, done: int, total: int) -> None:
        self.on_progress(self.name, done, total)
