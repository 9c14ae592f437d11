"""Replies about what is new."""

from __future__ import annotations

from datetime import datetime

from corpus.types import Kind
from web.contract.base import Count, ResponseModel
from web.contract.fields import AreaKey, ReportId
from web.contract.overviews.grade_responses import MovementModel


class NewReport(ResponseModel):
    """A report that was added."""

    id: ReportId
    file: str
    title: str
    authority: str | None
    kind: Kind | None
    url: str


class AdditionModel(ResponseModel):
    """Reports that were added together."""

    id: str
    when: datetime
    first: bool
    """Whether there were no reports in the index before."""
    reports: list[NewReport]
    url: str


class NewsListResponse(ResponseModel):
    """All additions of reports, latest first."""

    total: Count
    limit: int
    offset: Count
    next_offset: Count | None
    """The ``offset`` to send for the next part of the list. Null if there is no further part."""
    additions: list[AdditionModel]


class AreaMovement(ResponseModel):
    """A grade that a new report gives, compared with the one before."""

    area: AreaKey
    movement: MovementModel


class ThemeMoveModel(ResponseModel):
    """How the counts of a theme changed."""

    theme: str
    """The id of the theme."""
    name: str
    reports_before: Count
    reports: Count
    weaknesses_before: Count
    weaknesses: Count
    """How many reports criticise the theme, including the new reports."""
    strengths_before: Count
    strengths: Count


class NewsResponse(AdditionModel):
    """What changed when reports were added. Reports added later are not taken into account."""

    movements: list[AreaMovement]
    items: Count
    """Number of items that the new reports ask to improve."""
    replaced: list[NewReport]
    """Earlier issues that the new reports replace."""
    themes: list[ThemeMoveModel]
    """The themes that new reports praise or criticise."""
    replaced_later: Count
    """How many of the new reports have since been replaced by a later issue. We count their themes in the later issue.
    """
