"""A question about what must be done about a subject: "What does Brent need to do about supervision?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.types import OWN_ACCOUNT, Report
from index.search.filtering import report_day
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.times import in_words
from qa_service.answering.kinds.kind import KindOfQuestion, Tools, with_selected_first
from qa_service.answering.kinds.passages import Passages
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.items_about import AskedOfReport, Match, asks_about, subjects_sought, whole_list
from qa_service.answering.sentences.listed_items import item_at
from qa_service.answering.sentences.own_list import unread_words
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.interpretation import Interpretation, Part, without_improvements
from qa_service.understanding.questions.improvement_questions import (
    ItemsAsked,
    items_asked,
    without_words_for_improving,
)
from qa_service.understanding.questions.register_questions import is_about_latest_items
from qa_service.understanding.report_preference import reports_of_kind, reports_of_time
from qa_service.wording import KIND_WORDS, in_list, share_of, the_reports, verb_after

_REPORTS = 4
"""Number of reports on one page of an answer. We chose this value by judgement."""
_POSSIBLE = 3
"""Maximum number of sentences of items that only may be about the subject. We chose this value by judgement."""
_SHORT_LIST = 3
"""Maximum number of items of a list that we quote whole, if we look in no other list and no item has the words of the
subject. We chose this value by judgement."""
_FINDING = "What the reports find"
"""The heading above sentences that are quoted because no item is about the subject."""
_MAY_BE = "May be about it"
"""The start of the heading above items that only may be about the subject."""
_WHOLE = "All items of the list"
"""The start of the heading above a short list that we quote whole."""
_NO_FINDING = "Ask what the reports say about it, or read the nearest passages."


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the reports about one authority ask for about a subject."""

    authority: str
    reports: tuple[Report, ...]
    """The reports that we looked in, newest first."""
    asked: tuple[AskedOfReport, ...]
    """What they clearly ask for about it, newest first."""
    possible: tuple[AskedOfReport, ...]
    """What may be about it in the reports after these, newest first. If it is a short list, all that it asks for."""

    @property
    def is_possible(self) -> bool:
        """Whether later reports have items that may be about the subject."""
        return any(each.match is Match.POSSIBLE for each in self.possible)

    @property
    def with_list(self) -> tuple[Report, ...]:
        """The reports with a list of what must improve."""
        return tuple(report for report in self.reports if report.improvements)


@dataclass(frozen=True, slots=True)
class ItemsOn:
    """Answers with the items about a subject, newest report first. If there are none, it quotes what reports find."""

    findings: KindOfQuestion | None = field(default_factory=Passages)
    """Answers from what the reports find. None if a model that this needs is missing."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks what an authority was told to do about a subject."""
        if not question.authorities or question.pointed:
            return False
        asked = items_asked(question)
        return asked is not None and bool(asked.subject)

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the reports' own lists. If no item is clearly about the subject, search for what reports find.

        None if there is no list to look in, or if the words may not name a subject.
        """
        asked, looked = _look_in_all(state, tools)
        if asked is None or not any(each.with_list for each in looked):
            return None
        if not any(each.asked for each in looked):
            return self._search(state, asked, tools)
        groups = [each for authority in looked for each in authority.asked]
        first = state.first_item
        page = groups[first : first + (state.question.items or _REPORTS * len(looked))]
        last = first + len(page)
        selected = tuple(evidence for each in page for evidence in each.evidence)
        if last >= len(groups):
            selected += _possible(looked)
        reason = _reason(looked, asked, state.interpretation)
        note = unread_words([each.report for each in page])
        return replace(
            state,
            interpretation=without_words_for_improving(state.interpretation),
            decision=Decision(AnswerStatus.ANSWERED, calibration.OWN_LIST_CONFIDENCE, reason, note),
            summary=Summary(reason),
            passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
            selected=selected,
            total=len(groups),
            next_offset=last if last < len(groups) else None,
        )

    def _search(self, state: PipelineState, asked: ItemsAsked, tools: Tools) -> PipelineState | None:
        """Return the state with the passages about a subject that no item is about."""
        if self.findings is None or not asked.is_named:
            return None
        found = self.findings.retrieve(_for_findings(state, asked), tools)
        return found and replace(found, interpretation=state.interpretation)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Say that no item is about the subject, and quote what the reports find about it.

        If there are items after all, because another kind did the search, answer with these.
        """
        question = state.interpretation
        asked, looked = _look_in_all(state, tools)
        if asked is None or not any(each.with_list for each in looked):
            return state
        if any(each.asked for each in looked):
            return self.retrieve(state, tools) or state
        if self.findings is None or not asked.is_named:
            return state
        found = self.findings.answer(_for_findings(state, asked), tools)
        found = replace(found, interpretation=without_words_for_improving(question))
        none = " ".join(_none_words(each, asked.subject, question) for each in looked)
        return _with_findings(found, none, _on_subject(found.selected, asked.subject), _possible(looked))


def _with_findings(
    state: PipelineState, none: str, findings: Sequence[Evidence], further: Sequence[Evidence]
) -> PipelineState:
    """Answer with what the reports find, and with further items, whose headings say why we quote them.

    If there are neither, do not answer. ``none`` says that no item is about the subject.
    """
    decision = state.decided
    answered = decision.status is AnswerStatus.ANSWERED
    if not answered:
        findings = ()
    if not findings and not further:
        status = AnswerStatus.LOW_CONFIDENCE if answered else decision.status
        confidence = min(decision.confidence, calibration.NO_RELATED_CONFIDENCE)
        reason = f"{none} {_NO_FINDING if answered else decision.reason}"
        return replace(
            state, selected=(), decision=replace(decision, status=status, confidence=confidence, reason=reason)
        )
    if findings:
        findings = (replace(findings[0], heading=_FINDING), *findings[1:])
        confidence = min(decision.confidence, calibration.NOT_APPLIED_CONFIDENCE)
    else:
        decision, confidence = Decision(AnswerStatus.ANSWERED, 0.0, ""), calibration.NOT_APPLIED_CONFIDENCE
    is_whole = bool(further) and further[0].heading.startswith(_WHOLE)
    items = ("the whole list" if is_whole else "items that may be about it") if further else ""
    quoted = in_list(list(filter(None, ("what the reports find about it" if findings else "", items))))
    reason = f"{none} We quote {quoted}{'' if is_whole else ' instead'}."
    decision = replace(decision, reason=reason, confidence=confidence)
    return replace(with_selected_first(state, (*findings, *further)), decision=decision)


def _on_subject(found: Sequence[Evidence], subject: str) -> list[Evidence]:
    """Return the sentences that are about a subject, or follow one that is, and are no items."""
    subjects = subjects_sought(subject)
    return [
        each for each in found if not _is_item(each) and any(sought.may_be_in(each.near_text) for sought in subjects)
    ]


def _is_item(evidence: Evidence) -> bool:
    """Whether a sentence is an item of what must improve.

    The section with such a heading may also have findings: "What does the area partnership need to do better?".
    """
    return item_at(evidence.scored, evidence.start) is not None


def _possible(looked: Sequence[_Looked]) -> tuple[Evidence, ...]:
    """Return the items that only may be about a subject, or all items of a short list, under headings that say so."""
    found = tuple(evidence for each in looked for asks in each.possible for evidence in asks.evidence)
    is_possible = any(each.is_possible for each in looked)
    found, opening = (found[:_POSSIBLE], _MAY_BE) if is_possible else (found, _WHOLE)
    return tuple(replace(each, heading=each.heading and f"{opening}: {each.heading}") for each in found)


def _for_findings(state: PipelineState, asked: ItemsAsked) -> PipelineState:
    """Return the state of a question about what the reports find on a subject.

    Of six wordings tried, this one found the most sentences.
    """
    question = without_improvements(state.interpretation)
    return replace(state, interpretation=replace(question, search_text=f"How good is the work on {asked.subject}?"))


def _look_in_all(state: PipelineState, tools: Tools) -> tuple[ItemsAsked | None, list[_Looked]]:
    """Return what a question is about, and what the reports about each of its authorities ask for."""
    asked = items_asked(state.interpretation)
    if asked is None or not asked.subject:
        return None, []
    found = (_look(parts, state, tools, asked.subject) for parts in _by_authority(state.interpretation))
    return asked, [each for each in found if each]


def _by_authority(question: Interpretation) -> list[list[Part]]:
    """Return the parts of a question, those about the same authority together."""
    found: dict[str, list[Part]] = {}
    for part in question.parts:
        for name in part.authorities:
            found.setdefault(name, []).append(replace(part, authorities=(name,)))
    return list(found.values())


def _look(parts: Sequence[Part], state: PipelineState, tools: Tools, subject: str) -> _Looked | None:
    """Return what the reports about one authority ask for. None if it has no report of the time and kind asked for."""
    question = state.interpretation
    allowed = [
        report
        for report in tools.index.allowed(state.question.filters)
        if report.authority in parts[0].authorities and not report.superseded_by and report.form in OWN_ACCOUNT
    ]
    wanted = {report.id for part in parts for report in _of_part(question, part, allowed)}
    reports = sorted((report for report in allowed if report.id in wanted), key=report_day, reverse=True)
    if is_about_latest_items(question):
        reports = [report for report in reports if report.improvements][:1]
    if not reports:
        return None
    found = asks_about(tools.index, reports, subject, question)
    clear = [each for each in found if each.match is Match.CLEAR]
    newest = report_day(clear[0].report) if clear else date.min
    later = [each for each in found if each.match is Match.POSSIBLE and report_day(each.report) > newest]
    with_list = [report for report in reports if report.improvements]
    if not found and len(question.authorities) == len(with_list) == 1 and len(with_list[0].improvements) <= _SHORT_LIST:
        later = [whole_list(tools.index, with_list[0])]
    return _Looked(parts[0].authorities[0], tuple(reports), tuple(clear), tuple(later))


def _of_part(question: Interpretation, part: Part, reports: Sequence[Report]) -> list[Report]:
    """Return the reports of the time and the kind that a part of a question asks for."""
    of_time = reports_of_time(part, reports)
    dated = [report for report in reports if of_time is None or report.id in of_time]
    of_kind = reports_of_kind(question, part, dated)
    return [report for report in dated if of_kind is None or report.id in of_kind]


def _reason(looked: Sequence[_Looked], asked: ItemsAsked, question: Interpretation) -> str:
    """Say how many lists have an item about a subject, and whether later lists have none."""
    words = (_found_words if each.asked else _none_words for each in looked)
    reason = " ".join(say(each, asked.subject, question) for say, each in zip(words, looked, strict=True))
    stands = len(looked) == 1 and not _lacking(looked[0], asked.subject) and not (asked.now and _later(looked[0]))
    return f"Yes. {reason}" if asked.yes_or_no and stands else reason


def _found_words(looked: _Looked, subject: str, question: Interpretation) -> str:
    """Say how many lists about one authority have an item about a subject."""
    lists, having = looked.with_list, [each for each in looked.asked if each.items]
    about = in_list([f"“{each.words}”" for each in subjects_sought(subject)], last="or")
    sentences = []
    if having and len(lists) == 1:
        sentences.append(f"The {_only_list(lists[0])} has {_items(having[0].items)} about {about}.")
    elif having:
        share = share_of(len(having), len(lists), "list", "lists")
        have = verb_after(len(having), len(lists), "has", "have")
        where = _reports_words(looked.authority, question)
        sentences.append(f"{share} of what must improve in {where} {have} an item about {about}.")
    if without := len(looked.asked) - len(having):
        reports, say = ("1 report", "says in its") if without == 1 else (f"{without} reports", "say in their")
        sentences.append(f"{reports} about {looked.authority} without a list {say} text what should be done about it.")
    if lacking := _lacking(looked, subject):
        sentences.append(f"We found no item about {in_list([f'“{words}”' for words in lacking], last='or')}.")
    if len(looked.asked) > 1:
        sentences.append("The newest report comes first.")
    if later := _later(looked):
        lists_after = "later list" if later == 1 else f"{later} later lists"
        sentences.append(
            f"We found none in the {lists_after}{', or none that is clearly about it' if looked.is_possible else ''}."
        )
    if looked.is_possible:
        sentences.append("Items that may be about it come last.")
    return " ".join(sentences)


def _later(looked: _Looked) -> int:
    """Return how many lists are newer than the newest with an item that is clearly about the subject."""
    return sum(report_day(report) > report_day(looked.asked[0].report) for report in looked.with_list)


def _lacking(looked: _Looked, subject: str) -> list[str]:
    """Return the subjects that no item is clearly about, if a question has several."""
    sought = [each.words for each in subjects_sought(subject)]
    found = {words for each in looked.asked for words in each.subjects}
    return [words for words in sought if words not in found] if len(sought) > 1 else []


def _none_words(looked: _Looked, subject: str, question: Interpretation) -> str:
    """Say that we found no item of the lists about one authority that is about a subject."""
    lists = looked.with_list
    if not lists:
        return f"We could read no list of what must improve in {_reports_words(looked.authority, question)}."
    where = f"{len(lists)} lists of what must improve in {_reports_words(looked.authority, question)}"
    about = in_list([f"“{each.words}”" for each in subjects_sought(subject)], last="or")
    clearly = "that is clearly " if looked.is_possible else ""
    return f"We found no item {clearly}about {about} in the {_only_list(lists[0]) if len(lists) == 1 else where}."


def _only_list(report: Report) -> str:
    return f"list of what must improve in {the_reports([report])}"


def _items(count: int) -> str:
    return "an item" if count == 1 else f"{count} items"


def _reports_words(authority: str, question: Interpretation) -> str:
    """Return words for the reports of the time and the kind that a question asks for."""
    kind = f" on {authority}’s {KIND_WORDS[question.kinds[0]]}s" if question.only_kinds else f" about {authority}"
    return f"the reports{kind}{in_words(question, of_reports=True)}"
