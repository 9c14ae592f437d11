"""A question about the grades of the parts of an inspection: "Orle was good overall, but which part was not?"."""

from __future__ import annotations

from dataclasses import replace

from qa_service.answering.facts.named.parts import parts_answer
from qa_service.answering.facts.types import FactScope
from qa_service.answering.kinds.facts import with_fact_answer
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.kinds.passages import Passages
from qa_service.answering.state import PipelineState
from qa_service.understanding.interpretation import Interpretation


class PartsOfInspection:
    """Answers with the grades of the areas that the question names or chooses."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for the grades of some areas."""
        return question.graded_parts is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the grades that the reports give. None if no report from the time in the question is graded."""
        parts = state.interpretation.graded_parts
        scope = FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        answer = parts_answer(scope, parts) if parts else None
        if parts is None or answer is None:
            return None
        answered = with_fact_answer(state, answer, tools)
        return _with_reasons(answered, state, tools) if parts.with_reasons else answered

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report gives such a grade."""
        return state


def _with_reasons(answered: PipelineState, state: PipelineState, tools: Tools) -> PipelineState:
    """Quote what the graded reports say on the question, after the grades. Say so if we find nothing to quote."""
    passages = Passages()
    quoted = passages.answer(passages.retrieve(state, tools), tools)
    graded = {grade.report.id for grade in answered.grades}
    selected = tuple(evidence for evidence in quoted.selected if evidence.scored.report.id in graded)
    note = _REASONS if selected else _NO_REASONS
    decision = replace(answered.decided, note=" ".join(filter(None, (answered.decided.note, note))))
    cited = {passage.row for passage in answered.passages}
    others = (passage for passage in quoted.passages if passage.row not in cited)
    return replace(answered, decision=decision, selected=selected, passages=(*answered.passages, *others))


_REASONS = "The sentences after the grades are from the same report. Check if they give the reasons for the grades."
_NO_REASONS = "We found no sentence to quote on the reasons for the grades."
