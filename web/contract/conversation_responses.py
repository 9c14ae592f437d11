"""What is given of conversations, and of feedback on their answers."""

from __future__ import annotations

from datetime import datetime

from qa_service.records.feedback import Verdict
from qa_service.types import AnswerStatus
from web.contract.answer_responses import AnswerResponse, Count, Given, PageNumber
from web.contract.fields import ReportId
from web.contract.requests import RequestFilters


class TurnModel(Given):
    """A question of a conversation, as it was asked."""

    number: PageNumber
    question: str
    filters: RequestFilters
    asked: datetime
    build: str
    """The build that answered then."""
    url: str


class AnsweredTurn(TurnModel):
    """A question of a conversation, asked again of the reports as they are."""

    changed: bool
    """Whether its answer is another now."""


class TurnResponse(Given):
    """A question of a conversation and its answer."""

    turn: AnsweredTurn
    answer: AnswerResponse


class ConversationRow(Given):
    """A conversation in a list."""

    id: str
    title: str
    begun: datetime
    touched: datetime
    """When it was last gone on with."""
    turns: Count
    url: str


class ConversationsResponse(Given):
    """One page of the list of conversations, the last touched first."""

    total: Count
    limit: int
    page: PageNumber
    conversations: list[ConversationRow]


class ConversationResponse(Given):
    """A conversation with its questions."""

    id: str
    title: str
    begun: datetime
    touched: datetime
    turns: list[TurnModel]
    url: str


class DeletedResponse(Given):
    """How many conversations were deleted."""

    deleted: Count


class QuotedWords(Given):
    """Words that an answer showed."""

    report_id: ReportId
    file: str
    page: PageNumber
    text: str


class FeedbackResponse(Given):
    """All that was kept of an answer with what was said of it."""

    verdict: Verdict
    note: str
    question: str
    history: list[str]
    status: AnswerStatus
    build: str
    quotes: list[QuotedWords]
