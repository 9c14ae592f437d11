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
    """What the reports on an authority say, in short."""

    authority: str
    as_of: date
    """The day on which this reply was made. ``months_since`` depends on it."""
    last_full_inspection: InspectionModel | None
    months_since: Count | None
    areas: list[AreaHistory]
    visits: list[InspectionModel]
    """Visits since the last full inspection, latest first."""
    must_improve: list[RegisterItemModel]
    """The items of the latest report that has a list."""
    outcomes: RegisterCounts
    """What became of the items of all reports."""
    recurring: Count
    """How many matters were asked for more than once."""
    themes: list[ComparisonCellModel]
    """What the latest report that says something says about each theme. Themes without a quote are left out."""
