"""A question, and the answer to it: every sentence with the passage that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.types import Box, Judgement, Report
from index.types import Filters, ScoredPassage

MAX_QUESTION = 2000
"""Characters."""
MAX_TOP_K = 50


class AnswerStatus(StrEnum):
    """How a question ended. Only ``ANSWERED`` and ``FALSE_PREMISE`` carry statements."""

    ANSWERED = "answered"
    FALSE_PREMISE = "false_premise"
    CLARIFICATION = "clarification"
    NOT_IN_REPORTS = "not_in_reports"
    NOT_JUDGED = "not_judged"
    LOW_CONFIDENCE = "low_confidence"
    OUT_OF_SCOPE = "out_of_scope"


class StatementKind(StrEnum):
    """What a statement is: a report's own words, or a grade read from its table."""

    QUOTE = "quote"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, with what they asked before and the limits that they set."""

    text: str
    history: tuple[str, ...] = ()
    """Earlier questions of the conversation, oldest first."""
    filters: Filters = field(default_factory=Filters)
    top_k: int = 8

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("the question is empty: type what you want to know")
        if any("\ud800" <= character <= "\udfff" for text in (self.text, *self.history) for character in text):
            raise ValueError("the question holds half a character: type it again")
        if len(self.text) > MAX_QUESTION:
            raise ValueError(f"the question has {len(self.text)} characters; the most is {MAX_QUESTION}")
        if not 1 <= self.top_k <= MAX_TOP_K:
            raise ValueError(f"top_k is {self.top_k}; it can be 1 to {MAX_TOP_K}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that a question may mean: its name, the question that asks for it, the reports on it."""

    label: str
    question: str
    count: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report on one page of it: ``[start, end)`` of the cited passage's text."""

    citation: int
    start: int
    end: int
    text: str
    page: int
    page_label: str | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the citations that it rests on."""

    kind: StatementKind
    text: str
    citations: tuple[int, ...]
    quotes: tuple[Quote, ...]
    judgement: Judgement | None = None
    report_id: str | None = None
    """The report that a judgement is of."""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a statement rests on a citation: {self.text!r}")
        if self.kind is StatementKind.QUOTE and not self.quotes:
            raise ValueError(f"a quote names its place: {self.text!r}")
        if (self.kind is StatementKind.FINDING) != (self.judgement is not None):
            raise ValueError(f"a finding, and only a finding, has a judgement: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage shown with an answer. Its number is its rank, from 1."""

    number: int
    scored: ScoredPassage
    page: int
    """The page of what is cited in it, else its first."""
    page_label: str | None
    highlights: tuple[tuple[int, int], ...] = ()
    """Spans of the passage's text that the answer quotes."""

    @property
    def report(self) -> Report:
        """The report cited."""
        return self.scored.report


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: statements with their citations, or the reason why there are none."""

    status: AnswerStatus
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    confidence: float
    reason: str
    question: str
    interpreted_question: str
    filters: Filters
    build: str
    carried_over: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    """What was taken from the question's wording, in words: authorities, dates, kinds."""
    choices: tuple[Choice, ...] = ()
    """What the question may mean, where nobody could say which."""
    total: int | None = None
    """Reports that speak of it, where the question asks across them: the statements are of the first."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by stage."""

    def __post_init__(self) -> None:
        if bool(self.choices) != (self.status is AnswerStatus.CLARIFICATION):
            raise ValueError(f"status {self.status} with {len(self.choices)} choices")
        told = self.status in (AnswerStatus.ANSWERED, AnswerStatus.FALSE_PREMISE)
        if told != bool(self.statements):
            raise ValueError(f"status {self.status} with {len(self.statements)} statements")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence is a share: {self.confidence}")
        if [citation.number for citation in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("citations are numbered by rank")
        for statement in self.statements:
            if any(not 1 <= number <= len(self.citations) for number in statement.citations):
                raise ValueError(f"a statement cites a passage that is not shown: {statement.text!r}")

    @property
    def answered(self) -> bool:
        """Whether the reports answer the question."""
        return self.status is AnswerStatus.ANSWERED
