"""Any other question. The answer quotes the nearest sentences in the passages that the search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.search.text_analysis import terms
from index.types import ScoredPassage
from qa_service import calibration
from qa_service.answering.abstention import (
    NOTHING_MORE,
    Decision,
    decide,
    decide_on_more,
    decide_on_stance,
    in_own_words,
    say_what_is_unstated,
    with_unmentioned,
)
from qa_service.answering.kinds.kind import Tools, in_order, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan, interleave
from qa_service.answering.sentences.evidence import Evidence, mentions_all
from qa_service.answering.sentences.own_list import is_part_of
from qa_service.answering.sentences.reasons import cause_follows
from qa_service.answering.sentences.selection import select_best, select_by_part, with_subjects
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.asked import Asked
from qa_service.understanding.requirements import Requirements


class Passages:
    """Quotes the sentences that answer the question, or abstains."""

    def matches(self, question: Interpretation) -> bool:  # noqa: ARG002 - the protocol's signature
        """Match any question."""
        return True

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Retrieve passages for each part. Passages that mention the people or things in the question come first."""
        requirements = tools.requirements_of(state.interpretation.text)
        if not requirements.mentions:
            return with_passages(state, tools, SearchPlan())
        state = with_passages(state, tools, SearchPlan(calibration.PASSAGES_WITH_MENTIONS))
        by_part = tuple(_mentioning_first(passages, requirements) for passages in state.passages_by_part)
        return replace(state, passages_by_part=by_part, passages=interleave(by_part))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Decide from the evidence whether to answer."""
        state = with_evidence(state, tools)
        question, evidence_by_part = state.interpretation, state.evidence_by_part or ()
        requirements = tools.requirements_of(question.text)
        is_mentioned = any(mentions_all(scored, requirements) for scored in state.passages)
        reports, nearest, near = tools.index.store.reports, tools.nearest(question), state.near_by_part
        decision = decide(question, evidence_by_part, requirements, reports, nearest, is_mentioned, near)
        decision = say_what_is_unstated(decision, requirements.asked, near, question.authorities)
        if question.pointed:
            decision = decide_on_more(question, decision, evidence_by_part)
        if decision.status is AnswerStatus.ANSWERED:
            selected = with_subjects(select_by_part(question, evidence_by_part))
            selected = _with_causes(selected, requirements.asked, question)
            decision = with_unmentioned(decision, requirements, selected)
            reason = in_own_words(selected, further=bool(question.pointed and question.told))
            return in_order(replace(state, decision=replace(decision, reason=reason), selected=selected))
        if is_mentioned and requirements.asked is None:
            decision = decide_on_stance(question, decision)
        return _with_item_itself(state) or replace(state, decision=decision)


def _with_causes(chosen: Sequence[Evidence], asked: Asked | None, question: Interpretation) -> tuple[Evidence, ...]:
    """If a question asks why, add after each sentence the one that follows it, if that gives the cause."""
    if asked not in (Asked.CAUSE, Asked.PURPOSE):
        return tuple(chosen)
    found: dict[tuple[int, int], Evidence] = {}
    for evidence in chosen:
        found.setdefault((evidence.scored.row, evidence.number), evidence)
        passage = evidence.scored.passage
        if cause_follows([passage.text[s:e] for s, e in passage.sentences], evidence.number, terms(question.text)):
            start, end = passage.sentences[evidence.number + 1]
            after = replace(evidence, number=evidence.number + 1, start=start, end=end)
            found.setdefault((after.scored.row, after.number), after)
    return tuple(found.values())


def _mentioning_first(passages: Sequence[ScoredPassage], requirements: Requirements) -> tuple[ScoredPassage, ...]:
    """Return the nearest passages, starting with those that mention the people or things in a question.

    Passages from further down come next, if they mention these in the question's own words.
    """
    nearest = passages[: calibration.PASSAGES_PER_PART]
    mentioning = [scored for scored in nearest if mentions_all(scored, requirements)]
    further = [
        scored
        for scored in passages[calibration.PASSAGES_PER_PART :]
        if mentions_all(scored, requirements, in_own_words=True)
    ]
    rows = {scored.row for scored in mentioning}
    others = [scored for scored in nearest if scored.row not in rows]
    return tuple([*mentioning, *further, *others][: calibration.PASSAGES_PER_PART])


def _with_item_itself(state: PipelineState) -> PipelineState | None:
    """Quote the item that the question refers to once more, because the reports say no more about it.

    None if no passage contains it.
    """
    item = state.interpretation.pointed.item if state.interpretation.pointed else ""
    quoted = [
        Evidence(scored, number, start, end, 1.0, 1.0, 1.0)
        for scored in state.passages
        for number, (start, end) in enumerate(scored.passage.sentences)
        if item and is_part_of(scored.passage.text[start:end], item)
    ]
    if not quoted:
        return None
    decision = Decision(AnswerStatus.ANSWERED, calibration.ANSWER_THRESHOLD, NOTHING_MORE)
    return replace(state, decision=decision, selected=tuple(select_best(quoted, calibration.SENTENCES_SHOWN)))
