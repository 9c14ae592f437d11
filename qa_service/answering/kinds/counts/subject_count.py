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
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.lists import AUTHORITIES
from qa_service.answering.facts.reports import REPORTS, find_reports, in_order
from qa_service.answering.facts.times import in_words
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import report_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.subject_stances import clauses_about
from qa_service.answering.sentences.subjects import JudgedSentence, by_report, judged, sentences_about
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.aspects import aspects
from qa_service.understanding.conditions.types import SubjectCondition, Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.subjects import Subject, subjects_of
from qa_service.wording import in_list, month_of, past_the_end, share_of, verb_after

_NAMES_SHOWN = 3
"""Maximum number of other names that the rule gives as examples."""
_OPPOSITE = {Stance.STRENGTH: Stance.WEAKNESS, Stance.WEAKNESS: Stance.STRENGTH}
_READ_AS = {Stance.STRENGTH: "praise", Stance.WEAKNESS: "criticism"}


@dataclass(frozen=True, slots=True)
class _Found:
    """What the reports say about a subject."""

    subjects: tuple[Subject, ...]
    reports: Sequence[Report]
    """The reports that we looked at, newest first."""
    sentences: Mapping[str, Sequence[JudgedSentence]]
    """The sentences about the subject, by the id of their report."""
    chosen: Mapping[str, JudgedSentence]
    """The clearest sentence of each report that fits, by the id of the report. It is a part of a sentence only if the
    report has no whole one."""


class SubjectCount:
    """Answers with the number of reports, out of all that fit, and with the clearest sentence of each."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question counts or lists reports or authorities by what is said about a subject."""
        condition = question.conditions.subject
        return condition is not None and not condition.in_list

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from all the sentences about the subject. None if no report fits the other conditions."""
        condition = state.interpretation.conditions.subject
        scope = FactScope(state.interpretation, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
        reports = find_reports(scope) if condition else []
        if condition is None or not reports:
            return None
        found = _find(condition, reports, tools)
        fitting = [report for report in in_order(scope, reports) if report.id in found.chosen]
        if condition.clearest_first and state.interpretation.conditions.order is None:
            fitting.sort(key=lambda report: -found.chosen[report.id].clarity)
        first = state.first_item
        page = fitting[first : first + (state.question.items or calibration.ITEMS_PER_LIST)]
        summary = _summary(scope, condition, found, fitting)
        if fitting and not page:
            reason = past_the_end(len(fitting), first)
            decision = Decision(AnswerStatus.NOT_IN_REPORTS, calibration.NO_GRADE_CONFIDENCE, reason)
            return replace(state, decision=decision, summary=summary, total=len(fitting))
        selected = [found.chosen[report.id].sentence.evidence(found.chosen[report.id].clarity) for report in page]
        status = AnswerStatus.ANSWERED if fitting else AnswerStatus.NOT_IN_REPORTS
        shown = f"Reports {first + 1} to {first + len(page)} of {len(fitting)} are quoted below."
        reason = f"{summary.sentence} {shown if len(page) < len(fitting) else ''}".strip()
        note = " ".join(filter(None, (_rule(condition, found), _since_then(condition, found, page))))
        return replace(
            state,
            decision=Decision(status, calibration.SUBJECT_COUNT_CONFIDENCE, reason, note),
            passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
            selected=tuple(selected),
            summary=summary,
            total=len(fitting),
            next_offset=first + len(page) if first + len(page) < len(fitting) else None,
        )

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
    """Whether a sentence has words for an aspect of its subject. They must be in the same clause, if it has clauses."""
    clauses = clauses_about(sentence, lambda text: any(subject.is_in(text) for subject in subjects))
    return any(aspects()[aspect].is_in(text) for text in clauses or [sentence])


def _certainty(each: JudgedSentence, stance: Stance | None) -> float:
    return each.certainty[stance] if stance else each.clarity


def _summary(scope: FactScope, condition: SubjectCondition, found: _Found, fitting: Sequence[Report]) -> Summary:
    """Return the count as a sentence and as numbers."""
    conditions = scope.question.conditions
    time = in_words(scope.question, of_reports=True)
    said = f"{_READ_AS[condition.stance]} {_about(condition)}" if condition.stance else ""
    one, many = (
        (f"has {said}", f"have {said}") if said else (f"mentions {condition.words}", f"mention {condition.words}")
    )
    if conditions.wanted is Wanted.AUTHORITIES:
        names = {report.authority for report in fitting if report.authority}
        looked_at = {report.authority for report in found.reports if report.authority}
        verb = verb_after(len(names), len(looked_at), "has", "have")
        share = share_of(len(names), len(looked_at), "authority", "authorities")
        kind = report_words(conditions.kinds, 1, ())
        said = f"with {said}" if said else f"that {one}"
        return Summary(f"{share} {verb} a {kind}{time} {said}.", len(names), len(looked_at), AUTHORITIES)
    kinds = (report_words(conditions.kinds, count, ()) for count in (1, 2))
    share = share_of(len(fitting), len(found.reports), *kinds)
    of_whom = f" on {in_list(list(named(scope)))}" if named(scope) else ""
    verb = verb_after(len(fitting), len(found.reports), one, many)
    return Summary(f"{share}{of_whom}{time} {verb}.", len(fitting), len(found.reports), REPORTS)


def _about(condition: SubjectCondition) -> str:
    """Return the words after "praise" or "criticism": "of the timeliness of strategy discussions"."""
    if condition.aspect:
        return f"of the {condition.aspect} of {condition.words}"
    return f"on the subject of {condition.words}"


def _rule(condition: SubjectCondition, found: _Found) -> str:
    """Say which reports count, which sentences are quoted, and how sure we are."""
    words = in_list([_words(subject) for subject in found.subjects], "or")
    if not found.sentences and not condition.aspect:
        return f"No report that we searched has a sentence with {words}. Reports may say the same thing in other words."
    has = f"We counted each report with a sentence that has {words}"
    if condition.aspect:
        has += f" and words for {condition.aspect}"
    if condition.stance is None:
        rest = f"{has}, in any form. Other reports may say the same thing in other words."
        return f"{rest} We quote the clearest sentence of each report." if found.chosen else rest
    model = "Our model is right about praise and criticism for about nine sentences in ten."
    read_as = f"{has}, in any form, and that our model reads as {_READ_AS[condition.stance]} of it."
    if not found.chosen:
        mentions = len(found.sentences)
        only = f"{mentions} report{' has such a sentence' if mentions == 1 else 's have such sentences'} without it."
        return " ".join(filter(None, (read_as, only if mentions else "", "Reports may say it in other words.")))
    first = "the clearest first" if condition.clearest_first else "the newest report first"
    quoted = f"We quote the clearest sentence of each report, {first}."
    return f"{read_as} {model} Read the quotes before you use the number. {quoted}"


def _words(subject: Subject) -> str:
    """Return the words that a sentence needs: "the words “edge of care”"."""
    if subject.parts:
        return f"the words {in_list([f'“{part}”' for part in subject.parts])}, or words that mean the same"
    word = "word" if len(subject.words.split()) == 1 else "words"
    others = in_list([f"“{name}”" for name in subject.others[:_NAMES_SHOWN]], "or") if subject.others else ""
    return f"the {word} “{subject.words}”" + (f", or another name for it, such as {others}" if others else "")


def _since_then(condition: SubjectCondition, found: _Found, page: Sequence[Report]) -> str:
    """Name the authorities on a page whose later reports take only the opposite stance."""
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
    return f"{which} {names} {has} only {_READ_AS[opposite]} on it."
