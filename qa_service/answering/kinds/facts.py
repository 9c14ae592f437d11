"""A question that the facts of reports answer: "Which authorities were rated good before 2022?"."""

from __future__ import annotations

import re
from dataclasses import replace

from index.types import Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import REPORTS, FactAnswer, FactScope
from qa_service.answering.kinds.kind import Tools, with_passages
from qa_service.answering.printed.printed_facts import printed_fact
from qa_service.answering.printed.printed_grades import proved
from qa_service.answering.retrieval import SearchPlan
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import past_the_end


class Facts:
    """Answers with rows from the facts of reports, and a sentence that sums them up."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for facts."""
        return question.conditions.is_about_facts

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the facts. None if they do not answer the question.

        Search for passages only if there are grades, because the passages are shown below them.
        """
        reports = tuple(tools.index.allowed(state.question.filters))
        answer = answer_from_facts(FactScope(state.interpretation, reports, tools.index.store))
        if answer is None:
            return None
        answered = with_fact_answer(state, answer, tools)
        if state.interpretation.conditions.wanted is not Wanted.GRADES or not answered.grades:
            return answered
        return _with_nearest(answered, with_passages(state, tools, SearchPlan()))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because the facts did not answer it."""
        return state


def with_fact_answer(state: PipelineState, answer: FactAnswer, tools: Tools) -> PipelineState:
    """Add one page of the answer's rows, the decision, and the passages that the rows cite."""
    if state.interpretation.not_applied:
        answer = _without_verdict(answer)
    first = state.first_item
    page = answer.items[first : first + (state.question.items or calibration.ITEMS_PER_LIST)]
    if answer.items and not page:
        return _past_the_end(state, answer)
    rows = [row for item in page for row in item]
    judged = ((row.report, row.judgement) for row in rows if row.judgement is not None)
    grades = tuple(proved(judged, tools.index.store))
    stated = (printed_fact(row.report, row.fact, tools.index.store) for row in rows if row.fact)
    facts = tuple(fact for fact in stated if fact)
    numbered = [*(grade.passage.row for grade in grades), *(fact.passage.row for fact in facts)]
    cited = list(dict.fromkeys(numbered))
    if state.interpretation.conditions.wanted is Wanted.GRADES:  # also show passages that are close to the question
        passages = tools.index.score(Query(state.interpretation.text), cited)
    else:
        passages = tools.index.passages_at(cited)
    confidence = calibration.GRADE_CONFIDENCE if answer.total is None else calibration.GRADE_LIST_CONFIDENCE
    status = AnswerStatus.ANSWERED
    if not answer.answered:
        status, confidence = AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE
    reason = " ".join(filter(None, (answer.summary.sentence, _shown_words(answer, first, len(page)))))
    return replace(
        state,
        decision=Decision(status, confidence, reason, answer.note),
        passages=tuple(passages),
        grades=grades,
        facts=facts,
        summary=answer.summary,
        total=answer.total,
        next_offset=first + len(page) if first + len(page) < len(answer.items) else None,
    )


def _without_verdict(answer: FactAnswer) -> FactAnswer:
    """Remove “Yes.” or “No.” from an answer, because some words of the question were not applied."""
    summary = answer.summary
    sentence = re.sub(r"^(?:Yes|No)\. ", "", summary.sentence) if summary.yes is not None else summary.sentence
    return replace(answer, summary=replace(summary, sentence=sentence, yes=None))


def _shown_words(answer: FactAnswer, first: int, count: int) -> str:
    """Say which part of a list is shown. If nothing fits, the list shows all that we checked."""
    total, items = len(answer.items), f"Items {first + 1} to {first + count}"
    if answer.summary.count != 0:
        return f"{items} of {total} are shown." if count < total else ""
    if count < total:
        return f"{items if first else f'The first {count}'} are listed below."
    return (
        f"{'It is' if total == 1 else 'They are'} listed below." if total and answer.summary.counted == REPORTS else ""
    )


def _with_nearest(answered: PipelineState, searched: PipelineState) -> PipelineState:
    """Show passages about the same subject below the grades, as we do for any other question."""
    cited = {passage.row for passage in answered.passages}
    others = (passage for passage in searched.passages if passage.row not in cited)
    return replace(answered, passages=(*answered.passages, *others))


def _past_the_end(state: PipelineState, answer: FactAnswer) -> PipelineState:
    """Say that a list ends before the first item that was asked for."""
    reason = past_the_end(len(answer.items), state.first_item)
    decision = Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)
    return replace(state, decision=decision, summary=answer.summary, total=answer.total)
