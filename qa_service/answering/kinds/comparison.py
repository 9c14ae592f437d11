"""A question that compares authorities on a subject: "Compare Orle and Hesk on caseloads"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.themes import known_themes
from corpus.types import Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import Query, Stance
from qa_service import calibration
from qa_service.analysis.grade_history import grade_histories
from qa_service.analysis.remarks import QuotedRemark, quoted, remarks_by_report
from qa_service.answering.abstention import Decision, in_own_words
from qa_service.answering.kinds.counts.theme_count import names_of, parts_meant
from qa_service.answering.kinds.kind import Tools, with_grades, with_selected_first
from qa_service.answering.overviews.comparison import (
    MAX_QUOTES,
    latest_remarks,
    latest_with_figures,
    latest_with_words,
)
from qa_service.answering.overviews.remark_quotes import evidence_of
from qa_service.answering.printed.printed_grades import PrintedGrade, proved
from qa_service.answering.sentences.balance import in_balance
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.neighbours import with_subjects
from qa_service.answering.sentences.subjects import sentences_about
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.entities import areas_in
from qa_service.understanding.conditions.wording import area_words
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.comparisons import Compared, compared_in, without_comparison
from qa_service.understanding.subjects import subjects_of
from qa_service.wording import in_list, month_of

_LEAST_CERTAINTY = 0.5
"""We quote a remark only if the model is at least this sure about it. The page that compares authorities requires more
certainty, because it also says whether each quote praises or criticises. We chose this value by judgement. A higher
value would miss a report that says that caseloads "are beginning to reduce but remain high"."""


class Comparison:
    """Quotes the latest report of each authority that says something about it, as the page "Compare" does."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question compares authorities on an aspect."""
        return compared_in(question) is not None

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Find the sentences of each authority. None if another kind must search.

        If the words are not a theme and no report has them, another kind searches. Reports may use different words.
        If some reports have the words, reports use them as a term. We then name the authorities whose reports do not
        use it.
        """
        compared, names = compared_in(state.interpretation), state.interpretation.authorities
        if compared is None:
            return None
        themes = () if compared.amounts else tuple(theme.id for theme in known_themes().themes_of(compared.words))
        reports = tools.index.allowed(state.question.filters)
        chosen = {name: _quotes(tools.index, _of(name, reports, compared), themes, compared) for name in names}
        lacking = [name for name, quotes in chosen.items() if not quotes]
        state = replace(state, interpretation=without_comparison(state.interpretation))
        if compared.amounts and lacking:
            return replace(state, decision=_without_figures(compared, lacking))
        if not themes and lacking and not _is_a_term(tools.index, reports, compared.words):
            return None
        if len(lacking) == len(names):
            return None if themes else replace(state, decision=_without_words(compared, lacking))
        selected = with_subjects([evidence for quotes in chosen.values() for evidence in quotes])
        unknown = [name for name in lacking if not _of(name, reports, compared)]
        lacking = [name for name in lacking if name not in unknown]
        reason, note = in_own_words(selected), _rule(themes, compared, lacking, unknown)
        grades, graded = _grades_of_area(compared, names, reports, tools)
        note = " ".join(filter(None, (graded, note)))
        decision = Decision(AnswerStatus.ANSWERED, calibration.THEME_COUNT_CONFIDENCE, reason, note)
        state = with_selected_first(state, selected)
        return replace(with_grades(state, tools, grades) if grades else state, decision=decision)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because there are no such sentences."""
        return state


def _grades_of_area(
    compared: Compared, names: Sequence[str], reports: Sequence[Report], tools: Tools
) -> tuple[tuple[PrintedGrade, ...], str]:
    """Return the authorities' latest grades for the area that a comparison is about, and a sentence that sums them up.

    Grades are the only thing in reports that compares authorities. There are none if the words name no area or several
    areas, or if an authority has no grade for the area.
    """
    areas = list(dict.fromkeys(entity.value for entity in areas_in(compared.words)))
    if len(areas) != 1:
        return (), ""
    [area] = areas
    histories = {history.authority: history for history in grade_histories(reports, area)}
    latest = [histories[name].latest for name in names if name in histories]
    given = [each for each in latest if each and not each.shared]
    if len(given) < len(names):
        return (), ""
    rated = [f"{each.report.authority} was rated {each.grade.capitalize()} {month_of(each.report)}" for each in given]
    same = " so they have the same grade" if len({each.grade for each in given}) == 1 else ""
    words = f"For the whole area, {area_words(area)}, {in_list(rated)}{',' * bool(same)}{same}."
    return tuple(proved(((each.report, each.judgement) for each in given), tools.index.store)), words


def _quotes(index: SearchIndex, reports: Sequence[Report], themes: Sequence[str], compared: Compared) -> list[Evidence]:
    """Return the sentences to quote from an authority's reports.

    If the report both praises and criticises the subject, these sentences do both.
    """
    if not themes and not compared.amounts:
        return latest_with_words(index, reports, compared.words)
    stances: dict[str, set[Stance]] = {}
    if themes:
        found = []
        for remark in _remarks(index, reports, themes, compared.words):
            found.append(evidence_of(remark))
            stances.setdefault(found[-1].text, set()).add(remark.remark.stance)
    else:
        found = latest_with_figures(index, reports, compared.words)
    scored = {each.row: each for each in index.score(Query(compared.words), sorted({one.scored.row for one in found}))}
    closest = sorted(found, key=lambda one: -scored[one.scored.row].sentence_similarities[one.number])
    # One sentence can both praise and criticise, and a report may repeat a sentence.
    once = list({one.text: one for one in reversed(closest)}.values())[::-1]
    return in_balance(once, lambda one, stance: stance in stances.get(one.text, ()))[:MAX_QUOTES]


def _remarks(index: SearchIndex, reports: Sequence[Report], themes: Sequence[str], words: str) -> list[QuotedRemark]:
    remarks = remarks_by_report(index, reports, themes, parts=parts_meant(themes, words))
    return quoted(index, latest_remarks(reports, remarks, _LEAST_CERTAINTY))


def _of(authority: str, reports: Sequence[Report], compared: Compared) -> list[Report]:
    """Return the reports on an authority that a comparison is about, without those that a later issue replaced."""
    own = [report for report in reports if report.authority == authority and report.superseded_by is None]
    own = [report for report in own if not compared.kinds or report.kind in compared.kinds]
    return [max(own, key=report_day)] if own and compared.latest else own


def _is_a_term(index: SearchIndex, reports: Sequence[Report], words: str) -> bool:
    """Whether any report has a sentence with these words. If one does, reports use the words for the subject."""
    return bool(sentences_about(index, {report.id for report in reports}, subjects_of(words)))


def _without_words(compared: Compared, names: Sequence[str]) -> Decision:
    """Say that no report about the authorities has the words of a comparison, although other reports use them."""
    reason = (
        f"We found no sentence about “{compared.words}” in the reports about {in_list(names, 'or')}. Reports may say "
        "the same thing in different words. Try different words, or ask about one authority at a time."
    )
    return Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)


def _without_figures(compared: Compared, names: Sequence[str]) -> Decision:
    """Say that the reports about some authorities do not have the figures that a comparison of amounts needs."""
    reason = (
        f"We found no figure next to the words “{compared.words}” in the reports about {in_list(names, 'or')}, so we "
        "cannot compare the authorities. Ask about one at a time to see what its reports say about it."
    )
    return Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)


def _rule(themes: Sequence[str], compared: Compared, lacking: Sequence[str], unknown: Sequence[str]) -> str:
    """Say what we quote, and what we do not say.

    ``lacking`` are the authorities without such a sentence, and ``unknown`` are the authorities without any report.
    """
    if themes:
        what = (
            f"about {names_of(themes, compared.words)}, from its latest report that praises or criticises this. We "
            "recognise these sentences by their words and by a trained model, which can be wrong. If the report both "
            "praises and criticises it, we quote one of each."
        )
    elif compared.amounts:
        what = f"with the words “{compared.words}” and a figure next to them, from its latest report that has any."
    else:
        words = f"“{compared.words}”, or another name for the same thing"
        what = (
            f"with the words {words}. They come from its latest report that has a sentence mainly about this, or else "
            "from its latest report with these words. If we find praise and criticism, we quote one of each."
        )
    parts = (
        f"For each authority, we quote up to {MAX_QUOTES} sentences {what}",
        f"We found no such sentence in the reports about {in_list(lacking, 'or')}." if lacking else "",
        f"We have no reports about {in_list(unknown, 'or')}." if unknown else "",
        "The reports do not compare the authorities. Read the dates and the quotes before you do.",
    )
    return " ".join(filter(None, parts))
