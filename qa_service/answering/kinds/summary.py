"""A question that asks for a summary: "Summarise the Westmarsh report"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from corpus.grades import OVERALL, grade_of, judgement_of
from corpus.types import VISITS, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.headlines import headline_limits, with_advice
from qa_service.answering.kinds.kind import Tools, with_grades, with_selected_first
from qa_service.answering.printed.printed_grades import PrintedGrade, all_printed_grades
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.headlines import (
    heading_of,
    headlines,
    own_summary,
    passages_of,
    reports_that_sum_up,
    sentences_of,
    sentences_within,
)
from qa_service.answering.sentences.own_list import cut_lists, cut_words, is_part_of
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation, Part, lists_improvements
from qa_service.understanding.polarity import Polarity
from qa_service.understanding.questions.headlines import asks_for_summary, asks_where_it_stands, asks_why_graded
from qa_service.wording import capitalised, in_list, the_reports


class Summary:
    """Sums up one report for each authority in the report's own words: its grades, its praise and what must improve."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for a summary of reports about authorities, or for the reasons for a grade."""
        return (bool(question.authorities) and asks_for_summary(question)) or asks_why_graded(question)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:  # noqa: ARG002 - the protocol's
        """Leave the search to the next kind. Its passages are shown below the summary."""
        return None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Sum up the latest full inspection of each authority, or the report named.

        If there is none, leave the question to the next kind.
        """
        question, allowed = state.interpretation, tools.index.allowed(state.question.filters)
        summed_up = (report for part in question.parts for report in _reports(question, part, allowed))
        reports = list({report.id: report for report in summed_up}.values())
        grades = [grade for report in reports for grade in all_printed_grades(report, tools.index.store)]
        main = [_main_parts(report, question, tools.index, alone=len(reports) == 1) for report in reports]
        selected = [evidence for found in main for evidence in found.all]
        if not selected:
            return state
        reason = f"{_contents(reports, grades, main)} {_items_shown(selected)}".strip()
        how = "We chose the sentences for their wording and their place in {report}."
        if all(found.is_own_summary for found in main):
            how = "These parts sum up {report}."
        note = capitalised(with_advice(how, len(reports)))
        decision = Decision(AnswerStatus.ANSWERED, calibration.HEADLINES_CONFIDENCE, reason, note)
        state = with_grades(with_selected_first(state, selected), tools, tuple(grades))
        return replace(state, decision=decision, limits_applied=headline_limits(question))


def _reports(question: Interpretation, part: Part, allowed: Sequence[Report]) -> list[Report]:
    """Return the report to sum up for a part of a question.

    For a question about the present, return the latest full inspection and the latest visit after it.
    """
    if asks_why_graded(question):
        return [report for report in reports_that_sum_up(question, part, allowed) if _gave_grade(question, report)][:1]
    if not asks_where_it_stands(question):
        return reports_that_sum_up(question, part, allowed)[:1]
    ranked = reports_that_sum_up(question, replace(part, latest=False), allowed)
    after = [report for report in ranked if report.kind in VISITS and report_day(report) > report_day(ranked[0])]
    return [*ranked[:1], *sorted(after, key=report_day)[-1:]]


def _gave_grade(question: Interpretation, report: Report) -> bool:
    """Whether a report gave the overall grade that a question asks the reasons for."""
    judgement = judgement_of(report, OVERALL)
    return judgement is not None and grade_of(judgement) is question.claimed_grade


@dataclass(frozen=True, slots=True)
class MainSentences:
    """The main parts of a report: its own summary, its praise, its criticism, and its own list of improvements."""

    praise: Sequence[Evidence]
    criticism: Sequence[Evidence]
    must_improve: Sequence[Evidence]
    overview: Sequence[Evidence] = ()
    """Paragraphs of the part in which the report sums itself up."""

    @property
    def is_own_summary(self) -> bool:
        """Whether we quote only the report's own summary, so that we did not choose sentences for their wording."""
        return bool(self.overview) and not (self.praise or self.criticism)

    @property
    def all(self) -> list[Evidence]:
        """All the sentences and paragraphs, without repeats."""
        everything = (*self.overview, *self.praise, *self.criticism, *self.must_improve)
        return list({(evidence.scored.row, evidence.start): evidence for evidence in everything}.values())


def _main_parts(report: Report, question: Interpretation, index: SearchIndex, *, alone: bool) -> MainSentences:
    """Return the main parts of a report. If several reports are summed up, the parts are shorter."""
    paragraphs = [e for e in own_summary(report, passages_of(report, question, index)) if e.text not in question.told]
    items = calibration.ITEMS_IN_SUMMARY if alone else calibration.SENTENCES_SHOWN
    whole = sum(map(sentences_within, paragraphs)) <= calibration.OWN_SUMMARY_SENTENCES
    if not (alone and whole):
        paragraphs = _start(paragraphs)
    main = main_sentences(report, sentences_of(report, question, index), items)
    if paragraphs and alone and whole:
        return replace(main, praise=(), criticism=(), overview=paragraphs)
    praise, criticism = (
        [sentence for sentence in chosen if not any(_is_within(sentence, paragraph) for paragraph in paragraphs)]
        for chosen in (main.praise, main.criticism)
    )
    return replace(main, praise=praise, criticism=criticism, overview=paragraphs)


def _start(paragraphs: Sequence[Evidence]) -> list[Evidence]:
    """Return the first paragraphs, up to the maximum length."""
    lengths = accumulate(map(sentences_within, paragraphs))
    limit = calibration.OWN_SUMMARY_START
    return [paragraph for paragraph, length in zip(paragraphs, lengths, strict=True) if length <= limit]


def _is_within(sentence: Evidence, paragraph: Evidence) -> bool:
    """Whether a sentence is part of a paragraph."""
    same = sentence.scored.row == paragraph.scored.row
    return same and paragraph.start <= sentence.start and sentence.end <= paragraph.end


def main_sentences(
    report: Report, sentences: Sequence[Evidence], items: int = calibration.SENTENCES_SHOWN
) -> MainSentences:
    """Return the main sentences of praise and criticism in a report, and the first items of its own list."""
    listed = [evidence for evidence in sentences if lists_improvements(evidence.scored.passage.section)]
    others = [evidence for evidence in sentences if not lists_improvements(evidence.scored.passage.section)]
    of_list = listed
    if report.improvements:  # such a section may also contain footnotes, or contain sentences instead of items
        of_list = [e for e in listed if any(is_part_of(e.text, item.text) for item in report.improvements)]
        headings = {heading_of(evidence) for evidence in of_list}
        others += [evidence for evidence in listed if heading_of(evidence) not in headings]
    limit = calibration.SENTENCES_PER_PART
    return MainSentences(
        headlines(others, Polarity.STRENGTHS, limit),
        headlines(others, Polarity.WEAKNESSES, limit),
        of_list[:items],
    )


def _contents(reports: Sequence[Report], grades: Sequence[PrintedGrade], main: Sequence[MainSentences]) -> str:
    """Say which reports are summed up, and what the summary contains."""
    one = len(reports) == 1
    their = "its" if one else "their"
    contents = {
        f"{their} grades": bool(grades),
        f"{their} own overview": any(found.overview for found in main),
        "sentences that we read as praise": any(found.praise for found in main),
        "sentences that we read as criticism": any(found.criticism for found in main),
        "what must improve": any(found.must_improve for found in main),
    }
    shown = in_list([words for words, is_shown in contents.items() if is_shown])
    return f"This is a summary of {the_reports(reports)}, in {their} own words: {shown}."


def _items_shown(selected: Sequence[Evidence]) -> str:
    """Say how many items of the reports' own lists the summary shows. Empty if all items are shown."""
    items = [evidence for evidence in selected if lists_improvements(evidence.scored.passage.section)]
    cut = cut_lists((evidence.scored.report, evidence.text) for evidence in items)
    return cut_words(cut, len({evidence.scored.report.id for evidence in items}))
