"""What is known of a question on its way to its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.types import ScoredPassage
from qa_service.answering.abstention import Verdict
from qa_service.answering.evidence import Evidence
from qa_service.answering.kinds.grade import Grade
from qa_service.answering.reranking import PairReader
from qa_service.types import Question, Statement
from qa_service.understanding.follow_up import Standalone


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to its answer: each step fills in what it finds."""

    question: Question
    standalone: Standalone
    reader: PairReader | None = None
    """Reads sentences together with this question; None where nothing does."""
    by_part: tuple[tuple[ScoredPassage, ...], ...] = ()
    passages: tuple[ScoredPassage, ...] = ()
    grades: tuple[Grade, ...] = ()
    ranked: tuple[tuple[Evidence, ...], ...] = ()
    verdict: Verdict | None = None
    statements: tuple[Statement, ...] = ()
    note: str = ""
    total: int | None = None
    """Reports counted, where the question asks across them."""
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def settled(self) -> Verdict:
        """The verdict, once a step has given it."""
        if self.verdict is None:
            raise RuntimeError("the question was not decided: the step that decides comes before this one")
        return self.verdict
