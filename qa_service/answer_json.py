"""An answer as JSON, in the same form on the command line and over HTTP.

These types are the only description of that JSON. ``web.contract.answer_responses`` makes the OpenAPI schemas from
these types, so people who write clients read each of these docstrings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, cast
from urllib.parse import quote as percent_encode

from annotated_types import Ge, Interval, Len
from typing_extensions import TypedDict  # pydantic cannot use typing.TypedDict before Python 3.12

from corpus.types import REPORT_ID_LENGTH, Box, Form, Kind, Reading, Report
from index.types import Filters
from qa_service.addresses import passage_url, quote_url
from qa_service.types import (
    Answer,
    AnsweredPart,
    AnswerStatus,
    Citation,
    FactName,
    Quote,
    Statement,
    StatementKind,
    Summary,
)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A JSON Schema keyword to add to the ones that a Python type implies."""

    name: str
    value: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        """Add the keyword to the schema that pydantic makes."""
        return {**handler(core_schema), self.name: self.value}


MAX_ADDRESS = 4000
"""Maximum number of characters in the address of a list's next page. This is below the 8,190 that our own server
accepts."""
REPORT_ID_PATTERN = f"^[0-9a-f]{{{REPORT_ID_LENGTH}}}$"
"""Pattern of a report's id, as a JSON Schema regular expression."""
ReportId = Annotated[str, Keyword("pattern", REPORT_ID_PATTERN)]
Day = Annotated[str, Keyword("format", "date")]
Count = Annotated[int, Ge(0)]
PageNumber = Annotated[int, Ge(1)]
Rank = Annotated[int, Ge(1)]
Span = Annotated[list[Count], Len(2, 2)]
"""The start and end of a part of a text, in Unicode code points."""
ShownReading = Literal["confirmed", "not confirmed", "read from the picture"]
"""What a second program found on the page. Words that the program contradicts are never shown."""


class BoxModel(TypedDict):
    """A rectangle on a page. Its edges are fractions of the displayed page's width and height, from the top left."""

    page: PageNumber
    x0: float
    y0: float
    x1: float
    y1: float


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


class CitedReport(TypedDict):
    """The facts about a report that come with each passage."""

    id: ReportId
    file: str
    title: str
    authority: str | None
    form: Form
    kind: Kind | None
    framework: str | None
    inspected_from: Day | None
    inspected_to: Day | None
    inspected_as: str | None
    """The week or month of the inspection, as printed, if the report gives no days. The days are then its first and
    last day."""
    published: Day | None
    sha256: str
    superseded_by: str | None
    converted: str | None
    """The sha256 of the converted Word document, if the file had to be converted before it could be read."""


class PassageModel(TypedDict):
    """A passage that we found, and its place in the report."""

    rank: Rank
    passage_id: str
    score: float
    text: str
    page: PageNumber
    pages: list[PageNumber]
    page_label: str | None
    """The page number printed on the page."""
    section: list[str]
    paragraph: str | None
    """The paragraph's printed number."""
    highlights: list[Span]
    """The parts of the text that the answer quotes, in Unicode code points."""
    recognised: list[PageNumber]
    """The pages of this passage that were read from their pictures. Some of their words may be wrong."""
    boxes: list[BoxModel]
    url: str
    report: CitedReport


class ChoiceModel(TypedDict):
    """One possible meaning of a question."""

    label: str
    question: str
    count: Count


class CorrectionModel(TypedDict):
    """A misspelt word in the question, and the word that we searched for instead."""

    typed: str
    taken: str


class OtherTimeModel(TypedDict):
    """Another time that the question may mean, such as a financial year instead of two calendar years."""

    taken: str
    """What we took the words to mean."""
    other: str
    """What else the words may mean."""
    question: str
    """The question with the other time written out. Ask it to use that time."""


class PartModel(TypedDict):
    """One of several questions in a message."""

    question: str
    status: AnswerStatus | None
    """The outcome of the question. Null if we did not try to answer it, because the message has too many questions."""
    reason: str
    confidence: Annotated[float, Interval(ge=0, le=1)]
    statements: list[Count]
    """The indexes of its statements in ``answer``, from 0."""
    summary: SummaryModel | None
    """A summary of its statements. Null if its answer consists of quotes."""
    total: Count | None
    """How many reports or authorities are in its whole list. Null if its answer is not a list."""
    next_offset: Count | None
    """The ``offset`` to send with its question for the next page of its list. Null if there is no further page."""
    more: str | None
    """The address of the next page of its list, for GET. Null if there is no further page."""


class AppliedGrade(TypedDict):
    """An area and the grade that it was given."""

    area: str
    grade: str


class AppliedFilters(TypedDict, total=False):
    """The filters that were set. Filters that were not set are left out."""

    authority: list[str]
    kind: list[Kind]
    form: list[Form]
    grade: list[AppliedGrade]
    report_id: list[ReportId]
    inspected_from: Day
    inspected_to: Day
    published_from: Day
    published_to: Day
    latest_only: bool
    """Whether only each authority's latest report of each kind is searched."""


class AnswerResponse(TypedDict):
    """An answer in the reports' own words, or the reason why there is none."""

    status: AnswerStatus
    answered: bool
    """Whether the status is “answered”."""
    confidence: Annotated[float, Interval(ge=0, le=1)]
    reason: str
    question: str
    interpreted_question: str
    understood: list[str]
    """What we took from the question's own words."""
    carried_over: list[str]
    """What we took from earlier questions."""
    corrections: list[CorrectionModel]
    """The misspelt words that we corrected. Ask again with “verbatim” to search for the words as typed."""
    as_of: Day | None
    """The day from which times such as “last year” were counted. Null if the answer does not depend on the day."""
    other_times: list[OtherTimeModel]
    """The other times that the question's words may mean."""
    filters_applied: AppliedFilters
    """The filters that limited the search."""
    degraded: list[str]
    """The parts of the service that were not working. Without them, the answer may be poorer."""
    answer: list[StatementModel]
    passages: list[PassageModel]
    total: Count | None
    """How many reports or authorities are in the whole list. Null if the answer is not a list."""
    offset: Count
    """The index of the first item shown, counted in the whole list."""
    next_offset: Count | None
    """The ``offset`` to send for the next page of the list. Null if there is no further page."""
    more: str | None
    """The address of the next page of the list, for GET. Null if there is no further page, or if the address would be
    too long. If it is too long, send the question again with the next offset."""
    summary: SummaryModel | None
    """A summary of the statements. Null if the answer consists of quotes."""
    not_applied: list[str]
    """Words in the question that limit the answer but could not be applied."""
    parts: list[PartModel] | None
    """The questions in the message, if there are several. Null if there is one."""
    clarify: list[ChoiceModel]
    conversation_id: str | None
    """The conversation in which the question was saved. Null if it was not saved."""
    build: str
    took_ms: Annotated[float, Ge(0)]


def answer_json(answer: Answer, took_ms: float, conversation_id: str | None = None) -> AnswerResponse:
    """Return an answer as JSON."""
    return {
        "status": answer.status,
        "answered": answer.answered,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "question": answer.question,
        "interpreted_question": answer.interpreted_question,
        "understood": list(answer.understood),
        "carried_over": list(answer.carried_over),
        "corrections": [{"typed": word.typed, "taken": word.taken} for word in answer.corrections],
        "as_of": _day(answer.as_of),
        "other_times": [{"taken": t.taken, "other": t.other, "question": t.question} for t in answer.other_times],
        "filters_applied": filters_json(answer.filters),
        "degraded": list(answer.degraded),
        "answer": [_statement(statement, answer.citations) for statement in answer.statements],
        "passages": [_passage(citation) for citation in answer.citations],
        "total": answer.total,
        "offset": answer.offset,
        "next_offset": answer.next_offset,
        "more": more_url(answer),
        "summary": _summary(answer.summary),
        "not_applied": list(answer.not_applied),
        "parts": [_part(part, answer) for part in answer.parts] or None,
        "clarify": [{"label": c.label, "question": c.question, "count": c.count} for c in answer.choices],
        "conversation_id": conversation_id,
        "build": answer.build,
        "took_ms": round(took_ms, 1),
    }


def report_json(report: Report) -> CitedReport:
    """Return the facts about a report as JSON."""
    return {
        "id": report.id,
        "file": report.file,
        "title": report.title,
        "authority": report.authority,
        "form": report.form,
        "kind": report.kind,
        "framework": report.framework,
        "inspected_from": _day(report.inspected_from),
        "inspected_to": _day(report.inspected_to),
        "inspected_as": report.inspected_as,
        "published": _day(report.published),
        "sha256": report.sha256,
        "superseded_by": report.superseded_by,
        "converted": report.converted,
    }


def filters_json(filters: Filters) -> AppliedFilters:
    """Return the filters that were set, as JSON."""
    values = {
        "authority": list(filters.authority),
        "kind": list(filters.kind),
        "form": list(filters.form),
        "grade": [AppliedGrade(area=area, grade=grade) for area, grade in filters.grade],
        "report_id": list(filters.report_id),
        "inspected_from": _day(filters.inspected_from),
        "inspected_to": _day(filters.inspected_to),
        "published_from": _day(filters.published_from),
        "published_to": _day(filters.published_to),
        "latest_only": filters.latest_only,
    }
    return cast("AppliedFilters", {name: value for name, value in values.items() if value})


def more_url(answer: Answer) -> str | None:
    """Return the address of the next page of a list, for GET.

    None if there is no next page, or if the address would be too long. A client can always send the question again with
    ``offset``.
    """
    return _page_url(answer.question, answer.next_offset, answer.history, answer)


def _page_url(question: str, offset: int | None, history: Sequence[str], answer: Answer) -> str | None:
    """Return the address of a page of a list. The filters and ``verbatim`` are the same as for the answer."""
    if offset is None:
        return None
    request: dict[str, object] = {"question": question, "offset": offset}
    if history:
        request["history"] = list(history)
    if filters := filters_json(answer.filters):
        request["filters"] = filters
    if answer.verbatim:
        request["verbatim"] = True
    address = f"/api/v1/query?request={percent_encode(json.dumps(request, ensure_ascii=False), safe='')}"
    return address if len(address) <= MAX_ADDRESS else None


def _statement(statement: Statement, citations: Sequence[Citation]) -> StatementModel:
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


def _part(part: AnsweredPart, answer: Answer) -> PartModel:
    return {
        "question": part.question,
        "status": part.status,
        "reason": part.reason,
        "confidence": part.confidence,
        "statements": list(part.statements),
        "summary": _summary(part.summary),
        "total": part.total,
        "next_offset": part.next_offset,
        "more": _page_url(part.question, part.next_offset, part.history, answer),
    }


def _summary(summary: Summary | None) -> SummaryModel | None:
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


def _passage(citation: Citation) -> PassageModel:
    passage = citation.scored.passage
    return {
        "rank": citation.number,
        "passage_id": passage.id,
        "score": round(citation.scored.score, 6),
        "text": passage.text,
        "page": citation.page,
        "pages": list(passage.pages),
        "page_label": citation.page_label,
        "section": list(passage.section),
        "paragraph": passage.label,
        "highlights": [list(span) for span in citation.highlights],
        "recognised": list(citation.scored.passage.recognised),
        "boxes": [box_json(box) for box in passage.boxes],
        "url": passage_url(citation),
        "report": report_json(citation.report),
    }


def shown_reading(reading: Reading) -> ShownReading:
    """Return what a second program found on the page of a quote that we show."""
    return cast("ShownReading", reading.value)


def box_json(box: Box) -> BoxModel:
    """Return a rectangle as JSON."""
    return {
        "page": box.page,
        "x0": round(box.x0, 5),
        "y0": round(box.y0, 5),
        "x1": round(box.x1, 5),
        "y1": round(box.y1, 5),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
