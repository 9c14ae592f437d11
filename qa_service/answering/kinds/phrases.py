"""A question that asks for exact words, or for the reports that do not contain certain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Report
from index.storage.fact_query import Pick
from index.types import IndexedPassage, Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import fact_query
from qa_service.answering.facts.reports.finding import day_of, newest_asked
from qa_service.answering.facts.times import Window, in_words, windows
from qa_service.answering.facts.types import FactScope
from qa_service.answering.facts.wording import report_words
from qa_service.answering.kinds.counts.report_count import newest_words, scope_of
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.printed.printed_facts import printed_fact
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, FactName, Summary
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import in_list, is_one_word, share_of, verb_after

_SEVERAL_PER_REPORT = 5
"""Maximum number of sentences to quote from each report, if the question is about one authority. We chose this value by
judgement."""


class ExactPhrases:
    """Quotes sentences that contain the words in quotation marks, or lists the reports without certain words."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for exact words, or for reports without certain words."""
        return question.conditions.wanted in (Wanted.PHRASES, Wanted.ABSENCE)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Find the words in the passages, without ranking them."""
        scope = scope_of(state, tools)
        reports = _reports_meant(scope)
        of_absence = state.interpretation.conditions.wanted is Wanted.ABSENCE
        found = (_without_words if of_absence else _with_phrases)(state, reports, tools)
        newest = newest_words(scope, reports)
        return replace(found, decision=replace(found.decision, note=newest)) if found.decision and newest else found

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Do not change the state, because it already has a decision."""
        return state


def _reports_meant(scope: FactScope) -> list[Report]:
    """Return the reports that fit the question, its times and the filters, newest first."""
    question = scope.question
    names = [name for name in question.authorities if name not in question.conditions.excluded]
    found: dict[str, Report] = {}
    for window in windows(question):
        whole = Window(window.days, words=window.words, published=window.published)
        query = replace(fact_query(scope, whole, graded=False, authorities=names), pick=Pick.ALL)
        found |= {report.id: report for report in scope.store.inspections(query)}
    newest_first = sorted(found.values(), key=lambda report: (day_of(scope, report), report.id), reverse=True)
    return newest_asked(question.conditions, newest_first)


def _with_phrases(state: PipelineState, reports: Sequence[Report], tools: Tools) -> PipelineState:
    phrases = state.interpretation.conditions.phrases
    patterns = [phrase_pattern(phrase) for phrase in phrases]
    by_report: dict[str, list[tuple[IndexedPassage, int]]] = {}
    for indexed in tools.index.passages_with(" ".join(phrases), {report.id for report in reports}):
        for number, (start, end) in enumerate(indexed.passage.sentences):
            if all(pattern.search(indexed.passage.text[start:end]) for pattern in patterns):
                by_report.setdefault(indexed.report.id, []).append((indexed, number))
    every = [by_report[report.id] for report in reports if report.id in by_report]
    in_order = every[: state.interpretation.conditions.newest_that_fit]
    each = 1 if state.interpretation.is_across_reports else _SEVERAL_PER_REPORT
    first = state.first_item
    page = [place for places in in_order[first : first + calibration.ITEMS_PER_LIST] for place in places[:each]]
    scored = tools.index.score(Query(state.interpretation.text), list(dict.fromkeys(i.row for i, _ in page)))
    by_row = {passage.row: passage for passage in scored}
    selected = tuple(
        Evidence(by_row[indexed.row], number, *indexed.passage.sentences[number], 1.0, 1.0, 1.0)
        for indexed, number in page
    )
    total = len(in_order)
    reason = _phrases_reason(state.interpretation, len(every), len(reports), each)
    status = AnswerStatus.ANSWERED if total else AnswerStatus.NOT_IN_REPORTS
    confidence = calibration.GRADE_LIST_CONFIDENCE if total else calibration.NO_GRADE_CONFIDENCE
    last = first + calibration.ITEMS_PER_LIST
    return replace(
        state,
        decision=Decision(status, confidence, reason),
        passages=tuple(scored),
        selected=selected,
        summary=Summary(reason, total, len(every) if total < len(every) else len(reports), "reports"),
        total=total,
        next_offset=last if last < total else None,
    )


def _without_words(state: PipelineState, reports: Sequence[Report], tools: Tools) -> PipelineState:
    """List the reports that do not contain the words in any form."""
    words = state.interpretation.conditions.absent
    mentioning = {indexed.report.id for indexed in tools.index.passages_with(words, {report.id for report in reports})}
    every = [report for report in reports if report.id not in mentioning]
    lacking = every[: state.interpretation.conditions.newest_that_fit]
    first = state.first_item
    page = lacking[first : first + calibration.ITEMS_PER_LIST]
    facts = tuple(fact for report in page if (fact := printed_fact(report, FactName.INSPECTED, tools.index.store)))
    passages = tools.index.score(Query(state.interpretation.text), [fact.passage.row for fact in facts])
    total = len(lacking)
    reason = _absence_reason(state.interpretation, len(every), len(reports))
    status = AnswerStatus.ANSWERED if total else AnswerStatus.NOT_IN_REPORTS
    last = first + len(page)
    return replace(
        state,
        decision=Decision(
            status, calibration.GRADE_LIST_CONFIDENCE if total else calibration.NO_GRADE_CONFIDENCE, reason
        ),
        passages=tuple(passages),
        facts=facts,
        summary=Summary(reason, total, len(every) if total < len(every) else len(reports), "reports"),
        total=total,
        next_offset=last if last < total else None,
    )


def _phrases_reason(question: Interpretation, total: int, searched: int, each: int) -> str:
    """Say how many reports contain the phrases, and that up to ``each`` sentences are quoted from each report."""
    when = _when(question)
    if not searched:
        return f"We found no {report_words(question.conditions.kinds, 2, ())}{when}."
    contain = (
        f"{_reports_searched_words(question, total, searched)} {verb_after(total, searched, 'contains', 'contain')}"
    )
    words = _phrase_words(question.conditions.phrases)
    if not total:
        return f"{contain} exactly {words}. Ask without quotation marks to search by meaning."
    quoted = f"We quote {'the first match' if each == 1 else f'up to {each} matches'} in"
    shown = min(total, question.conditions.newest_that_fit or total)
    if shown < total:
        newest = _newest_of(question, shown, total, f"that contain {words}", searched)
        return f"{newest} {quoted} {'it' if shown == 1 else 'each report'}."
    return f"{contain} {words}. {quoted} {'it' if total == 1 else 'each report'}."


def _absence_reason(question: Interpretation, total: int, searched: int) -> str:
    """Say how many reports have no passage with certain words."""
    when, passage = _when(question), f"passage with {_phrase_words([question.conditions.absent])}"
    if not searched:
        return f"We found no {report_words(question.conditions.kinds, 2, ())}{when}."
    if not total:
        have = (
            f"{_reports_searched_words(question, searched, searched)} {verb_after(searched, searched, 'has', 'have')}"
        )
        return f"{have} a {passage} in some form."
    have = f"{_reports_searched_words(question, total, searched)} {verb_after(total, searched, 'has', 'have')}"
    shown = min(total, question.conditions.newest_that_fit or total)
    found = f"{have} no {passage} in any form."
    if shown < total:
        found = _newest_of(question, shown, total, f"that have no {passage} in any form", searched)
    return f"{found} A report may say the same thing in different words."


def _reports_searched_words(question: Interpretation, total: int, searched: int) -> str:
    """Return the subject of a sentence: "3 of the 24 reports on visits from 2019 that we searched"."""
    conditions = question.conditions
    newest = "latest " if conditions.newest_of_each else "newest " if searched == conditions.newest else ""
    each = ", one for each authority," if conditions.newest_of_each and searched > 1 else ""
    one, many = (f"{newest}{report_words(conditions.kinds, number, ())}" for number in (1, 2))
    names = [name for name in question.authorities if name not in conditions.excluded]
    of_whom = f" on {in_list(names)}" if names and newest else ""
    return f"{share_of(total, searched, one, many)}{of_whom}{_when(question)}{each} that we searched"


def _newest_of(question: Interpretation, shown: int, total: int, that: str, searched: int) -> str:
    """Say that a list has only the newest of the reports that fit, and how many we searched."""
    these = "This is the newest" if shown == 1 else f"These are the {shown} newest"
    noun = report_words(question.conditions.kinds, total, ())
    return f"{these} of the {total} {noun}{_when(question)} {that}. We searched {searched}."


def _when(question: Interpretation) -> str:
    """Return words for the limits on the reports that we searched, starting with a space.

    Empty if there are no limits.
    """
    led = question.conditions.led_by and not question.conditions.kinds
    return f"{' on inspections' if led else ''}{in_words(question, of_reports=True)}"


def _phrase_words(phrases: Sequence[str]) -> str:
    """Return quoted phrases with a noun: "the words “care plan”"."""
    return f"the {'word' if is_one_word(phrases) else 'words'} {in_list([f'“{phrase}”' for phrase in phrases])}"


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern that matches a phrase with any capitals, spacing and kind of apostrophe."""
    words = r"\s+".join(re.escape(word).replace("'", "['’]").replace("’", "['’]") for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
