"""A follow-up that asks for more about a report's own list: "Can you elaborate?" after the list of improvements."""

from __future__ import annotations

from dataclasses import replace

from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan, interleave
from qa_service.answering.sentences.confidence import confidence_of
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conversation.pointed_items import ASK_ABOUT_ONE
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import own_words


class MoreOfList:
    """Quotes the best sentence about each item of the list, leaving out sentences already quoted."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for more about the items of a list."""
        return bool(question.pointed and question.pointed.items)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Search for each item in turn. A single search for many items would not match any of them well."""
        pointed = state.interpretation.pointed
        items = pointed.items[: calibration.MAX_PARTS] if pointed else ()
        searched = [
            with_passages(
                replace(state, interpretation=replace(state.interpretation, search_text=words)), tools, SearchPlan()
            )
            for words in items
        ]
        ranked = [with_evidence(each, tools).evidence_by_part or () for each in searched]
        return replace(
            state,
            passages=interleave([each.passages for each in searched]),
            evidence_by_part=tuple(tuple(one for part in parts for one in part) for parts in ranked),
        )

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Answer if there is a sentence about at least one item."""
        best: dict[str, Evidence] = {}
        confidences = []
        for ranked in state.evidence_by_part or ():
            confidence = confidence_of(ranked) if ranked else 0.0
            if confidence >= calibration.ANSWER_THRESHOLD:
                confidences.append(confidence)
                best.setdefault(ranked[0].text, ranked[0])
        if not best:
            reason = (
                "We found nothing more about the items in the list that matches your question closely enough to quote. "
                "Read the nearest passages, or ask about one of the items."
            )
            return replace(state, decision=Decision(AnswerStatus.NOT_IN_REPORTS, 0.0, reason))
        count = len(state.evidence_by_part or ())
        words = own_words([evidence.scored.report for evidence in best.values()])
        which = f"{len(confidences)} of the {count} items. {ASK_ABOUT_ONE}" if count > 1 else "the item."
        decision = Decision(AnswerStatus.ANSWERED, min(confidences), f"These are {words} about {which}")
        return replace(state, decision=decision, selected=tuple(best.values()))
