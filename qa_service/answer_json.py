"""An answer as JSON: the same from the command line and over HTTP.

These types are the only description of that JSON. ``web.contract.answer_responses`` makes the OpenAPI schemas from
them, so each docstring here is shown to the people who write clients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, cast

from annotated_types import Ge, Interval, Len
from typing_extensions import TypedDict  # pydantic cannot use typing.TypedDict before Python 3.12

from corpus.types import REPORT_ID_LENGTH, Box, Form, Kind, Report
from index.types import Filters
from qa_service.addresses import passage_url, quote_url
from qa_service.types import Answer, AnswerStatus, Citation, Quote, Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Keyword:
    """A JSON Schema keyword, in addition to those that a Python type implies."""

    name: str
    value: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        """Add the keyword to the schema that pydantic makes."""
        return {**handler(core_schema), self.name: self.value}


REPORT_ID_PATTERN = f"^[0-9a-f]{{{REPORT_ID_LENGTH}}}$"
"""What a report's id looks like, as a JSON Schema regular expression."""
ReportId = Annotated[str, Keyword("pattern", REPORT_ID_PATTERN)]
Day = Annotated[str, Keyword("format", "date")]
Count = Annotated[int, Ge(0)]
PageNumber = Annotated[int, Ge(1)]
Rank = Annotated[int, Ge(1)]
Span = Annotated[list[Count], Len(2, 2)]
"""The start and end of a part of a text, in Unicode code points."""


class BoxModel(TypedDict):
    """A rectangle on a page. Its edges are fractions of the displayed page's width and height, from the top left."""

    page: PageNumber
    x0: float
    y0: float
    x1: float
    y1: float


class QuoteModel(TypedDict):
    """Words of a report, exactly as they are on the page."""

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
    url: str


class JudgementModel(TypedDict):
    """A grade as it is printed in a report."""

    report_id: ReportId
    area: str
    grade: str


class StatementModel(TypedDict):
    """One sentence of an answer, with its sources."""

    kind: StatementKind
    text: str
    citations: Annotated[list[Rank], Len(1)]
    """The ranks of the passages that support the statement."""
    quotes: list[QuoteModel]
    judgement: JudgementModel | None
    """The grade that a finding states. Null for a quote."""


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
    published: Day | None
    sha256: str
    superseded_by: str | None


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
    boxes: list[BoxModel]
    url: str
    report: CitedReport


class ChoiceModel(TypedDict):
    """One possible meaning of a question."""

    label: str
    question: str
    count: Count


class AppliedGrade(TypedDict):
    """An area and the grade that it was given."""

    area: str
    grade: str


class AppliedFilters(TypedDict, total=False):
    """The filters that were set. Those that were not set are left out."""

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
    """What we understood from the question's own words."""
    carried_over: list[str]
    """What we understood from earlier questions."""
    filters_applied: AppliedFilters
    """The filters that limited the search."""
    degraded: list[str]
    """The parts of the service that were not working. Without them, the answer may be poorer."""
    answer: list[StatementModel]
    passages: list[PassageModel]
    total: Count | None
    """How many reports or authorities are in the whole list. Null if the answer is not a list."""
    more: str | None
    """Always null in this version. Reserved for the address of the rest of a list."""
    clarify: list[ChoiceModel]
    conversation_id: str | None
    """The conversation that the question was saved in. Null if it was not saved."""
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
        "filters_applied": filters_json(answer.filters),
        "degraded": list(answer.degraded),
        "answer": [_statement(statement, answer.citations) for statement in answer.statements],
        "passages": [_passage(citation) for citation in answer.citations],
        "total": answer.total,
        "more": None,
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
        "published": _day(report.published),
        "sha256": report.sha256,
        "superseded_by": report.superseded_by,
    }


def filters_json(filters: Filters) -> AppliedFilters:
    """Return, as JSON, the filters that were set."""
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


def _statement(statement: Statement, citations: Sequence[Citation]) -> StatementModel:
    return {
        "kind": statement.kind,
        "text": statement.text,
        "citations": list(statement.citations),
        "quotes": [_quote(quote, citations[quote.citation - 1]) for quote in statement.quotes],
        "judgement": _judgement(statement),
    }


def _judgement(statement: Statement) -> JudgementModel | None:
    if statement.judgement is None or statement.report_id is None:
        return None
    return {
        "report_id": statement.report_id,
        "area": statement.judgement.area,
        "grade": statement.judgement.grade,
    }


def _quote(quote: Quote, citation: Citation) -> QuoteModel:
    return {
        "citation": quote.citation,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "page": quote.page,
        "page_label": quote.page_label,
        "boxes": [_box(box) for box in quote.boxes],
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
        "boxes": [_box(box) for box in passage.boxes],
        "url": passage_url(citation),
        "report": report_json(citation.report),
    }


def _box(box: Box) -> BoxModel:
    return {
        "page": box.page,
        "x0": round(box.x0, 5),
        "y0": round(box.y0, 5),
        "x1": round(box.x1, 5),
        "y1": round(box.y1, 5),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
