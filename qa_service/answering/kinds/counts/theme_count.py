"""A question that counts reports by what they say: "How many full inspections since 2022 criticise supervision?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.theme_parts import PartOfTheme, clauses, part_meant
from corpus.themes import known_themes
from corpus.types import Report
from qa_service import calibration
from qa_service.analysis.remarks import quoted, remarks_by_report
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.lists import AUTHORITIES
from qa_service.answering.facts.reports import REPORTS, find_reports, in_order
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import report_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.overviews.remark_quotes import evidence_of
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.conditions.types import ThemeCondition, Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import STANCES, in_list, past_the_end, share_of, verb_after


class ThemeCount:
    """Answers with the number of reports, out of all that fit, and with the clearest sentence of each."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question counts or lists reports or authorities by what is said about a theme."""
        return question.conditions.theme is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the remarks in the reports. None if no report fits the other conditions."""
        theme = state.interpretation.conditions.theme
        scope = FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        reports = find_reports(scope)[: state.interpretation.conditions.newest] if theme else []
        if theme is None or not reports:
            return None
        remarks = remarks_by_report(
            tools.index, reports, theme.themes, theme.stance, parts_meant(theme.themes, theme.words)
        )
        fitting = [report for report in in_order(scope, reports) if report.id in remarks]
        first = state.first_item
        page = fitting[first : first + (state.question.items or calibration.ITEMS_PER_LIST)]
        selected = [evidence_of(each) for each in quoted(tools.index, [remarks[report.id][0] for report in page])]
        summary = _summary(scope, theme, reports, fitting)
        confidence = calibration.THEME_COUNT_CONFIDENCE
        if fitting and not page:
            reason = past_the_end(len(fitting), first)
            decision = Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)
            return replace(state, decision=decision, summary=summary, total=len(fitting))
        status = AnswerStatus.ANSWERED if fitting else AnswerStatus.NOT_IN_REPORTS
        reason = " ".join(filter(None, (summary.sentence, _shown_words(first, len(page), len(fitting)))))
        return replace(
            state,
            decision=Decision(status, confidence, reason, _rule(theme, any_quoted=bool(fitting))),
            passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
            selected=tuple(selected),
            summary=summary,
            total=len(fitting),
            next_offset=first + len(page) if first + len(page) < len(fitting) else None,
        )

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _summary(scope: FactScope, theme: ThemeCondition, reports: Sequence[Report], fitting: Sequence[Report]) -> Summary:
    """Return the count as a sentence and as numbers."""
    conditions = scope.question.conditions
    about, time = names_of(theme.themes, theme.words), in_words(scope.question, of_reports=True)
    if conditions.wanted is Wanted.AUTHORITIES:
        names = {report.authority for report in fitting if report.authority}
        looked_at = {report.authority for report in reports if report.authority}
        verb = verb_after(len(names), len(looked_at), "has", "have")
        share = share_of(len(names), len(looked_at), "authority", "authorities")
        kind = report_words(conditions.kinds, 1, ())
        sentence = f"{share} {verb} a {kind}{time} that {STANCES[theme.stance].one} {about}."
        return Summary(sentence, len(names), len(looked_at), AUTHORITIES)
    one, many = (
        f"{'newest ' * bool(conditions.newest)}{report_words(conditions.kinds, count, ())}" for count in (1, 2)
    )
    share = share_of(len(fitting), len(reports), one, many)
    of_whom = f" on {in_list(list(named(scope)))}" if named(scope) else ""
    verbs = STANCES[theme.stance]
    verb = verb_after(len(fitting), len(reports), verbs.one, verbs.many)
    return Summary(f"{share}{of_whom}{time} {verb} {about}.", len(fitting), len(reports), REPORTS)


def parts_meant(themes: Sequence[str], words: str) -> dict[str, PartOfTheme]:
    """Return, for each of some themes, the part that the words of a question mean."""
    return {each: part_meant(known_themes(), each, words) for each in themes}


def names_of(themes: Sequence[str], words: str) -> str:
    """Return the words of a question if they mean only a part of a theme, or else the names of the themes."""
    if any(parts_meant(themes, words).values()):
        return in_list(clauses(known_themes(), words), "or")
    names = {each.id: each.name_within for each in known_themes().themes}
    return in_list([names[each] for each in themes], "or")


def _rule(theme: ThemeCondition, *, any_quoted: bool) -> str:
    """Say when a report counts, and how sure we are."""
    verb, about = STANCES[theme.stance].one, names_of(theme.themes, theme.words)
    rule = (
        f"A report counts if at least one of its sentences {verb} {about}. We recognise these sentences by their words "
        "and by a trained model, which is right for about nine reports in ten."
    )
    read = " Read the quotes before you use the number. We quote the clearest sentence of each report."
    return f"{rule}{read if any_quoted else ' Reports may say it in other words.'}"


def _shown_words(first: int, count: int, total: int) -> str:
    """Say which part of the list we show, if we do not show all of it."""
    return f"Reports {first + 1} to {first + count} of {total} are quoted below." if count < total else ""
