"""What all counts of reports share: the reports that we looked at, the sentence with the count, and the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.types import Report
from index.search.filtering import report_day
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.reports.finding import (
    day_of,
    day_words,
    find_reports,
    in_order,
    newest_asked,
    since_words,
)
from qa_service.answering.facts.reports.report_list import that_give
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import AUTHORITIES, REPORTS, FactScope
from qa_service.answering.facts.wording import kind_noun, number_of_noun, number_words, report_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.conditions.types import Wanted
from qa_service.wording import (
    in_list,
    month_of,
    named_by_date,
    past_the_end,
    share_of,
    the_reports,
    verb_after,
)

_NAMED = 12
"""Maximum number of reports that we name one by one. We chose this value by judgement."""


@dataclass(frozen=True, slots=True)
class CountWords:
    """What a count says about the reports that fit."""

    one: str
    """The words after one report: "lists supervision among what must improve"."""
    many: str
    """The words after several reports: "list supervision among what must improve"."""
    of_authority: str
    """The words after the word "authorities" or "reports" in the sentence: "that lists supervision among what must
    improve"."""


def scope_of(state: PipelineState, tools: Tools) -> FactScope:
    """Return the reports that the filters of a question allow."""
    return FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)


def scope_of_kind(state: PipelineState, tools: Tools) -> FactScope:
    """Return the reports of the kind and from the time that a question names, whatever their grades."""
    scope = scope_of(state, tools)
    question = state.interpretation
    kinds = question.conditions.kinds or (question.kinds if question.only_kinds else ())
    conditions = replace(question.conditions, kinds=kinds, grades=())
    return replace(scope, question=replace(question, conditions=conditions))


def reports_looked_at(scope: FactScope) -> list[Report]:
    """Return the reports that meet the conditions of a question, or only the newest if the question asks for those."""
    return newest_asked(scope.question.conditions, find_reports(scope))


def often_enough(scope: FactScope, fitting: Sequence[Report]) -> list[Report]:
    """Return the reports that fit, for authorities with as many of them as a question says: "more than once"."""
    number = scope.question.conditions.number
    counts = Counter(report.authority for report in fitting)
    return [report for report in fitting if number is None or number.allows(counts[report.authority])]


def listed(scope: FactScope, fitting: Sequence[Report]) -> Sequence[Report]:
    """Return the reports to quote, in the order that the question asks for. The default is newest first."""
    return in_order(scope, fitting[: scope.question.conditions.newest_that_fit])


def count_summary(scope: FactScope, words: CountWords, reports: Sequence[Report], fitting: Sequence[Report]) -> Summary:
    """Return a count of reports, or of their authorities, as a sentence and as numbers."""
    conditions = scope.question.conditions
    if conditions.wanted is Wanted.AUTHORITIES:
        names = {report.authority for report in fitting if report.authority}
        looked_at = {report.authority for report in reports if report.authority}
        count, of, counted = len(names), len(looked_at), AUTHORITIES
        sentence = _authority_words(scope, words, reports, count, of)
    else:
        count, of, counted = len(fitting), len(reports), REPORTS
        sentence = _report_words(scope, words, reports, count)
        if conditions.newest_that_fit and conditions.newest_that_fit < count:
            return _newest_that_fit(scope, words, of, count)
    share = f" That is {round(100 * count / of)} per cent." if conditions.share and of > 1 else ""
    return Summary(f"{sentence}{share}", count, of, counted)


def newest_words(scope: FactScope, reports: Sequence[Report]) -> str:
    """Name the newest reports, if a question asks only about those.

    Empty if the question asks about all reports.
    """
    conditions = scope.question.conditions
    if not (conditions.newest or conditions.newest_that_fit or conditions.newest_of_each):
        return ""
    if len(reports) < 2:
        said = ""  # the sentence with the count names it
    elif not conditions.newest or len(reports) > _NAMED:
        said = f"To find the newest, we used the {day_words(scope)}."
    else:
        said = f"By the {day_words(scope)}, the newest are {in_list(_names(scope, reports))}."
    fewer = f"We have only {len(reports)}." if len(reports) < (conditions.newest or 0) else ""
    return " ".join(filter(None, (said, fewer)))


def _names(scope: FactScope, reports: Sequence[Report]) -> list[str]:
    """Name reports by their authority and month, or by their kind and dates if they are all on one authority."""
    if len({report.authority for report in reports}) == 1:
        return [f"the {named_by_date(report)}" for report in reports]
    months = [f"{day:%B %Y}" if (day := day_of(scope, report)) > date.min else "undated" for report in reports]
    return [f"{report.authority or report.title} ({month})" for report, month in zip(reports, months, strict=True)]


def _report_words(scope: FactScope, words: CountWords, reports: Sequence[Report], count: int) -> str:
    """Say how many of the reports fit."""
    conditions, of, time = scope.question.conditions, len(reports), _time(scope)
    if conditions.newest and of == 1:
        verb = words.one if count else f"does not {words.many}"
        noun = report_words(conditions.kinds, 1, named(scope))
        return f"The newest {noun}{time}{that_give(conditions, 1)} is {the_reports(reports)}. It {verb}."
    which = "latest " if conditions.newest_of_each else "newest " if of == conditions.newest else ""
    each = ", one for each authority," if conditions.newest_of_each and of > 1 else ""
    one, many = (f"{which}{report_words(conditions.kinds, number, named(scope))}" for number in (1, 2))
    verb = verb_after(count, of, words.one, words.many)
    return f"{share_of(count, of, one, many)}{time}{that_give(conditions, of)}{each} {verb}."


def _authority_words(scope: FactScope, words: CountWords, reports: Sequence[Report], count: int, of: int) -> str:
    """Say how many of the authorities have a report that fits."""
    conditions, time = scope.question.conditions, in_words(scope.question, of_reports=True)
    share, verb = share_of(count, of, "authority", "authorities"), verb_after(count, of, "has", "have")
    its = verb_after(count, of, "its", "their")
    noun, kind = kind_noun(conditions.kinds, 1), report_words(conditions.kinds, 1, ())
    grades, said = that_give(conditions, 1), words.of_authority
    if grades:
        said = f"and that {words.one}"
    if conditions.number:
        reports_words = report_words(conditions.kinds, number_of_noun(conditions.number), ())
        return f"{share} {verb} {number_words(conditions.number)} {reports_words}{time}{grades} that {words.many}."
    if conditions.newest_of_each:
        latest = f"a report on {its} latest {noun}"
        kind = latest if noun != "report" else "a latest report"
        return f"{share} {verb} {kind}{time}{grades} {said}."
    if conditions.since_last_full:
        since = f"since {'its' if of == 1 else 'their'} last full inspection"
        return f"{share} with a {kind}{time} {since} {verb} one {words.of_authority}."
    if conditions.newest:
        newest = f"the {len(reports)} newest {report_words(conditions.kinds, 2, ())}{time}"
        return f"{share} in {newest}{that_give(conditions, 2)} {verb} one {words.of_authority}."
    return f"{share} {verb} a {kind}{time}{grades} {said}."


def _newest_that_fit(scope: FactScope, words: CountWords, looked_at: int, fitting: int) -> Summary:
    """Say that a list has only the newest of the reports that fit."""
    conditions = scope.question.conditions
    count, grades = conditions.newest_that_fit or 0, that_give(conditions, fitting)
    noun = report_words(conditions.kinds, fitting, named(scope))
    that = f"{grades} and" if grades else " that"
    these = "This is the newest" if count == 1 else f"These are the {count} newest"
    sentence = f"{these} of the {fitting} {noun}{_time(scope)}{that} {words.many}. We looked at {looked_at}."
    return Summary(sentence, count, fitting, REPORTS)


def _time(scope: FactScope) -> str:
    """Return words that describe the times in a question, to put after "reports"."""
    return f"{in_words(scope.question, of_reports=True)}{since_words(scope)}"


def by_year_words(scope: FactScope, reports: Sequence[Report], fitting: Sequence[Report]) -> str:
    """Say how many of the reports of each year fit, starting with a space. Empty if a question does not ask for it."""
    if not scope.question.conditions.by_year:
        return ""
    of, count = (Counter(report_day(each).year for each in some) for some in (reports, fitting))
    year_phrases = [f"{count[year]} of {of[year]} in {year}" for year in sorted(of) if year > date.min.year]
    return f" By the year in which the inspection or visit ended: {in_list(year_phrases)}." if year_phrases else ""


def also_criticised(reports: Sequence[Report]) -> str:
    """Name the reports that also criticise what they praise, so that nobody takes them for good examples unread."""
    if not reports:
        return ""
    shown = [f"{report.authority or report.title} ({month_of(report).removeprefix('in ')})" for report in reports]
    named_ones = (
        in_list(shown) if len(shown) <= _NAMED else f"{', '.join(shown[:_NAMED])} and {len(shown) - _NAMED} more"
    )
    one = len(reports) == 1
    return f"{'This report' if one else 'These reports'} also {'criticises' if one else 'criticise'} it: {named_ones}."


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
