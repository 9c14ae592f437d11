"""A question that counts reports by what they say: "How many full inspections since 2022 criticise supervision?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.theme_parts import PartOfTheme, clauses, part_meant
from corpus.themes import known_themes
from corpus.types import Report
from index.types import Stance
from qa_service import calibration
from qa_service.analysis.remarks import quoted, remarks_by_report
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.counts.report_count import (
    CountWords,
    also_criticised,
    by_year_words,
    count_summary,
    counted,
    listed,
    newest_words,
    often_enough,
    page_of,
    reports_looked_at,
    scope_of,
)
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.overviews.remark_quotes import evidence_of
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import ThemeCondition
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import STANCES, in_list


class ThemeCount:
    """Says how many of the reports that fit praise or criticise a theme, and quotes the clearest sentence of each."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question counts or lists reports or authorities by what is said about a theme."""
        return question.conditions.theme is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the remarks in the reports. None if no report fits the other conditions."""
        theme = state.interpretation.conditions.theme
        scope = scope_of(state, tools)
        reports = reports_looked_at(scope) if theme else []
        if theme is None or not reports:
            return None
        remarks = remarks_by_report(
            tools.index, reports, theme.themes, theme.stance, parts_meant(theme.themes, theme.words)
        )
        fitting = often_enough(scope, [report for report in reports if report.id in remarks])

        def quotes(page: Sequence[Report]) -> list[Evidence]:
            return [evidence_of(each) for each in quoted(tools.index, [remarks[report.id][0] for report in page])]

        def decide(status: AnswerStatus, reason: str) -> Decision:
            both = _also_criticised(theme, page_of(state, listed(scope, fitting)), tools)
            rule = _rule(theme, any_quoted=bool(fitting))
            note = " ".join(filter(None, (newest_words(scope, reports), rule, both)))
            return Decision(status, calibration.THEME_COUNT_CONFIDENCE, reason, note)

        summary = count_summary(scope, _count_words(theme), reports, fitting)
        summary = replace(summary, sentence=summary.sentence + by_year_words(scope, reports, fitting))
        return counted(state, listed(scope, fitting), summary, quotes, decide)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _also_criticised(theme: ThemeCondition, page: Sequence[Report], tools: Tools) -> str:
    """Name the reports on a page of praise that also criticise the theme."""
    if theme.stance is not Stance.STRENGTH:
        return ""
    parts = parts_meant(theme.themes, theme.words)
    criticism = remarks_by_report(tools.index, page, theme.themes, Stance.WEAKNESS, parts)
    return also_criticised([report for report in page if report.id in criticism])


def _count_words(theme: ThemeCondition) -> CountWords:
    verbs, about = STANCES[theme.stance], names_of(theme.themes, theme.words)
    return CountWords(f"{verbs.one} {about}", f"{verbs.many} {about}", of_authority=f"that {verbs.one} {about}")


def parts_meant(themes: Sequence[str], words: str) -> dict[str, PartOfTheme]:
    """For each theme, return the part of it that the words of a question mean."""
    return {each: part_meant(known_themes(), each, words) for each in themes}


def names_of(themes: Sequence[str], words: str) -> str:
    """Return the words of the question if they mean only part of a theme, and the names of the themes otherwise."""
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
    return f"{rule}{read if any_quoted else ' Reports may say it in different words.'}"
