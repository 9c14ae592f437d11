"""A question for the person who runs an authority's services: "Who is Westmarsh's director of children's services?"."""

from __future__ import annotations

from qa_service.answering.facts.post_holders import post_holder_answer
from qa_service.answering.facts.types import FactScope
from qa_service.answering.kinds.facts import with_fact_answer
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.state import PipelineState
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.post_questions import asks_for_all_directors, asks_for_director


class PostHolder:
    """Answers with the person to whom a letter is addressed or whom a report names, and the date of that report."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks who runs the services of an authority, or who a letter is addressed to."""
        return asks_for_director(question)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the reports. None if no report names anyone, or if an older version built the index."""
        question = state.interpretation
        scope = FactScope(question, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        answer = post_holder_answer(scope, every=asks_for_all_directors(question))
        return with_fact_answer(state, answer, tools) if answer else None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report names anyone."""
        return state
