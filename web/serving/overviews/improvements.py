"""The improvement register of an authority, as its page and the JSON interface show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.types import Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.register import RULE, LaterWord, Register, RegisterItem, with_outcome
from qa_service.answering.overviews.register import Quotes, prove
from web.contract.overviews import improvement_responses as replies
from web.serving.links import page_url


def register_response(index: SearchIndex, register: Register, outcome: Outcome | None) -> replies.ImprovementsResponse:
    """Return a register as JSON. If an outcome is given, include only the items that have it."""
    items = with_outcome(register.items, outcome)
    words = [word for item in items for word in item.later]
    quotes = prove(index, [*words, *raised_again(register)])
    return replies.ImprovementsResponse(
        authority=register.authority,
        rule=RULE,
        total=len(items),
        counts=counts_response(register),
        items=[item_response(item, quotes) for item in items],
        recurring=[
            replies.RecurringMatter(
                name=matter.name,
                reports=matter.reports,
                items=[replies.ItemReference(report_id=item.report.id, number=item.number) for item in matter.items],
                again=[
                    replies.RaisedAgain(report=_report(word.report), quotes=shown_by(word, quotes))
                    for word in matter.again
                ],
            )
            for matter in register.recurring
        ],
    )


def counts_response(register: Register) -> replies.RegisterCounts:
    """Return how many items have each outcome, as JSON."""
    return replies.RegisterCounts(**{name.value: count for name, count in register.counts.items()})


def shown_by(word: LaterWord, quotes: Quotes) -> list[replies.ShownBy]:
    """Return the proved quotes that show what a later report says about an item, with links to them."""
    return [
        replies.ShownBy(text=quote.text, page=quote.page, url=page_url(word.report.id, quote.page, quote.text))
        for sentence in word.sentences
        for quote in quotes.get((sentence.row, sentence.number), ())
    ]


def latest_words(items: Sequence[RegisterItem]) -> list[LaterWord]:
    """For each item with an outcome, return what the report that shows it says."""
    return [item.latest for item in items if item.latest]


def raised_again(register: Register) -> list[LaterWord]:
    """Return what later reports say about matters that keep coming back, if they have no item of their own."""
    return [word for matter in register.recurring for word in matter.again]


def item_response(item: RegisterItem, quotes: Quotes) -> replies.RegisterItemModel:
    """Return an item as JSON. ``quotes`` are the quotes from later reports."""
    asked = item.improvement
    return replies.RegisterItemModel(
        report=_report(item.report),
        number=item.number,
        kind=asked.kind,
        label=asked.label,
        text=asked.text,
        page=asked.page,
        url=page_url(item.report.id, asked.page),
        themes=list(item.themes),
        outcome=item.outcome,
        later=[
            replies.LaterReport(
                report=_report(word.report),
                outcome=word.outcome,
                certainty=round(word.certainty, 3),
                quotes=shown_by(word, quotes),
            )
            for word in item.later
        ],
    )


def _report(report: Report) -> replies.RegisterReport:
    day = report_day(report)
    return replies.RegisterReport(id=report.id, kind=report.kind, day=day if day > date.min else None)
