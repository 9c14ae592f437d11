"""Any other question, answered with the nearest sentences in the passages found."""

from __future__ import annotations

from dataclasses import replace

from qa_service.answering.abstention import decide
from qa_service.answering.kinds.kind import Tools, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan
from qa_service.answering.selection import select_by_part
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation


class Passages:
    """Quotes the sentences that answer the question, or abstains."""

    def matches(self, question: Interpretation) -> bool:  # noqa: ARG002 - the protocol's signature
        """Match any question."""
        return True

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Retrieve passages for each part."""
        return with_passages(state, tools, SearchPlan())

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Decide from the evidence whether to answer."""
        state = with_evidence(state, tools)
        question, evidence_by_part = state.interpretation, state.evidence_by_part or ()
        decision = decide(
            question,
            evidence_by_part,
            tools.requirements_of(question.text),
            tools.index.store.reports,
            tools.nearest(question),
        )
        answered = decision.status is AnswerStatus.ANSWERED
        selected = select_by_part(question, evidence_by_part) if answered else ()
        return replace(state, decision=decision, selected=selected)
