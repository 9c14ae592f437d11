"""The requests that clients send: JSON bodies, and parameters in addresses."""

from __future__ import annotations

import re
from datetime import date
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

from corpus.grades import OVERALL, Grade, Relation
from corpus.types import Form, Kind
from index.types import Filters, Stance
from qa_service.analysis.grade_history import HistoryOrder, MovementQuery
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.themes import Order
from qa_service.answering.overviews.comparison import MAX_ASPECTS, MAX_AUTHORITIES
from qa_service.records.feedback import MAX_NOTE, Verdict
from qa_service.types import MAX_HISTORY, MAX_QUESTION, AnswerStatus, Question
from web.contract.fields import (
    NOT_BLANK,
    AreaKey,
    AspectWords,
    ConversationId,
    Day,
    Flag,
    Number,
    Offset,
    QuestionText,
    ReportId,
    ShortText,
    TopK,
    TurnNumber,
    Year,
)

MAX_VALUES = 50
"""Maximum number of values for one filter."""
MAX_BATCH = 20
"""Maximum number of questions in a batch."""


class RequestModel(BaseModel):
    """A JSON body. It accepts only known fields, and does not convert values to other types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class GradeFilter(RequestModel):
    """An area and the grade that it was given."""

    area: ShortText
    grade: ShortText


class RequestFilters(RequestModel):
    """Filters that limit the search to the matching reports."""

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
    """Whether to search only each authority's latest report of each kind."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        self.to_filters()  # this raises ValueError if a range of days ends before it starts
        return self

    def to_filters(self) -> Filters:
        """Return the filters in the form that the index uses."""
        plain = {name: getattr(self, name) for name in RequestFilters.model_fields if name != "grade"}
        return Filters(grade=tuple((item.area, item.grade) for item in self.grade), **plain)


class HistoryEntry(RequestModel):
    """An earlier question. A plain string is also accepted."""

    # A "before" validator returns Python values, and strict validation would refuse a list where it expects a tuple.
    model_config = ConfigDict(strict=False)
    question: QuestionText
    status: AnswerStatus | None = None
    """Not used in this version. Reserved for the status of the answer to this question."""
    report_ids: tuple[ReportId, ...] = Field(default=(), max_length=MAX_VALUES)
    """Not used in this version. Reserved for the reports cited in the answer to this question."""

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


class _QuestionBody(RequestModel):
    """A question with its filters."""

    question: QuestionText = Field(json_schema_extra={"pattern": NOT_BLANK})
    filters: RequestFilters = RequestFilters()

    @field_validator("question")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not re.search(NOT_BLANK, value):
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
"""A saved conversation has its own history, so a request cannot send a different one."""


class QueryRequest(_QuestionBody):
    """A question, with its history or the conversation it belongs to."""

    model_config = ConfigDict(
        json_schema_extra={
            "not": _NOT_BOTH,
            "examples": [{"question": "What do Westmarsh care leavers get to set up home?", "top_k": 5}],
        }
    )
    conversation_id: ConversationId | None = None
    """The conversation to continue."""
    remember: bool = False
    """Whether to save the question as the start of a new conversation."""
    history: History = ()
    """Earlier questions, oldest first. Leave this out if you send conversation_id or remember."""
    top_k: TopK = 8
    """The number of passages to return, in addition to the passages that the answer cites."""
    verbatim: bool = False
    """Whether to search for the words exactly as typed, without correcting misspelt words."""
    offset: Offset = 0
    """If the answer is a list, the index of the first item to return, from 0."""

    @field_validator("history")
    @classmethod
    def _has_one_history(cls, value: tuple[HistoryEntry, ...], info: ValidationInfo) -> tuple[HistoryEntry, ...]:
        if value and (info.data.get("conversation_id") is not None or info.data.get("remember")):
            raise ValueError("a saved conversation has its own history")
        return value

    def to_question(self) -> Question:
        """Return the question in the form that the answerer uses."""
        history, filters = questions_of(self.history), self.filters.to_filters()
        return Question(self.question, history, filters, self.top_k, offset=self.offset, verbatim=self.verbatim)


class SaveRequest(_QuestionBody):
    """A question to save."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": "Which authorities are rated inadequate?"}]})
    history: History = ()
    """Earlier questions, oldest first."""
    verbatim: bool = False
    """Whether to search for the words exactly as typed, without correcting misspelt words."""

    def to_question(self) -> Question:
        """Return the question in the form that the answerer uses."""
        return Question(self.question, questions_of(self.history), self.filters.to_filters(), verbatim=self.verbatim)


class AddressedQuery(_QuestionBody):
    """A question in an address. It is never saved, because opening an address must not change anything."""

    history: History = ()
    """Earlier questions, oldest first."""
    top_k: TopK = 8
    """The number of passages to return, in addition to the passages that the answer cites."""
    offset: Offset = 0
    """If the answer is a list, the index of the first item to return, from 0."""
    verbatim: bool = False
    """Whether to search for the words exactly as typed, without correcting misspelt words."""

    def to_question(self) -> Question:
        """Return the question in the form that the answerer uses."""
        history, filters = questions_of(self.history), self.filters.to_filters()
        return Question(self.question, history, filters, self.top_k, offset=self.offset, verbatim=self.verbatim)


_ANY_QUERY = {
    "description": "A question like the body of POST /api/v1/query. If a question is invalid, the reply describes the "
    "problem instead of giving an answer."
}


class QueriesRequest(RequestModel):
    """A batch of questions. We check each question separately, so that an invalid one does not affect the others."""

    queries: tuple[Annotated[QueryRequest, SkipValidation, WithJsonSchema(_ANY_QUERY)], ...] = Field(
        min_length=1, max_length=MAX_BATCH
    )


class TitleRequest(RequestModel):
    """A new title for a conversation."""

    title: ShortText = Field(json_schema_extra={"pattern": NOT_BLANK})

    @field_validator("title")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not re.search(NOT_BLANK, value):
            raise ValueError("the title is empty")
        return value


class QuestionFeedback(_QuestionBody):
    """Feedback on the answer to a question outside any conversation."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"verdict": "right", "question": "How was Westmarsh rated overall?"}]}
    )
    verdict: Verdict
    note: str = Field(default="", max_length=MAX_NOTE)
    history: History = ()


class TurnFeedback(RequestModel):
    """Feedback on an answer in a saved conversation."""

    verdict: Verdict
    note: str = Field(default="", max_length=MAX_NOTE)
    conversation_id: ConversationId
    turn: TurnNumber


class Parameters(BaseModel):
    """The parameters of an address that accepts no parameters. All other classes of parameters inherit from this one.

    An address contains only text, so we convert numbers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class QueryParameters(Parameters):
    """A question in an address."""

    request: str
    """A question as JSON, like the body of POST /api/v1/query but without conversation_id and remember."""


class TurnParameters(Parameters):
    """The part of the answer to return, for a question in a conversation."""

    offset: Number = Field(default=0, ge=0)
    """If the answer is a list, the index of the first item to return, from 0."""


class PageRequest(Parameters):
    """The requested page of a list."""

    limit: Number = Field(default=50, ge=1, le=100)
    """The number of entries on a page."""
    page: Number = Field(default=1, ge=1, le=100_000)


class Sort(StrEnum):
    """The order of a list of reports."""

    AUTHORITY = "authority"
    INSPECTED = "inspected"
    PUBLISHED = "published"
    KIND = "kind"


class ReportsRequest(PageRequest):
    """The reports to list, and the order of the list."""

    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    kind: tuple[Kind, ...] = Field(default=(), max_length=MAX_VALUES)
    form: tuple[Form, ...] = Field(default=(), max_length=MAX_VALUES)
    year: Year | None = None
    """The year of the inspection or, if that is not known, the year of publication."""
    grade: ShortText | None = None
    """The overall grade."""
    sort: Sort = Sort.AUTHORITY


class ThemesRequest(Parameters):
    """The reports in which to count the themes."""

    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    kind: tuple[Kind, ...] = Field(default=(), max_length=MAX_VALUES)
    grade: ShortText | None = None
    """The overall grade."""
    inspected_from: Day | None = None
    inspected_to: Day | None = None
    collection: ShortText | None = None
    """A collection that you are allowed to see. Only the reports in this collection count."""

    @field_validator("inspected_to")
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("inspected_from")
        if value and first and value < first:
            raise ValueError(f"{value} is before {first}")
        return value

    def to_filters(self) -> Filters:
        """Return the filters in the form that the index uses. These filters do not include the collection."""
        return Filters(
            authority=self.authority,
            kind=self.kind,
            grade=((OVERALL.key, self.grade),) if self.grade else (),
            inspected_from=self.inspected_from,
            inspected_to=self.inspected_to,
        )


class ThemeRequest(ThemesRequest):
    """The reports in which to look for one theme, and the part of the list to return."""

    stance: Stance | None = None
    """List only the reports that praise the theme (strength), or only those that criticise it (weakness)."""
    order: Order = Order.CLEAREST
    limit: Number = Field(default=10, ge=1, le=100)
    """The number of reports to return."""
    offset: Number = Field(default=0, ge=0)
    """The index of the first report to return, from 0."""


class GradesRequest(Parameters):
    """The authorities whose grades to return, and the area."""

    area: AreaKey = OVERALL.key
    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    collection: ShortText | None = None
    """A collection that you are allowed to see. Only the reports in this collection count."""
    order: HistoryOrder = HistoryOrder.AUTHORITY
    limit: Number = Field(default=50, ge=1, le=200)
    """The number of authorities to return."""
    offset: Number = Field(default=0, ge=0)
    """The index of the first authority to return, from 0."""


class MovementsRequest(Parameters):
    """The pairs of successive inspections to return."""

    area: AreaKey = OVERALL.key
    authority: tuple[ShortText, ...] = Field(default=(), max_length=MAX_VALUES)
    collection: ShortText | None = None
    """A collection that you are allowed to see. Only the reports in this collection count."""
    before: tuple[Grade, ...] = Field(default=(), max_length=MAX_VALUES)
    """The grade of the earlier inspection. Repeat this to allow several."""
    after: tuple[Grade, ...] = Field(default=(), max_length=MAX_VALUES)
    """The grade of the later inspection."""
    change: tuple[Relation, ...] = Field(default=(), max_length=MAX_VALUES)
    """How the later grade compares with the earlier one."""
    since: Day | None = None
    """The later inspection must end on this day or after it."""
    until: Day | None = None
    latest: Flag = False
    """Whether to return only pairs whose later grade is the authority's latest one."""
    limit: Number = Field(default=50, ge=1, le=200)
    """The number of pairs to return."""
    offset: Number = Field(default=0, ge=0)
    """The index of the first pair to return, from 0."""

    @field_validator("until")
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("since")
        if value and first and value < first:
            raise ValueError(f"{value} is before {first}")
        return value

    def to_query(self) -> MovementQuery:
        """Return the limits in the form that the analysis uses. These limits do not include the authorities."""
        return MovementQuery(
            before=self.before,
            after=self.after,
            relations=self.change,
            since=self.since,
            until=self.until,
            latest_only=self.latest,
        )


class ComparisonRequest(Parameters):
    """The authorities to compare, and the aspects."""

    authority: tuple[ShortText, ...] = Field(min_length=1, max_length=MAX_AUTHORITIES)
    """Names of authorities, in capitals or small letters."""
    theme: tuple[ShortText, ...] = Field(default=(), max_length=MAX_ASPECTS)
    """Ids of themes of practice."""
    words: tuple[AspectWords, ...] = Field(default=(), max_length=MAX_ASPECTS)
    """Your own words. A sentence must have these words in this order."""
    collection: ShortText | None = None
    """A collection that you are allowed to see. Only the reports in this collection count."""

    @model_validator(mode="after")
    def _has_aspects(self) -> Self:
        if not 1 <= len(self.theme) + len(self.words) <= MAX_ASPECTS:
            raise ValueError(f"give 1 to {MAX_ASPECTS} themes or words")
        return self


class SavedRequest(Parameters):
    """How to list saved questions."""

    check: Flag = False
    """Whether to ask the questions again, and say which answers are different."""


class NewsRequest(Parameters):
    """Which part of the list of additions to return."""

    limit: Number = Field(default=20, ge=1, le=100)
    """The number of additions to return."""
    offset: Number = Field(default=0, ge=0)
    """The index of the first addition to return, from 0."""


class ImprovementsRequest(Parameters):
    """Which items of an improvement register to return."""

    outcome: Outcome | None = None
    """The outcome of the items. Leave this out to get all items."""


class RemovalRequest(Parameters):
    """How to remove a report."""

    purge: Flag = False
    """Whether to delete every trace of the report by the end of the build."""


def questions_of(history: tuple[HistoryEntry, ...]) -> tuple[str, ...]:
    """Return earlier questions in the form that the answerer uses."""
    return tuple(entry.question for entry in history if entry.question.strip())
