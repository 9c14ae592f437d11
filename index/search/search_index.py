"""One build, opened for search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.types import Report
from index.errors import EncoderMismatch
from index.search.filtering import allowed_reports
from index.search.fusion import as_share, weighted_sum
from index.search.semantic import DEPTH, Likeness, Meaning
from index.search.sparse import SparseIndex, best_rows
from index.search.text_analysis import terms
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE, TERMS, Manifest
from index.storage.store import Store
from index.storage.visible_manifest import account_of
from index.types import Encoder, Filters, IndexedPassage, PairVectors, Query, Rows, ScoredPassage

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
        terms: SparseIndex,
        meaning: Meaning | None,
        data: DataFolder,
    ) -> None:
        self.manifest = manifest
        self.store = store
        self.data = data
        self._terms = terms
        self._meaning = meaning

    @classmethod
    def open(cls, data: DataFolder, encoder: Encoder | None) -> SearchIndex:
        """Open the current build; without an encoder it is searched by words alone.

        Raises NoIndex where there is none, DamagedIndex where it is not whole, EncoderMismatch where another encoder
        built it.
        """
        return cls.open_build(data.current(), data, encoder)

    @classmethod
    def open_build(cls, folder: Path, data: DataFolder, encoder: Encoder | None) -> SearchIndex:
        """Open the build in a folder."""
        manifest = Manifest.read(folder)
        if encoder and (manifest.revision, manifest.dimension) != (encoder.revision, encoder.dimension):
            raise EncoderMismatch(
                f"The index was built by {manifest.encoder} (revision {manifest.revision}, {manifest.dimension} "
                f"dimensions); the encoder in use is {encoder.name} (revision {encoder.revision}, "
                f"{encoder.dimension}). Build it again with “qa-service build”, or set QA_ENCODER to the former."
            )
        store = Store(folder / STORE)
        return cls(
            manifest=manifest,
            store=store,
            terms=SparseIndex.open(folder / TERMS),
            meaning=Meaning.open(folder, encoder, store.first_sentence) if encoder else None,
            data=data,
        )

    def without(self, hidden: frozenset[str]) -> SearchIndex:
        """The same for somebody who may not see some reports, by id: in all that it gives as if it never held them.

        Files and vectors are shared; of words there are scores of its own, over the passages that are left. Itself
        where it holds none of them. Raises DamagedIndex.
        """
        if hidden.isdisjoint(report.id for report in self.store.all_reports()):
            return self
        store = self.store.without(hidden)
        return SearchIndex(
            manifest=account_of(self.manifest, store),
            store=store,
            terms=self._terms.among(store.shown),
            meaning=self._meaning.apart() if self._meaning else None,
            data=self.data,
        )

    @property
    def degraded(self) -> tuple[str, ...]:
        """What a search has to do without: the encoder, where it could not be loaded."""
        return () if self._meaning else ("encoder",)

    def start_encoding(self, text: str) -> None:
        """Begin what a search for a text will need and takes longest; what it gives is the same without."""
        if self._meaning:
            self._meaning.start_encoding(text)

    def retrieve(self, query: Query, k: int) -> list[ScoredPassage]:
        """The ``k`` best passages for a query, best first; ties break by passage id."""
        allowed = self._allowed(query.filters)
        words, related = self._terms.scores(query.text), self._terms.scores(query.related)
        rankings = self._meaning.rankings(query.text, allowed) if self._meaning else {}
        rankings["sparse"] = best_rows(words, DEPTH, allowed).tolist()
        rankings["related"] = best_rows(related, DEPTH, allowed).tolist()
        rankings = {name: found for name, found in rankings.items() if name not in query.without}
        rows: Rows = np.array(sorted({row for found in rankings.values() for row in found}), dtype=np.int64)
        by_words = {"sparse": as_share(words[rows]), "related": as_share(related[rows])}
        scores = {**(self._meaning.scores(query.text, rows) if self._meaning else {}), **by_words}
        fused = weighted_sum(scores, {name: weight for name, weight in WEIGHTS.items() if name in rankings})
        preferred = {
            row: float(score) + self._preference(query, row) for row, score in zip(rows.tolist(), fused, strict=True)
        }
        best = _first(preferred, k)
        passages = sorted(self.store.passages(best), key=lambda p: (-preferred[p.row], p.passage.id))[:k]
        ranks = {name: {row: rank for rank, row in enumerate(rows, 1)} for name, rows in rankings.items()}
        return [
            self._scored(
                indexed,
                preferred[indexed.row],
                {n: r[indexed.row] for n, r in ranks.items() if indexed.row in r},
                likeness,
            )
            for indexed, likeness in self._with_likeness(query, passages)
        ]

    def score(self, query: Query, rows: Sequence[int]) -> list[ScoredPassage]:
        """Given passages as a query sees them, found by no ranking; in the order of ``rows``."""
        found = self._with_likeness(query, self.store.passages(rows))
        return [self._scored(indexed, 0.0, {}, likeness) for indexed, likeness in found]

    def nearest_cosine(self, text: str) -> float:
        """How near the nearest sentence of all is to a text: its cosine, 0 where nothing tells what is meant."""
        return self._meaning.nearest_cosine(text, self._allowed(Filters())) if self._meaning else 0.0

    def pair_vectors(self, text: str, places: Sequence[tuple[int, int]], cosines: Sequence[float]) -> PairVectors:
        """What a pair scorer needs of a text and of sentences, each given by its passage's row and its number there.

        Raises ValueError in an index that was opened without an encoder.
        """
        if not self._meaning:
            raise ValueError("without an encoder there are no vectors")
        return self._meaning.pair_vectors(text, places, cosines)

    def rarity(self, term: str) -> float:
        """How telling a stemmed word is: its inverse document frequency over the passages."""
        return self._terms.idf(term)

    def is_known(self, word: str) -> bool:
        """Whether any passage holds a word, in any of its forms."""
        wanted = terms(word)
        # A function word is in every report; a word of another script's letters, which has no term either, is in none.
        return all(self._terms.contains(term) for term in wanted) and (bool(wanted) or word.isascii())

    def allowed(self, filters: Filters) -> list[Report]:
        """The reports that the filters let through."""
        through = allowed_reports(self.store.reports, filters)
        return [report for report, passes in zip(self.store.reports, through, strict=True) if passes]

    def _allowed(self, filters: Filters) -> npt.NDArray[np.bool_] | None:
        """The rows that may be found: shown, and let through by the filters. None where all may."""
        if not filters.any:
            return None if self.store.shown.all() else self.store.shown
        through = np.append(allowed_reports(self.store.reports, filters), [False])  # the last for rows of no report
        return through[self.store.report_of_row]

    def _preference(self, query: Query, row: int) -> float:
        report = self.store.reports[int(self.store.report_of_row[row])]
        return query.preferred.get(report.id, 0.0)

    def _with_likeness(
        self, query: Query, passages: Sequence[IndexedPassage]
    ) -> Iterator[tuple[IndexedPassage, Likeness]]:
        """Each of some passages with how near it and its sentences are; 0 where nothing tells what is meant."""
        if not self._meaning:
            return ((indexed, (0.0, (0.0,) * len(indexed.passage.sentences))) for indexed in passages)
        rows: Rows = np.array([indexed.row for indexed in passages], dtype=np.int64)
        return zip(passages, self._meaning.likeness(query.text, rows), strict=True)

    def _scored(
        self, indexed: IndexedPassage, score: float, ranks: Mapping[str, int], likeness: Likeness
    ) -> ScoredPassage:
        own, each = likeness
        return ScoredPassage(
            row=indexed.row,
            passage=indexed.passage,
            report=indexed.report,
            score=score,
            ranks=ranks,
            similarity=own,
            sentence_similarities=each,
        )


def _first(scores: Mapping[int, float], k: int) -> list[int]:
    """The ``k`` rows with the best scores, and those that tie with the last of them: ids tell which come first."""
    ordered = sorted(scores, key=lambda row: -scores[row])
    return [row for at, row in enumerate(ordered) if at < k or scores[row] == scores[ordered[k - 1]]]
