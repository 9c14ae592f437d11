"""What the pipeline knows about a question after each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.search.sentence_scoring import SentenceScorer
from index.types import ScoredPassage
from qa_service.answering.abstention import Decision
from qa_service.answering.evidence import Evidence
from qa_service.answering.printed_grades import PrintedGrade
from qa_service.types import Question, Statement
from qa_service.understanding.interpretation import Interpretation


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
    def decided(self) -> Decision:
        """The decision. Raises RuntimeError if no step has made one yet."""
        if self.decision is None:
            raise RuntimeError("the question is not decided yet: the answer step runs before this one")
        return self.decision
