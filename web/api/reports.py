"""The JSON interface for reports and their pages."""

from __future__ import annotations

from flask import Response, url_for

from web.api.blueprint import api
from web.contract import report_responses
from web.contract.operation import operation
from web.contract.parsing import read_parameters
from web.contract.requests import ReportsRequest
from web.contract.responses import link_pages, send_kept
from web.serving import report_list
from web.serving.index_service import answerer
from web.serving.links import page_url, picture_url
from web.serving.page_view import has_pictures, original_of, text_of_page
from web.serving.report_lookup import find_page, find_report

_PICTURE_WIDTH = 1200
_TAG = "Reports"
_ABOUT_A_REPORT = ("unknown-report", "removed-report")


@api.get("/reports")
@operation(
    "List the reports", _TAG, params=ReportsRequest, replies={200: report_responses.ReportsResponse},
    problems=("invalid-filters",), etag=True, paged=True,
)  # fmt: skip
def reports() -> Response:
    """List the reports that meet the parameters, with how many there are by authority, kind, form, year and grade."""
    wanted = read_parameters(ReportsRequest)
    index = answerer().index
    listed = report_list.listing(index.store.reports, wanted)
    counts = index.store.passage_counts()
    total = len(listed.reports)
    reply = report_responses.ReportsResponse(
        total=total,
        limit=wanted.limit,
        page=wanted.page,
        facets=listed.facets,
        reports=[report_list.row(report, counts.get(report.id, 0)) for report in listed.shown],
    )
    return link_pages(send_kept(reply), page=wanted.page, limit=wanted.limit, total=total)


@api.get("/reports/<report_id:report_id>")
@operation(
    "Get a report",
    _TAG,
    replies={200: report_responses.ReportResponse},
    problems=_ABOUT_A_REPORT,
    etag=True,
)  # fmt: skip
def report(report_id: str) -> Response:
    """All that is known of one report: its facts, grades, contents, and what it asks to improve."""
    found = find_report(report_id)
    index = answerer().index
    row = report_list.row(found, report_list.passage_count(index, found))
    return send_kept(
        report_responses.ReportResponse(
            **dict(row),
            form=found.form,
            published_source=found.published_source,
            lead_inspector=found.lead_inspector,
            grading=found.grading,
            improvements=report_list.improvements(found),
            visit=found.visit,
            follows_judgement=found.follows_judgement,
            corrected=list(found.corrected),
            media_type=found.media_type,
            sha256=found.sha256,
            source_url=found.source_url,
            sections=report_list.sections(index.store.passages_of(found.id)),
            url=url_for("reports.report", report_id=found.id),
            file_url=url_for("reports.file", report_id=found.id),
        )
    )


@api.get("/reports/<report_id:report_id>/pages/<int:number>")
@operation(
    "Get the text of a page", _TAG, replies={200: report_responses.PageResponse},
    problems=(*_ABOUT_A_REPORT, "unknown-page", "original-missing", "unreadable-original"), etag=True,
)  # fmt: skip
def page(report_id: str, number: int) -> Response:
    """The text of one page, read from the original file, and the address of its picture."""
    found = find_page(report_id, number)
    index = answerer().index
    return send_kept(
        report_responses.PageResponse(
            report_id=found.id,
            page=number,
            pages=found.page_count,
            label=index.store.page_label(found.id, number),
            text=text_of_page(original_of(index, found), found, number),
            url=page_url(found.id, number),
            image_url=picture_url(found.id, number, _PICTURE_WIDTH) if has_pictures(found) else None,
        )
    )
