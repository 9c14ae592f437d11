"""A question that counts or lists reports by the items in their own lists.

An example is "How many reports have an area for priority action, and who?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.types import Improvement, ImprovementKind, Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.types import REPORTS, FactScope
from qa_service.answering.facts.wording import plural
from qa_service.answering.kinds.counts.report_count import (
    CountWords,
    count_summary,
    counted,
    listed,
    newest_words,
    page_of,
    reports_looked_at,
    scope_of,
)
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.listed_items import holds_item, spans_of
from qa_service.answering.sentences.own_list import unread_words
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import in_list

_QUOTED = 3
"""Maximum number of items that we quote from each list. We chose this value by judgement."""
_NAMED = 12
"""Maximum number of authorities to name, or of reports with lists that could not be read. We chose this value by
judgement."""
_ITEM: Mapping[ImprovementKind, str] = {
    ImprovementKind.PRIORITY: "area for priority action",
    ImprovementKind.RECOMMENDATION: "recommendation",
}
_HEADINGS: Mapping[ImprovementKind, str] = {
    ImprovementKind.PRIORITY: "“Area for priority action” or “Priority and immediate action”",
    ImprovementKind.RECOMMENDATION: "“Recommendations”",
}


class OwnListCount:
    """Says how many of the reports that fit have such items, and quotes the first items in each list."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question counts or lists reports by the items in their own lists."""
        return question.conditions.own_list is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the items that were read from the reports. None if no report fits the other conditions."""
        kind = state.interpretation.conditions.own_list
        scope = scope_of(state, tools)
        reports = reports_looked_at(scope) if kind else []
        if kind is None or not reports:
            return None
        fitting = [report for report in reports if _items(report, kind)]
        shown = listed(scope, fitting)

        def quotes(page: Sequence[Report]) -> list[Evidence]:
            return [evidence for report in page for evidence in _quotes(report, _items(report, kind), tools)]

        def decide(status: AnswerStatus, reason: str) -> Decision:
            rule, unread = _rule(kind, page_of(state, shown)), _unread(reports)
            note = " ".join(filter(None, (newest_words(scope, reports), rule, unread)))
            return Decision(status, calibration.OWN_LIST_CONFIDENCE, reason, note)

        return counted(state, shown, _summary(scope, kind, reports, fitting), quotes, decide)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _items(report: Report, kind: ImprovementKind) -> list[Improvement]:
    return [item for item in report.improvements if item.kind is kind]


def _quotes(report: Report, items: Sequence[Improvement], tools: Tools) -> list[Evidence]:
    """Return the first items of a report's list as evidence. They are complete and in order."""
    quoted = items[:_QUOTED]
    of_list = [each.row for each in tools.index.store.passages_of(report.id) if holds_item(each.passage, quoted)]
    return [
        Evidence(scored, span.number, span.start, span.end, similarity=1.0, overlap=0.0, score=1.0)
        for scored in tools.index.passages_at(of_list)
        for span in spans_of(scored, quoted)
    ]


def _summary(scope: FactScope, kind: ImprovementKind, reports: Sequence[Report], fitting: Sequence[Report]) -> Summary:
    """Return the count as a sentence and as numbers. The sentence names the authorities if there are only a few."""
    item = f"{_article(kind)} {_ITEM[kind]}"
    words = CountWords(one=f"lists {item}", many=f"list {item}", of_authority=f"with {item}")
    count = count_summary(scope, words, reports, fitting)
    names = sorted({report.authority for report in fitting if report.authority})
    if not 0 < len(names) <= _NAMED or len(named(scope)) == 1:
        return count
    they = "This is" if len(names) == 1 else "They are"
    if count.counted == REPORTS:
        they = "It is about" if len(fitting) == 1 else "They are about"
    return replace(count, sentence=f"{count.sentence} {they} {in_list(names)}.")


def _article(kind: ImprovementKind) -> str:
    return "an" if _ITEM[kind][0] in "aeiou" else "a"


def _rule(kind: ImprovementKind, page: Sequence[Report]) -> str:
    """Say which reports count, and how many items in long lists we do not quote."""
    rule = f"We counted a report if its own list has an item below a heading such as {_HEADINGS[kind]}."
    longer = sum(len(_items(report, kind)) > _QUOTED for report in page)
    if not longer:
        return rule
    have = f"{plural(longer, 'list')} {'has' if longer == 1 else 'have'}"
    return f"{rule} We quote the first {_QUOTED} items of each list. {have} more, which are on the page of the report."


def _unread(reports: Sequence[Report]) -> str:
    """Name the reports in which we could not read every item, because the count may leave them out."""
    unread = [report for report in reports if report.unread_lists]
    if len(unread) <= _NAMED:
        return unread_words(unread)
    return f"We could not read every item of the lists in {len(unread)} reports, so there may be more."
