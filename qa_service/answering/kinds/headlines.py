"""A question about the strengths or weaknesses of an authority as a whole: "What are the strengths of Aldermere?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, with_selected_first
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.headlines import headlines, reports_that_sum_up, sentences_of
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import Limit
from qa_service.understanding.interpretation import Interpretation, lists_improvements
from qa_service.understanding.polarity import Polarity
from qa_service.understanding.questions.headlines import headlines_asked
from qa_service.wording import in_list, the_reports

_WORDS_OF = {Polarity.STRENGTHS: "praise", Polarity.WEAKNESSES: "criticism"}
_SAYS_HEADLINES = ("main", "key")
"""Words of a question that limit it to what this kind quotes."""


class Headlines:
    """Quotes what the latest full inspection of an authority says is good, or what it says is not."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for the strengths or weaknesses of authorities as a whole."""
        return bool(question.authorities and headlines_asked(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:  # noqa: ARG002 - the protocol's
        """Leave the search to the next kind. We need its passages if no sentence says what is good."""
        return None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Quote the headlines of one report for each authority.

        If there are none, leave the question to the next kind.
        """
        question = state.interpretation
        selected: list[Evidence] = []
        quoted_reports: list[Report] = []
        for part in question.parts:
            for report in reports_that_sum_up(question, part, tools.index.allowed(state.question.filters)):
                if found := _headlines(report, question, tools):
                    selected += found
                    quoted_reports.append(report)
                    break
        if not selected:
            return state
        these = "This sentence is" if len(selected) == 1 else "These sentences are"
        reason, note = f"{these} from {the_reports(quoted_reports)}.", _note(selected, headlines_asked(question))
        decision = Decision(AnswerStatus.ANSWERED, calibration.HEADLINES_CONFIDENCE, reason, note)
        return replace(
            with_selected_first(state, selected), decision=decision, limits_applied=headline_limits(question)
        )


def headline_limits(question: Interpretation) -> tuple[Limit, ...]:
    """Return the limits that ask for headlines. We apply these limits by quoting headlines."""
    limits = question.conditions.limits
    return tuple(limit for limit in limits if question.words_at(limit.span).lower() in _SAYS_HEADLINES)


def with_advice(how: str, reports: int) -> str:
    """Say how sentences were chosen, and advise people to read the reports.

    ``{report}`` in ``how`` stands for the reports.
    """
    report, whole = ("the report", "report") if reports == 1 else ("each report", "of each report")
    return f"{how.format(report=report)} Read the whole {whole} for the full picture."


def _note(selected: Sequence[Evidence], asked: Sequence[Polarity]) -> str:
    """Say how the sentences were chosen. We did not choose the items in a report's own list for their words."""
    reports = {evidence.scored.report.id for evidence in selected}
    listed = [evidence for evidence in selected if lists_improvements(evidence.scored.passage.section)]
    words = f"words of {in_list([_WORDS_OF[polarity] for polarity in asked])}"
    one = len(selected) == 1
    if not listed:
        them, their = ("it", "its") if one else ("them", "their")
        how = f"We chose {them} for {their} {words}, starting with the parts that sum up {{report}}."
        return with_advice(how, len(reports))
    if len(reports) == 1:
        lists, whose = "the report’s list", "its"
    elif len({evidence.scored.report.id for evidence in listed}) == 1:
        lists, whose = "one report’s list", "the reports’"
    else:
        lists, whose = "the reports’ lists", "their"
    rest = f" and from {whose} {words}" if len(listed) < len(selected) else ""
    they_come = "It comes" if one else "They come"
    return with_advice(f"{they_come} from {lists} of what needs to improve{rest}.", len(reports))


def _headlines(report: Report, question: Interpretation, tools: Tools) -> list[Evidence]:
    """Return the sentences that say what is good or what is not good in a report, depending on the question."""
    asked = headlines_asked(question)
    limit = calibration.SENTENCES_SHOWN if len(asked) == 1 else calibration.SENTENCES_PER_PART
    sentences = sentences_of(report, question, tools.index)
    return [evidence for polarity in asked for evidence in headlines(sentences, polarity, limit)]
