"""Lists what an answer showed, so that a follow-up question can refer to an item in a list or to a quote."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Improvement, Judgement, Report
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactScope
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.listed_items import in_own_list
from qa_service.answering.sentences.own_list import items_quoted
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, StatementKind
from qa_service.understanding.conversation.pointing import Item, Shown


def shown_by(state: PipelineState, tools: Tools) -> Shown:
    """Return what an answer showed, given its state after the last step."""
    if state.decided.status is not AnswerStatus.ANSWERED:
        return Shown()
    rows = _fact_rows(state, tools)
    is_whole = state.summary is not None and state.total is not None
    if len(rows) > 1 or (rows and is_whole):
        return Shown(tuple(_items_of_rows(rows)), is_list=True, is_whole=is_whole, next_offset=state.next_offset)
    quoted = [
        (state.passages[s.citations[0] - 1].report, s.text) for s in state.statements if s.kind is StatementKind.QUOTE
    ]
    quotes = tuple(text for _, text in quoted)
    if _is_own_list(state) and (own := _own_lists(quoted)):
        return Shown(tuple(own), is_list=True, quotes=quotes)
    sentences = tuple(Item(text, report.authority, report) for report, text in quoted)
    areas = tuple(Item(judgement.area, report.authority, report) for report, judgement in rows if judgement)
    return Shown(sentences or areas, is_whole=is_whole, quotes=quotes, next_offset=state.next_offset)


def _fact_rows(state: PipelineState, tools: Tools) -> list[tuple[Report, Judgement | None]]:
    """Return the first row of each item in an answer from facts, including items on later pages of a list."""
    if state.summary is None:
        return [(grade.report, grade.judgement) for grade in state.grades]
    reports = tuple(tools.index.allowed(state.question.filters))
    answer = answer_from_facts(FactScope(state.interpretation, reports, tools.index.store))
    items = answer.items if answer else ()
    rows = items[0] if len(items) == 1 else [item[0] for item in items]  # the rows of a single report are the items
    return [(row.report, row.judgement) for row in rows]


def _items_of_rows(rows: Sequence[tuple[Report, Judgement | None]]) -> list[Item]:
    """Return the item that each row shows.

    It is the authority, the report or the area: whichever one is different in each row.
    """
    if len({report.authority for report, _ in rows}) == len(rows):
        return [Item(authority=report.authority) for report, _ in rows]
    if len({report.id for report, _ in rows}) == len(rows):
        return [Item(authority=report.authority, report=report) for report, _ in rows]
    return [Item(judgement.area if judgement else "", report.authority, report) for report, judgement in rows]


def _is_own_list(state: PipelineState) -> bool:
    """Whether the quoted sentences are a report's own list of improvements."""
    asked = state.interpretation.asks_for_improvements and bool(state.selected)
    return asked and in_own_list(state.selected[0].scored)


def _own_lists(quoted: Sequence[tuple[Report, str]]) -> list[Item]:
    """Return the items of the reports' own lists that are quoted, in order."""
    by_report: dict[str, tuple[Report, list[str]]] = {}
    for report, text in quoted:
        by_report.setdefault(report.id, (report, []))[1].append(text)
    return [
        _item(improvement, report)
        for report, texts in by_report.values()
        for improvement in items_quoted(report, texts)
    ]


def _item(improvement: Improvement, report: Report) -> Item:
    label = (improvement.label or "").strip(".() ") or None
    return Item(improvement.text, report.authority, report, label)
