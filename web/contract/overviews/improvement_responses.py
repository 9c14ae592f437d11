"""The reply with the improvement register of an authority."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.types import ImprovementKind, Kind
from qa_service.analysis.outcomes import Outcome
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class RegisterReport(ResponseModel):
    """A report on the authority."""

    id: ReportId
    kind: Kind | None
    day: date | None
    """The last day of the inspection or, if that is not known, the day of publication."""


class ShownBy(ResponseModel):
    """A quote from one page of a later report that shows what became of an item."""

    text: str
    page: PageNumber
    url: str


class LaterReport(ResponseModel):
    """What one later report says about an item."""

    report: RegisterReport
    outcome: Outcome
    certainty: float = Field(ge=0, le=1)
    quotes: list[ShownBy]
    """Quotes of at most three sentences, best first."""


class RegisterItemModel(ResponseModel):
    """An item that a report asked to improve, and what later reports say about it."""

    report: RegisterReport
    number: Count
    """The item's number in the report's list, from 1."""
    kind: ImprovementKind
    label: str | None
    text: str
    page: PageNumber
    url: str
    themes: list[str]
    """Names of the themes of practice in the item's text."""
    outcome: Outcome | None
    """What became of the item, from the latest report that shows it. Null if there is no later report."""
    later: list[LaterReport]
    """What each later report says, earliest first."""


class ItemReference(ResponseModel):
    """An item, identified by its report and its number in that report."""

    report_id: ReportId
    number: Count


class RaisedAgain(ResponseModel):
    """What a later report says that criticises a matter but has none of its items."""

    report: RegisterReport
    quotes: list[ShownBy]
    """Quotes that criticise the matter, best first."""


class RecurringMatter(ResponseModel):
    """One matter that two or more reports raise."""

    name: str
    """The name of the matter, such as "Supervision". Empty if the items are alike but are not about any known matter.
    """
    reports: Count
    """How many reports raise the matter, in their lists or in different words."""
    items: list[ItemReference]
    """The items about the matter, earliest first."""
    again: list[RaisedAgain]
    """Later reports that criticise the matter but have none of these items, earliest first."""


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
    """How we work out the outcomes."""
    total: Count
    """Number of items that match the parameters."""
    counts: RegisterCounts
    """The number of items with each outcome, in all the authority's reports. Items without a later report are left out.
    """
    items: list[RegisterItemModel]
    """The items. The items of the latest report come first."""
    recurring: list[RecurringMatter]
    """The matters that two or more reports raise. The matters that most reports raise come first."""
