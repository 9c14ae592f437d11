"""A follow-up about the sentences quoted before: "Why?", or "What were they asked to do about it?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import FULL_INSPECTIONS, Passage, Report
from index.search.filtering import report_day
from index.types import Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_selected_first
from qa_service.answering.sentences.evidence import Evidence, states_nothing
from qa_service.answering.sentences.neighbours import with_subjects
from qa_service.answering.sentences.reasons import reasons_near
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation, Relation, lists_improvements

_FOUND = {
    Relation.REASON: (
        "This sentence is near the text already quoted, and gives a reason.",
        "These sentences are near the text already quoted, and give a reason.",
    ),
    Relation.REMEDY: (
        "This item in the report’s own list is about the same thing.",
        "These items in the report’s own list are about the same thing.",
    ),
}
"""The note on the sentences that we found: one wording for a single sentence, and one for several."""
_NONE = {
    Relation.REASON: "We found no reason near the text already quoted. Read the passages around it to check.",
    Relation.REMEDY: (
        "No report includes this in its list of what needs to improve. Read the passages around the text already "
        "quoted."
    ),
}
_NOTE = {
    Relation.REASON: "We looked for words such as “because”. Check that the reason given is about the same thing.",
    Relation.REMEDY: "",
}


class Related:
    """Quotes the reasons for a sentence quoted before, or what the report says must be done about it."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for reasons or remedies."""
        return bool(question.pointed and question.pointed.relation)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Show the passages that contain the sentences quoted before."""
        quoted = state.interpretation.pointed.quoted if state.interpretation.pointed else ()
        holding = (
            passage.row
            for report, words in quoted
            for passage in tools.index.passages_with(words, {report})
            if words in _sentences(passage.passage)
        )
        rows = list(dict.fromkeys(holding))
        return replace(state, passages=tuple(tools.index.score(Query(state.interpretation.search_text), rows)))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Quote the reasons or remedies, or say that we found none."""
        relation = state.interpretation.pointed.relation if state.interpretation.pointed else None
        if relation is None:
            return state
        find = _reasons if relation is Relation.REASON else _remedies
        selected = with_subjects(find(state, tools)[: calibration.SENTENCES_SHOWN])
        if not selected:
            decision = Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_RELATED_CONFIDENCE, _NONE[relation])
            return replace(state, decision=decision)
        found = _FOUND[relation][len(selected) > 1]
        decision = Decision(AnswerStatus.ANSWERED, calibration.RELATED_CONFIDENCE, found, _NOTE[relation])
        return replace(with_selected_first(state, selected), decision=decision)


def _sentences(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.sentences]


def _reasons(state: PipelineState, tools: Tools) -> list[Evidence]:  # noqa: ARG001 - called like _remedies
    """Return sentences that give a reason and are near the ones quoted before, nearest first."""
    quoted = {words for _, words in state.interpretation.pointed.quoted} if state.interpretation.pointed else set()
    found: list[tuple[int, Evidence]] = []
    for scored in state.passages:
        if lists_improvements(scored.passage.section):
            continue  # an item says what to do, not why
        texts = _sentences(scored.passage)
        for place in (number for number, text in enumerate(texts) if text in quoted):
            for rank, number in enumerate(reasons_near(texts, place)):
                start, end = scored.passage.sentences[number]
                found.append((rank, Evidence(scored, number, start, end, 1.0, 1.0, 1.0)))
    nearest = [evidence for _, evidence in sorted(found, key=lambda pair: pair[0])]
    return list({(evidence.scored.row, evidence.start): evidence for evidence in nearest}.values())


def _remedies(state: PipelineState, tools: Tools) -> list[Evidence]:
    """Return the items of a report's own list that are close to the question, closest first.

    The list comes from a report quoted before, or else from the latest full inspection of the same authority.
    """
    for report in _reports_with_lists(state, tools):
        of_list = [p.row for p in tools.index.store.passages_of(report.id) if lists_improvements(p.passage.section)]
        scored = tools.index.score(Query(state.interpretation.search_text), of_list)
        items = [
            Evidence(one, number, start, end, one.sentence_similarities[number], 1.0, 1.0)
            for one in scored
            for number, (start, end) in enumerate(one.passage.sentences)
        ]
        close = [e for e in items if e.similarity >= calibration.REMEDY_SIMILARITY and not states_nothing(e.text)]
        if close:
            return sorted(close, key=lambda evidence: -evidence.similarity)
    return []


def _reports_with_lists(state: PipelineState, tools: Tools) -> Sequence[Report]:
    """Return the reports quoted before, then the full inspections of the same authorities, latest first."""
    quoted = list({passage.report.id: passage.report for passage in state.passages}.values())
    names = {report.authority for report in quoted if report.authority}
    allowed = tools.index.allowed(state.question.filters)
    full = [report for report in allowed if report.authority in names and report.kind in FULL_INSPECTIONS]
    full.sort(key=report_day, reverse=True)
    return list({report.id: report for report in (*quoted, *full)}.values())
