"""A question about a length of time: "How long is it since Bromley had a full inspection?"."""

from __future__ import annotations

from qa_service.answering.facts.lengths.waits import wait_answer
from qa_service.answering.facts.types import FactScope
from qa_service.answering.kinds.facts import with_fact_answer
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.state import PipelineState
from qa_service.understanding.interpretation import Interpretation


class Waits:
    """Answers with the time between two events, and with a row for each date that it is counted from."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for the time since an inspection, or from an inspection to its report."""
        return question.wait is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the dates of the reports. None if there are no reports."""
        wait = state.interpretation.wait
        scope = FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        answer = wait_answer(scope, wait, state.question.today) if wait else None
        return with_fact_answer(state, answer, tools) if answer else None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because there are no reports."""
        return state
