"""Replies about reports and their pages, and about the builds that add reports to the index."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.types import Form, Grading, ImprovementKind, Kind
from qa_service.maintenance.build_jobs import JobState
from qa_service.maintenance.uploads import Outcome
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class ReportJudgement(ResponseModel):
    """A grade, and the page that it is printed on."""

    area: str
    grade: str
    page: PageNumber


class ReportRow(ResponseModel):
    """A report in a list."""

    id: ReportId
    file: str
    title: str
    authority: str | None
    kind: Kind | None
    framework: str | None
    inspected_from: date | None
    inspected_to: date | None
    inspected_as: str | None
    """The week or month of the inspection, as printed, if the report gives no days. The days are then its first and
    last day."""
    published: date | None
    judgements: list[ReportJudgement]
    missing_areas: list[str]
    """Areas that an inspection of this kind and date grades, but for which we could not read a grade."""
    pages: Count
    passages: Count


class Facet(ResponseModel):
    """A value of a field, and the number of reports that have it."""

    value: str
    count: Count


class Facets(ResponseModel):
    """The number of reports for each value of each field. The counts of a field ignore the filter on that field."""

    authority: list[Facet]
    kind: list[Facet]
    form: list[Facet]
    year: list[Facet]
    grade: list[Facet]


class ReportsResponse(ResponseModel):
    """One page of the list of reports."""

    total: Count
    limit: int
    page: PageNumber
    facets: Facets
    reports: list[ReportRow]


class SectionModel(ResponseModel):
    """A section of a report, and the page that it starts on."""

    path: list[str]
    page: PageNumber


class ImprovementModel(ResponseModel):
    """An item that a report says must improve, in the report's own words."""

    kind: ImprovementKind
    label: str | None
    text: str
    section: str
    page: PageNumber
    body: str | None
    """Who must act, as printed, if a label or a table says so."""
    deadline: str | None
    """The deadline, as printed, if a label or a table gives one."""
    recognised: bool
    """Whether the item is on a page that is a picture, so that its words were recognised in the picture. Some of the
    words may be wrong."""


class DifferingPage(ResponseModel):
    """A page that a second program reads differently from the program that builds the index."""

    page: PageNumber
    unconfirmed: Count
    """Number of sentences on the page that the second program did not find. An answer that quotes such a sentence says
    so."""
    contradicted: Count
    """Number of sentences on the page for which the second program read different words. No answer quotes these."""
    problem: str
    """Why the second program could not read all of the page. Empty if it read all of it."""


class ReportResponse(ReportRow):
    """Everything that we know about one report."""

    form: Form
    published_source: str | None
    """Where the publication date comes from: text, sidecar or file name."""
    media_type: str
    recognised: list[PageNumber]
    """The pages that were read from their pictures. No dates or grades come from them."""
    converted: str | None
    """The sha256 of the converted Word document, if the file had to be converted before it could be read."""
    sha256: str
    source_url: str | None
    lead_inspector: str | None
    post_holder: str | None
    """The addressee of a letter, or the person whom an area SEND report names for the local authority."""
    post_held: str | None
    grading: Grading
    not_judged: list[str]
    """Areas that the report says were not judged."""
    improvements: list[ImprovementModel]
    unread_lists: list[str]
    """The headings of lists of improvements from which we could not read every item."""
    visit: str | None
    follows_judgement: str | None
    corrected: list[str]
    """The names of the facts that a sidecar corrects."""
    sections: list[SectionModel]
    differing_pages: list[DifferingPage]
    """The pages that a second program reads differently or cannot read. A file without pages has one page."""
    url: str
    file_url: str


class PageResponse(ResponseModel):
    """The text of one page, read from the original file."""

    report_id: ReportId
    page: PageNumber
    pages: Count
    label: str | None
    """The page number printed on the page."""
    recognised: bool
    """Whether the page is a picture, so that its words were recognised in the picture. Some of the words may be wrong.
    """
    text: str
    url: str
    image_url: str | None


class AdditionRow(ResponseModel):
    """The outcome for one file that was sent."""

    file: str
    outcome: Outcome
    report_id: ReportId | None
    detail: str


class JobResponse(ResponseModel):
    """A background build: its progress, or its outcome."""

    id: str
    who: str
    state: JobState
    stage: str
    done: Count
    total: Count
    seconds_left: float | None
    """How many more seconds the stage will take. Null if this is not known yet."""
    started: str
    ended: str | None
    build: str | None
    """The new build. Null until it is finished."""
    log: list[str]
    url: str


class BuildsResponse(ResponseModel):
    """The builds that we have a record of, newest first."""

    builds: list[JobResponse] = Field(description="At most 50.")


class AdditionsResponse(ResponseModel):
    """The outcome for each file, and the build that adds the files. The build is null if no file was accepted."""

    files: list[AdditionRow]
    build: JobResponse | None


class RemovalResponse(ResponseModel):
    """The removed report, and the build after which no answer uses it."""

    report_id: ReportId
    file: str
    build: JobResponse
