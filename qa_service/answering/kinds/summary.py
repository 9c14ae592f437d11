"""A question that asks for a summary: "Summarise the Westmarsh report"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.headlines import headline_limits
from qa_service.answering.kinds.kind import Tools, with_grades, with_selected_first
from qa_service.answering.printed.printed_grades import PrintedGrade, all_printed_grades
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.headlines import heading_of, headlines, reports_that_sum_up, sentences_of
from qa_service.answering.sentences.own_list import cut_lists
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.headlines import asks_for_summary
from qa_service.understanding.interpretation import Interpretation, lists_improvements
from qa_service.understanding.polarity import Polarity
from qa_service.wording import named_with_authorities


class Summary:
    """Sums up one report for each authority in the report's words: its grades, its praise and what must improve."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for a general summary of reports about authorities."""
        return bool(question.authorities) and asks_for_summary(question)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:  # noqa: ARG002 - the protocol's
        """Leave the search to the next kind. Its passages are shown below the summary."""
        return None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Sum up the latest full inspection of each authority, or the report named.

        If there is none, leave the question to the next kind.
        """
        question, allowed = state.interpretation, tools.index.allowed(state.question.filters)
        ranked = (reports_that_sum_up(question, part, allowed) for part in question.parts)
        reports = list({reports[0].id: reports[0] for reports in ranked if reports}.values())
        grades: list[PrintedGrade] = []
        selected: list[Evidence] = []
        for report in reports:
            grades += all_printed_grades(report, tools.index.store)
            selected += _main_sentences(report, question, tools)
        if not selected:
            return state
        reason, note = _reason(reports, selected), _note(len(reports))
        decision = Decision(AnswerStatus.ANSWERED, calibration.HEADLINES_CONFIDENCE, reason, note)
        state = with_grades(with_selected_first(state, selected), tools, tuple(grades))
        return replace(state, decision=decision, limits_applied=headline_limits(question))


def _main_sentences(report: Report, question: Interpretation, tools: Tools) -> list[Evidence]:
    """Return the main sentences of praise and criticism in a report, and the start of its own list of improvements."""
    sentences = sentences_of(report, question, tools.index)
    of_list = [evidence for evidence in sentences if lists_improvements(evidence.scored.passage.section)]
    others = [evidence for evidence in sentences if not lists_improvements(evidence.scored.passage.section)]
    limit = calibration.SENTENCES_PER_PART
    chosen = [
        *headlines(others, Polarity.STRENGTHS, limit),
        *headlines(others, Polarity.WEAKNESSES, limit),
        *of_list[: calibration.SENTENCES_SHOWN],
    ]
    return list({(evidence.scored.row, evidence.start): evidence for evidence in chosen}.values())


def _reason(reports: Sequence[Report], selected: Sequence[Evidence]) -> str:
    """Say which reports are summed up, what the summary contains, and how much of their lists is shown."""
    names = named_with_authorities(reports)
    cut = cut_lists(
        (evidence.scored.report, evidence.text) for evidence in selected if lists_improvements((heading_of(evidence),))
    )
    counts = (
        f"We show {each.shown} of the {each.total} items in "
        f"{'its' if len(reports) == 1 else f'{each.report.authority}’s'} list of what needs to improve. The report’s "
        "page has all of them."
        for each in cut
    )
    words = (
        "the report’s own words: its grades, what it praises"
        if len(reports) == 1
        else "the reports’ own words: their grades, what they praise"
    )
    return " ".join((f"This sums up {names} in {words} and what must improve.", *counts))


def _note(reports: int) -> str:
    """Say how the sentences were chosen, given the number of reports that they are from."""
    report = "the report" if reports == 1 else "each report"
    return (
        f"We chose the sentences for their wording and where they are in {report}. Read all of {report} for the full "
        "picture."
    )
