"""The types used in a search: encoders, filters, queries and scored passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.types import Form, Kind, Passage, RecognisedPage, Report, SecondReading

Vectors = npt.NDArray[np.float32]
"""Vectors of length 1, one in each row, in single precision."""
Rows = npt.NDArray[np.int64]
"""Row numbers of passages."""
Progress = Callable[[str, int, int], None]
"""A function to call with the name of a stage, the amount done and the total."""


class Encoder(Protocol):
    """Turns texts into unit vectors. Questions and passages may be encoded differently."""

    @property
    def name(self) -> str:
        """Name of the model, as shown to people."""

    @property
    def revision(self) -> str:
        """Digest of the weights. Two encoders with the same revision give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Maximum number of word pieces that the encoder reads from a text, including special tokens."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """Start encoding one question. To wait for the vector, call the returned function once."""

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, or of their sentences."""


@dataclass(frozen=True, slots=True)
class PairVectors:
    """The encoder's vectors of a question and of sentences, which a pair scorer reads in addition to the words."""

    question: Vectors
    """The question's vector, in the shape (1, dimension)."""
    sentences: Vectors
    """The sentences' vectors as stored, in the shape (sentences, dimension)."""
    cosines: Sequence[float]
    """Cosine between each sentence and the question, minus any penalties."""

    def __post_init__(self) -> None:
        if len(self.sentences) != len(self.cosines):
            raise ValueError(f"{len(self.cosines)} cosines for {len(self.sentences)} sentences")


@dataclass(frozen=True, slots=True)
class SentenceInContext:
    """A sentence with the text around it that shows what it is about."""

    text: str
    heading: str = ""
    before: str = ""
    """The sentence before this one, if this one refers back to it."""


class PairScorer(Protocol):
    """Reads a question and a sentence together."""

    def scores(self, question: str, sentences: Sequence[str], vectors: PairVectors) -> npt.NDArray[np.float32]:
        """Return a logit for each sentence. The higher it is, the more likely the sentence is to be an answer."""

    def scores_in_context(
        self, question: str, sentences: Sequence[SentenceInContext], cosines: Sequence[float]
    ) -> npt.NDArray[np.float32]:
        """Return a logit for each sentence from a close reading in its context.

        This takes much longer for each sentence. ``cosines`` are the cosines between each sentence and the question.
        """


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on a search. An empty field does not limit the search."""

    authority: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    form: tuple[Form, ...] = ()
    grade: tuple[tuple[str, str], ...] = ()
    """Pairs of area and grade. A report needs to match only one of them."""
    report_id: tuple[str, ...] = ()
    inspected_from: date | None = None
    inspected_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    latest_only: bool = False
    """Whether to keep only each authority's latest report of each kind."""

    def __post_init__(self) -> None:
        for first, last in (
            (self.inspected_from, self.inspected_to),
            (self.published_from, self.published_to),
        ):
            if first and last and first > last:
                raise ValueError(f"from {first} is after to {last}")

    @property
    def any(self) -> bool:
        """Whether any field limits the search."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """The words to find, the limits on the search, and the reports to prefer."""

    text: str
    filters: Filters = Filters()
    preferred: Mapping[str, float] = field(default_factory=dict)
    """For each report, by id, the amount to add to the scores of its passages."""
    related: str = ""
    """Words that mean nearly the same as words in the text. These words count less."""
    also: tuple[int, ...] = ()
    """Rows of passages to search in addition to the passages that pass the filters."""
    without: frozenset[str] = frozenset()
    """Rankings to leave out, to measure how much they help: "dense", "sentence", "sparse" or "related"."""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a query needs at least one word")


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its row in the index and its report."""

    row: int
    passage: Passage
    report: Report


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that matches a query, with its score and the parts of that score."""

    row: int
    passage: Passage
    report: Report
    score: float
    ranks: Mapping[str, int]
    """Rank of the passage, from 1, in each ranking that found it."""
    similarity: float
    """Cosine between the query and the passage."""
    sentence_similarities: tuple[float, ...]
    """Cosine between the query and each sentence in the passage, in order."""

    def __post_init__(self) -> None:
        if len(self.sentence_similarities) != len(self.passage.sentences):
            raise ValueError(f"{self.passage.id} needs one similarity for each sentence")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The passages found for a query, best first."""

    passages: tuple[ScoredPassage, ...]
    term_weights: Mapping[str, float]
    """How rare each term in the query is, as its inverse document frequency over all passages."""


@dataclass(frozen=True, slots=True)
class ReportSource:
    """What we need to prove a quote from a report: the stored original, and the labels on its pages."""

    original: Path | None
    """The stored original. None if it is missing."""
    page_labels: Mapping[int, str | None]
    """The label printed on each page, by page number from 1."""
    second_readings: Mapping[int, SecondReading] = field(default_factory=dict)
    """What a second program read on each page, by page number. If a page is missing here, its words are not confirmed.
    """
    recognised: Mapping[int, RecognisedPage] = field(default_factory=dict)
    """The pages that were read from their pictures, by number."""


class Stance(StrEnum):
    """What a sentence says about a theme of practice."""

    STRENGTH = "strength"
    """The sentence praises the theme, or says that it has improved."""
    WEAKNESS = "weakness"
    """The sentence criticises the theme, or asks for an improvement."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence in which a report praises or criticises a theme of practice."""

    row: int
    """Row of the passage with the sentence."""
    sentence: int
    """Index of the sentence in its passage, from 0."""
    theme: str
    """Id of the theme."""
    stance: Stance
    certainty: float
    """How sure we are of the stance, from 0 to 1."""

    def __post_init__(self) -> None:
        if self.row < 0 or self.sentence < 0 or not 0 <= self.certainty <= 1:
            raise ValueError(f"a remark has a row, a sentence and a certainty from 0 to 1: {self}")
