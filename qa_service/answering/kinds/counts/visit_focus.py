"""A question about what visits looked at: "What did the last three visits to Leeds look at?"."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.wording import plural
from qa_service.answering.kinds.counts.report_count import (
    CountWords,
    count_summary,
    counted,
    listed,
    newest_words,
    reports_looked_at,
    scope_of,
)
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.subjects import about_words
from qa_service.answering.sentences.visit_scope import scope_of_visit
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import in_list, the_reports

_NAMED = 5
"""Maximum number of reports without such a sentence that we name. We chose this value by judgement."""


class VisitFocus:
    """Quotes the sentence in which each report on a visit says what inspectors looked at."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks what visits looked at, or which visits looked at a subject."""
        return question.conditions.focus is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the reports on visits that the question allows. None if there are none."""
        condition = state.interpretation.conditions.focus
        scope = scope_of(state, tools)
        reports = reports_looked_at(scope) if condition else []
        if condition is None or not reports:
            return None
        said = {report.id: scope_of_visit(tools.index, report) for report in reports}
        is_about = about_words(condition.words) if condition.words else bool
        fitting = [report for report in reports if any(is_about(each.text) for each in said[report.id])]
        shown = listed(scope, fitting)

        def quotes(page: Sequence[Report]) -> list[Evidence]:
            return [evidence for report in page for evidence in said[report.id]]

        def decide(status: AnswerStatus, reason: str) -> Decision:
            rule, silent = _rule(condition.words), _silent([report for report in reports if not said[report.id]])
            note = " ".join(filter(None, (newest_words(scope, reports), rule, silent)))
            return Decision(status, calibration.OWN_LIST_CONFIDENCE, reason, note)

        return counted(state, shown, count_summary(scope, _words(condition.words), reports, fitting), quotes, decide)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _words(words: str) -> CountWords:
    if not words:
        return CountWords(
            one="says what inspectors looked at",
            many="say what inspectors looked at",
            of_authority="that says what inspectors looked at",
        )
    looked = f"that inspectors looked at {words}"
    return CountWords(one=f"says {looked}", many=f"say {looked}", of_authority=f"that says {looked}")


def _rule(words: str) -> str:
    """Say which sentences we used."""
    used = "We used the sentences in which a report says what inspectors looked at on the visit, before its findings."
    names = (
        f"A visit counts if they have the words “{words.removeprefix('the ')}”, or another name for the same thing, in "
        "any form."
    )
    return f"{used} {names}" if words else used


def _silent(reports: Sequence[Report]) -> str:
    """Say in which reports we found no such sentence."""
    if not reports:
        return ""
    if len(reports) > _NAMED:
        return f"We found no such sentence in {plural(len(reports), 'report')}, so there may be more."
    return f"We found no such sentence in {in_list([the_reports([report]) for report in reports])}."
