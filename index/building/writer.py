"""The files of a build, written from what was read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.chunking import context_line
from index.building.reusable_rows import KeptRows, ReportRows, sentence_count
from index.building.sources import Source
from index.encoding import pooling
from index.encoding.embedding_cache import EmbeddingCache
from index.encoding.encoder_files import value_limit_of
from index.search.dense import Codes, DenseIndex
from index.search.sparse import SparseIndex
from index.storage.data_folder import PARTIAL, DataFolder, sync, sync_folder
from index.storage.manifest import PASSAGES, SENTENCES, STORE, TERMS
from index.storage.rows import Content, StoredReport
from index.storage.store import Store
from index.types import Encoder, Progress, Rows, Vectors


@dataclass(frozen=True, slots=True)
class PassageTexts:
    """What is embedded and counted of some passages; each in the order of its rows."""

    headed: tuple[str, ...]
    """Of each passage, what its words are counted in: the headings above it, and its own text."""
    sentences: tuple[str, ...]
    headings: tuple[str, ...]
    """Of each passage."""
    whole: Mapping[int, str]
    """The text of each passage without sentences, such as a table, by its row."""
    counts: tuple[int, ...]
    """How many sentences each passage has."""

    @classmethod
    def of(cls, reports: Iterable[StoredReport]) -> PassageTexts:
        """Those of some reports' passages."""
        titled = [(stored.report.title, each.content()) for stored in reports for each in stored.passages]
        return cls(
            headed=tuple(headed_text(content, title) for title, content in titled),
            sentences=tuple(content.text[start:end] for _, content in titled for start, end in content.sentences),
            headings=tuple(context_line(title, content.section) for title, content in titled),
            whole={row: content.text for row, (_, content) in enumerate(titled) if not content.sentences},
            counts=tuple(len(content.sentences) for _, content in titled),
        )

    @property
    def other(self) -> list[str]:
        """What is embedded besides sentences, none twice."""
        return list(dict.fromkeys([*self.headings, *self.whole.values()]))


def write_contents(
    folder: Path,
    reports: Sequence[StoredReport],
    kept: KeptRows,
    data: DataFolder,
    encoder: Encoder,
    on_progress: Progress,
) -> int:
    """Write a build's files; how many texts had to be embedded.

    What ``kept`` has of a report is taken over as it is; the cache is asked for the others' vectors.
    """
    had, reach = [kept.of_report(stored) for stored in reports], value_limit_of(encoder.revision)
    texts = PassageTexts.of(stored for stored, rows in zip(reports, had, strict=True) if rows is None)
    with ThreadPoolExecutor(max_workers=1) as beside:
        words = beside.submit(
            _write_words, folder, reports, had, kept.terms, texts.headed
        )  # while the encoder computes
        with closing(EmbeddingCache.open(data.embeddings)) as cache:
            asked = cache.look_up([*texts.sentences, *texts.other], encoder.revision)
            vectors, embedded = cache.complete(asked, encoder, _Stage("Embedding sentences", on_progress))
        lengths = [sentence_count(stored) for stored in reports]
        new = vectors[: len(texts.sentences)]
        _write_vectors(folder / SENTENCES, [one.sentences if one else None for one in had], new, lengths, reach)
        lengths = [len(stored.passages) for stored in reports]
        new = _of_passages(texts, vectors)
        _write_vectors(folder / PASSAGES, [one.passages if one else None for one in had], new, lengths, None)
        on_progress("Writing the index", 0, 1)
        words.result()
        on_progress("Writing the index", 1, 1)
    return embedded


def _of_passages(texts: PassageTexts, vectors: Vectors) -> Vectors:
    """The vectors of passages; ``vectors`` are of their sentences, then of what is embedded beside those."""
    at = {text: len(texts.sentences) + row for row, text in enumerate(texts.other)}
    every: Rows = np.arange(len(texts.counts), dtype=np.int64)
    rows = np.concatenate([np.repeat(every, texts.counts), np.array([*texts.whole], dtype=np.int64), every])
    above: Rows = np.array([at[heading] for heading in texts.headings], dtype=np.int64)
    whole: Rows = np.array([at[text] for text in texts.whole.values()], dtype=np.int64)
    parts = np.concatenate([vectors[: len(texts.sentences)], vectors[whole], vectors[above]])
    weight = pooling.weights([*texts.sentences, *texts.whole.values(), *texts.headings])
    weight[len(weight) - len(above) :] *= pooling.HEADING
    return pooling.pooled(parts, weight, rows, len(texts.counts))


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
    if before is None or not before.has_current_analysis:
        return SparseIndex.build(PassageTexts.of(reports).headed)
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
    return before.changed(places, texts)


def headed_text(content: Content, title: str) -> str:
    """A passage's own words under the headings above it."""
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
