"""A question about what a report says must improve: "What does Aldermere need to improve?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.types import Query, ScoredPassage
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan, interleave
from qa_service.answering.sentences.evidence import Evidence, is_own_list
from qa_service.answering.sentences.own_list import OWN_LIST, cut_lists
from qa_service.answering.sentences.selection import select_by_part
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation, lists_improvements

EvidenceByPart = Sequence[Sequence[Evidence]]


def begins_with_own_list(question: Interpretation, evidence_by_part: EvidenceByPart) -> bool:
    """Whether the first part with any evidence is answered by a report's own list."""
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
        state = with_passages(state, tools, SearchPlan(depth, own_list_first=True))
        by_part = tuple(_with_whole_list(passages, state.interpretation, tools) for passages in state.passages_by_part)
        return replace(state, passages_by_part=by_part, passages=interleave(by_part))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Answer with the list. If there is none, leave the question to the next kind."""
        state = with_evidence(state, tools)
        evidence_by_part = state.evidence_by_part or ()
        if not self.accepts(state.interpretation, evidence_by_part):
            return state
        selected = select_by_part(state.interpretation, evidence_by_part)
        decision = Decision(AnswerStatus.ANSWERED, calibration.OWN_LIST_CONFIDENCE, _reason(selected))
        return replace(state, decision=decision, selected=selected)


def _reason(selected: Sequence[Evidence]) -> str:
    """Say that the sentences are a report's own list. If some items are left out, say how many are shown."""
    cut = cut_lists((evidence.scored.report, evidence.text) for evidence in selected)
    counts = (f"{each.shown} of its {each.total} items are shown. The report’s page has all of them." for each in cut)
    return " ".join((OWN_LIST, *counts))


def _with_whole_list(
    passages: Sequence[ScoredPassage], question: Interpretation, tools: Tools
) -> tuple[ScoredPassage, ...]:
    """If the first passage is in a report's own list, add the passages of that list that the search did not find."""
    if not passages or not lists_improvements(passages[0].passage.section):
        return tuple(passages)
    first, found = passages[0], {scored.row for scored in passages}
    of_list = [
        indexed.row
        for indexed in tools.index.store.passages_of(first.report.id)
        if indexed.passage.section == first.passage.section and indexed.row not in found
    ]
    return (*passages, *tools.index.score(Query(question.search_text), of_list))
