"""What the kinds of question have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Protocol

from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.search.text_analysis import terms
from index.types import Query
from qa_service.answering.printed.printed_grades import PrintedGrade
from qa_service.answering.retrieval import Retriever, SearchPlan, interleave
from qa_service.answering.sentences.evidence import Evidence, is_own_list, rank_evidence, read_closely, score_further
from qa_service.answering.sentences.limits import within_limits
from qa_service.answering.sentences.stance_asked import without_opposite
from qa_service.answering.sentences.stated import those_stating
from qa_service.answering.state import PipelineState
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.polarity import polarity_asked
from qa_service.understanding.requirements import Requirements


@dataclass(frozen=True, slots=True)
class Tools:
    """What every kind of question uses to find its answer."""

    index: SearchIndex
    retriever: Retriever
    requirements_for: Callable[[Interpretation], Requirements]

    def nearest(self, question: Interpretation) -> Callable[[], float]:
        """Return a function that computes the cosine between a question and the nearest sentence in any report."""
        return partial(self.index.nearest_cosine, question.search_text)


class KindOfQuestion(Protocol):
    """A way to answer a question. The pipeline tries each kind of question in turn."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question's wording calls for this kind."""

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Add passages. If the result is None, the next kind that matches does the search."""

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Add a decision and what supports it. If no decision is added, the next kind that matches is tried."""


def with_passages(state: PipelineState, tools: Tools, plan: SearchPlan) -> PipelineState:
    """Retrieve passages for each part of a question."""
    results = tools.retriever.retrieve(state.interpretation, state.question.filters, plan)
    by_part = tuple(result.passages for result in results)
    weights = {term: weight for result in results for term, weight in result.term_weights.items()}
    return replace(state, passages_by_part=by_part, passages=interleave(by_part), term_weights=weights)


def with_evidence(state: PipelineState, tools: Tools) -> PipelineState:
    """Rank the sentences in each part's passages, unless this has already been done."""
    if state.evidence_by_part is not None:
        return state
    question = state.interpretation
    requirements = tools.requirements_for(question)
    polarity = polarity_asked(question.text)
    fitting = partial(without_opposite, tools.index, polarity=polarity) if polarity else list
    ranked = (
        rank_evidence(question, part, passages, state.term_weights, requirements, state.scorer, fitting)
        for part, passages in zip(question.parts, state.passages_by_part, strict=True)
    )
    evidence = tuple(map(tuple, ranked))
    if any(is_own_list(question, part) for part in evidence):
        return replace(state, evidence_by_part=evidence)  # a report's own list is shown in full
    subject = {term: state.term_weights.get(term, 0.0) for term in terms(question.search_text)}
    read = partial(read_closely, question, scorer=state.scorer)
    limited, applied = within_limits(evidence, question.conditions.limits, subject, read)
    asked = None if question.pointed else requirements.asked
    read_by_part = tuple(map(read, limited))
    if asked is None:
        return replace(state, evidence_by_part=read_by_part, limits_applied=applied)
    further = partial(score_further, question, scorer=state.scorer)
    stating = tuple(read(further(those_stating(part, asked, question.text))) for part in limited)
    return replace(state, evidence_by_part=stating, limits_applied=applied, near_by_part=read_by_part)


def with_grades(state: PipelineState, tools: Tools, grades: tuple[PrintedGrade, ...]) -> PipelineState:
    """Add grades, and put the passages that contain them first."""
    rows = list(dict.fromkeys(grade.passage.row for grade in grades))
    printing = tools.index.score(Query(state.interpretation.search_text), rows)
    others = [scored for scored in state.passages if scored.row not in rows]
    return replace(state, grades=grades, passages=(*printing, *others))


def in_order(state: PipelineState) -> PipelineState:
    """Put the quotes in the order that the question asks for, by the day of the inspection.

    If it asks for no order and is about how one authority is doing, the latest report comes first.
    """
    question = state.interpretation
    order = question.conditions.order
    about_now = len(question.authorities) == 1 and not question.pointed and (question.changed or not question.periods)
    if order is None and not about_now:
        return state

    def place(evidence: Evidence) -> tuple[date, str]:
        return report_day(evidence.scored.report), evidence.scored.report.id

    newest_first = order.newest_first if order else True
    return replace(state, selected=tuple(sorted(state.selected, key=place, reverse=newest_first)))


def with_selected_first(state: PipelineState, selected: Sequence[Evidence]) -> PipelineState:
    """Select sentences, and put their passages before the other passages."""
    quoted = {evidence.scored.row: evidence.scored for evidence in selected}
    others = (scored for scored in state.passages if scored.row not in quoted)
    return replace(state, passages=(*quoted.values(), *others), selected=tuple(selected))
