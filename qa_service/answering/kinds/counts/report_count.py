"""What all counts of reports share: the reports that a question looks at, the sentence of the count, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.types import Report
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.lists import AUTHORITIES
from qa_service.answering.facts.reports import REPORTS, find_reports, since_words
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import report_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.conditions.types import Wanted
from qa_service.wording import in_list, past_the_end, share_of, verb_after


@dataclass(frozen=True, slots=True)
class CountWords:
    """What a count says about the reports that fit."""

    one: str
    """The words after one report: "lists supervision among what must improve"."""
    many: str
    """The words after several reports: "list supervision among what must improve"."""
    of_authority: str
    """The words after an authority's report: "that lists supervision among what must improve"."""


def scope_of(state: PipelineState, tools: Tools) -> FactScope:
    """Return the reports that the filters of a question allow."""
    return FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)


def reports_looked_at(scope: FactScope) -> list[Report]:
    """Return the reports that fit the conditions of a question, or only the newest ones if it asks for those."""
    return find_reports(scope)[: scope.question.conditions.newest]


def count_summary(scope: FactScope, words: CountWords, reports: Sequence[Report], fitting: Sequence[Report]) -> Summary:
    """Return a count of reports, or of their authorities, as a sentence and as numbers."""
    conditions, time = scope.question.conditions, _time(scope)
    newest = "newest " * bool(conditions.newest)
    one, many = (f"{newest}{report_words(conditions.kinds, count, ())}" for count in (1, 2))
    if conditions.wanted is Wanted.AUTHORITIES:
        names = {report.authority for report in fitting if report.authority}
        looked_at = {report.authority for report in reports if report.authority}
        share = share_of(len(names), len(looked_at), "authority", "authorities")
        verb = verb_after(len(names), len(looked_at), "has", "have")
        kind = report_words(conditions.kinds, 1, ())
        sentence = f"{share} {verb} a {kind}{time} {words.of_authority}."
        if conditions.since_last_full:
            its = "its" if len(looked_at) == 1 else "their"
            in_time = f"{in_words(scope.question, of_reports=True)} since {its} last full inspection"
            sentence = f"{share} with a {kind}{in_time} {verb} one {words.of_authority}."
        return Summary(sentence, len(names), len(looked_at), AUTHORITIES)
    share = share_of(len(fitting), len(reports), one, many)
    of_whom = f" on {in_list(list(named(scope)))}" if named(scope) else ""
    verb = verb_after(len(fitting), len(reports), words.one, words.many)
    return Summary(f"{share}{of_whom}{time} {verb}.", len(fitting), len(reports), REPORTS)


def _time(scope: FactScope) -> str:
    """Return words for the times in a question, in the words that follow "reports"."""
    return f"{in_words(scope.question, of_reports=True)}{since_words(scope)}"


def page_of(state: PipelineState, fitting: Sequence[Report]) -> Sequence[Report]:
    """Return the reports whose words a page of the answer quotes."""
    first = state.first_item
    return fitting[first : first + (state.question.items or calibration.ITEMS_PER_LIST)]


def counted(
    state: PipelineState,
    fitting: Sequence[Report],
    summary: Summary,
    quotes: Callable[[Sequence[Report]], Sequence[Evidence]],
    decide: Callable[[AnswerStatus, str], Decision],
) -> PipelineState:
    """Return the answer to a question that counts reports, with the quotes of one page.

    `quotes` returns the words of the reports on the page. `decide` returns the decision for a status and a reason.
    """
    first, page = state.first_item, page_of(state, fitting)
    if fitting and not page:
        reason = past_the_end(len(fitting), first)
        decision = Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)
        return replace(state, decision=decision, summary=summary, total=len(fitting))
    selected = tuple(quotes(page))
    shown = f"Reports {first + 1} to {first + len(page)} of {len(fitting)} are quoted below."
    reason = f"{summary.sentence} {shown if len(page) < len(fitting) else ''}".strip()
    return replace(
        state,
        decision=decide(AnswerStatus.ANSWERED if fitting else AnswerStatus.NOT_IN_REPORTS, reason),
        passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
        selected=selected,
        summary=summary,
        total=len(fitting),
        next_offset=first + len(page) if first + len(page) < len(fitting) else None,
    )
