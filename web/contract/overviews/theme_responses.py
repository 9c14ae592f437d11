"""Replies about the themes of practice."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.types import Kind
from index.types import Stance
from qa_service.analysis.themes import Order
from qa_service.answer_json.values import BoxModel, ShownReading
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class ThemeRow(ResponseModel):
    """A theme of practice, with the number of reports that praise it and the number that criticise it."""

    id: str
    name: str
    about: str
    """What the theme covers."""
    reports: Count
    """The number of reports that match the filters."""
    strengths: Count
    """How many of these reports praise the theme."""
    weaknesses: Count
    """How many of these reports criticise the theme. A report can do both."""
    url: str


class ThemesResponse(ResponseModel):
    """The themes of practice, and how we count them."""

    reports: Count
    """The number of reports that match the filters."""
    how_counted: str
    how_sure: str
    """How often the counts are right, as measured on reports that people read."""
    themes: list[ThemeRow]


class ThemeYear(ResponseModel):
    """The counts for the reports of one year."""

    year: int
    """The year in which the inspections ended or, if that is not known, in which the reports were published."""
    reports: Count
    strengths: Count
    weaknesses: Count


class RemarkPart(ResponseModel):
    """The words of a remark on one page, exactly as they are on the page."""

    text: str
    page: PageNumber
    page_label: str | None
    """The page number printed on the page."""
    boxes: list[BoxModel]
    reading: ShownReading
    """What a second program found on the page. The values are the same as for a quote in an answer."""
    unsure: list[list[Count]]
    """For words read from a picture: where each word that may be wrong starts and ends in ``text``."""
    url: str


class RemarkModel(ResponseModel):
    """A sentence that praises or criticises the theme."""

    stance: Stance
    certainty: float = Field(ge=0, le=1)
    """How sure the model is that the sentence praises or criticises. It is 1 for an item in a list of improvements."""
    text: str
    passage_id: str
    section: list[str]
    """The headings above the sentence, with the highest level first."""
    paragraph: str | None
    """The paragraph's printed number."""
    quotes: list[RemarkPart] = Field(min_length=1)
    """A sentence that runs over two pages has one quote for each page."""


class ThemeReport(ResponseModel):
    """A report with remarks on the theme."""

    id: ReportId
    file: str
    title: str
    authority: str | None
    kind: Kind | None
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    strengths: Count
    """The number of sentences in the report that praise the theme. It is 0 if ``stance`` excludes them."""
    weaknesses: Count
    """The number of sentences in the report that criticise the theme. It is 0 if ``stance`` excludes them."""
    remarks: list[RemarkModel] = Field(max_length=3)
    """The clearest sentences. Empty if we cannot find any of them word for word on its page in the stored file."""
    url: str


class ThemeResponse(ThemeRow):
    """What the reports say about one theme."""

    words: list[str]
    """The phrases that show the theme, as they are in the themes file."""
    exceptions: list[str]
    """Phrases that contain those words but are about something else."""
    how_counted: str
    how_sure: str
    by_year: list[ThemeYear]
    undated: Count
    """The number of reports that belong to no year because they have no date."""
    stance: Stance | None
    order: Order
    total: Count
    """The number of reports in the whole list."""
    limit: int
    offset: Count
    next_offset: Count | None
    """The ``offset`` to send for the next part of the list. Null if there is no further part."""
    listed: list[ThemeReport]
