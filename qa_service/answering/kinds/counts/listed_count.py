"""A question that counts or lists the reports that ask for something in their own list of what must improve.

An example is "How many full inspections since 2022 list supervision under what needs to improve?".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Improvement, Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.counts.report_count import (
    CountWords,
    by_year_words,
    count_summary,
    counted,
    listed,
    newest_words,
    often_enough,
    reports_looked_at,
    scope_of,
)
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.listed_items import passages_with_items, spans_of
from qa_service.answering.sentences.subjects import about_words
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import SubjectCondition
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import capitalised, named_by_date


class ListedCount:
    """Says how many of the reports that fit have such items, and quotes the items."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks which reports list something among what must improve."""
        condition = question.conditions.subject
        return condition is not None and condition.in_list

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the lists that we read. None if no report fits the other conditions."""
        condition = state.interpretation.conditions.subject
        scope = scope_of(state, tools)
        reports = reports_looked_at(scope) if condition else []
        if condition is None or not reports:
            return None
        is_about = about_words(condition.words)
        items = {report.id: [item for item in report.improvements if is_about(item.text)] for report in reports}
        fitting = often_enough(scope, [report for report in reports if items[report.id]])

        def quotes(page: Sequence[Report]) -> list[Evidence]:
            return [evidence for report in page for evidence in _quotes(tools, report, items[report.id])]

        def decide(status: AnswerStatus, reason: str) -> Decision:
            note = " ".join(filter(None, (newest_words(scope, reports), _rule(condition, reports))))
            return Decision(status, calibration.SUBJECT_COUNT_CONFIDENCE, reason, note)

        summary = count_summary(scope, _count_words(condition), reports, fitting)
        summary = replace(summary, sentence=summary.sentence + by_year_words(scope, reports, fitting))
        if fitting and state.interpretation.conditions.asserts:
            # If no item is about it, we do not answer "no", because items may ask for it in different words.
            summary = replace(summary, sentence=f"Yes. {summary.sentence}", yes=True)
        return counted(state, listed(scope, fitting), summary, quotes, decide)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _quotes(tools: Tools, report: Report, items: Sequence[Improvement]) -> list[Evidence]:
    """Return the words of the items in a report's passages, under the name of the report."""
    rows = [passage.row for passage in tools.index.store.passages_of(report.id)]
    passages = passages_with_items(tools.index.passages_at(rows), items)
    heading = capitalised(named_by_date(report))
    return [
        Evidence(passage, span.number, span.start, span.end, 1.0, 1.0, 1.0, heading=heading)
        for passage in passages
        for span in spans_of(passage, items)
    ]


def _count_words(condition: SubjectCondition) -> CountWords:
    rest = f"{condition.words} among what must improve"
    return CountWords(one=f"lists {rest}", many=f"list {rest}", of_authority=f"that lists {rest}")


def _rule(condition: SubjectCondition, reports: Sequence[Report]) -> str:
    """Say which items count, and how many reports have a list at all."""
    having = sum(bool(report.improvements) for report in reports)
    rule = (
        f"We counted each report with an item about {condition.words} in its own list of what must improve. We look "
        "for these words, other names for the same thing and, if they name a theme, the words of the theme."
    )
    lists = f"{having} of these {len(reports)} reports have such a list." if having < len(reports) else ""
    return f"{rule} {lists}".strip()
