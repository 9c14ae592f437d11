"""One build, opened for search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Report
from index.contents import PASSAGES, SENTENCES, TERMS
from index.dense import DenseIndex
from index.errors import EncoderMismatch
from index.filtering import allowed_reports
from index.folders import DataFolder
from index.fusion import as_share, weighted_sum
from index.manifest import Manifest
from index.readings import STORE
from index.sparse import SparseIndex, best_rows, terms
from index.store import Store
from index.types import Encoder, Filters, IndexedPassage, Query, Rows, ScoredPassage, Vectors

DEPTH = 200
"""Passages taken from each ranking before fusion."""
SENTENCE_DEPTH = 600
"""Sentences taken before they are counted by passage: a passage has about five."""
WEIGHTS: Mapping[str, float] = {"dense": 1.0, "sentence": 1.0, "sparse": 0.4, "related": 0.15}
"""Weight of each score: cosine of the passage, cosine of its best sentence, BM25 of the question's words and of related
ones, each as a share of the best."""


class SearchIndex:
    """Passages ranked for a query by meaning, by words and by their best sentence."""

    def __init__(
        self,
        *,
        manifest: Manifest,
        store: Store,
        passages: DenseIndex,
        sentences: DenseIndex,
        terms: SparseIndex,
        encoder: Encoder,
        data: DataFolder,
    ) -> None:
        self.manifest = manifest
        self.store = store
        self.data = data
        self._passages = passages
        self._sentences = sentences
        self._terms = terms
        self._vector = lru_cache(maxsize=16)(lambda text: encoder.encode_query([text]))  # the parts of one question
        self._sentence_counts = np.diff(np.append(store.first_sentence, len(sentences)))

    @classmethod
    def open(cls, data: DataFolder, encoder: Encoder) -> SearchIndex:
        """Open the current build.

        Raises NoIndex where there is none, DamagedIndex where it is not whole, EncoderMismatch where another encoder
        built it.
        """
        return cls.open_build(data.current(), data, encoder)

    @classmethod
    def open_build(cls, folder: Path, data: DataFolder, encoder: Encoder) -> SearchIndex:
        """Open the build in a folder."""
        manifest = Manifest.read(folder)
        if (manifest.revision, manifest.dimension) != (encoder.revision, encoder.dimension):
            raise EncoderMismatch(
                f"The index was built by {manifest.encoder} (revision {manifest.revision}, {manifest.dimension} "
                f"dimensions); the encoder in use is {encoder.name} (revision {encoder.revision}, "
                f"{encoder.dimension}). Build it again with “qa-service build”, or set QA_ENCODER to the former."
            )
        return cls(
            manifest=manifest,
            store=Store(folder / STORE),
            passages=DenseIndex.open(folder / PASSAGES),
            sentences=DenseIndex.open(folder / SENTENCES),
            terms=SparseIndex.open(folder / TERMS),
            encoder=encoder,
            data=data,
        )

    def retrieve(self, query: Query, k: int) -> list[ScoredPassage]:
        """The ``k`` best passages for a query, best first; ties break by passage id."""
        allowed = self._allowed(query.filters)
        vector = self._vector(query.text)
        words, related = self._terms.scores(query.text), self._terms.scores(query.related)
        rankings = {
            "dense": self._passages.search(vector, DEPTH, allowed)[0].tolist(),
            "sentence": self._by_sentence(vector, allowed),
            "sparse": best_rows(words, DEPTH, allowed).tolist(),
            "related": best_rows(related, DEPTH, allowed).tolist(),
        }
        rankings = {name: found for name, found in rankings.items() if name not in query.without}
        rows: Rows = np.array(sorted({row for found in rankings.values() for row in found}), dtype=np.int64)
        scores = {
            "dense": self._passages.vectors(rows) @ vector[0],
            "sentence": self._best_sentences(rows, vector),
            "sparse": as_share(words[rows]),
            "related": as_share(related[rows]),
        }
        fused = weighted_sum(scores, {name: weight for name, weight in WEIGHTS.items() if name in rankings})
        preferred = {
            row: float(score) + self._preference(query, row) for row, score in zip(rows.tolist(), fused, strict=True)
        }
        best = sorted(preferred, key=lambda row: (-preferred[row], row))[: k + DEPTH // 10]
        passages = sorted(self.store.passages(best), key=lambda p: (-preferred[p.row], p.passage.id))[:k]
        ranks = {name: {row: rank for rank, row in enumerate(rows, 1)} for name, rows in rankings.items()}
        return [
            self._scored(
                indexed,
                preferred[indexed.row],
                vector,
                {n: r[indexed.row] for n, r in ranks.items() if indexed.row in r},
            )
            for indexed in passages
        ]

    def score(self, query: Query, rows: Sequence[int]) -> list[ScoredPassage]:
        """Given passages as a query sees them, found by no ranking; in the order of ``rows``."""
        vector = self._vector(query.text)
        return [self._scored(indexed, 0.0, vector, {}) for indexed in self.store.passages(rows)]

    def rarity(self, term: str) -> float:
        """How telling a stemmed word is: its inverse document frequency over the passages."""
        return self._terms.rarity(term)

    def is_known(self, word: str) -> bool:
        """Whether any passage holds a word, in any of its forms."""
        return all(self._terms.holds(term) for term in terms(word))

    def allowed(self, filters: Filters) -> list[Report]:
        """The reports that the filters let through."""
        through = allowed_reports(self.store.reports, filters)
        return [report for report, passes in zip(self.store.reports, through, strict=True) if passes]

    def _allowed(self, filters: Filters) -> npt.NDArray[np.bool_] | None:
        if not filters.any:
            return None
        return allowed_reports(self.store.reports, filters)[self.store.report_of_row]

    def _by_sentence(self, vector: Vectors, allowed: npt.NDArray[np.bool_] | None) -> list[int]:
        """Rows of passages in the order of their best sentence."""
        among = None if allowed is None else np.repeat(allowed, self._sentence_counts)
        sentences, _ = self._sentences.search(vector, SENTENCE_DEPTH, among)
        rows = np.searchsorted(self.store.first_sentence, sentences, side="right") - 1
        return list(dict.fromkeys(rows.tolist()))[:DEPTH]

    def _preference(self, query: Query, row: int) -> float:
        report = self.store.reports[int(self.store.report_of_row[row])]
        return query.preferred.get(report.id, 0.0)

    def _best_sentences(self, rows: Rows, vector: Vectors) -> npt.NDArray[np.float32]:
        """Of each passage, the cosine of its nearest sentence; 0 where it has none."""
        counts = self._sentence_counts[rows]
        best = np.zeros(len(rows), dtype=np.float32)
        held = np.flatnonzero(counts)
        if len(held):
            spans = (
                np.arange(first, first + count)
                for first, count in zip(self.store.first_sentence[rows[held]], counts[held], strict=True)
            )
            cosines = self._sentences.vectors(np.concatenate(list(spans))) @ vector[0]
            starts = np.concatenate(([0], np.cumsum(counts[held])[:-1]))
            best[held] = np.maximum.reduceat(cosines, starts)
        return best

    def _scored(
        self, indexed: IndexedPassage, score: float, vector: Vectors, ranks: Mapping[str, int]
    ) -> ScoredPassage:
        first = int(self.store.first_sentence[indexed.row])
        sentence_rows: Rows = np.arange(first, first + len(indexed.passage.sentences), dtype=np.int64)
        own = self._passages.vectors(np.array([indexed.row], dtype=np.int64)) @ vector[0]
        each = self._sentences.vectors(sentence_rows) @ vector[0]
        return ScoredPassage(
            row=indexed.row,
            passage=indexed.passage,
            report=indexed.report,
            score=score,
            ranks=ranks,
            similarity=float(own[0]),
            sentence_similarities=tuple(float(value) for value in each),
        )
