"""A question about the grades of authorities over time: "Has Orle ever been inadequate, and has it improved since?"."""

from __future__ import annotations

from qa_service.answering.facts.history import history_answer
from qa_service.answering.facts.types import FactScope
from qa_service.answering.kinds.facts import with_fact_answer
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.state import PipelineState
from qa_service.understanding.interpretation import Interpretation


class PastGrades:
    """Answers with the grade from each inspection, and a sentence that answers what the question asks about them."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for past grades."""
        return question.past_grades is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the grades that the reports give. None if they give no grade for the area in the question."""
        past = state.interpretation.past_grades
        scope = FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        answer = history_answer(scope, past) if past else None
        return with_fact_answer(state, answer, tools) if answer else None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report gives such a grade."""
        return state
