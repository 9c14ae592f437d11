"""A question across all reports: "Are councils spotting neglect soon enough?"."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.search.filtering import report_day
from index.search.sentence_scoring import SentenceScorer
from index.types import ScoredPassage
from qa_service import calibration
from qa_service.answering.abstention import (
    decide,
    decide_on_more,
    decide_unsupported_theme,
    in_own_words,
    say_what_is_unstated,
    with_unmentioned,
)
from qa_service.answering.kinds.kind import Tools, in_order, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan, interleave
from qa_service.answering.searched import reports_searched
from qa_service.answering.sentences.evidence import Evidence, find_candidates
from qa_service.answering.sentences.limits import meets
from qa_service.answering.sentences.neighbours import with_subjects
from qa_service.answering.sentences.selection import select_one_per_report
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import Limit, OrderCondition
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.named_things import writes_name_in
from qa_service.understanding.requirements import Requirements
from qa_service.wording import searched_have

_PLAN = SearchPlan(calibration.THEME_PASSAGES, names_the_place=False)


class Theme:
    """Quotes the best sentence from each report, and says how many reports have a sentence close to the question."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question is about all reports."""
        return question.is_across_reports

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Retrieve many passages, rerank the best ones, and keep one passage from each report."""
        state = with_passages(state, tools, _PLAN)
        text = state.interpretation.search_text
        reranked = (rerank_passages(passages, text, state.scorer) for passages in state.passages_by_part)
        by_part = tuple(tuple(one_per_report(passages)) for passages in reranked)
        told = set(state.interpretation.told)
        further = tuple(tuple(scored for scored in part if not _quotes(scored, told)) for part in by_part)
        return replace(state, passages_by_part=further, passages=interleave(by_part))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Answer if the evidence is strong enough and at least one report is counted.

        A sentence with a name in the question, such as "adopt south west", may answer it although it is not close in
        meaning, because a name has no meaning of its own.
        """
        state = with_evidence(state, tools)
        question, evidence_by_part = state.interpretation, state.evidence_by_part or ()
        requirements, nearest = tools.requirements_for(question), tools.nearest(question)
        reports, near = tools.index.store.reports, state.near_by_part
        decision = decide(
            question,
            evidence_by_part,
            requirements,
            reports,
            nearest,
            near_by_part=near,
            filtered=state.question.filters.any,
        )
        where = reports_searched(question, question.authorities, reports, filtered=state.question.filters.any)
        decision = say_what_is_unstated(decision, requirements.asked, state.near_by_part, where)
        if question.pointed:
            decision = decide_on_more(question, decision, evidence_by_part)
        if decision.status is not AnswerStatus.ANSWERED:
            return replace(state, decision=decision)
        total = count_reports(state.passages, state.limits_applied)
        searched = tools.retriever.count_reports(question, state.question.filters)
        if not total and (named := [e for part in evidence_by_part for e in part if writes_name_in(question, e.text)]):
            selected = with_subjects(select_one_per_report(named))
            decision = with_unmentioned(replace(decision, reason=in_own_words(selected)), requirements, selected)
            of_reports = {evidence.scored.report.id for evidence in selected}
            return in_order(replace(state, decision=decision, total=len(of_reports), selected=selected))
        if not total:
            reason = (
                f"{searched_have(0, searched)} a sentence close in meaning to your question. Try different words, or "
                "name an authority."
            )
            decision = decide_unsupported_theme(decision.confidence, reason, nearest)
            return replace(state, decision=decision, total=total)
        order = question.conditions.order
        by_day = _first_by_day(state, requirements, order) if order else []
        closest = by_day or [e for ranked in evidence_by_part for e in select_one_per_report(ranked)]
        selected = with_subjects(closest)
        decision = with_unmentioned(decision, requirements, selected)
        reason = " ".join(
            (
                f"{searched_have(total, searched)} a sentence close in meaning to your question.",
                _quoted_words(
                    closest,
                    selected,
                    _counted_report_ids(state),
                    further=bool(question.told),
                    order=order if by_day else None,
                ),
                "Other reports may say the same thing in different words.",
            )
        )
        return in_order(replace(state, decision=replace(decision, reason=reason), total=total, selected=selected))


def _quotes(scored: ScoredPassage, told: set[str]) -> bool:
    """Whether any sentence in a passage has already been quoted."""
    passage = scored.passage
    return any(passage.text[start:end] in told for start, end in passage.sentences)


def one_per_report(passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Return the first passage from each report, in the given order."""
    best: dict[str, ScoredPassage] = {}
    for scored in passages:
        best.setdefault(scored.report.id, scored)
    return list(best.values())


def rerank_passages(
    passages: Sequence[ScoredPassage], question: str, scorer: SentenceScorer | None
) -> list[ScoredPassage]:
    """Sort the first passages by their scores and the logits of their nearest sentences.

    Across all reports, many passages are close to a theme, but few are about it.
    """
    first = list(passages[: calibration.THEME_RERANKED])
    if scorer is None or not first:
        return list(passages)
    nearest = [(at, *_nearest_sentence(scored)) for at, scored in enumerate(first) if scored.sentence_similarities]
    places = [(first[at], number) for at, number, _ in nearest]
    logits = scorer.logits(question, places, [cosine for *_, cosine in nearest])
    bonus = dict.fromkeys(range(len(first)), 0.0)
    for (at, *_), logit in zip(nearest, logits, strict=True):
        bonus[at] = calibration.THEME_RERANK_WEIGHT / (1 + math.exp(-logit))
    order = sorted(range(len(first)), key=lambda at: (-(first[at].score + bonus[at]), at))
    return [*(first[at] for at in order), *passages[calibration.THEME_RERANKED :]]


def count_reports(passages: Sequence[ScoredPassage], limits: Sequence[Limit] = ()) -> int:
    """Return how many passages have a sentence that is close and meets the question's limits.

    There is one passage per report.
    """
    return sum(bool(_close_sentences(scored, limits)) for scored in passages)


def _counted_report_ids(state: PipelineState) -> set[str]:
    """Return the ids of the reports that :func:`count_reports` counts."""
    return {scored.report.id for scored in state.passages if _close_sentences(scored, state.limits_applied)}


def _close_sentences(scored: ScoredPassage, limits: Sequence[Limit]) -> list[int]:
    """Return the sentences of a passage that are close to the question and meet its limits, the closest first."""
    close = [
        (-cosine, number)
        for number, cosine in enumerate(scored.sentence_similarities)
        if cosine >= calibration.THEME_SIMILARITY and all(meets(scored.passage, number, limit) for limit in limits)
    ]
    return [number for _, number in sorted(close)]


def _first_by_day(state: PipelineState, requirements: Requirements, order: OrderCondition) -> list[Evidence]:
    """Return the best sentence of each of the newest or oldest reports that count and use the question's words.

    A report counts as in :func:`count_reports`. Reports near the end of a long list often only touch on the subject. So
    we require at least half the share of the question's words that the best report has.
    """
    question = state.interpretation
    found: list[Evidence] = []
    for part, passages in zip(question.parts, state.passages_by_part, strict=True):
        for scored in passages:
            close = _close_sentences(scored, state.limits_applied)
            ranked = find_candidates(question, part, [scored], state.term_weights, requirements) if close else []
            of_report = [evidence for evidence in ranked if evidence.number in close]
            found += sorted(of_report, key=lambda evidence: (-evidence.overlap, -evidence.score))[:1]
    least = max((evidence.overlap for evidence in found), default=0.0) / 2
    using = [evidence for evidence in found if evidence.overlap >= least]
    using.sort(key=lambda evidence: report_day(evidence.scored.report), reverse=order.newest_first)
    return using[: calibration.REPORTS_PER_THEME]


def of_counted(quoted: int, counted: int) -> str:
    """Say which of the counted reports are quoted: "each of them", "one of them"."""
    if quoted == counted:
        return "it" if quoted == 1 else "each of them"
    return "one of them" if quoted == 1 else f"each of {quoted} of them"


def _nearest_sentence(scored: ScoredPassage) -> tuple[int, float]:
    """Return the index and the cosine of the sentence nearest to the question."""
    return min(enumerate(scored.sentence_similarities), key=lambda sentence: (-sentence[1], sentence[0]))


def _quoted_words(
    closest: Sequence[Evidence],
    selected: Sequence[Evidence],
    counted: Collection[str],
    *,
    further: bool,
    order: OrderCondition | None,
) -> str:
    """Say which sentences are quoted: the closest in each report, and any others that people need to understand it.

    ``counted`` has the ids of the reports with a close sentence. ``further`` means that the closest sentences have
    already been quoted.
    """
    quoted_reports = {evidence.scored.report.id for evidence in closest}
    reports, close = len(quoted_reports), len(quoted_reports.intersection(counted))
    one = "next closest sentence" if further else "closest sentence"
    quoted = f"We quote the {one} in {'one report' if reports == 1 else f'each of {reports} reports'}."
    if 0 < close < reports:
        of_them = of_counted(close, len(counted))
        others = reports - close
        other = "one other report" if others == 1 else f"each of {others} other reports"
        quoted = f"We quote the {one} in {of_them}, and also in {other}, where it is less close."
    elif not close:
        others_only = "a sentence from another report" if reports == 1 else f"sentences from {reports} other reports"
        quoted = f"We quote {others_only}, which may answer better."
    if order and reports > 1:
        which = "newest" if order.newest_first else "oldest"
        quoted = f"We quote one sentence from each of the {reports} {which} of these that use words from your question."
    needed = " If a sentence needs the one before it, we quote both." if len(selected) > len(closest) else ""
    return f"{quoted}{needed}"
