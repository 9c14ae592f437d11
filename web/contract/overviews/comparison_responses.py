"""Replies about comparisons of authorities."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.types import Kind
from index.types import Stance
from qa_service.answering.overviews.comparison import MAX_ASPECTS, MAX_AUTHORITIES, MAX_QUOTES
from web.contract.base import Count, ResponseModel
from web.contract.fields import ReportId
from web.contract.overviews.grade_responses import GivenGradeModel
from web.contract.overviews.theme_responses import RemarkPart


class CellQuoteModel(ResponseModel):
    """A sentence about the aspect."""

    stance: Stance | None
    """Whether the sentence praises or criticises the aspect. Null for your own words."""
    other_words: str | None
    """The words that we found instead of your own words. Null if we found your own words."""
    in_list: bool
    """Whether the sentence is in the report's own list of what must improve."""
    text: str
    passage_id: str
    section: list[str]
    """The headings above the sentence, with the highest level first."""
    paragraph: str | None
    """The paragraph's printed number."""
    quotes: list[RemarkPart] = Field(min_length=1)
    """A sentence that runs over two pages has one quote for each page."""


class CellReport(ResponseModel):
    """The report that the quotes in this cell come from."""

    id: ReportId
    file: str
    title: str
    kind: Kind | None
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    url: str


class ComparisonCellModel(ResponseModel):
    """What an authority's latest report that mentions an aspect says about the aspect."""

    aspect: str
    theme: str | None
    """The id of the theme. Null for your own words."""
    report: CellReport | None
    """Null if we found nothing in any of the authority's reports."""
    later_reports: Count
    """Number of later reports. We found nothing about the aspect in these."""
    reports: Count
    """Number of the authority's reports that we looked at."""
    quotes: list[CellQuoteModel] = Field(max_length=MAX_QUOTES)


class ComparisonRowModel(ResponseModel):
    """One authority."""

    authority: str
    overall_grade: GivenGradeModel | None
    """The authority's latest overall grade. Null if there is none, or if we could not read the grade from a later
    inspection."""
    cells: list[ComparisonCellModel] = Field(max_length=MAX_ASPECTS)


class ComparisonResponse(ResponseModel):
    """A comparison of authorities, with a row for each in the order of the request."""

    how_compared: str
    rows: list[ComparisonRowModel] = Field(max_length=MAX_AUTHORITIES)
