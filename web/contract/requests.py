"""What clients may send: JSON bodies and the parameters of addresses."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SkipValidation,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema

from corpus.types import Form, Kind
from index.types import Filters
from qa_service.records.feedback import MAX_NOTE, Verdict
from qa_service.types import MAX_HISTORY, MAX_QUESTION, AnswerStatus, Question
from web.contract.fields import (
    SOMETHING,
    ConversationId,
    Day,
    Flag,
    Number,
    QuestionText,
    ReportId,
    ShortText,
    TopK,
    TurnNumber,
    Year,
)

MAX_VALUES = 50
"""Values of one filter."""
MAX_BATCH = 20
"""Questions sent together."""


class _Taken(BaseModel):
    """What clients send: nothing unknown, nothing bent into shape."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class GradeFilter(_Taken):
    """An area and the grade that it was given."""

    area: ShortText
    grade: ShortText


class RequestFilters(_Taken):
    """Limits of the search: what does not meet them is left out."""

    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    kind: tuple[Kind, ...] = Field(default=(), max_length=MAX_VALUES)
    form: tuple[Form, ...] = Field(default=(), max_length=MAX_VALUES)
    grade: tuple[GradeFilter, ...] = Field(default=(), max_length=MAX_VALUES)
    report_id: tuple[ReportId, ...] = Field(default=(), max_length=MAX_VALUES)
    inspected_from: Day | None = None
    inspected_to: Day | None = None
    published_from: Day | None = None
    published_to: Day | None = None
    latest_only: bool = False
    """Only each authority's latest report of each kind."""

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
    """Not used in this version. Reserved for the status of its answer."""
    report_ids: tuple[ReportId, ...] = Field(default=(), max_length=MAX_VALUES)
    """Not used in this version. Reserved for the reports that its answer cites."""

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"question": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        plain = {"type": "string", "minLength": 1, "maxLength": MAX_QUESTION}
        return {"anyOf": [plain, handler.resolve_ref_schema(handler(core_schema))]}


History = Annotated[tuple[HistoryEntry, ...], Field(max_length=MAX_HISTORY)]
"""Earlier questions, oldest first."""


class _Asking(_Taken):
    """A question with what limits the search for its answer."""

    question: QuestionText = Field(json_schema_extra={"pattern": SOMETHING})
    filters: RequestFilters = RequestFilters()

    @field_validator("question")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not re.search(SOMETHING, value):
            raise ValueError("the question is empty")
        return value


_NOT_BOTH: dict[str, Any] = {
    "required": ["history"],
    "properties": {"history": {"minItems": 1}},
    "anyOf": [
        {"required": ["conversation_id"], "properties": {"conversation_id": {"type": "string"}}},
        {"required": ["remember"], "properties": {"remember": {"const": True}}},
    ],
}
"""A conversation that is kept brings its own history."""


class QueryRequest(_Asking):
    """A question, with what it may lean on."""

    model_config = ConfigDict(
        json_schema_extra={
            "not": _NOT_BOTH,
            "examples": [{"question": "What do Westmarsh care leavers get to set up home?", "top_k": 5}],
        }
    )
    conversation_id: ConversationId | None = None
    """The conversation that it goes on with."""
    remember: bool = False
    """Begin a conversation with it, and give its id."""
    history: History = ()
    """Earlier questions, oldest first; none with conversation_id or remember."""
    top_k: TopK = 8
    """Passages given, beside those that the answer cites."""

    @field_validator("history")
    @classmethod
    def _has_one_history(cls, value: tuple[HistoryEntry, ...], info: ValidationInfo) -> tuple[HistoryEntry, ...]:
        if value and (info.data.get("conversation_id") is not None or info.data.get("remember")):
            raise ValueError("a saved conversation has its own history")
        return value

    def to_question(self) -> Question:
        """The question as the answerer takes it."""
        return Question(self.question, questions_of(self.history), self.filters.to_filters(), self.top_k)


_ANY_QUERY = {"description": "A question like the body of POST /api/v1/query. A wrong one gets a problem in the reply."}


class QueriesRequest(_Taken):
    """Questions sent together; each is looked at by itself, so that a bad one stops no other."""

    queries: tuple[Annotated[QueryRequest, SkipValidation, WithJsonSchema(_ANY_QUERY)], ...] = Field(
        min_length=1, max_length=MAX_BATCH
    )


class TitleRequest(_Taken):
    """Another title for a conversation."""

    title: ShortText = Field(json_schema_extra={"pattern": SOMETHING})

    @field_validator("title")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not re.search(SOMETHING, value):
            raise ValueError("the title is empty")
        return value


class QuestionFeedback(_Asking):
    """What somebody thinks of the answer to a question that was asked alone."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"verdict": "right", "question": "How was Westmarsh rated overall?"}]}
    )
    verdict: Verdict
    note: str = Field(default="", max_length=MAX_NOTE)
    history: History = ()


class TurnFeedback(_Taken):
    """What somebody thinks of an answer in a conversation that is kept."""

    verdict: Verdict
    note: str = Field(default="", max_length=MAX_NOTE)
    conversation_id: ConversationId
    turn: TurnNumber


class Parameters(BaseModel):
    """Parameters of an address that takes none; of those that do, what they have in common.

    An address holds only text, so numbers are read from it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class PageRequest(Parameters):
    """Which part of a list is wanted."""

    limit: Number = Field(default=50, ge=1, le=100)
    """How many at once."""
    page: Number = Field(default=1, ge=1, le=100_000)


class Sort(StrEnum):
    """The order of a list of reports."""

    AUTHORITY = "authority"
    INSPECTED = "inspected"
    PUBLISHED = "published"
    KIND = "kind"


class ReportsRequest(PageRequest):
    """Which reports are wanted, in which order."""

    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    kind: tuple[Kind, ...] = Field(default=(), max_length=MAX_VALUES)
    form: tuple[Form, ...] = Field(default=(), max_length=MAX_VALUES)
    year: Year | None = None
    """Of the inspection, else of the publication."""
    grade: ShortText | None = None
    """The overall grade."""
    sort: Sort = Sort.AUTHORITY


class RemovalRequest(Parameters):
    """How a report is removed."""

    purge: Flag = False
    """Leave nothing of it once the build has ended."""


def questions_of(history: tuple[HistoryEntry, ...]) -> tuple[str, ...]:
    """Earlier questions as the answerer takes them."""
    return tuple(entry.question for entry in history if entry.question.strip())
