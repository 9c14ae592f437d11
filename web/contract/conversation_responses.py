"""Replies about conversations, and about feedback on their answers."""

from __future__ import annotations

from datetime import datetime

from qa_service.records.feedback import Verdict
from qa_service.types import AnswerStatus
from web.contract.answer_responses import AnswerResponse, AppliedFilters
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class TurnModel(ResponseModel):
    """A question in a conversation, as the person asked it."""

    number: PageNumber
    question: str
    filters: AppliedFilters
    asked: datetime
    build: str
    """The build that answered the question at the time."""
    url: str


class AnsweredTurn(TurnModel):
    """A question in a conversation, answered again from the reports as they are now."""

    changed: bool
    """Whether the answer differs from the one given at the time."""


class TurnResponse(ResponseModel):
    """A question in a conversation, and its answer."""

    turn: AnsweredTurn
    answer: AnswerResponse


class ConversationRow(ResponseModel):
    """A conversation in a list."""

    id: str
    title: str
    begun: datetime
    touched: datetime
    """The time when a question was last asked in this conversation."""
    turns: Count
    url: str


class ConversationsResponse(ResponseModel):
    """One page of the list of conversations, the most recently used first."""

    total: Count
    limit: int
    page: PageNumber
    conversations: list[ConversationRow]


class ConversationResponse(ResponseModel):
    """A conversation with its questions."""

    id: str
    title: str
    begun: datetime
    touched: datetime
    turns: list[TurnModel]
    url: str


class DeletedResponse(ResponseModel):
    """How many conversations were deleted."""

    deleted: Count


class QuotedWords(ResponseModel):
    """Words that an answer quoted."""

    report_id: ReportId
    file: str
    page: PageNumber
    text: str


class FeedbackResponse(ResponseModel):
    """Everything that we saved: the feedback, the question, and the quotes in the answer."""

    verdict: Verdict
    note: str
    question: str
    history: list[str]
    status: AnswerStatus
    build: str
    quotes: list[QuotedWords]
