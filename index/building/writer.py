"""Writes the files of a build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.chunking import context_line
from index.building.read_pool import ReadReport
from index.building.remarks import remark_table
from index.building.reusable_rows import ReportRows, ReusableRows, sentence_count
from index.building.reuse import ReadFiles
from index.building.sources import Source
from index.encoding import pooling
from index.encoding.embedding_cache import EmbeddingCache
from index.encoding.encoder_files import value_limit_of
from index.search.dense import Codes, DenseIndex
from index.search.sparse import SparseIndex
from index.search.word_counts import WordCounts
from index.storage.data_folder import CONVERTED, PARTIAL, DataFolder, sync, sync_folder
from index.storage.manifest import PASSAGES, REMARKS, SENTENCES, STORE, TERMS, WORDS, Failure
from index.storage.rows import PassageContent, StoredReport
from index.storage.store import Store
from index.types import Encoder, Progress, Rows, Vectors


@dataclass(frozen=True, slots=True)
class PassageTexts:
    """The texts of several passages, for embedding and for counting terms."""

    headed: tuple[str, ...]
    """Text of each passage, preceded by its headings. We count terms in this text."""
    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    """Headings above each passage."""
    unsplit: Mapping[int, str]
    """For each passage without sentences, such as a table, its text, by row."""
    sentence_counts: tuple[int, ...]
    """Number of sentences in each passage."""

    @classmethod
    def of(cls, reports: Iterable[StoredReport]) -> PassageTexts:
        """Return the texts of the passages in the given reports."""
        passages = [(stored.report.title, passage.content()) for stored in reports for passage in stored.passages]
        return cls(
            headed=tuple(headed_text(content, title) for title, content in passages),
            sentences=tuple(content.text[start:end] for _, content in passages for start, end in content.sentences),
            headings=tuple(context_line(title, content.section) for title, content in passages),
            unsplit={row: content.text for row, (_, content) in enumerate(passages) if not content.sentences},
            sentence_counts=tuple(len(content.sentences) for _, content in passages),
        )

    @property
    def other(self) -> list[str]:
        """The texts to embed that are not sentences, without repeats."""
        return list(dict.fromkeys([*self.headings, *self.unsplit.values()]))


def write_contents(
    folder: Path,
    reports: Sequence[StoredReport],
    reusable: ReusableRows,
    data: DataFolder,
    encoder: Encoder,
    on_progress: Progress,
) -> int:
    """Write a build's files. Return the number of texts that were not in the cache and had to be embedded.

    The rows of unchanged reports are copied. For the other reports, vectors come from the cache if possible.
    """
    reused, limit = [reusable.of_report(stored) for stored in reports], value_limit_of(encoder.revision)
    texts = PassageTexts.of(stored for stored, rows in zip(reports, reused, strict=True) if rows is None)
    with ThreadPoolExecutor(max_workers=1) as thread:  # the thread works while the encoder computes
        writing = thread.submit(_write_terms_and_store, folder, reports, reused, reusable, texts.headed)
        with closing(EmbeddingCache.open(data.embeddings)) as cache:
            lookup = cache.look_up([*texts.sentences, *texts.other], encoder.revision)
            stage = _Stage("Preparing sentences for searching", on_progress)
            vectors, embedded = cache.complete(lookup, encoder, stage)
        counts = [sentence_count(stored) for stored in reports]
        codes = [rows.sentences if rows else None for rows in reused]
        _write_vectors(folder / SENTENCES, codes, vectors[: len(texts.sentences)], counts, limit)
        counts = [len(stored.passages) for stored in reports]
        codes = [rows.passages if rows else None for rows in reused]
        _write_vectors(folder / PASSAGES, codes, _passage_vectors(texts, vectors), counts, None)
        vectors_of_sentences = DenseIndex.open(folder / SENTENCES)
        remark_table(reports, reused, vectors_of_sentences, encoder.revision, on_progress).save(folder / REMARKS)
        on_progress("Writing the index", 0, 1)
        writing.result()
        on_progress("Writing the index", 1, 1)
    return embedded


def _passage_vectors(texts: PassageTexts, vectors: Vectors) -> Vectors:
    """Return the vectors of passages. ``vectors`` contains the vectors of the sentences, then of the other texts."""
    row_of_text = {text: len(texts.sentences) + row for row, text in enumerate(texts.other)}
    passages: Rows = np.arange(len(texts.headings), dtype=np.int64)
    unsplit_passages: Rows = np.array([*texts.unsplit], dtype=np.int64)
    rows = np.concatenate([np.repeat(passages, texts.sentence_counts), unsplit_passages, passages])
    heading_rows: Rows = np.array([row_of_text[heading] for heading in texts.headings], dtype=np.int64)
    unsplit_rows: Rows = np.array([row_of_text[text] for text in texts.unsplit.values()], dtype=np.int64)
    parts = np.concatenate([vectors[: len(texts.sentences)], vectors[unsplit_rows], vectors[heading_rows]])
    weights = pooling.weights([*texts.sentences, *texts.unsplit.values(), *texts.headings])
    weights[len(weights) - len(heading_rows) :] *= pooling.HEADING
    return pooling.pooled(parts, weights, rows, len(passages))


def _write_vectors(
    path: Path, reused: Sequence[Codes | None], new: Vectors, counts: Sequence[int], limit: float | None
) -> None:
    """Write the vectors of all reports in order. A report without reused vectors takes the next new ones."""
    rest, parts = DenseIndex.build(new, limit).codes, []
    for codes, count in zip(reused, counts, strict=True):
        if codes is None:
            codes, rest = rest[:count], rest[count:]
        parts.append(codes)
    DenseIndex.of_codes(np.concatenate(parts), new.shape[1], limit).save(path)


def _write_terms_and_store(
    folder: Path,
    reports: Sequence[StoredReport],
    reused: Sequence[ReportRows | None],
    reusable: ReusableRows,
    new: Sequence[str],
) -> None:
    """Write the files that need no vectors. ``new`` contains the texts of the reports without reused rows."""
    _sparse_index(reports, reused, reusable.terms, new).save(folder / TERMS)
    _word_counts(reports, reused, reusable.words, new).save(folder / WORDS)
    Store.write(folder / STORE, reports)


def _sparse_index(
    reports: Sequence[StoredReport],
    reused: Sequence[ReportRows | None],
    previous: SparseIndex | None,
    new: Sequence[str],
) -> SparseIndex:
    """Return the term counts for all reports. Reused rows keep their counts, and only new texts are counted."""
    if previous is None or not previous.has_current_analysis:
        return SparseIndex.build(PassageTexts.of(reports).headed)
    new_rows: Rows = np.full(previous.rows, -1, dtype=np.int64)
    texts: dict[int, str] = {}
    remaining, row = iter(new), 0
    for stored, rows in zip(reports, reused, strict=True):
        span = range(row, row + len(stored.passages))
        row = span.stop
        if rows:
            new_rows[rows.first_row : rows.first_row + len(span)] = span
        else:
            texts |= dict(zip(span, remaining, strict=False))  # this takes only one text for each row from the iterator
    return previous.changed(new_rows, texts)


def _word_counts(
    reports: Sequence[StoredReport],
    reused: Sequence[ReportRows | None],
    previous: WordCounts | None,
    new: Sequence[str],
) -> WordCounts:
    """Return the counts of whole words for all reports. Only new texts are counted."""
    counted = previous or WordCounts.empty()
    remaining, texts = iter(new), dict[str, tuple[str, ...]]()
    for stored, rows in zip(reports, reused, strict=True):
        if rows is None:
            texts[stored.report.id] = tuple(islice(remaining, len(stored.passages)))
        elif stored.report.id not in counted.reports:
            texts[stored.report.id] = PassageTexts.of([stored]).headed
    return counted.changed([stored.report.id for stored in reports], texts)


def headed_text(content: PassageContent, title: str) -> str:
    """Return the text of a passage, preceded by its headings."""
    return f"{context_line(title, content.section)}\n{content.text}"


def keep_originals(sources: Iterable[Source], data: DataFolder) -> None:
    """Keep a copy of each file, so that quotes can be checked against it and its pages can be shown."""
    for source in sources:
        _keep(data.original(source.sha256, source.path.suffix.lower()), partial(shutil.copyfile, source.path))


def _keep(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file completely or not at all. If it exists, do nothing."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(PARTIAL)
    try:
        write(unfinished)
        sync(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(target.parent)


def keeping_converted(read: ReadFiles, data: DataFolder) -> ReadFiles:
    """Return a function that reads files. It keeps each Word document that was made from a file, to find quotes in it.

    The facts of the report name this document. If the build fails, the file is deleted like any other that no build
    uses.
    """

    def read_and_keep(sources: Sequence[Source]) -> Iterator[ReadReport | Failure]:
        for result in read(sources):
            if isinstance(result, ReadReport) and result.converted is not None:
                target = data.original(result.report.proof, CONVERTED)
                _keep(target, partial(Path.write_bytes, data=result.converted))
                yield replace(result, converted=None)
            else:
                yield result

    return read_and_keep


@dataclass(frozen=True, slots=True)
class _Stage:
    """Reports the progress of one stage."""

    name: str
    on_progress: Progress

    def __call__(self, done: int, total: int) -> None:
        self.on_progress(self.name, done, total)
