"""What goes into a search and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.types import Form, Kind, Passage, Report

Vectors = npt.NDArray[np.float32]
"""Rows of unit length."""
Rows = npt.NDArray[np.int64]
"""Row numbers of passages."""
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""


class Encoder(Protocol):
    """Texts to unit vectors. Questions and passages may be encoded differently."""

    @property
    def name(self) -> str:
        """What a person calls the model."""

    @property
    def revision(self) -> str:
        """A digest of the weights: two encoders with one revision give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Word pieces read of a text, special tokens included."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Encode questions."""

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """Begin to encode one question; what is returned, to be called once, waits for its vector."""

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Encode passages, or sentences of them."""


@dataclass(frozen=True, slots=True)
class PairVectors:
    """What the encoder made of a question and of some sentences: a pair scorer reads it beside their words."""

    question: Vectors
    """(1, dimension)"""
    sentences: Vectors
    """(sentences, dimension), as they are stored."""
    cosines: Sequence[float]
    """Of each sentence to the question, less what speaks against it."""

    def __post_init__(self) -> None:
        if len(self.sentences) != len(self.cosines):
            raise ValueError(f"{len(self.cosines)} cosines of {len(self.sentences)} sentences")


class PairScorer(Protocol):
    """Reads a question and a sentence together."""

    def scores(self, question: str, sentences: Sequence[str], sides: PairVectors) -> npt.NDArray[np.float32]:
        """For each sentence the logit that it answers the question."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. An empty field limits nothing."""

    authority: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    form: tuple[Form, ...] = ()
    grade: tuple[tuple[str, str], ...] = ()
    """Pairs of area and grade; a report meets one that it was given."""
    report_id: tuple[str, ...] = ()
    inspected_from: date | None = None
    inspected_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    latest_only: bool = False
    """Only each authority's latest report of each kind."""

    def __post_init__(self) -> None:
        for first, last in (
            (self.inspected_from, self.inspected_to),
            (self.published_from, self.published_to),
        ):
            if first and last and first > last:
                raise ValueError(f"from {first} is after to {last}")

    @property
    def any(self) -> bool:
        """Whether anything is limited at all."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What a retriever is asked: the words to find, the limits, and which reports to prefer."""

    text: str
    filters: Filters = Filters()
    preferred: Mapping[str, float] = field(default_factory=dict)
    """Report id to what is added to its passages' scores."""
    related: str = ""
    """Words that mean nearly the same as some of the text's: they count less."""
    without: frozenset[str] = frozenset()
    """Rankings left out, to measure what they bring: of "dense", "sentence", "sparse", "related"."""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a query has words")


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its row in the index and its report."""

    row: int
    passage: Passage
    report: Report


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage found for a query, with how its score came about."""

    row: int
    passage: Passage
    report: Report
    score: float
    ranks: Mapping[str, int]
    """Rank from 1 in each ranking that found it."""
    similarity: float
    """Cosine of the query and the passage."""
    sentence_similarities: tuple[float, ...]
    """Cosine of the query and each sentence of the passage, in order."""

    def __post_init__(self) -> None:
        if len(self.sentence_similarities) != len(self.passage.sentences):
            raise ValueError(f"{self.passage.id}: one similarity a sentence")
