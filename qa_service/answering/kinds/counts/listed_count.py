"""A question that counts or lists the reports that ask for something in their own list of what must improve.

An example is "How many full inspections since 2022 list supervision under what needs to improve?".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.themes import known_themes
from corpus.types import Improvement, Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.lists import AUTHORITIES
from qa_service.answering.facts.reports import REPORTS, find_reports, in_order
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import report_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.listed_items import passages_with_items, spans_of
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.conditions.types import SubjectCondition, Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.subjects import subjects_of
from qa_service.wording import in_list, past_the_end, share_of, verb_after


class ListedCount:
    """Answers with the number of reports, out of all that fit, and with the items of their lists."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks which reports list something among what must improve."""
        condition = question.conditions.subject
        return condition is not None and condition.in_list

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the lists that we read. None if no report fits the other conditions."""
        condition = state.interpretation.conditions.subject
        scope = FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        reports = find_reports(scope) if condition else []
        if condition is None or not reports:
            return None
        is_about = _about(condition.words)
        items = {report.id: [item for item in report.improvements if is_about(item.text)] for report in reports}
        fitting = [report for report in in_order(scope, reports) if items[report.id]]
        first = state.first_item
        page = fitting[first : first + (state.question.items or calibration.ITEMS_PER_LIST)]
        summary = _summary(scope, condition, reports, fitting)
        if fitting and not page:
            reason = past_the_end(len(fitting), first)
            decision = Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)
            return replace(state, decision=decision, summary=summary, total=len(fitting))
        selected = [evidence for report in page for evidence in _quotes(tools, report, items[report.id])]
        status = AnswerStatus.ANSWERED if fitting else AnswerStatus.NOT_IN_REPORTS
        shown = f"Reports {first + 1} to {first + len(page)} of {len(fitting)} are quoted below."
        reason = f"{summary.sentence} {shown if len(page) < len(fitting) else ''}".strip()
        return replace(
            state,
            decision=Decision(status, calibration.SUBJECT_COUNT_CONFIDENCE, reason, _rule(condition, reports)),
            passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
            selected=tuple(selected),
            summary=summary,
            total=len(fitting),
            next_offset=first + len(page) if first + len(page) < len(fitting) else None,
        )

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _about(words: str) -> Callable[[str], bool]:
    """Return a function that tells whether an item is about some words: in their own form, or as a theme."""
    subjects = subjects_of(words)
    themes = {theme.id for theme in known_themes().themes_of(words)} if not _says_more(words) else set()

    def is_about(item: str) -> bool:
        in_words_of_item = any(subject.is_in(item) for subject in subjects)
        return in_words_of_item or not themes.isdisjoint(theme.id for theme in known_themes().themes_of(item))

    return is_about


def _says_more(words: str) -> bool:
    """Whether some words say more than the name of a theme, so that the theme as a whole would be too wide."""
    return not known_themes().whole_in(words.lower())


def _quotes(tools: Tools, report: Report, items: Sequence[Improvement]) -> list[Evidence]:
    """Return the words of the items in a report's passages."""
    rows = [passage.row for passage in tools.index.store.passages_of(report.id)]
    passages = passages_with_items(tools.index.passages_at(rows), items)
    return [
        Evidence(passage, span.number, span.start, span.end, 1.0, 1.0, 1.0)
        for passage in passages
        for span in spans_of(passage, items)
    ]


def _summary(
    scope: FactScope, condition: SubjectCondition, reports: Sequence[Report], fitting: Sequence[Report]
) -> Summary:
    """Return the count as a sentence and as numbers."""
    conditions = scope.question.conditions
    time = in_words(scope.question, of_reports=True)
    if conditions.wanted is Wanted.AUTHORITIES:
        names = {report.authority for report in fitting if report.authority}
        looked_at = {report.authority for report in reports if report.authority}
        share = share_of(len(names), len(looked_at), "authority", "authorities")
        verb = verb_after(len(names), len(looked_at), "has", "have")
        kind = report_words(conditions.kinds, 1, ())
        sentence = f"{share} {verb} a {kind}{time} that lists {condition.words} among what must improve."
        return Summary(sentence, len(names), len(looked_at), AUTHORITIES)
    kinds = (report_words(conditions.kinds, count, ()) for count in (1, 2))
    share = share_of(len(fitting), len(reports), *kinds)
    of_whom = f" on {in_list(list(named(scope)))}" if named(scope) else ""
    verb = verb_after(len(fitting), len(reports), "lists", "list")
    sentence = f"{share}{of_whom}{time} {verb} {condition.words} among what must improve."
    return Summary(sentence, len(fitting), len(reports), REPORTS)


def _rule(condition: SubjectCondition, reports: Sequence[Report]) -> str:
    """Say which items count, and how many reports have a list."""
    having = sum(bool(report.improvements) for report in reports)
    rule = (
        f"We counted each report with an item about {condition.words} in its own list of what must improve. We look "
        "for these words, other names for the same thing and, if they name a theme, the words of the theme."
    )
    lists = f"{having} of these {len(reports)} reports have such a list." if having < len(reports) else ""
    return f"{rule} {lists}".strip()
