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
from qa_service.answering.searched import reports_searched
from qa_service.answering.sentences.evidence import Evidence, is_own_list, mentions_all, read_further, with_newest
from qa_service.answering.sentences.neighbours import with_next, with_subjects
from qa_service.answering.sentences.own_list import is_part_of
from qa_service.answering.sentences.reasons import cause_follows
from qa_service.answering.sentences.selection import select_best, select_by_part
from qa_service.answering.sentences.stance_asked import stance_first
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation, as_one_part
from qa_service.understanding.polarity import polarity_asked
from qa_service.understanding.questions.asked import Asked
from qa_service.understanding.requirements import Requirements
from qa_service.understanding.times.changes import as_change
from qa_service.understanding.times.latest import names_latest


class Passages:
    """Quotes the sentences that answer the question, or abstains."""

    def matches(self, question: Interpretation) -> bool:  # noqa: ARG002 - the protocol's signature
        """Match any question."""
        return True

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Retrieve passages for each part. Those that mention the people in the question come first."""
        asked, state = state.interpretation, _in_words_of_reports(state)
        requirements = tools.requirements_for(asked)
        if not requirements.mentions and not asked.asks_how_it_stands:
            return replace(with_passages(state, tools, SearchPlan()), interpretation=asked)
        if not requirements.mentions:
            state = with_passages(state, tools, SearchPlan(calibration.PASSAGES_OF_AUTHORITY))
            by_part = tuple(_and_newest(passages, passages) for passages in state.passages_by_part)
            return replace(state, interpretation=asked, passages_by_part=by_part, passages=interleave(by_part))
        state = with_passages(state, tools, SearchPlan(calibration.PASSAGES_WITH_MENTIONS))
        by_part = tuple(_mentioning_first(passages, requirements) for passages in state.passages_by_part)
        if asked.asks_how_it_stands:
            mentioning = ([p for p in found if mentions_all(p, requirements)] for found in state.passages_by_part)
            by_part = tuple(map(_and_newest, by_part, mentioning))
        return replace(state, interpretation=asked, passages_by_part=by_part, passages=interleave(by_part))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Decide from the evidence whether to answer."""
        asked = state.interpretation
        state = with_evidence(_in_words_of_reports(state), tools)
        question, evidence_by_part = state.interpretation, state.evidence_by_part or ()
        state = replace(state, interpretation=asked)
        requirements = tools.requirements_for(question)
        is_mentioned = any(mentions_all(scored, requirements) for scored in state.passages)
        reports, nearest, near = tools.index.store.reports, tools.nearest(question), state.near_by_part
        filtered = state.question.filters.any
        where = reports_searched(question, question.authorities, reports, filtered=filtered)
        decision = decide(
            question, evidence_by_part, requirements, reports, nearest, is_mentioned, near, filtered=filtered
        )
        decision = say_what_is_unstated(decision, requirements.asked, near, where)
        if question.pointed:
            decision = decide_on_more(question, decision, evidence_by_part)
        if decision.status is AnswerStatus.ANSWERED:
            selected = _choose_quotes(replace(state, interpretation=question), requirements.asked, tools)
            decision = with_unmentioned(decision, requirements, selected)
            reason = in_own_words(selected, further=bool(question.pointed and question.told))
            return in_order(replace(state, decision=replace(decision, reason=reason), selected=selected))
        if is_mentioned and requirements.asked is None:
            decision = decide_on_stance(question, decision, reports, filtered=filtered)
        return self._more_widely(state, tools) or _with_item_itself(state) or replace(state, decision=decision)

    def _more_widely(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Try again, with a wider search, to answer a question about the present or about a change.

        None if that does not answer the question either. If the words for a change find nothing, we search for the
        question's own words. If the latest report does not answer, we look at other reports. The note then names the
        later report. We give such an answer only if we are fairly sure of it.
        """
        question = state.interpretation
        if _asks_what_changed(question):
            wider = replace(question, in_own_words=True)
        elif question.latest and not names_latest(question.text) and question.asks_how_it_stands:
            wider = as_one_part(replace(question, latest=False))
        else:
            return None
        again = replace(state, interpretation=wider, evidence_by_part=None, limits_applied=())
        answered = self.answer(self.retrieve(again, tools), tools)
        sure = answered.decided.confidence > calibration.FAIR_CONFIDENCE
        return answered if sure and answered.decided.status is AnswerStatus.ANSWERED else None


def _choose_quotes(state: PipelineState, asked: Asked | None, tools: Tools) -> tuple[Evidence, ...]:
    """Choose the sentences to quote, and add the sentences next to them that a reader needs."""
    question = state.interpretation
    evidence_by_part = [read_further(question, part, state.scorer) for part in state.evidence_by_part or ()]
    chosen = select_by_part(question, evidence_by_part)
    if polarity := polarity_asked(question.text):
        chosen = stance_first(tools.index, chosen, polarity)
    if len(evidence_by_part) == 1 and not is_own_list(question, evidence_by_part[0]):
        chosen = with_next(chosen, question.search_text)
    return _with_causes(with_subjects(chosen), asked, question)


def _in_words_of_reports(state: PipelineState) -> PipelineState:
    """If a question asks what has changed in one authority, return a state in which it uses the words of reports."""
    question = state.interpretation
    if not _asks_what_changed(question):
        return state
    return replace(state, interpretation=replace(question, search_text=as_change(question.search_text)))


def _asks_what_changed(question: Interpretation) -> bool:
    """Whether a question asks what has changed in one authority, and we have not yet searched for its own words."""
    return question.changed and len(question.authorities) == 1 and not (question.pointed or question.in_own_words)


def _and_newest(passages: Sequence[ScoredPassage], found: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
    """Return the first passages. The best passages of the newest reports found replace the last of them."""
    nearest = passages[: calibration.PASSAGES_PER_PART]
    rows = {scored.row for scored in nearest}
    further = [scored for scored in with_newest(found, 0) if scored.row not in rows]
    return (*nearest[: calibration.PASSAGES_PER_PART - len(further)], *further)


def _with_causes(chosen: Sequence[Evidence], asked: Asked | None, question: Interpretation) -> tuple[Evidence, ...]:
    """If a question asks why, add the sentence that follows each one, if it gives the cause."""
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

    Passages with lower ranks come next, if they mention these in the question's own words.
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
