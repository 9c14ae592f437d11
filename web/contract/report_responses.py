"""What is given of reports, their pages, and the builds that take them in."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from corpus.types import Form, Grading, ImprovementKind, Kind
from qa_service.maintenance.build_jobs import JobState
from qa_service.maintenance.uploads import Outcome
from web.contract.base import Count, PageNumber, ResponseModel
from web.contract.fields import ReportId


class ReportJudgement(ResponseModel):
    """A grade and the page that prints it."""

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
    published: date | None
    judgements: list[ReportJudgement]
    pages: Count
    passages: Count


class Facet(ResponseModel):
    """A value of a field and how many reports have it."""

    value: str
    count: Count


class Facets(ResponseModel):
    """How many of the reports have which value, by field; each field's own choice is left aside for its counts."""

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
    """A section of a report and the page that it begins on."""

    path: list[str]
    page: PageNumber


class ImprovementModel(ResponseModel):
    """One thing that a report asks for, in its words."""

    kind: ImprovementKind
    label: str | None
    text: str
    section: str
    page: PageNumber
    body: str | None
    """Who is to act, where a table says so."""


class ReportResponse(ReportRow):
    """All that is known of one report."""

    form: Form
    published_source: str | None
    """Where the day of publication is from: text, sidecar or file name."""
    media_type: str
    sha256: str
    source_url: str | None
    lead_inspector: str | None
    grading: Grading
    improvements: list[ImprovementModel]
    visit: str | None
    follows_judgement: str | None
    corrected: list[str]
    """Facts that a sidecar gave."""
    sections: list[SectionModel]
    url: str
    file_url: str


class PageResponse(ResponseModel):
    """The text of one page, read from the original file."""

    report_id: ReportId
    page: PageNumber
    pages: Count
    label: str | None
    """The number printed on it."""
    text: str
    url: str
    image_url: str | None


class AdditionRow(ResponseModel):
    """What became of one file that was sent."""

    file: str
    outcome: Outcome
    report_id: ReportId | None
    detail: str


class JobResponse(ResponseModel):
    """A build in the background: how far it is, how it ended."""

    id: str
    who: str
    state: JobState
    stage: str
    done: Count
    total: Count
    seconds_left: float | None
    """Of the stage; null while it cannot be told."""
    started: str
    ended: str | None
    build: str | None
    """The build that answers since; null until there is one."""
    log: list[str]
    url: str


class BuildsResponse(ResponseModel):
    """The builds whose account is kept, the newest first."""

    builds: list[JobResponse] = Field(description="At most 50.")


class AdditionsResponse(ResponseModel):
    """What became of the files sent, and the build that takes them in; null where there is nothing to take in."""

    files: list[AdditionRow]
    build: JobResponse | None


class RemovalResponse(ResponseModel):
    """The report that was taken out, and the build after which nothing answers from it."""

    report_id: ReportId
    file: str
    build: JobResponse
