"""A question that asks which themes reports raise most: "What are the most common weaknesses in focused visits?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Report
from index.types import Stance
from qa_service import calibration
from qa_service.analysis.authorities import authorities_of
from qa_service.analysis.remarks import quoted, remarks_by_report
from qa_service.analysis.themes import ThemeCount, count_themes
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.reports.finding import find_reports
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import kind_noun, plural, report_words
from qa_service.answering.kinds.counts.report_count import scope_of_kind
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.overviews.remark_quotes import evidence_of
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.rankings import themes_asked
from qa_service.wording import STANCES, in_list

_NAMED = 5
"""Maximum number of themes that the answer names and quotes. We chose this value by judgement."""
_DONE = {Stance.WEAKNESS: "criticised", Stance.STRENGTH: "praised"}


_SUPERLATIVE = re.compile(r"(?:the )?(?:most|top|main|commonest)\b", re.IGNORECASE)
"""Words of a question that the ranking takes into account."""


class ThemeRanking:
    """Answers with the themes of practice that most reports criticise or praise, and a sentence on each."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks which themes reports raise most."""
        return bool(themes_asked(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the remarks in the reports. None if no report fits, or if none has a remark."""
        state = _with_superlative(state)
        scope = scope_of_kind(state, tools)
        reports = find_reports(scope)
        ranked = [
            (stance, found) for stance in themes_asked(state.interpretation) if (found := _most(tools, reports, stance))
        ]
        if not ranked:
            return None
        selected = tuple(
            one for stance, counts in ranked for each in counts for one in _quote(tools, reports, each, stance)
        )
        sentence = _sentence(scope, reports, ranked)
        decision = Decision(
            AnswerStatus.ANSWERED, calibration.THEME_COUNT_CONFIDENCE, sentence, _rule([stance for stance, _ in ranked])
        )
        return replace(
            state,
            decision=decision,
            passages=tuple({one.scored.row: one.scored for one in selected}.values()),
            selected=selected,
            summary=Summary(sentence),
        )

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _with_superlative(state: PipelineState) -> PipelineState:
    """Return a state in which "the most common" is no longer among the words that we could not apply."""
    question = state.interpretation
    conditions = question.conditions
    left = tuple(span for span in conditions.not_applied if not _SUPERLATIVE.match(question.words_at(span)))
    limits = tuple(limit for limit in conditions.limits if not _SUPERLATIVE.match(question.words_at(limit.span)))
    conditions = replace(conditions, not_applied=left, limits=limits)
    return replace(state, interpretation=replace(question, conditions=conditions))


def _most(tools: Tools, reports: Sequence[Report], stance: Stance) -> list[ThemeCount]:
    """Return the themes that most reports criticise or praise, most frequent first."""
    counts = [each for each in count_themes(tools.index, reports) if _count(each, stance)] if reports else []
    return sorted(counts, key=lambda each: (-_count(each, stance), each.theme.name))[:_NAMED]


def _count(count: ThemeCount, stance: Stance) -> int:
    return count.weaknesses if stance is Stance.WEAKNESS else count.strengths


def _quote(tools: Tools, reports: Sequence[Report], count: ThemeCount, stance: Stance) -> list[Evidence]:
    """Return the clearest sentence on a theme, with the number of reports above it."""
    remarks = remarks_by_report(tools.index, reports, [count.theme.id], stance)
    clearest = max((found[0] for found in remarks.values()), key=lambda remark: remark.certainty)
    heading = f"{count.theme.name}: {_DONE[stance]} in {_count(count, stance)} of {count.reports} reports"
    return [replace(evidence_of(each), heading=heading) for each in quoted(tools.index, [clearest])]


def _sentence(
    scope: FactScope, reports: Sequence[Report], ranked: Sequence[tuple[Stance, Sequence[ThemeCount]]]
) -> str:
    """Say which themes most reports criticise or praise."""
    kinds = scope.question.conditions.kinds
    noun = report_words(kinds, len(reports), ())
    time = in_words(scope.question, of_reports=True, of_inspections=kind_noun(kinds, 1) != "report")
    councils = plural(len(authorities_of(reports)), "authority", "authorities")
    phrases = []
    for stance, counts in ranked:
        named = [f"{each.theme.name_within} ({plural(_count(each, stance), 'report')})" for each in counts]
        phrases.append(f"most often {STANCES[stance].many} {in_list(named)}")
    said = ". They ".join(phrases)
    return f"We looked at {len(reports)} {noun}{time}, about {councils}. Of our themes of practice, they {said}."


def _rule(stances: Sequence[Stance]) -> str:
    """Say which themes we count, and how sure we are."""
    verbs = in_list([STANCES[stance].one for stance in stances], "or")
    return (
        f"A report counts if at least one of its sentences {verbs} the theme. We know only the themes of "
        "practice that the page “Themes” lists, so reports may raise other matters as often. We recognise these "
        "sentences by their words and by a trained model, which is right for about nine reports in ten."
    )
