"""A question for all lists of what one authority must improve: "What was Orle told to improve since 2016?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.reports.finding import find_reports, since_words
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import REPORTS, FactScope
from qa_service.answering.facts.wording import plural, report_words
from qa_service.answering.kinds.counts.report_count import counted, listed, scope_of_kind
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.listed_items import holds_item, spans_of
from qa_service.answering.sentences.own_list import unread_words
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.headlines import asks_in_general
from qa_service.wording import capitalised, in_list, named_by_date

_ALL = re.compile(
    r"\b(?:everything|all (?:of )?(?:the|its|their) (?:\w+ ){0,2}(?:things|improvements|recommendations|areas|actions|"
    r"reports|inspections|lists)|(?:every|each) (?:report|inspection|list)|over (?:the years|time)|so far)\b",
    re.IGNORECASE,
)
_ALL_WORDS = re.compile(r"\b(?:everything|all|every|each|over|years|time|far|things|lists?)\b", re.IGNORECASE)
_YEAR = 366
"""Number of days in a leap year. Only a time of more than a year is likely to include several inspections with lists.
"""


class ListsOverTime:
    """Answers with every list of improvements for one authority in a period, newest first."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks in general what one authority was told to improve over a period."""
        if not question.asks_for_improvements or len(question.authorities) != 1 or question.latest:
            return False
        long = any((period.last - period.first).days > _YEAR for period in question.periods)
        general = replace(question, search_text=_ALL_WORDS.sub(" ", question.search_text))
        return (long or bool(_ALL.search(question.text))) and asks_in_general(general)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the lists that we read. None if fewer than two reports from that period have a list."""
        scope = scope_of_kind(state, tools)
        reports = [report for report in find_reports(scope) if report.superseded_by is None]
        fitting = [report for report in reports if report.improvements]
        if len(fitting) < 2:
            return None
        shown = listed(scope, fitting)

        def quotes(page: Sequence[Report]) -> list[Evidence]:
            return [evidence for report in page for evidence in _quotes(report, tools)]

        def decide(status: AnswerStatus, reason: str) -> Decision:
            note = unread_words([report for report in reports if report.unread_lists])
            return Decision(status, calibration.OWN_LIST_CONFIDENCE, reason, note)

        return counted(state, shown, _summary(scope, reports, fitting), quotes, decide)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because at most one report has a list."""
        return state


def _quotes(report: Report, tools: Tools) -> list[Evidence]:
    """Return all items in a report's list as evidence, with the name of the report as their heading."""
    items = report.improvements
    of_list = [each.row for each in tools.index.store.passages_of(report.id) if holds_item(each.passage, items)]
    heading = f"{capitalised(named_by_date(report))}: {plural(len(items), 'item')}"
    return [
        Evidence(scored, span.number, span.start, span.end, 1.0, 0.0, 1.0, heading=heading)
        for scored in tools.index.passages_at(of_list)
        for span in spans_of(scored, items)
    ]


def _summary(scope: FactScope, reports: Sequence[Report], fitting: Sequence[Report]) -> Summary:
    """Say how many reports have a list, and which reports have none."""
    name = scope.question.authorities[0]
    time = f"{in_words(scope.question, of_reports=True)}{since_words(scope)}"
    noun = report_words(scope.question.conditions.kinds, len(reports), (name,))
    without = [f"the {named_by_date(report)}" for report in reports if report not in fitting]
    sentence = (
        f"{len(fitting)} of our {len(reports)} {noun}{time} have a list of what must improve. The newest comes first."
    )
    rest = f" The reports on {in_list(without)} have no list that we could read." if without else ""
    return Summary(f"{sentence}{rest}", len(fitting), len(reports), REPORTS)
