"""A question about what a report says must improve: "What does Aldermere need to improve?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.themes import known_themes
from corpus.types import FULL_INSPECTIONS, VISITS, Kind, Report
from index.search.filtering import report_day
from index.types import Query, ScoredPassage
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_evidence, with_passages
from qa_service.answering.retrieval import SearchPlan, interleave
from qa_service.answering.sentences.evidence import Evidence, is_own_list
from qa_service.answering.sentences.listed_items import asked_items, holds_item, in_own_list, passages_with_items
from qa_service.answering.sentences.own_list import cut_lists, cut_words, own_list_words, unread_words
from qa_service.answering.sentences.selection import select_by_part
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation, Part, is_about_partnership
from qa_service.understanding.questions.headlines import asks_in_general, subject_to_improve
from qa_service.understanding.subjects import subjects_of
from qa_service.wording import the_reports

_ABOUT_ALL = re.compile(
    r"\b(?:most|often|common(?:ly)?|frequent(?:ly)?|repeatedly|twice|more than once|keeps?|recur\w*)\b|"
    r"\b(?:which|what|how many|any|all|across|most) (?:of (?:the|our) )?(?:local )?(?:councils?|authorit(?:y|ies)|las|"
    r"boroughs?|reports|inspections|visits)\b|\banyone\b|"
    r"\b(?:how many|number of|count of|(?:share|proportion|percentage|per cent|%) of|out of) (?:[\w’'-]+ ){0,4}?"
    r"(?:councils?|authorit(?:y|ies)|las|boroughs?|reports|inspections|visits|letters|ilacs)\b",
    re.IGNORECASE,
)
"""Words of a question about several authorities."""
EvidenceByPart = Sequence[Sequence[Evidence]]


def begins_with_own_list(question: Interpretation, evidence_by_part: EvidenceByPart) -> bool:
    """Whether a report's own list answers the question, or the first part of it that has evidence."""
    return is_own_list(question, next((ranked for ranked in evidence_by_part if ranked), ()))


@dataclass(frozen=True, slots=True)
class Improvements:
    """Answers with a report's own list of improvements, whole and in its original order."""

    accepts: Callable[[Interpretation, EvidenceByPart], bool] = begins_with_own_list
    """A function that returns whether the evidence is a report's own list."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks what a report says must improve."""
        return question.asks_for_improvements

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Retrieve passages, with a report's own list first."""
        by_words = bool(tools.index.degraded)
        depth = calibration.PASSAGES_BY_WORDS if by_words else calibration.PASSAGES_PER_PART
        state = with_passages(state, tools, SearchPlan(depth, own_list_first=True))
        question, allowed = state.interpretation, tools.index.allowed(state.question.filters)
        latest_first = (
            _with_latest_list(passages, question, part, allowed, tools)
            for part, passages in zip(question.parts, state.passages_by_part, strict=True)
        )
        by_part = tuple(_with_whole_list(passages, question, tools) for passages in latest_first)
        return replace(state, passages_by_part=by_part, passages=interleave(by_part))

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Answer with the list.

        If there is no list, or the question is about all authorities, leave it to the next kind. The list of one report
        would be a wrong answer to a question such as "What do councils need to improve most?".
        """
        state = with_evidence(state, tools)
        evidence_by_part = state.evidence_by_part or ()
        if _ABOUT_ALL.search(state.interpretation.text) and not state.interpretation.authorities:
            return state
        if not self.accepts(state.interpretation, evidence_by_part):
            return state
        selected = select_by_part(state.interpretation, evidence_by_part)
        unread = unread_words(_reports_of([evidence for evidence in selected if in_own_list(evidence.scored)]))
        lacking = _no_item_words(state.interpretation, [evidence.text for evidence in selected])
        confidence = calibration.NOT_APPLIED_CONFIDENCE if lacking else calibration.OWN_LIST_CONFIDENCE
        note = " ".join(filter(None, (lacking, unread)))
        decision = Decision(AnswerStatus.ANSWERED, confidence, _reason(selected), note=note)
        return replace(state, decision=decision, selected=selected)


def _reason(selected: Sequence[Evidence]) -> str:
    """Say which reports' own lists are quoted, how many of their items are shown, and what else is quoted."""
    listed, others = (
        [evidence for evidence in selected if in_own_list(evidence.scored) is of_list] for of_list in (True, False)
    )
    reports = _reports_of(listed)
    cut = cut_lists((evidence.scored.report, evidence.text) for evidence in listed)
    sentence = "sentence is" if len(others) == 1 else "sentences are"
    rest = f"The other {sentence} from {the_reports(_reports_of(others))}." if others else ""
    return " ".join(filter(None, (own_list_words(reports), cut_words(cut, len(reports)), rest)))


def _no_item_words(question: Interpretation, texts: Sequence[str]) -> str:
    """Say that no item is about the subject of a question.

    Empty if an item is about it, or if the question names no subject.
    """
    words = subject_to_improve(question)
    subjects = subjects_of(words) if words else ()
    if not subjects:
        return ""
    themes = {theme.id for theme in known_themes().themes_of(words)}
    for text in texts:
        if any(subject.is_in(text) for subject in subjects):
            return ""
        if themes.intersection(theme.id for theme in known_themes().themes_of(text)):
            return ""
    return f"None of these items has the words “{words}”, or words that mean the same."


def _reports_of(quoted: Sequence[Evidence]) -> list[Report]:
    return list({evidence.scored.report.id: evidence.scored.report for evidence in quoted}.values())


def _with_latest_list(
    passages: Sequence[ScoredPassage], question: Interpretation, part: Part, allowed: Sequence[Report], tools: Tools
) -> tuple[ScoredPassage, ...]:
    """Put the list of an authority's latest report first, if a question asks in general what it must improve.

    The order does not change if a question names a time, a kind of report or a subject.
    """
    names_report = any(period.exact for period in part.periods) or question.only_kinds or question.form
    if len(part.authorities) != 1 or names_report or not asks_in_general(question):
        return tuple(passages)
    of_partnership = is_about_partnership(question)
    listing = [
        report
        for report in allowed
        if report.authority in part.authorities
        and report.improvements
        and (report.kind is Kind.AREA_SEND) == of_partnership
        and (of_partnership or report.kind in (*FULL_INSPECTIONS, *VISITS))
    ]
    latest = max(listing, key=report_day, default=None)
    if latest is None or (passages and passages[0].report.id == latest.id):
        return tuple(passages)
    rows = [each.row for each in tools.index.store.passages_of(latest.id)]
    scored = passages_with_items(tools.index.score(Query(question.search_text), rows), latest.improvements)
    first = {passage.row for passage in scored}
    return (*scored, *(passage for passage in passages if passage.row not in first))


def _with_whole_list(
    passages: Sequence[ScoredPassage], question: Interpretation, tools: Tools
) -> tuple[ScoredPassage, ...]:
    """If the first passage is in a report's own list, add the other passages that contain that report's lists."""
    if not passages or not in_own_list(passages[0]):
        return tuple(passages)
    first, found = passages[0], {scored.row for scored in passages}
    items = asked_items(question, first.report)
    of_list = [
        indexed.row
        for indexed in tools.index.store.passages_of(first.report.id)
        if indexed.row not in found
        and (indexed.passage.section == first.passage.section or holds_item(indexed.passage, items))
    ]
    return (*passages, *tools.index.score(Query(question.search_text), of_list))
