"""The JSON interface for reports and their pages."""

from __future__ import annotations

from flask import Response, url_for

from web.api.blueprint import api
from web.contract import report_responses
from web.contract.operation import operation
from web.contract.parsing import read_parameters
from web.contract.requests import ReportsRequest
from web.contract.responses import add_page_links, cacheable_response
from web.serving import report_list
from web.serving.index_service import answerer
from web.serving.links import page_url, picture_url
from web.serving.page_view import has_pictures, text_of_page
from web.serving.report_lookup import find_page, find_report

_PICTURE_WIDTH = 1200
_TAG = "Reports"
_REPORT_PROBLEMS = ("unknown-report", "removed-report")


@api.get("/reports")
@operation(
    "List the reports", _TAG, params=ReportsRequest, replies={200: report_responses.ReportsResponse},
    problems=("invalid-filters",), etag=True, paged=True,
)  # fmt: skip
def reports() -> Response:
    """List the reports that match the parameters, and count them by authority, kind, form, year and grade."""
    query = read_parameters(ReportsRequest)
    index = answerer().index
    listing = report_list.list_reports(index.store.reports, query)
    counts = index.store.passage_counts()
    total = len(listing.reports)
    reply = report_responses.ReportsResponse(
        total=total,
        limit=query.limit,
        page=query.page,
        facets=listing.facets,
        reports=[report_list.report_row(report, counts.get(report.id, 0)) for report in listing.shown],
    )
    return add_page_links(cacheable_response(reply), page=query.page, limit=query.limit, total=total)


@api.get("/reports/<report_id:report_id>")
@operation(
    "Get a report",
    _TAG,
    replies={200: report_responses.ReportResponse},
    problems=_REPORT_PROBLEMS,
    etag=True,
)  # fmt: skip
def report(report_id: str) -> Response:
    """Get everything that we know about a report: its facts, grades and sections, and what it says must improve."""
    report = find_report(report_id)
    index = answerer().index
    row = report_list.report_row(report, report_list.passage_count(index, report))
    return cacheable_response(
        report_responses.ReportResponse(
            **dict(row),
            form=report.form,
            published_source=report.published_source,
            lead_inspector=report.lead_inspector,
            post_holder=report.post_holder,
            post_held=report.post_held,
            grading=report.grading,
            not_judged=list(report.not_judged),
            improvements=report_list.improvements(report),
            unread_lists=list(report.unread_lists),
            visit=report.visit,
            follows_judgement=report.follows_judgement,
            corrected=list(report.corrected),
            media_type=report.media_type,
            recognised=list(report.recognised),
            converted=report.converted,
            sha256=report.sha256,
            source_url=report.source_url,
            sections=report_list.sections(index.store.passages_of(report.id)),
            differing_pages=report_list.differing_pages(report, index.store.second_readings(report.id)),
            url=url_for("reports.report", report_id=report.id),
            file_url=url_for("reports.file", report_id=report.id),
        )
    )


@api.get("/reports/<report_id:report_id>/pages/<int:number>")
@operation(
    "Get the text of a page", _TAG, replies={200: report_responses.PageResponse},
    problems=(*_REPORT_PROBLEMS, "unknown-page", "original-missing", "unreadable-original"), etag=True,
)  # fmt: skip
def page(report_id: str, number: int) -> Response:
    """Get the text of a page, as read from the original file, and the address of a picture of the page."""
    report = find_page(report_id, number)
    index = answerer().index
    return cacheable_response(
        report_responses.PageResponse(
            report_id=report.id,
            page=number,
            pages=report.page_count,
            label=index.store.page_label(report.id, number),
            recognised=number in report.recognised,
            text=text_of_page(index, report, number),
            url=page_url(report.id, number),
            image_url=picture_url(report.id, number, _PICTURE_WIDTH) if has_pictures(report) else None,
        )
    )
