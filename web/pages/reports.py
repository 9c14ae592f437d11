"""Pages about reports: the list, each report, its pages with a quote marked, their pictures, and the original file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath

from flask import Blueprint, Response, render_template, request, send_file

from corpus.facts.warnings import second_reading_warnings
from web.contract.parsing import read_form_parameters
from web.contract.problems import InvalidRequest, UnknownPage
from web.contract.requests import ReportsRequest
from web.serving import report_list
from web.serving.highlighting import text_lines
from web.serving.index_service import answerer
from web.serving.page_images import draw_page, draw_part
from web.serving.page_view import WIDTHS, find_quote, has_pictures, original_of, page_shape, text_layer, text_of_page
from web.serving.report_lookup import find_page, find_report

reports = Blueprint("reports", __name__)
_MAX_QUOTE = 4000
"""Maximum number of characters in a quote in an address. A passage of 300 words has about 2,000."""
_KEEP = "private, no-cache"
"""The rule for browsers: they may keep a picture or a file, but must check each time whether we still have the report.
"""


@reports.get("/reports")
def catalogue_page() -> str:
    """List the reports that match the filters."""
    query = read_form_parameters()
    held = answerer().index.store.reports
    matching = report_list.list_reports(held, query)
    everything = report_list.list_reports(held, ReportsRequest())
    return render_template(
        "reports.html",
        wanted=query,
        listed=matching,
        facets=everything.facets,
        last_page=max(1, -(-len(matching.reports) // query.limit)),
    )


@reports.get("/reports/<report_id:report_id>")
def report(report_id: str) -> str:
    """Show a report's facts, grades and sections."""
    report = find_report(report_id)
    sections = report_list.sections(answerer().index.store.passages_of(report.id))
    second = second_reading_warnings(tuple(answerer().index.store.second_readings(report.id).values()))
    return render_template("report.html", report=report, sections=sections, second=second)


@reports.get("/reports/<report_id:report_id>/pages/<int:number>")
def page(report_id: str, number: int) -> str:
    """Show a page as printed, with a quote marked on it."""
    report = find_page(report_id, number)
    quote = request.args.get("quote", "").strip()[:_MAX_QUOTE]
    index = answerer().index
    marked = find_quote(quote, index, report, number) if quote else None
    spans = [marked.span] if marked and marked.span else []
    lines = text_lines(text_of_page(index, report, number), spans)
    return render_template(
        "_viewer.html" if "X-Fragment" in request.headers else "page.html",
        report=report,
        number=number,
        label=index.store.page_label(report.id, number),
        quote=quote,
        marked=marked,
        shape=page_shape(original_of(index, report), number) if has_pictures(report) else None,
        lines=lines,
        layer=text_layer(index, report, number, spans) if has_pictures(report) else (),
    )


@reports.get("/reports/<report_id:report_id>/passages/<int:ordinal>/around")
def around(report_id: str, ordinal: int) -> str:
    """Show a passage with the passages before and after it."""
    report = find_report(report_id)
    passages = [indexed.passage for indexed in answerer().index.store.passages_of(report.id)]
    nearby = [passage for passage in passages if abs(passage.ordinal - ordinal) <= 1]
    if not nearby:
        raise UnknownPage("The report has no passage with this number.", remedy="Open one of its pages.")
    template = "_around.html" if "X-Fragment" in request.headers else "around.html"
    return render_template(template, report=report, passages=nearby, ordinal=ordinal)


@reports.get("/reports/<report_id:report_id>/pages/<int:number>.png")
def picture(report_id: str, number: int) -> Response:
    """Return the picture of a page."""
    report = find_page(report_id, number)
    if not has_pictures(report):
        raise UnknownPage(
            "We have no pictures of this report's pages, because the file has no page layout.",
            remedy="Read the text of the page instead.",
        )
    width = request.args.get("width", "1200")
    if not (width.isascii() and width.isdigit() and len(width) <= len(str(WIDTHS[-1])) and int(width) in WIDTHS):
        raise InvalidRequest(
            "We cannot draw a picture of this width.",
            field="width",
            remedy=f"Send a whole number from {WIDTHS[0]} to {WIDTHS[-1]}.",
        )
    response = Response(mimetype="image/png", headers={"Cache-Control": _KEEP})
    version = f"{report.id}-{number}-{int(width)}"
    response.set_etag(version)
    if not request.if_none_match.contains_weak(version):
        response.set_data(draw_page(original_of(answerer().index, report), number, int(width)))
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns this same response


@reports.get("/reports/<report_id:report_id>/pages/<int:number>/cutout.png")
def cutout(report_id: str, number: int) -> Response:
    """Return the part of a page's picture that shows a quote, so that people can compare the two."""
    report = find_page(report_id, number)
    quote = request.args.get("quote", "").strip()[:_MAX_QUOTE]
    index = answerer().index
    boxes = find_quote(quote, index, report, number).boxes if quote and has_pictures(report) else ()
    if not boxes:
        raise UnknownPage(
            "We could not find these words on the picture of this page.",
            remedy="Open the page to see what it says.",
        )
    response = Response(mimetype="image/png", headers={"Cache-Control": _KEEP})
    version = sha256(f"{report.id}-{number}-{quote}".encode()).hexdigest()
    response.set_etag(version)
    if not request.if_none_match.contains_weak(version):
        response.set_data(draw_part(original_of(index, report), number, boxes))
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns this same response


@reports.get("/reports/<report_id:report_id>/file")
def file(report_id: str) -> Response:
    """Download the original file."""
    report = find_report(report_id)
    response = send_file(
        original_of(answerer().index, report),
        mimetype=report.media_type,
        as_attachment=True,
        download_name=PurePath(report.file).name,
        etag=report.sha256,
    )
    response.headers["Cache-Control"] = _KEEP
    return response
