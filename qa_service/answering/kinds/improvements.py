"""A question about what a report says must improve: "What does Aldermere need to improve?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.evidence import Evidence, is_own_list
from qa_service.answering.kinds.kind import Tools, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan
from qa_service.answering.selection import select_by_part
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation

EvidenceByPart = Sequence[Sequence[Evidence]]


def begins_with_own_list(question: Interpretation, evidence_by_part: EvidenceByPart) -> bool:
    """Whether the evidence for the first part that has any is a report's own list."""
    return is_own_list(question, next((ranked for ranked in evidence_by_part if ranked), ()))


@dataclass(frozen=True, slots=True)
class Improvements:
    """Answers with a report's own list of improvements, whole and in its original order."""

    accepts: Callable[[Interpretation, EvidenceByPart], bool] = begins_with_own_list
    """Returns whether the evidence found is a report's own list."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks what a report says must improve."""
        return question.asks_for_improvements

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Retrieve passages, with a report's own list first."""
        by_words = bool(tools.index.degraded)
        depth = calibration.PASSAGES_BY_WORDS if by_words else calibration.PASSAGES_PER_PART
        return with_passages(state, tools, SearchPlan(depth, own_list_first=True))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Answer with the list. If there is none, leave the question to the next kind."""
        state = with_evidence(state, tools)
        evidence_by_part = state.evidence_by_part or ()
        if not self.accepts(state.interpretation, evidence_by_part):
            return state
        reason = "This is the report’s own list of what needs to improve."
        decision = Decision(AnswerStatus.ANSWERED, calibration.OWN_LIST_CONFIDENCE, reason)
        return replace(state, decision=decision, selected=select_by_part(state.interpretation, evidence_by_part))
