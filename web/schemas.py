"""The JSON that is taken, and what is given of reports; an answer's own form is ``qa_service.payload``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from corpus.types import REPORT_ID_LENGTH, Form, Grading, ImprovementKind, Kind
from index.types import Filters
from qa_service.types import MAX_HISTORY, MAX_QUESTION, MAX_TOP_K, AnswerStatus, Question

MAX_VALUES = 50
"""Values of one filter."""

QuestionText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUESTION)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ReportId = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{REPORT_ID_LENGTH}}}\z")]


class _Taken(BaseModel):
    """What clients send: nothing unknown, nothing bent into shape."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class GradeFilter(_Taken):
    """An area and the grade that it was given."""

    area: ShortText
    grade: ShortText


class RequestFilters(_Taken):
    """The limits that a client sets."""

    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    kind: tuple[Kind, ...] = Field(default=(), max_length=MAX_VALUES)
    form: tuple[Form, ...] = Field(default=(), max_length=MAX_VALUES)
    grade: tuple[GradeFilter, ...] = Field(default=(), max_length=MAX_VALUES)
    report_id: tuple[ReportId, ...] = Field(default=(), max_length=MAX_VALUES)
    inspected_from: date | None = None
    inspected_to: date | None = None
    published_from: date | None = None
    published_to: date | None = None
    latest_only: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        self.to_filters()  # refuses a first day after the last
        return self

    def to_filters(self) -> Filters:
        """The same limits as a search takes them."""
        plain = {name: getattr(self, name) for name in RequestFilters.model_fields if name != "grade"}
        return Filters(grade=tuple((wanted.area, wanted.grade) for wanted in self.grade), **plain)


class HistoryEntry(_Taken):
    """An earlier question; a plain string stands for one."""

    # What a "before" validator passes on is no longer JSON to pydantic, where strictness would refuse any array.
    model_config = ConfigDict(strict=False)
    question: QuestionText
    status: AnswerStatus | None = None
    report_ids: tuple[ReportId, ...] = Field(default=(), max_length=MAX_VALUES)

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"question": value} if isinstance(value, str) else value


class QueryRequest(_Taken):
    """The body of a query."""

    question: QuestionText
    history: tuple[HistoryEntry, ...] = Field(default=(), max_length=MAX_HISTORY)
    conversation_id: Annotated[str, StringConstraints(max_length=100)] | None = None
    remember: bool = False
    filters: RequestFilters = RequestFilters()
    top_k: int = Field(default=8, ge=1, le=MAX_TOP_K)

    @field_validator("question")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("the question is empty")
        return value

    def to_question(self) -> Question:
        """The question as the answerer takes it."""
        history = tuple(entry.question for entry in self.history if entry.question.strip())
        return Question(self.question, history=history, filters=self.filters.to_filters(), top_k=self.top_k)


class Sort(StrEnum):
    """The order of a list of reports."""

    AUTHORITY = "authority"
    INSPECTED = "inspected"
    PUBLISHED = "published"
    KIND = "kind"


class ReportsRequest(BaseModel):
    """The parameters of a list of reports; an address holds only text, so numbers are read from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    limit: int = Field(default=50, ge=1, le=100)
    page: int = Field(default=1, ge=1, le=100_000)
    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    kind: tuple[Kind, ...] = Field(default=(), max_length=MAX_VALUES)
    form: tuple[Form, ...] = Field(default=(), max_length=MAX_VALUES)
    year: int | None = Field(default=None, ge=1990, le=2100)
    grade: ShortText | None = None
    sort: Sort = Sort.AUTHORITY


class ReportJudgement(BaseModel):
    """A grade and the page that prints it."""

    area: str
    grade: str
    page: int


class ReportRow(BaseModel):
    """A report in a list."""

    id: str
    file: str
    title: str
    authority: str | None
    kind: Kind | None
    framework: str | None
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    judgements: list[ReportJudgement]
    pages: int
    passages: int


class Facet(BaseModel):
    """A value of a field and how many reports have it."""

    value: str
    count: int


class ReportsResponse(BaseModel):
    """One page of the list of reports."""

    total: int
    limit: int
    page: int
    facets: dict[str, list[Facet]]
    reports: list[ReportRow]


class SectionModel(BaseModel):
    """A section of a report and the page that it begins on."""

    path: list[str]
    page: int


class ImprovementModel(BaseModel):
    """One thing that a report asks for, in its words."""

    kind: ImprovementKind
    label: str | None
    text: str
    section: str
    page: int
    body: str | None


class ReportResponse(ReportRow):
    """All that is known of one report."""

    form: Form
    published_source: str | None
    media_type: str
    sha256: str
    source_url: str | None
    lead_inspector: str | None
    grading: Grading
    improvements: list[ImprovementModel]
    visit: str | None
    follows_judgement: str | None
    corrected: list[str]
    sections: list[SectionModel]
    url: str
    file_url: str


class PageResponse(BaseModel):
    """The text of one page, read from the original file."""

    report_id: str
    page: int
    pages: int
    label: str | None
    text: str
    url: str
    image_url: str | None


class AdditionRow(BaseModel):
    """What became of one file that was sent."""

    file: str
    outcome: str
    report_id: str | None
    detail: str


class JobResponse(BaseModel):
    """A build in the background: how far it is, how it ended."""

    id: str
    who: str
    state: str
    stage: str
    done: int
    total: int
    seconds_left: float | None
    started: str
    ended: str | None
    build: str | None
    log: list[str]
    url: str


class AdditionsResponse(BaseModel):
    """What became of the files sent, and the build that takes them in; None where there is nothing to take in."""

    files: list[AdditionRow]
    build: JobResponse | None


class RemovalResponse(BaseModel):
    """The report that was taken out, and the build after which nothing answers from it."""

    report_id: str
    file: str
    build: JobResponse
