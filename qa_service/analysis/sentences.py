"""The sentences of a report, with everything that the register compares: vectors, words, themes and stances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from corpus.themes import ThemeMatcher, known_themes
from corpus.types import Report
from index.encoding.stances.stance import StanceModel, stance_model
from index.search.search_index import SearchIndex
from index.search.text_analysis import terms
from index.types import IndexedPassage
from qa_service.analysis.matters import known_matters

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a report and its position."""

    row: int
    number: int
    """Index of the sentence in the passage, from 0."""
    text: str
    page: int
    terms: frozenset[str]
    section: frozenset[str]
    """The words of the headings above the sentence."""
    themes: frozenset[str]
    matters: frozenset[str]
    """The ids of the matters whose words it contains."""
    item: int
    """Number, from 1, of the item in the report's list of improvements that contains the sentence. 0 if no item does.
    """


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report with its sentences. The arrays have one row for each sentence."""

    report: Report
    sentences: tuple[ReadSentence, ...]
    vectors: Numbers
    praise: Numbers
    """Probability that the sentence praises something."""
    criticism: Numbers
    """Probability that the sentence criticises something. It is 1 for an item in the report's own list of improvements.
    """
    places: Mapping[str, npt.NDArray[np.int64]]
    """The sentences that contain a word, by the word's stem."""

    def __post_init__(self) -> None:
        if not len(self.sentences) == len(self.vectors) == len(self.praise) == len(self.criticism):
            raise ValueError(f"{self.report.file} needs one vector and one stance for each sentence")


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each word is in the sentences of some reports, from 1 for the rarest to nearly 0 for the commonest."""

    weights: Mapping[str, float]
    squares: Mapping[str, Numbers]
    """The sum of the squared weights of each sentence's words, by the id of its report."""

    def of(self, term: str) -> float:
        """Return the weight of a word. A word that no sentence contains has the highest weight."""
        return self.weights.get(term, 1.0)


def read_reports(index: SearchIndex, reports: Iterable[Report]) -> list[ReadReport]:
    """Return reports with their sentences, in the same order. Raises ValueError if there is no encoder."""
    model, matcher = stance_model(index.manifest.revision), known_themes()
    return [_read(index, report, model, matcher) for report in reports]


def rarity(reports: Sequence[ReadReport]) -> Rarity:
    """Return how rare each word is in the sentences of some reports."""
    sentences = [sentence.terms for report in reports for sentence in report.sentences]
    counts = Counter(term for of_sentence in sentences for term in of_sentence)
    most = log(len(sentences) + 1)
    weights = {term: log((len(sentences) + 1) / count) / most for term, count in counts.items()}
    squares = {
        each.report.id: np.array([sum(weights[term] ** 2 for term in s.terms) or 1.0 for s in each.sentences])
        for each in reports
    }
    return Rarity(weights, squares)


def _read(index: SearchIndex, report: Report, model: StanceModel, matcher: ThemeMatcher) -> ReadReport:
    sentences = tuple(
        _sentence(indexed, number, report, matcher)
        for indexed in index.store.passages_of(report.id)
        for number in range(len(indexed.passage.sentences))
    )
    if not sentences:
        return ReadReport(report, (), np.zeros((0, 1)), np.zeros(0), np.zeros(0), {})
    vectors = index.sentence_vectors([(sentence.row, sentence.number) for sentence in sentences])
    stances = model.stances([sentence.text for sentence in sentences], vectors).astype(np.float64)
    listed = np.array([bool(sentence.item) for sentence in sentences])
    places: dict[str, list[int]] = {}
    for at, sentence in enumerate(sentences):
        for term in sentence.terms:
            places.setdefault(term, []).append(at)
    return ReadReport(
        report,
        sentences,
        vectors.astype(np.float64),
        np.where(listed, 0.0, stances[:, 0]),
        np.where(listed, 1.0, stances[:, 1]),
        {term: np.array(at) for term, at in places.items()},
    )


def _sentence(indexed: IndexedPassage, number: int, report: Report, matcher: ThemeMatcher) -> ReadSentence:
    passage = indexed.passage
    start, end = passage.sentences[number]
    text, place = passage.text[start:end], passage.start + start
    item = report.improvement_at(place)
    return ReadSentence(
        indexed.row,
        number,
        text,
        passage.pages[0],
        frozenset(terms(text)),
        frozenset(terms(" ".join(passage.section))),
        frozenset(theme.id for theme in matcher.themes_of(text)),
        known_matters().of_sentence(text),
        0 if item is None else item + 1,
    )
