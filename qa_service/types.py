"""A question and its answer. Every sentence of the answer cites the passage that it comes from.

A question goes through these stages, and each has one name: ``Question`` (here), ``Interpretation``
(``qa_service.understanding.interpretation``), ``Query`` (``index.types``), ``Evidence``
(``qa_service.answering.sentences.evidence``), ``Decision`` (``qa_service.answering.abstention``) and ``Answer`` (here).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from corpus.types import Box, Judgement, Reading, Report
from index.types import Filters, ScoredPassage

MAX_QUESTION = 2000
"""Maximum number of characters in a question."""
MAX_TOP_K = 50
"""Maximum number of passages shown with an answer."""
MAX_ITEMS = 500
"""Maximum number of items shown at once, if the answer is a list."""
MAX_HISTORY = 20
"""Maximum number of earlier questions that a question may depend on."""
REMEMBERED = 64
"""Number of recent questions remembered by default. Each takes about 0.2 MB."""
KEEP_DAYS = 30
"""How many days a conversation is kept after its last use, unless a setting says otherwise."""
KEEP_SAVED_DAYS = 365
"""How many days a saved question is kept after it was saved or last marked as read, unless a setting says otherwise."""


class AnswerStatus(StrEnum):
    """The outcome of a question. Only ``ANSWERED`` and ``FALSE_PREMISE`` have statements."""

    ANSWERED = "answered"
    FALSE_PREMISE = "false_premise"
    CLARIFICATION = "clarification"
    NOT_IN_REPORTS = "not_in_reports"
    NOT_JUDGED = "not_judged"
    LOW_CONFIDENCE = "low_confidence"
    OUT_OF_SCOPE = "out_of_scope"


class StatementKind(StrEnum):
    """A report's own words, or a fact read from the report, such as a grade in its table."""

    QUOTE = "quote"
    FINDING = "finding"


class FactName(StrEnum):
    """A fact about a report, other than a grade."""

    INSPECTED = "inspected"
    """The days of the inspection."""
    PUBLISHED = "published"
    LEAD_INSPECTOR = "lead-inspector"
    POST_HOLDER = "post-holder"
    """The addressee of a letter, or the person whom a report names for the local authority, with their post."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, with their earlier questions and the filters that they set."""

    text: str
    history: tuple[str, ...] = ()
    """Earlier questions in the conversation, oldest first."""
    filters: Filters = field(default_factory=Filters)
    top_k: int = 8
    set_aside: tuple[str, ...] = ()
    """Labels of ``Answer.understood`` that the person rejected."""
    set_aside_before: tuple[tuple[str, ...], ...] = ()
    """For each earlier question, the labels that the person rejected, if we know them."""
    offset: int = 0
    """Index of the first item to show, if the answer is a list."""
    today: date = field(default_factory=date.today)
    """The day from which "this year" and "last two years" are counted."""
    verbatim: bool = False
    """Whether to take every word as typed, without corrections."""
    items: int | None = None
    """Maximum number of items to show, if the answer is a list. If it is None, one page of the list is shown."""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("the question is empty: enter what you want to know")
        if any("\ud800" <= character <= "\udfff" for text in (self.text, *self.history) for character in text):
            raise ValueError("the question contains half a character: enter it again")
        if len(self.text) > MAX_QUESTION:
            raise ValueError(f"the question has {len(self.text)} characters; it can have up to {MAX_QUESTION}")
        if not 1 <= self.top_k <= MAX_TOP_K:
            raise ValueError(f"top_k is {self.top_k}; it can be 1 to {MAX_TOP_K}")
        if self.offset < 0:
            raise ValueError(f"offset is {self.offset}; it must be 0 or more")
        if self.items is not None and not 1 <= self.items <= MAX_ITEMS:
            raise ValueError(f"items is {self.items}; it can be 1 to {MAX_ITEMS}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in a conversation, with a digest that shows whether its answer has changed since it was asked."""

    number: int
    """Number of the turn, from 1."""
    question: str
    asked: datetime
    build: str
    digest: str
    """Digest of the words in the answer given at that time, and of the places where reports print them."""
    filters: Filters = field(default_factory=Filters)
    set_aside: tuple[str, ...] = ()
    afresh: bool = False
    """Whether the question ignores the questions before it."""
    verbatim: bool = False
    """Whether every word is taken as typed, without corrections."""

    @property
    def day(self) -> date:
        """The day when the question was asked, in the service's local time."""
        return self.asked.astimezone().date()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions asked one after another. Each may depend on those before it."""

    id: str
    title: str
    begun: datetime
    touched: datetime
    turns: tuple[Turn, ...] = ()

    def question(self, number: int) -> Question:
        """Return the question asked in a turn, with its history.

        Raises LookupError if there is no turn with this number.
        """
        if not 1 <= number <= len(self.turns):
            raise LookupError(f"the conversation has {len(self.turns)} turns, not {number}")
        turn = self.turns[number - 1]
        return self.asked(
            number,
            turn.question,
            turn.filters,
            set_aside=turn.set_aside,
            afresh=turn.afresh,
            verbatim=turn.verbatim,
        )

    def asked(
        self,
        number: int,
        text: str,
        filters: Filters,
        *,
        set_aside: tuple[str, ...] = (),
        afresh: bool = False,
        verbatim: bool = False,
    ) -> Question:
        """Return a question as turn ``number`` of the conversation, with its history.

        A fresh question has no history.
        """
        before = () if afresh else self._before(number)
        return Question(
            text,
            tuple(turn.question for turn in before),
            filters,
            set_aside=set_aside,
            set_aside_before=tuple(turn.set_aside for turn in before),
            verbatim=verbatim,
        )

    def history(self, number: int) -> tuple[str, ...]:
        """Return the earlier questions that a turn may depend on, oldest first."""
        afresh = number <= len(self.turns) and self.turns[number - 1].afresh
        return () if afresh else tuple(turn.question for turn in self._before(number))

    def _before(self, number: int) -> tuple[Turn, ...]:
        """Return the turns before the given one, back to the last fresh question."""
        before = self.turns[: number - 1]
        start = max((index for index, turn in enumerate(before) if turn.afresh), default=0)
        return before[start:][-MAX_HISTORY:]


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible meaning of a question."""

    label: str
    question: str
    """A question that has only this meaning."""
    count: int
    """Number of reports that match this meaning."""


@dataclass(frozen=True, slots=True)
class OtherTime:
    """Another time that a question may mean, such as a financial year instead of two calendar years."""

    taken: str
    """What we took the words to mean."""
    other: str
    """What else the words may mean."""
    question: str
    """The question with the other time written out."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A misspelt word at ``[start, end)`` in a question as typed, and the word that we corrected it to."""

    typed: str
    taken: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words on one page of a report, at ``[start, end)`` in the cited passage's text."""

    citation: int
    start: int
    end: int
    text: str
    page: int
    page_label: str | None
    boxes: tuple[Box, ...]
    around: tuple[int, int] | None = None
    """Span of the passage's text that shows where the quote is on its page. We use it if the quote's own words may
    appear more than once on the page, as with a grade in a table."""
    reading: Reading = field(kw_only=True)
    """What a second program found at this place. Never ``CONTRADICTED``, because such words are not shown."""
    unsure: tuple[tuple[int, int], ...] = field(default=(), kw_only=True)
    """``[start, end)`` in the text of each word that may be wrong, because the page is a picture."""

    def __post_init__(self) -> None:
        if self.reading is Reading.CONTRADICTED:
            raise ValueError(f"a second program read different words, so these must not be shown: {self.text!r}")
        if self.unsure and not self.from_picture:
            raise ValueError(f"only words read from a picture are unsure: {self.text!r}")

    @property
    def from_picture(self) -> bool:
        """Whether the words were read from a picture of the page."""
        return self.reading is Reading.FROM_PICTURE


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about a report, other than a grade, and where the report prints it."""

    report_id: str
    name: FactName
    value: str
    """One or two days in ISO 8601 format ("2024-02-06/2024-02-07"), or a name, with any post that the report gives."""
    source: str
    """Where the fact comes from: "text", "file name" or "sidecar"."""
    words: str = ""
    """The report's own words. Empty if the report does not print the fact."""
    page: int | None = None
    """The page that the words are on. None if the report does not print the fact."""
    reading: Reading | None = None
    """What a second program found on that page. None if the report does not print the fact."""

    def __post_init__(self) -> None:
        if bool(self.words) != (self.page is not None):
            raise ValueError(f"words stand on a page: {self}")
        if self.reading is Reading.CONTRADICTED or (self.reading is None) != (self.page is None):
            raise ValueError(f"words on a page have a reading that does not contradict them: {self}")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of an answer that comes from facts, in a sentence and in numbers."""

    sentence: str
    """One sentence that says who was counted, and which date was used."""
    count: int | None = None
    """How many authorities, reports, areas or changes match the question. None if the question does not ask for a list
    or a count."""
    of: int | None = None
    """How many authorities, reports, areas or changes we checked."""
    counted: str = ""
    """What was counted: "authorities", "reports", "areas" or "changes". Empty if nothing was counted."""
    yes: bool | None = None
    """The answer to a yes-or-no question. None for any other question."""
    changes: bool = False
    """Whether each item is a change: the grade of one inspection, then the grade of the next."""


_WEAKEST_LAST = (Reading.CONFIRMED, Reading.NOT_CONFIRMED, Reading.FROM_PICTURE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with its citations."""

    kind: StatementKind
    text: str
    citations: tuple[int, ...]
    quotes: tuple[Quote, ...]
    judgement: Judgement | None = None
    report_id: str | None = None
    """The report that gives the judgement."""
    fact: Fact | None = None
    label: str = ""
    """What a list prints next to a quoted item, such as who must act. It is not part of the quote."""
    heading: str = ""
    """What we say about a quote, such as what became of the item that it asks for. No report prints it."""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a statement needs a citation: {self.text!r}")
        if self.kind is StatementKind.QUOTE and not self.quotes:
            raise ValueError(f"a quote needs its place: {self.text!r}")
        if (self.kind is StatementKind.FINDING) != ((self.judgement is None) != (self.fact is None)):
            raise ValueError(f"a finding, and nothing else, states a judgement or a fact: {self.text!r}")

    @property
    def reading(self) -> Reading:
        """The least certain result of the second program for the statement's quotes.

        Confirmed if the statement has no quotes.
        """
        readings = [quote.reading for quote in self.quotes]
        if self.fact and self.fact.reading:
            readings.append(self.fact.reading)
        return max(readings, key=_WEAKEST_LAST.index, default=Reading.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage shown with an answer. Its number is its rank, from 1."""

    number: int
    scored: ScoredPassage
    page: int
    """The page on which the quoted words appear, or else the passage's first page."""
    page_label: str | None
    highlights: tuple[tuple[int, int], ...] = ()
    """Spans of the passage's text that the answer quotes."""
    found_by: tuple[int, int] | None = None
    """Span that shows where the first highlight is on its page, if the highlight's own words are not enough."""

    @property
    def report(self) -> Report:
        """The report cited."""
        return self.scored.report


@dataclass(frozen=True, slots=True)
class AnsweredPart:
    """One of several questions in a message, and its outcome."""

    question: str
    reason: str
    status: AnswerStatus | None = None
    """The outcome of the question. None if we did not try to answer it, because the message has too many questions."""
    statements: tuple[int, ...] = ()
    """Indexes of the question's statements in the answer, from 0."""
    summary: Summary | None = None
    total: int | None = None
    next_offset: int | None = None
    history: tuple[str, ...] = ()
    """The questions before this one, in the conversation and in the message."""
    confidence: float = 0.0
    note: str = ""
    """Anything else that the person should know. The reason also includes it."""

    @property
    def answered(self) -> bool:
        """Whether the reports answer the question."""
        return self.status is AnswerStatus.ANSWERED


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements with their citations, or the reason why there are none."""

    status: AnswerStatus
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    confidence: float
    reason: str
    question: str
    interpreted_question: str
    filters: Filters
    build: str
    history: tuple[str, ...] = ()
    """Earlier questions in the conversation, oldest first."""
    note: str = ""
    """Anything else that the person should know, such as that a later report exists. The reason also includes it."""
    carried_over: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    """Labels for what we understood: authorities, dates, kinds."""
    choices: tuple[Choice, ...] = ()
    """The possible meanings of the question, if it has several."""
    total: int | None = None
    """Number of reports or authorities in the whole list, if the answer is its first page."""
    offset: int = 0
    """Index of the first item shown, if the answer is a list."""
    next_offset: int | None = None
    """Index of the first item on the next page of the list. None if there is no further page."""
    summary: Summary | None = None
    """A summary of the answer, if it comes from the facts of reports."""
    not_applied: tuple[str, ...] = ()
    """Words in the question that limit the answer but could not be applied."""
    parts: tuple[AnsweredPart, ...] = ()
    """The questions in the message, if there are several. Each then has its own summary and its own list."""
    degraded: tuple[str, ...] = ()
    """Models that were not available: "encoder", "cross_encoder" or both."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """How many milliseconds each step took."""
    corrections: tuple[Correction, ...] = ()
    """The misspelt words in the question, and the words that we searched for instead."""
    as_of: date | None = None
    """The day from which the times in the question or the answer were counted. None if the answer does not depend on
    the day."""
    other_times: tuple[OtherTime, ...] = ()
    """The other times that the question's words may mean."""
    verbatim: bool = False
    """Whether every word was taken as typed, without corrections."""

    def __post_init__(self) -> None:
        if bool(self.choices) != (self.status is AnswerStatus.CLARIFICATION):
            raise ValueError(f"status {self.status} with {len(self.choices)} choices")
        told = self.status in (AnswerStatus.ANSWERED, AnswerStatus.FALSE_PREMISE)
        if told != bool(self.statements):
            raise ValueError(f"status {self.status} with {len(self.statements)} statements")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence is {self.confidence}; it can be 0 to 1")
        if [citation.number for citation in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("citations must be numbered by rank")
        for statement in self.statements:
            if any(not 1 <= number <= len(self.citations) for number in statement.citations):
                raise ValueError(f"a statement cites a passage that is not shown: {statement.text!r}")
        stated = [index for part in self.parts for index in part.statements]
        if self.parts and stated != list(range(len(self.statements))):
            raise ValueError("each statement belongs to one part, in order")

    @property
    def answered(self) -> bool:
        """Whether the reports answer the question."""
        return self.status is AnswerStatus.ANSWERED
