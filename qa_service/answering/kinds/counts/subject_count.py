"""A question that counts or lists reports by what they say about a subject in the person's own words.

Examples are "Who has been praised for edge of care work?" and "How many reports mention private fostering?".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.types import Report
from index.search.filtering import report_day
from index.types import Stance
from qa_service import calibration
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
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.subject_stances import clauses_about
from qa_service.answering.sentences.subjects import JudgedSentence, by_report, judged, sentences_about
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.aspects import aspects
from qa_service.understanding.conditions.types import SubjectCondition
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.subjects import Subject, subjects_of
from qa_service.wording import in_list, month_of

_NAMES_SHOWN = 3
"""Maximum number of other names that the rule gives as examples."""
_OPPOSITE = {Stance.STRENGTH: Stance.WEAKNESS, Stance.WEAKNESS: Stance.STRENGTH}
_STANCE_NOUNS = {Stance.STRENGTH: "praise", Stance.WEAKNESS: "criticism"}


@dataclass(frozen=True, slots=True)
class _Found:
    """What reports say about a subject."""

    subjects: tuple[Subject, ...]
    reports: Sequence[Report]
    """The reports that we looked at, newest first."""
    sentences: Mapping[str, Sequence[JudgedSentence]]
    """The sentences about the subject, by the id of their report."""
    chosen: Mapping[str, JudgedSentence]
    """The clearest sentence in each report that fits, by the id of the report. We use part of a sentence only if the
    report has no whole sentence."""


class SubjectCount:
    """Says how many of the reports that fit have such a sentence, and quotes the clearest sentence of each."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question counts or lists reports or authorities by what is said about a subject."""
        condition = question.conditions.subject
        return condition is not None and not condition.in_list

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from all the sentences about the subject. None if no report fits the other conditions."""
        condition = state.interpretation.conditions.subject
        scope = scope_of(state, tools)
        reports = reports_looked_at(scope) if condition else []
        if condition is None or not reports:
            return None
        found = _find(condition, reports, tools)
        fitting = often_enough(scope, [report for report in reports if report.id in found.chosen])
        shown = list(listed(scope, fitting))
        if condition.clearest_first and state.interpretation.conditions.order is None:
            shown.sort(key=lambda report: -found.chosen[report.id].clarity)

        def quotes(page: Sequence[Report]) -> list[Evidence]:
            of_page = [found.chosen[report.id] for report in page]
            return [each.sentence.evidence(each.clarity) for each in of_page]

        def decide(status: AnswerStatus, reason: str) -> Decision:
            page = page_of(state, shown)
            since_then = _since_then(condition, found, page)
            both = also_criticised([each for each in page if _is_criticised(condition, found, each)])
            note = " ".join(filter(None, (newest_words(scope, reports), _rule(condition, found), both, since_then)))
            return Decision(status, calibration.SUBJECT_COUNT_CONFIDENCE, reason, note)

        summary = count_summary(scope, _count_words(condition), reports, fitting)
        summary = replace(summary, sentence=summary.sentence + by_year_words(scope, reports, fitting))
        return counted(state, shown, summary, quotes, decide)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report fits."""
        return state


def _find(condition: SubjectCondition, reports: Sequence[Report], tools: Tools) -> _Found:
    """Return what reports say about the subject of a question."""
    subjects = subjects_of(condition.words)
    sentences_found = sentences_about(tools.index, {report.id for report in reports}, subjects)
    about = judged(tools.index, sentences_found, subjects)
    if condition.aspect:
        about = [each for each in about if _speaks_of(condition.aspect, each.sentence.text, subjects)]
    sentences = by_report(about)
    chosen: dict[str, JudgedSentence] = {}
    for report_id, of_report in sentences.items():
        fitting = [each for each in of_report if condition.stance is None or each.takes(condition.stance)]
        if fitting:
            chosen[report_id] = max(
                fitting, key=lambda each: (each.sentence.is_whole, _certainty(each, condition.stance))
            )
    return _Found(subjects, reports, sentences, chosen)


def _speaks_of(aspect: str, sentence: str, subjects: Sequence[Subject]) -> bool:
    """Whether a sentence has words for an aspect of its subject, such as "too late".

    If the sentence has several clauses, these words must be in the same clause as the subject.
    """
    clauses = clauses_about(sentence, lambda text: any(subject.is_in(text) for subject in subjects))
    return any(aspects()[aspect].is_in(text) for text in clauses or [sentence])


def _certainty(each: JudgedSentence, stance: Stance | None) -> float:
    return each.certainty[stance] if stance else each.clarity


def _count_words(condition: SubjectCondition) -> CountWords:
    if condition.stance is None:
        words = _typeset(condition.words)
        return CountWords(one=f"mentions {words}", many=f"mention {words}", of_authority=f"that mentions {words}")
    said = f"{_STANCE_NOUNS[condition.stance]} {_about(condition)}"
    return CountWords(one=f"has {said}", many=f"have {said}", of_authority=f"with {said}")


def _about(condition: SubjectCondition) -> str:
    """Return the words to put after "praise" or "criticism": "of the timeliness of strategy discussions"."""
    if condition.aspect:
        return f"of the {condition.aspect} of {_typeset(condition.words)}"
    return f"on the subject of {_typeset(condition.words)}"


def _typeset(words: str) -> str:
    """Return words in a person's question as we print them, with the apostrophe of reports."""
    return words.replace("'", "’")


def _rule(condition: SubjectCondition, found: _Found) -> str:
    """Say which reports count, which sentences are quoted, and how sure we are."""
    words = in_list([_words(subject) for subject in found.subjects], "or")
    if not found.sentences and not condition.aspect:
        none = f"No report that we searched has a sentence with {words}."
        return f"{none} Reports may say the same thing in different words."
    has = f"We counted each report with a sentence that has {words}"
    if condition.aspect:
        has += f" and words for {condition.aspect}"
    if condition.stance is None:
        rest = f"{has}, in any form. Other reports may say the same thing in different words."
        return f"{rest} We quote the clearest sentence of each report." if found.chosen else rest
    model = "Our model is right about praise and criticism for about nine sentences in ten."
    counted = f"{has}, in any form, if our model counts it as {_STANCE_NOUNS[condition.stance]} of the subject."
    if not found.chosen:
        mentions = len(found.sentences)
        noun = _STANCE_NOUNS[condition.stance]
        only = (
            f"{mentions} report{' has such a sentence' if mentions == 1 else 's have such sentences'}, but no {noun}."
        )
        return " ".join(filter(None, (counted, only if mentions else "", "Reports may say it in different words.")))
    first = "the clearest first" if condition.clearest_first else "the newest report first"
    quoted = f"We quote the clearest sentence of each report, {first}."
    return f"{counted} {model} Read the quotes before you use the number. {quoted}"


def _words(subject: Subject) -> str:
    """Return a description of the words that a sentence needs: "the words “edge of care”"."""
    if subject.parts:
        return f"the words {in_list([f'“{part}”' for part in subject.parts])}, or words that mean the same"
    word = "word" if len(subject.words.split()) == 1 else "words"
    others = in_list([f"“{name}”" for name in subject.others[:_NAMES_SHOWN]], "or") if subject.others else ""
    return f"the {word} “{_typeset(subject.words)}”" + (
        f", or another name for {'it' if word == 'word' else 'them'}, such as {others}" if others else ""
    )


def _is_criticised(condition: SubjectCondition, found: _Found, report: Report) -> bool:
    """Whether a report that praises the subject of a question also criticises it."""
    said = found.sentences.get(report.id, ()) if condition.stance is Stance.STRENGTH else ()
    return any(each.takes(Stance.WEAKNESS) for each in said)


def _since_then(condition: SubjectCondition, found: _Found, page: Sequence[Report]) -> str:
    """Name the authorities on a page of the list whose later reports say only the opposite."""
    if condition.stance is None:
        return ""
    opposite = _OPPOSITE[condition.stance]
    later: dict[str, Report] = {}
    newest = {report.authority: report for report in sorted(page, key=report_day) if report.authority}
    for report in sorted(found.reports, key=report_day):
        quoted = newest.get(report.authority) if report.authority else None
        said = found.sentences.get(report.id, ())
        is_later = quoted and report.id not in found.chosen and report_day(report) > report_day(quoted)
        if is_later and any(each.takes(opposite) for each in said):
            later[str(report.authority)] = report
    if not later:
        return ""
    names = in_list([f"{name} ({month_of(report).removeprefix('in ')})" for name, report in sorted(later.items())])
    which, has = ("A later report on", "has") if len(later) == 1 else ("Later reports on", "have")
    return f"{which} {names} {has} only {_STANCE_NOUNS[opposite]} of the subject."
