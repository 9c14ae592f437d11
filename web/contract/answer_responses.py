"""What is given of questions, as clients may rely on it: every field, and no other; and what is given of problems."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from corpus.types import Form, Kind
from qa_service.types import AnswerStatus, StatementKind
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId
from web.contract.problem_details import Problem
from web.contract.requests import RequestFilters

Share = Annotated[float, Field(ge=0, le=1)]


class Document(RootModel[dict[str, Any]]):
    """An OpenAPI 3.1 document."""


class BoxModel(ResponseModel):
    """A place on a page, in shares of the page as displayed, from its top left corner."""

    page: PageNumber
    x0: float
    y0: float
    x1: float
    y1: float


class QuoteModel(ResponseModel):
    """Words of a report, word for word on the page named."""

    citation: PageNumber
    """The passage, by its rank."""
    text: str
    start: Count
    end: Count
    """Of the passage's text, in Unicode code points."""
    page: PageNumber
    page_label: str | None
    """The number printed on the page."""
    boxes: list[BoxModel]
    url: str


class JudgementModel(ResponseModel):
    """A grade as a report prints it."""

    report_id: ReportId
    area: str
    grade: str


class StatementModel(ResponseModel):
    """One sentence of an answer, with what it rests on."""

    kind: StatementKind
    text: str
    citations: list[PageNumber] = Field(min_length=1)
    """The passages that it rests on, by rank."""
    quotes: list[QuoteModel]
    judgement: JudgementModel | None
    """Of a finding alone."""


class CitedReport(ResponseModel):
    """A report's facts as they stand beside a passage."""

    id: ReportId
    file: str
    title: str
    authority: str | None
    form: Form
    kind: Kind | None
    framework: str | None
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    sha256: str
    superseded_by: str | None


class PassageModel(ResponseModel):
    """A passage that was found, with where it stands."""

    rank: PageNumber
    passage_id: str
    score: float
    text: str
    page: PageNumber
    pages: list[PageNumber]
    page_label: str | None
    section: list[str]
    paragraph: str | None
    """Its number as printed."""
    highlights: list[tuple[Count, Count]]
    """Spans of the text that the answer quotes, in Unicode code points."""
    boxes: list[BoxModel]
    url: str
    report: CitedReport


class ChoiceModel(ResponseModel):
    """One of the things that a question may mean."""

    label: str
    question: str
    count: Count


class AnswerResponse(ResponseModel):
    """An answer in the reports' own words, or why there is none."""

    status: AnswerStatus
    answered: bool
    """Whether the status is answered."""
    confidence: Share
    reason: str
    question: str
    interpreted_question: str
    understood: list[str]
    """What was taken from the question's wording."""
    carried_over: list[str]
    """What was taken from earlier questions."""
    filters_applied: RequestFilters
    """Those that limited the search; the others are left out."""
    degraded: list[str]
    """What could not be used, so that the answer may be poorer."""
    answer: list[StatementModel]
    passages: list[PassageModel]
    total: Count | None
    """How many reports or authorities a list has in all."""
    more: str | None
    """Where the rest of a list is."""
    clarify: list[ChoiceModel]
    conversation_id: str | None
    """The conversation that it is kept in."""
    build: str
    took_ms: Annotated[float, Field(ge=0)]


class BatchAnswer(ResponseModel):
    """One question of many, answered."""

    status: Literal[200]
    answer: AnswerResponse


class BatchProblem(ResponseModel):
    """One question of many that could not be answered."""

    status: int = Field(ge=400, le=599)
    problem: Problem


class AnswersResponse(ResponseModel):
    """What became of each question, in their order."""

    answers: list[BatchAnswer | BatchProblem]
