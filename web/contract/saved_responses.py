"""Replies about saved questions."""

from __future__ import annotations

from datetime import datetime

from corpus.grades import Grade
from web.contract.answer_responses import AppliedFilters
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class SavedQuestionModel(ResponseModel):
    """A question that you saved."""

    id: str
    question: str
    history: list[str]
    """Earlier questions, oldest first."""
    filters: AppliedFilters
    saved: datetime
    read: datetime
    """The time when you saved the question, or last marked its answer as read."""
    url: str


class SavedQuestionRow(SavedQuestionModel):
    """A saved question in a list."""

    different: bool | None
    """Whether its answer is different from the one that you last read. Null if we did not compare them."""


class SavedQuestionsResponse(ResponseModel):
    """All your saved questions, with the last one saved first."""

    total: Count
    limit: Count
    """How many questions you can save."""
    questions: list[SavedQuestionRow]


class StatementNow(ResponseModel):
    """A statement that was not in the answer before."""

    text: str
    report_id: ReportId
    page: PageNumber
    url: str


class StatementBefore(ResponseModel):
    """Where a statement that is no longer in the answer came from. Its words are not kept."""

    report_id: ReportId | None
    """Null if the report was removed, or if you are no longer allowed to see it."""
    page: PageNumber
    url: str | None


class GradeMoveModel(ResponseModel):
    """A grade in the answer that is different."""

    authority: str
    area: str
    """The key of the area."""
    before: Grade
    after: Grade


class SavedQuestionResponse(SavedQuestionModel):
    """A saved question, asked again, and what is different in its answer."""

    different: bool | None
    """Null if a model was missing, so that the answers cannot be compared."""
    differences: list[str]
    """What is different, in sentences."""
    added: list[StatementNow]
    gone: list[StatementBefore]
    grades: list[GradeMoveModel]
    """Grades that are different. Their statements are also in ``added`` and ``gone``."""
