"""The passages of an answer as JSON, each with the facts about its report."""

from __future__ import annotations

from typing_extensions import TypedDict

from corpus.types import Form, Kind, Report
from qa_service.addresses import passage_url
from qa_service.answer_json.values import BoxModel, Day, PageNumber, Rank, ReportId, Span, box_json, day_json
from qa_service.types import Citation


class CitedReport(TypedDict):
    """The facts about a report that come with each passage."""

    id: ReportId
    file: str
    title: str
    authority: str | None
    form: Form
    kind: Kind | None
    framework: str | None
    inspected_from: Day | None
    inspected_to: Day | None
    inspected_as: str | None
    """The week or month of the inspection, as printed, if the report gives no days. The days are then its first and
    last day."""
    published: Day | None
    sha256: str
    superseded_by: str | None
    converted: str | None
    """The sha256 of the converted Word document, if the file had to be converted before it could be read."""


class PassageModel(TypedDict):
    """A passage that we found, and its place in the report."""

    rank: Rank
    passage_id: str
    score: float
    text: str
    page: PageNumber
    pages: list[PageNumber]
    page_label: str | None
    """The page number printed on the page."""
    section: list[str]
    paragraph: str | None
    """The paragraph's printed number."""
    highlights: list[Span]
    """The parts of the text that the answer quotes, in Unicode code points."""
    recognised: list[PageNumber]
    """The pages of this passage that were read from their pictures. Some of their words may be wrong."""
    boxes: list[BoxModel]
    url: str
    report: CitedReport


def report_json(report: Report) -> CitedReport:
    """Return the facts about a report as JSON."""
    return {
        "id": report.id,
        "file": report.file,
        "title": report.title,
        "authority": report.authority,
        "form": report.form,
        "kind": report.kind,
        "framework": report.framework,
        "inspected_from": day_json(report.inspected_from),
        "inspected_to": day_json(report.inspected_to),
        "inspected_as": report.inspected_as,
        "published": day_json(report.published),
        "sha256": report.sha256,
        "superseded_by": report.superseded_by,
        "converted": report.converted,
    }


def passage_json(citation: Citation) -> PassageModel:
    """Return a passage as JSON."""
    passage = citation.scored.passage
    return {
        "rank": citation.number,
        "passage_id": passage.id,
        "score": round(citation.scored.score, 6),
        "text": passage.text,
        "page": citation.page,
        "pages": list(passage.pages),
        "page_label": citation.page_label,
        "section": list(passage.section),
        "paragraph": passage.label,
        "highlights": [list(span) for span in citation.highlights],
        "recognised": list(citation.scored.passage.recognised),
        "boxes": [box_json(box) for box in passage.boxes],
        "url": passage_url(citation),
        "report": report_json(citation.report),
    }
