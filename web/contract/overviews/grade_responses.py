"""Replies about grades over time."""

from __future__ import annotations

from datetime import date

from corpus.grades import Grade, Relation
from corpus.types import Kind
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import AreaKey, ReportId


class InspectionModel(ResponseModel):
    """An inspection, and the days that we know of it."""

    report_id: ReportId
    kind: Kind | None
    framework: str | None
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    published_source: str | None
    """Where the date of publication comes from: "text", "file name", "sidecar" or "other date"."""
    publication_days: Count | None
    """The number of days from the end of the inspection to the publication of its report. Null if we do not know both
    days."""
    url: str


class GivenGradeModel(ResponseModel):
    """The grade that an inspection gave the area."""

    inspection: InspectionModel
    area: str
    """The area as printed."""
    printed: str
    """The grade as printed."""
    grade: Grade
    shared: bool
    """Whether the report gave one grade to this area and another together. Such a grade is not compared."""
    page: PageNumber
    url: str
    """The address of the page with the grade."""


class MovementModel(ResponseModel):
    """Two successive inspections of an authority that both grade the area."""

    authority: str
    change: Relation
    """How the later grade compares with the earlier one."""
    new_framework: bool
    """Whether the two inspections followed different frameworks."""
    latest: bool
    """Whether the later grade is the authority's latest one."""
    before: GivenGradeModel
    after: GivenGradeModel


class HistoryModel(ResponseModel):
    """The grades of one authority."""

    authority: str
    grades: list[GivenGradeModel]
    """Oldest first."""
    unread: list[InspectionModel]
    """Inspections that graded the area, but whose grade we could not read."""
    last_full_inspection: InspectionModel | None
    months_since: Count | None
    """The number of whole months from the end of the last full inspection to ``as_of``."""


class YearModel(ResponseModel):
    """How many authorities had each grade at the end of a year."""

    year: int
    counts: dict[Grade, Count]
    unknown: Count
    """Authorities whose latest grade at that time was shared with another area, or could not be read."""


class GradesResponse(ResponseModel):
    """The grades of an area over time, by authority."""

    area: AreaKey
    as_of: date
    """The day of this reply. ``months_since`` depends on it."""
    how_read: str
    by_year: list[YearModel]
    total: Count
    """The number of authorities in the whole list."""
    limit: int
    offset: Count
    next_offset: Count | None
    """The ``offset`` to send for the next part of the list. Null if there is no further part."""
    authorities: list[HistoryModel]


class MovementsResponse(ResponseModel):
    """Pairs of successive inspections, and how the grade changed between them."""

    area: AreaKey
    how_read: str
    how_compared: str
    total: Count
    """The number of pairs in the whole list."""
    limit: int
    offset: Count
    next_offset: Count | None
    """The ``offset`` to send for the next part of the list. Null if there is no further part."""
    movements: list[MovementModel]
