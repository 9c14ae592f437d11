"""What the pipeline knows about a question after each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.types import Report
from index.search.sentence_scoring import SentenceScorer
from index.types import IndexedPassage, ScoredPassage
from qa_service.answering.abstention import Decision
from qa_service.answering.evidence import Evidence
from qa_service.answering.printed_grades import PrintedGrade
from qa_service.types import FactName, Question, Statement, Summary
from qa_service.understanding.interpretation import Interpretation


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A fact of a report to be stated, other than a grade."""

    report: Report
    name: FactName
    passage: IndexedPassage
    """The passage to cite: the one that prints the fact, or else the report's first."""
    span: tuple[int, int] | None = None
    """The words that print the fact, in the passage's text. None if the passage does not print it."""


@dataclass(frozen=True, slots=True)
class PipelineState:
    """A question and what each step has added to it."""

    question: Question
    interpretation: Interpretation
    scorer: SentenceScorer | None = None
    """Scores sentences for this question with the cross-encoder. None if there is no cross-encoder."""
    passages_by_part: tuple[tuple[ScoredPassage, ...], ...] = ()
    passages: tuple[ScoredPassage, ...] = ()
    """The passages for all parts, in the order in which they are shown."""
    term_weights: Mapping[str, float] = field(default_factory=dict)
    """How rare each search term is."""
    grades: tuple[PrintedGrade, ...] = ()
    """Grades that answer the question."""
    facts: tuple[PrintedFact, ...] = ()
    """Other facts that answer the question."""
    summary: Summary | None = None
    """What the rows of the answer come to, if facts answer the question."""
    next_offset: int | None = None
    """Index of the first item on the next page of a list. None on the last page."""
    evidence_by_part: tuple[tuple[Evidence, ...], ...] | None = None
    """The ranked sentences for each part. None until a kind of question needs them."""
    selected: tuple[Evidence, ...] = ()
    """The sentences to quote, in the order in which they are shown."""
    decision: Decision | None = None
    statements: tuple[Statement, ...] = ()
    note: str = ""
    total: int | None = None
    """Number of reports or authorities in the whole list, if the answer is its first page."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """How many milliseconds each step took."""

    @property
    def first_item(self) -> int:
        """Index of the first item to show, if the answer is a list."""
        pointed = self.interpretation.pointed
        return self.question.offset or (pointed.first_item if pointed else 0)

    @property
    def decided(self) -> Decision:
        """The decision. Raises RuntimeError if no step has made one yet."""
        if self.decision is None:
            raise RuntimeError("the question is not decided yet: the answer step runs before this one")
        return self.decision
