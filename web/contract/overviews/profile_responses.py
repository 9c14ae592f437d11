"""The reply with a summary of an authority."""

from __future__ import annotations

from datetime import date

from web.contract.base import Count, ResponseModel
from web.contract.fields import AreaKey
from web.contract.overviews.comparison_responses import ComparisonCellModel
from web.contract.overviews.grade_responses import GivenGradeModel, InspectionModel
from web.contract.overviews.improvement_responses import RegisterCounts, RegisterItemModel


class AreaHistory(ResponseModel):
    """The grades of one area."""

    area: AreaKey
    grades: list[GivenGradeModel]
    """Oldest first."""
    unread: list[InspectionModel]
    """Inspections that graded the area, but whose grade we could not read."""


class ProfileResponse(ResponseModel):
    """What the reports on an authority say, in brief."""

    authority: str
    as_of: date
    """The day of this reply. ``months_since`` depends on it."""
    last_full_inspection: InspectionModel | None
    months_since: Count | None
    areas: list[AreaHistory]
    visits: list[InspectionModel]
    """Visits since the last full inspection, latest first."""
    must_improve: list[RegisterItemModel]
    """The items in the list of the latest report that has one."""
    outcomes: RegisterCounts
    """The number of items in all reports with each outcome."""
    recurring: Count
    """The number of matters that two or more reports raise."""
    themes: list[ComparisonCellModel]
    """For each theme, what the latest report that mentions it says. Themes without a quote are left out."""
