"""The statements of an answer as JSON, with the quotes, grades and facts that support them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, cast

from annotated_types import Len
from typing_extensions import TypedDict

from qa_service.addresses import quote_url
from qa_service.answer_json.values import (
    BoxModel,
    Count,
    PageNumber,
    Rank,
    ReportId,
    ShownReading,
    Span,
    box_json,
    shown_reading,
)
from qa_service.types import Citation, FactName, Quote, Statement, StatementKind, Summary


class QuoteModel(TypedDict):
    """Words from a report, exactly as they are on the page."""

    citation: Rank
    """The rank of the passage that contains the quote."""
    text: str
    start: Count
    """Where the quote starts in the passage's text, in Unicode code points."""
    end: Count
    """Where the quote ends in the passage's text, in Unicode code points."""
    page: PageNumber
    page_label: str | None
    """The page number printed on the page."""
    boxes: list[BoxModel]
    reading: ShownReading
    """What a second program found on the page: the same words (“confirmed”), or neither these words nor other words in
    their place (“not confirmed”). If the page is a picture, the words were “read from the picture”. Only confirmed
    words are proved."""
    unsure: list[Span]
    """For words read from a picture: where each word that may be wrong starts and ends in ``text``, in Unicode code
    points. Empty if the words were not read from a picture."""
    url: str


class JudgementModel(TypedDict):
    """A grade as it is printed in a report."""

    report_id: ReportId
    area: str
    grade: str


class FactModel(TypedDict):
    """A fact about a report, other than a grade."""

    report_id: ReportId
    name: FactName
    value: str
    """A day (“2024-02-07”), the first and the last day of an inspection (“2024-02-06/2024-02-07”), or a name."""
    source: Literal["text", "file name", "sidecar"]
    """Where the fact comes from."""
    words: str
    """The report's own words. Empty if the report does not print the fact."""
    page: PageNumber | None
    """The page that prints the words. Null if the report does not print the fact."""
    reading: ShownReading | None
    """What a second program found on this page, as for a quote. Null if the report does not print the fact."""


class SummaryModel(TypedDict):
    """A summary of an answer that comes from the facts of reports."""

    sentence: str
    """One sentence that says who was counted, and which date was used."""
    count: Count | None
    """How many authorities, reports, areas or changes meet the conditions of the question. Null if the question asks
    for neither a list nor a count."""
    of: Count | None
    """How many authorities, reports, areas or changes we looked at."""
    counted: str
    """What was counted: “authorities”, “reports”, “areas” or “changes”. Empty if nothing was counted."""
    yes: bool | None
    """The answer to a yes-or-no question."""
    changes: bool
    """Whether each item of the list has two statements: the grade of one inspection, then the grade of the next."""


class StatementModel(TypedDict):
    """One sentence of an answer, with its sources."""

    kind: StatementKind
    text: str
    citations: Annotated[list[Rank], Len(1)]
    """The ranks of the passages that support the statement."""
    quotes: list[QuoteModel]
    judgement: JudgementModel | None
    """The grade that a finding states. Null for a quote or another fact."""
    fact: FactModel | None
    """The fact that a finding states. Null for a quote or a grade."""
    label: str
    """What a list prints next to a quoted item, such as who must act or by when. Empty for all other statements."""
    heading: str
    """What the service says about a quote, such as the outcome of the item that it asks for. Empty if the service says
    nothing. No report prints these words."""


def statement_json(statement: Statement, citations: Sequence[Citation]) -> StatementModel:
    """Return a statement as JSON."""
    return {
        "kind": statement.kind,
        "text": statement.text,
        "citations": list(statement.citations),
        "quotes": [_quote(quote, citations[quote.citation - 1]) for quote in statement.quotes],
        "judgement": _judgement(statement),
        "fact": _fact(statement),
        "label": statement.label,
        "heading": statement.heading,
    }


def _judgement(statement: Statement) -> JudgementModel | None:
    if statement.judgement is None or statement.report_id is None:
        return None
    return {
        "report_id": statement.report_id,
        "area": statement.judgement.area,
        "grade": statement.judgement.grade,
    }


def _fact(statement: Statement) -> FactModel | None:
    fact = statement.fact
    if fact is None:
        return None
    return {
        "report_id": fact.report_id,
        "name": fact.name,
        "value": fact.value,
        "source": cast("Literal['text', 'file name', 'sidecar']", fact.source),
        "words": fact.words,
        "page": fact.page,
        "reading": cast("ShownReading | None", fact.reading and fact.reading.value),
    }


def summary_json(summary: Summary | None) -> SummaryModel | None:
    """Return a summary as JSON."""
    if summary is None:
        return None
    return {
        "sentence": summary.sentence,
        "count": summary.count,
        "of": summary.of,
        "counted": summary.counted,
        "yes": summary.yes,
        "changes": summary.changes,
    }


def _quote(quote: Quote, citation: Citation) -> QuoteModel:
    return {
        "citation": quote.citation,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "page": quote.page,
        "page_label": quote.page_label,
        "boxes": [box_json(box) for box in quote.boxes],
        "reading": shown_reading(quote.reading),
        "unsure": [list(span) for span in quote.unsure],
        "url": quote_url(quote, citation),
    }
