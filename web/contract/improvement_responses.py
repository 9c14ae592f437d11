"""The reply with the improvement register of an authority."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.types import ImprovementKind, Kind
from qa_service.analysis.outcomes import Outcome
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class RegisterReport(ResponseModel):
    """A report of the authority."""

    id: ReportId
    kind: Kind | None
    day: date | None
    """The last day of the inspection or, if that is not known, the day of publication."""


class ShownBy(ResponseModel):
    """Words of a later report that show what became of an item, word for word on one page."""

    text: str
    page: PageNumber
    url: str


class LaterReport(ResponseModel):
    """What one later report says of an item."""

    report: RegisterReport
    outcome: Outcome
    certainty: float = Field(ge=0, le=1)
    quotes: list[ShownBy]
    """The words of at most three sentences, best first."""


class RegisterItemModel(ResponseModel):
    """An item that a report asked to improve, and what later reports say of it."""

    report: RegisterReport
    number: Count
    """The item's number in the report, from 1."""
    kind: ImprovementKind
    label: str | None
    text: str
    page: PageNumber
    url: str
    themes: list[str]
    """Names of the themes of practice in its text."""
    outcome: Outcome | None
    """What became of it, from the latest report that says so. Null if there is no later report."""
    later: list[LaterReport]
    """What each later report says, earliest first."""


class ItemReference(ResponseModel):
    """An item by its report and its number there."""

    report_id: ReportId
    number: Count


class RecurringMatter(ResponseModel):
    """One matter that two or more reports asked to improve."""

    reports: Count
    items: list[ItemReference]
    """Its items, earliest first."""


class RegisterCounts(ResponseModel):
    """How many items have each outcome."""

    improved: Count
    still: Count
    not_mentioned: Count
    cannot_tell: Count


class ImprovementsResponse(ResponseModel):
    """The improvement register of an authority."""

    authority: str
    rule: str
    """How the outcomes are worked out."""
    total: Count
    """Number of items that match the parameters."""
    counts: RegisterCounts
    """Of all the authority's items with a later report."""
    items: list[RegisterItemModel]
    """The items, those of the latest report first."""
    recurring: list[RecurringMatter]
    """What two or more reports asked for."""
