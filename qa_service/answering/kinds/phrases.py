"""A question that asks for exact words, or for the reports that do not contain certain words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Report
from index.search.filtering import report_day
from index.storage.fact_query import Pick
from index.types import IndexedPassage, Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.inspections import fact_query
from qa_service.answering.facts.times import Window, in_words, windows
from qa_service.answering.facts.types import FactScope
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.printed.printed_facts import printed_fact
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, FactName, Summary
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.wording import in_list, is_one_word, searched_have, share_of, verb_after

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
        reports = _reports_meant(state, tools)
        if state.interpretation.conditions.wanted is Wanted.ABSENCE:
            return _without_words(state, reports, tools)
        return _with_phrases(state, reports, tools)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the state as it is, because it already has a decision."""
        return state


def _reports_meant(state: PipelineState, tools: Tools) -> list[Report]:
    """Return the reports that the question, its times and the filters allow, newest first."""
    question = state.interpretation
    scope = FactScope(question, tuple(tools.index.allowed(state.question.filters)), tools.index.store)
    names = [name for name in question.authorities if name not in question.conditions.excluded]
    found: dict[str, Report] = {}
    for window in windows(question):
        whole = Window(window.days, words=window.words, published=window.published)
        query = replace(fact_query(scope, whole, graded=False, authorities=names), pick=Pick.ALL)
        found |= {report.id: report for report in tools.index.store.inspections(query)}
    return sorted(found.values(), key=lambda report: (report_day(report), report.id), reverse=True)


def _with_phrases(state: PipelineState, reports: Sequence[Report], tools: Tools) -> PipelineState:
    phrases = state.interpretation.conditions.phrases
    patterns = [_pattern(phrase) for phrase in phrases]
    by_report: dict[str, list[tuple[IndexedPassage, int]]] = {}
    for indexed in tools.index.passages_with(" ".join(phrases), {report.id for report in reports}):
        for number, (start, end) in enumerate(indexed.passage.sentences):
            if all(pattern.search(indexed.passage.text[start:end]) for pattern in patterns):
                by_report.setdefault(indexed.report.id, []).append((indexed, number))
    in_order = [by_report[report.id] for report in reports if report.id in by_report]
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
    reason = _phrases_reason(state.interpretation, total, len(reports), each)
    status = AnswerStatus.ANSWERED if total else AnswerStatus.NOT_IN_REPORTS
    confidence = calibration.GRADE_LIST_CONFIDENCE if total else calibration.NO_GRADE_CONFIDENCE
    last = first + calibration.ITEMS_PER_LIST
    return replace(
        state,
        decision=Decision(status, confidence, reason),
        passages=tuple(scored),
        selected=selected,
        summary=Summary(reason, total, len(reports), "reports"),
        total=total,
        next_offset=last if last < total else None,
    )


def _without_words(state: PipelineState, reports: Sequence[Report], tools: Tools) -> PipelineState:
    """List the reports that do not contain the words in any form."""
    words = state.interpretation.conditions.absent
    mentioning = {indexed.report.id for indexed in tools.index.passages_with(words, {report.id for report in reports})}
    lacking = [report for report in reports if report.id not in mentioning]
    first = state.first_item
    page = lacking[first : first + calibration.ITEMS_PER_LIST]
    facts = tuple(fact for report in page if (fact := printed_fact(report, FactName.INSPECTED, tools.index.store)))
    passages = tools.index.score(Query(state.interpretation.text), [fact.passage.row for fact in facts])
    total = len(lacking)
    reason = _absence_reason(state.interpretation, total, len(reports))
    status = AnswerStatus.ANSWERED if total else AnswerStatus.NOT_IN_REPORTS
    last = first + len(page)
    return replace(
        state,
        decision=Decision(
            status, calibration.GRADE_LIST_CONFIDENCE if total else calibration.NO_GRADE_CONFIDENCE, reason
        ),
        passages=tuple(passages),
        facts=facts,
        summary=Summary(reason, total, len(reports), "reports"),
        total=total,
        next_offset=last if last < total else None,
    )


def _phrases_reason(question: Interpretation, total: int, searched: int, each: int) -> str:
    """Say how many reports contain the phrases, and that up to ``each`` sentences are quoted from each report."""
    when = _when(question)
    if not searched:
        return f"We found no reports{when}."
    contain = f"{share_of(total, searched)}{when} that we searched {verb_after(total, searched, 'contains', 'contain')}"
    words = _named(question.conditions.phrases)
    if not total:
        return f"{contain} exactly {words}. Ask without quotation marks to search by meaning."
    quoted = "the first match" if each == 1 else f"up to {each} matches"
    return f"{contain} {words}. We quote {quoted} in {'it' if total == 1 else 'each report'}."


def _absence_reason(question: Interpretation, total: int, searched: int) -> str:
    """Say how many reports have no passage with certain words."""
    when, passage = _when(question), f"passage with {_named([question.conditions.absent])}"
    if not searched:
        return f"We found no reports{when}."
    if not total:
        return f"{searched_have(searched, searched, when)} a {passage} in some form."
    have = searched_have(total, searched, when)
    return f"{have} no {passage} in any form. A report may say the same thing in other words."


def _when(question: Interpretation) -> str:
    """Return the words for the limits on the reports searched, with a space before them. Empty if there are none."""
    return f"{' on inspections' if question.conditions.led_by else ''}{in_words(question, of_reports=True)}"


def _named(phrases: Sequence[str]) -> str:
    """Return quoted phrases with their noun: "the words “care plan”"."""
    return f"the {'word' if is_one_word(phrases) else 'words'} {in_list([f'“{phrase}”' for phrase in phrases])}"


def _pattern(phrase: str) -> re.Pattern[str]:
    """Return a pattern that matches a phrase, whatever its capitals, spacing and kind of apostrophe."""
    words = r"\s+".join(re.escape(word).replace("'", "['’]").replace("’", "['’]") for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
