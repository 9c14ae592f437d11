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
from index.dense import Codes, DenseIndex
from index.embedding_cache import EmbeddingCache
from index.errors import DamagedIndex
from index.folders import PARTIAL, DataFolder, sync, sync_folder
from index.kept_rows import KeptRows, ReportRows, sentence_count
from index.manifest import PASSAGES, SENTENCES, STORE, TERMS
from index.rows import Content, StoredReport
from index.sources import Source
from index.sparse import SparseIndex
from index.store import Store
from index.types import Encoder, Progress, Rows, Vectors
from index.weights import reach_of


def write_contents(
    folder: Path,
    reports: Sequence[StoredReport],
    kept: KeptRows,
    data: DataFolder,
    encoder: Encoder,
    on_progress: Progress,
) -> tuple[int, int]:
    """Write a build's files; how many passages and how many sentences had to be embedded.

    What ``kept`` has of a report is taken over as it is; the cache is asked for the others' vectors.
    """
    had, reach = [kept.of_report(stored) for stored in reports], reach_of(encoder.revision)
    texts, sentences = texts_of(stored for stored, rows in zip(reports, had, strict=True) if rows is None)
    with closing(EmbeddingCache.open(data.embeddings)) as cache, ThreadPoolExecutor(max_workers=1) as beside:
        passages, spoken = (cache.look_up(each, encoder.revision) for each in (texts, sentences))
        words = beside.submit(_write_words, folder, reports, had, kept.terms, texts)  # while the encoder computes
        vectors, new_passages = cache.complete(passages, encoder, _Stage("Embedding passages", on_progress))
        lengths = [len(stored.passages) for stored in reports]
        _write_vectors(folder / PASSAGES, [one.passages if one else None for one in had], vectors, lengths, None)
        vectors, new_sentences = cache.complete(spoken, encoder, _Stage("Embedding sentences", on_progress))
        lengths = [sentence_count(stored) for stored in reports]
        _write_vectors(folder / SENTENCES, [one.sentences if one else None for one in had], vectors, lengths, reach)
        on_progress("Writing the index", 0, 1)
        words.result()
        on_progress("Writing the index", 1, 1)
    return new_passages, new_sentences


def _write_vectors(
    path: Path, had: Sequence[Codes | None], new: Vectors, lengths: Sequence[int], reach: float | None
) -> None:
    """Write the vectors of all reports in their order: those that a report had, else the next ones of the new."""
    rest, parts = DenseIndex.build(new, reach).codes, []
    for codes, length in zip(had, lengths, strict=True):
        if codes is None:
            codes, rest = rest[:length], rest[length:]
        parts.append(codes)
    DenseIndex.of_codes(np.concatenate(parts), new.shape[1], reach).save(path)


def _write_words(
    folder: Path,
    reports: Sequence[StoredReport],
    had: Sequence[ReportRows | None],
    before: SparseIndex | None,
    new: Sequence[str],
) -> None:
    """Write what needs no vectors. Words are counted in the texts of new reports alone."""
    _words(reports, had, before, new).save(folder / TERMS)
    Store.write(folder / STORE, reports)


def _words(
    reports: Sequence[StoredReport],
    had: Sequence[ReportRows | None],
    before: SparseIndex | None,
    new: Sequence[str],
) -> SparseIndex:
    """The index of all reports' words: rows that a report had are taken over, the others are the new texts' in turn."""
    if before is None or not before.is_current:
        return SparseIndex.build(texts_of(reports)[0])
    places: Rows = np.full(before.rows, -1, dtype=np.int64)
    texts: dict[int, str] = {}
    rest, row = iter(new), 0
    for stored, rows in zip(reports, had, strict=True):
        here = range(row, row + len(stored.passages))
        row = here.stop
        if rows:
            places[rows.row : rows.row + len(here)] = here
        else:
            texts |= dict(zip(here, rest, strict=False))  # the rows end first: the other texts stay for the next
    try:
        return before.changed(places, texts)
    except DamagedIndex:  # it is what was written, but another machine's arithmetic may end in another digit
        return SparseIndex.build(texts_of(reports)[0])


def texts_of(reports: Iterable[StoredReport]) -> tuple[list[str], list[str]]:
    """What is embedded: the passages under their headings, and their sentences; each in the order of its rows."""
    texts, sentences = [], []
    for stored in reports:
        for content in (passage.content() for passage in stored.passages):
            texts.append(embedded_text(content, stored.report.title))
            sentences += [content.text[start:end] for start, end in content.sentences]
    return texts, sentences


def embedded_text(content: Content, title: str) -> str:
    """What stands for a passage in both indexes: the headings above it, and its own words."""
    return f"{context_line(title, content.section)}\n{content.text}"


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
