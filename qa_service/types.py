"""A question, and the answer to it: every sentence with the passage that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from corpus.types import Box, Judgement, Report
from index.types import Filters, ScoredPassage

MAX_QUESTION = 2000
"""Characters."""
MAX_TOP_K = 50
MAX_HISTORY = 20
"""Earlier questions that one may lean on."""


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
    set_aside: tuple[str, ...] = ()
    """Parts of what was understood, in the words of ``Answer.understood``, that the person took off again."""
    set_aside_before: tuple[tuple[str, ...], ...] = ()
    """The same of each earlier question, as far as given."""

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
class Turn:
    """A question as it was asked in a conversation, and what tells whether its answer is still the one given then."""

    number: int
    """From 1."""
    question: str
    asked: datetime
    build: str
    digest: str
    """Of the answer given then: of its words and their places."""
    filters: Filters = field(default_factory=Filters)
    set_aside: tuple[str, ...] = ()
    afresh: bool = False
    """Whether nothing is carried over from the questions before it."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions asked one after another, each leaning on those before."""

    id: str
    title: str
    begun: datetime
    touched: datetime
    turns: tuple[Turn, ...] = ()

    def question(self, number: int) -> Question:
        """A turn's question with what it may lean on. Raises LookupError where there is no such turn."""
        if not 1 <= number <= len(self.turns):
            raise LookupError(f"the conversation has {len(self.turns)} turns, not {number}")
        turn = self.turns[number - 1]
        return self.asked(number, turn.question, turn.filters, set_aside=turn.set_aside, afresh=turn.afresh)

    def asked(
        self, number: int, text: str, filters: Filters, *, set_aside: tuple[str, ...] = (), afresh: bool = False
    ) -> Question:
        """A question asked as the turn ``number``, with what it may lean on: nothing where it is asked afresh."""
        before = () if afresh else self._before(number)
        return Question(
            text,
            tuple(turn.question for turn in before),
            filters,
            set_aside=set_aside,
            set_aside_before=tuple(turn.set_aside for turn in before),
        )

    def history(self, number: int) -> tuple[str, ...]:
        """The questions that a turn leans on, oldest first."""
        afresh = number <= len(self.turns) and self.turns[number - 1].afresh
        return () if afresh else tuple(turn.question for turn in self._before(number))

    def _before(self, number: int) -> tuple[Turn, ...]:
        """The turns before one, since the last into which nothing was carried over."""
        before = self.turns[: number - 1]
        start = max((index for index, turn in enumerate(before) if turn.afresh), default=0)
        return before[start:][-MAX_HISTORY:]


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
    around: tuple[int, int] | None = None
    """Of the passage's text: what it is found by on its page where its own words may stand there more than once, as a
    grade does in its table."""


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
    found_by: tuple[int, int] | None = None
    """Of the first of them: what it is found by on its page, where that is more than its own words."""

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
    note: str = ""
    """What is to be known beside the answer, such as a later report; the reason holds it, too."""
    carried_over: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    """What was taken from the question's wording, in words: authorities, dates, kinds."""
    choices: tuple[Choice, ...] = ()
    """What the question may mean, where nobody could say which."""
    total: int | None = None
    """Reports that speak of it, where the question asks across them: the statements are of the first."""
    degraded: tuple[str, ...] = ()
    """What the service had to do without: "encoder", "cross_encoder"."""
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
