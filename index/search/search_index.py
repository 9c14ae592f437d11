"""A build that has been opened for searching."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePath

import numpy as np
import numpy.typing as npt

from corpus.types import Report
from index.errors import EncoderMismatch
from index.search.filtering import allowed_reports
from index.search.fusion import as_share, weighted_sum
from index.search.remarks import RemarkTable
from index.search.semantic import DEPTH, SemanticIndex, Similarities
from index.search.sparse import SparseIndex, best_rows
from index.search.text_analysis import terms
from index.search.word_counts import WordCounts
from index.storage.data_folder import CONVERTED, DataFolder
from index.storage.manifest import REMARKS, STORE, TERMS, WORDS, Manifest
from index.storage.store import Store
from index.storage.visible_manifest import visible_manifest
from index.types import (
    Encoder,
    Filters,
    IndexedPassage,
    PairVectors,
    Query,
    ReportSource,
    Rows,
    ScoredPassage,
    SearchResult,
    Vectors,
)

WEIGHTS: Mapping[str, float] = {"dense": 1.0, "sentence": 1.0, "sparse": 0.4, "related": 0.15}
"""Weight of each score: the passage's cosine, the cosine of its best sentence, and the BM25 scores for the question's
words and for related words. We express BM25 scores as shares of the best one."""


class SearchIndex:
    """Ranks passages for a query by meaning, by words and by the best sentence in each."""

    def __init__(
        self,
        *,
        manifest: Manifest,
        store: Store,
        sparse: SparseIndex,
        words: WordCounts,
        remarks: RemarkTable,
        semantic: SemanticIndex | None,
        data: DataFolder,
    ) -> None:
        self.manifest = manifest
        self.store = store
        self.data = data
        self.remarks = remarks
        self._sparse = sparse
        self._words = words
        self._semantic = semantic

    @classmethod
    def open(cls, data: DataFolder, encoder: Encoder | None) -> SearchIndex:
        """Open the current build. Without an encoder, we rank passages by words only.

        Raises NoIndex if there is no build, DamagedIndex if the build is damaged, and EncoderMismatch if another
        encoder built it.
        """
        return cls.open_build(data.current(), data, encoder)

    @classmethod
    def open_build(cls, folder: Path, data: DataFolder, encoder: Encoder | None) -> SearchIndex:
        """Open the build in a folder. Raises the same errors as :meth:`open`, except NoIndex."""
        manifest = Manifest.read(folder)
        if encoder and (manifest.revision, manifest.dimension) != (encoder.revision, encoder.dimension):
            raise EncoderMismatch(
                f"The index was built with {manifest.encoder} (revision {manifest.revision}, {manifest.dimension} "
                f"dimensions), but the encoder in use is {encoder.name} (revision {encoder.revision}, "
                f"{encoder.dimension} dimensions). Build it again with “qa-service build”, or set QA_ENCODER to the "
                "first one."
            )
        store = Store(folder / STORE)
        return cls(
            manifest=manifest,
            store=store,
            sparse=SparseIndex.open(folder / TERMS),
            words=WordCounts.open(folder / WORDS),
            remarks=RemarkTable.open(folder / REMARKS, manifest.passages),
            semantic=SemanticIndex.open(folder, encoder, store.first_sentence) if encoder else None,
            data=data,
        )

    def without(self, hidden: frozenset[str]) -> SearchIndex:
        """Return a view for somebody who must not see the reports with the given ids.

        In the view, those reports seem not to exist. The view shares the files and vectors, and has its own term
        counts. If the index contains none of the reports, the view is the index itself. Raises DamagedIndex.
        """
        if hidden.isdisjoint(report.id for report in self.store.all_reports()):
            return self
        store = self.store.without(hidden)
        return SearchIndex(
            manifest=visible_manifest(self.manifest, store),
            store=store,
            sparse=self._sparse.among(store.visible),
            words=self._words,
            remarks=self.remarks.among(store.visible),
            semantic=self._semantic.with_own_cache() if self._semantic else None,
            data=self.data,
        )

    @property
    def degraded(self) -> tuple[str, ...]:
        """Names of the parts that are missing. It contains "encoder" if the encoder could not be loaded."""
        return () if self._semantic else ("encoder",)

    def retrieve(self, query: Query, k: int) -> SearchResult:
        """Return the ``k`` best passages for a query, best first, and the weights of the query's terms.

        Passages that tie are in the order of their ids.
        """
        if self._semantic:
            self._semantic.start_encoding(query.text)  # this continues while we look up the words
        allowed = _with_rows(self._allowed_rows(query.filters), query.also)
        sparse, related = self._sparse.scores(query.text), self._sparse.scores(query.related)
        rankings = self._semantic.rankings(query.text, allowed) if self._semantic else {}
        rankings["sparse"] = best_rows(sparse, DEPTH, allowed).tolist()
        rankings["related"] = best_rows(related, DEPTH, allowed).tolist()
        rankings = {name: ranking for name, ranking in rankings.items() if name not in query.without}
        rows: Rows = np.array(sorted({row for ranking in rankings.values() for row in ranking}), dtype=np.int64)
        sparse_scores = {"sparse": as_share(sparse[rows]), "related": as_share(related[rows])}
        scores = {**(self._semantic.scores(query.text, rows) if self._semantic else {}), **sparse_scores}
        fused = weighted_sum(scores, {name: weight for name, weight in WEIGHTS.items() if name in rankings})
        totals = {
            row: float(score) + self._preference(query, row) for row, score in zip(rows.tolist(), fused, strict=True)
        }
        best = _best_rows_and_ties(totals, k)
        passages = sorted(self.store.passages(best), key=lambda p: (-totals[p.row], p.passage.id))[:k]
        ranks = {name: {row: rank for rank, row in enumerate(ranking, 1)} for name, ranking in rankings.items()}
        scored = [
            self._scored_passage(
                indexed,
                totals[indexed.row],
                {name: by_row[indexed.row] for name, by_row in ranks.items() if indexed.row in by_row},
                similarities,
            )
            for indexed, similarities in self._with_similarities(query, passages)
        ]
        return SearchResult(tuple(scored), {term: self._sparse.idf(term) for term in terms(query.text)})

    def score(self, query: Query, rows: Sequence[int]) -> list[ScoredPassage]:
        """Return passages by row, in the order of ``rows``, with their similarities to a query but without ranks."""
        passages = self._with_similarities(query, self.store.passages(rows))
        return [self._scored_passage(indexed, 0.0, {}, similarities) for indexed, similarities in passages]

    def passages_at(self, rows: Sequence[int]) -> list[ScoredPassage]:
        """Return passages by row, in the order of ``rows``, without scores or similarities."""
        return [
            self._scored_passage(indexed, 0.0, {}, _no_similarities(indexed)) for indexed in self.store.passages(rows)
        ]

    def nearest_cosine(self, text: str) -> float:
        """Return the cosine between a text and the nearest sentence in the index. It is 0 without an encoder."""
        return self._semantic.nearest_cosine(text, self._allowed_rows(Filters())) if self._semantic else 0.0

    def sentence_vectors(self, places: Sequence[tuple[int, int]]) -> Vectors:
        """Return the vectors of sentences as stored, in the shape (sentences, dimension).

        Each place is the row of a passage and the index of a sentence in that passage, from 0. Raises ValueError if the
        index was opened without an encoder.
        """
        if not self._semantic:
            raise ValueError("without an encoder there are no vectors")
        return self._semantic.sentence_vectors(places)

    def pair_vectors(self, text: str, places: Sequence[tuple[int, int]], cosines: Sequence[float]) -> PairVectors:
        """Return the vectors of a text and of sentences, for a pair scorer to use.

        Each place is the row of a passage and the index of a sentence in that passage, from 0. Raises ValueError if the
        index was opened without an encoder.
        """
        if not self._semantic:
            raise ValueError("without an encoder there are no vectors")
        return self._semantic.pair_vectors(text, places, cosines)

    def source(self, report: Report) -> ReportSource:
        """Return where the original of a report is stored, and the labels on its pages."""
        suffix = CONVERTED if report.converted else PurePath(report.file).suffix
        return ReportSource(
            self.data.find_original(report.proof, suffix),
            self.store.page_labels(report.id),
            self.store.second_readings(report.id),
            self.store.recognised_pages(report.id),
        )

    def is_known(self, word: str) -> bool:
        """Whether any passage contains a word, in any of its forms."""
        word_terms = terms(word)
        # Function words have no terms, but every report contains them. Words in another script also have no terms, but
        # no report contains them.
        return all(self._sparse.contains(term) for term in word_terms) and (bool(word_terms) or word.isascii())

    def mentions(self, name: str, reports: Collection[str]) -> bool:
        """Whether any passage of the reports with the given ids contains every word of a name, in any form.

        True if the name consists only of function words, which every report contains.
        """
        return not terms(name) or bool(self.passages_with(name, reports))

    def passages_with(self, text: str, reports: Collection[str]) -> list[IndexedPassage]:
        """Return the passages of some reports that contain every word of a text, in any form.

        The passages are in row order. ``reports`` contains report ids. The headings above a passage count as part of
        it.
        """
        return self.store.passages(self.rows_with(text, reports))

    def rows_with(self, text: str, reports: Collection[str]) -> list[int]:
        """Return the rows of the passages that :meth:`passages_with` finds. This is faster than reading them."""
        ordinals = [number for number, report in enumerate(self.store.reports) if report.id in reports]
        rows = self._sparse.rows_with(text)
        of_reports = np.isin(self.store.report_of_row[rows], ordinals) & self.store.visible[rows]
        found: list[int] = rows[of_reports].tolist()
        return found

    @cached_property
    def word_counts(self) -> Mapping[str, int]:
        """How often each word, in lower case, occurs in the visible reports.

        We count the words when they are first needed.
        """
        return self._words.total({report.id for report in self.store.all_reports()})

    def allowed(self, filters: Filters) -> list[Report]:
        """Return the reports that pass the filters."""
        if not filters.any:
            return list(self.store.reports)
        allowed = allowed_reports(self.store.reports, filters)
        return [report for report, passes in zip(self.store.reports, allowed, strict=True) if passes]

    def _allowed_rows(self, filters: Filters) -> npt.NDArray[np.bool_] | None:
        """Return which rows are visible and pass the filters. None means that all rows pass."""
        if not filters.any:
            return None if self.store.visible.all() else self.store.visible
        allowed = np.append(allowed_reports(self.store.reports, filters), [False])  # hidden rows have report -1
        return allowed[self.store.report_of_row]

    def report_at(self, row: int) -> Report:
        """Return the report that the passage in a row belongs to. The row must not be hidden."""
        return self.store.reports[int(self.store.report_of_row[row])]

    def _preference(self, query: Query, row: int) -> float:
        return query.preferred.get(self.report_at(row).id, 0.0)

    def _with_similarities(
        self, query: Query, passages: Sequence[IndexedPassage]
    ) -> Iterator[tuple[IndexedPassage, Similarities]]:
        """Return passages with their similarities to a query, which are 0 without an encoder."""
        if not self._semantic:
            return ((indexed, _no_similarities(indexed)) for indexed in passages)
        rows: Rows = np.array([indexed.row for indexed in passages], dtype=np.int64)
        return zip(passages, self._semantic.similarities(query.text, rows), strict=True)

    def _scored_passage(
        self, indexed: IndexedPassage, score: float, ranks: Mapping[str, int], similarities: Similarities
    ) -> ScoredPassage:
        passage_similarity, sentence_similarities = similarities
        return ScoredPassage(
            row=indexed.row,
            passage=indexed.passage,
            report=indexed.report,
            score=score,
            ranks=ranks,
            similarity=passage_similarity,
            sentence_similarities=sentence_similarities,
        )


def _no_similarities(indexed: IndexedPassage) -> Similarities:
    return 0.0, (0.0,) * len(indexed.passage.sentences)


def _with_rows(allowed: npt.NDArray[np.bool_] | None, rows: Sequence[int]) -> npt.NDArray[np.bool_] | None:
    """Return the allowed rows with the given rows added. None means that all rows are allowed."""
    if allowed is None or not rows:
        return allowed
    both = allowed.copy()
    both[list(rows)] = True
    return both


def _best_rows_and_ties(scores: Mapping[int, float], k: int) -> list[int]:
    """Return the ``k`` rows with the best scores, and all rows that tie with the last of them."""
    ordered = sorted(scores, key=lambda row: -scores[row])
    return [row for place, row in enumerate(ordered) if place < k or scores[row] == scores[ordered[k - 1]]]
