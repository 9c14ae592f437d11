"""The reports themselves: the list, one report, one page with a quote marked on it, its picture, the original file."""

from __future__ import annotations

from pathlib import PurePath

from flask import Blueprint, Response, render_template, request, send_file

from web.contract.parsing import read_arguments
from web.contract.problems import InvalidRequest, UnknownPage
from web.contract.requests import ReportsRequest
from web.serving import report_list
from web.serving.highlighting import text_lines
from web.serving.index_service import answerer
from web.serving.page_images import picture as draw
from web.serving.page_view import WIDTHS, has_pictures, mark, original_of, page_shape, text_layer, text_of_page
from web.serving.report_lookup import find_page, find_report

reports = Blueprint("reports", __name__)
_MAX_QUOTE = 4000
"""Characters of a quote in an address: a passage of 300 words has some 2,000."""
_KEEP = "private, no-cache"
"""Browsers may keep a picture, and ask each time whether the report is still here."""


@reports.get("/reports")
def catalogue_page() -> str:
    """All reports, or those of an authority or kind."""
    wanted = read_arguments()
    store = answerer().index.store
    listed = report_list.listing(store.reports, wanted)
    everything = report_list.listing(store.reports, ReportsRequest())
    return render_template(
        "reports.html",
        wanted=wanted,
        listed=listed,
        facets=everything.facets,
        counts=store.passage_counts(),
        last_page=max(1, -(-len(listed.reports) // wanted.limit)),
    )


@reports.get("/reports/<report_id:report_id>")
def report(report_id: str) -> str:
    """One report's facts, grades and contents."""
    found = find_report(report_id)
    index = answerer().index
    return render_template(
        "report.html",
        report=found,
        passages=report_list.passage_count(index, found),
        sections=report_list.sections(index.store.passages_of(found.id)),
    )


@reports.get("/reports/<report_id:report_id>/pages/<int:number>")
def page(report_id: str, number: int) -> str:
    """One page as it looks, with a quote marked on it."""
    found = find_page(report_id, number)
    quote = request.args.get("quote", "").strip()[:_MAX_QUOTE]
    index = answerer().index
    path = original_of(index, found)
    marked = mark(quote, path, found, number) if quote else None
    spans = [marked.span] if marked and marked.span else []
    lines = text_lines(text_of_page(path, found, number), spans)
    return render_template(
        "_viewer.html" if "X-Fragment" in request.headers else "page.html",
        report=found,
        number=number,
        label=index.store.page_label(found.id, number),
        quote=quote,
        marked=marked,
        shape=page_shape(path, number) if has_pictures(found) else None,
        lines=lines,
        layer=text_layer(path, found, number, spans) if has_pictures(found) else (),
    )


@reports.get("/reports/<report_id:report_id>/passages/<int:ordinal>/around")
def around(report_id: str, ordinal: int) -> str:
    """A passage with the one before it and the one after."""
    found = find_report(report_id)
    every = [indexed.passage for indexed in answerer().index.store.passages_of(found.id)]
    near = [passage for passage in every if abs(passage.ordinal - ordinal) <= 1]
    if not near:
        raise UnknownPage("The report has no passage with this number.", remedy="Open one of its pages.")
    template = "_around.html" if "X-Fragment" in request.headers else "around.html"
    return render_template(template, report=found, passages=near, ordinal=ordinal)


@reports.get("/reports/<report_id:report_id>/pages/<int:number>.png")
def picture(report_id: str, number: int) -> Response:
    """A page's picture."""
    found = find_page(report_id, number)
    if not has_pictures(found):
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
    version = f"{found.id}-{number}-{int(width)}"
    response.set_etag(version)
    if not request.if_none_match.contains_weak(version):
        response.set_data(draw(original_of(answerer().index, found), number, int(width)))
    return response.make_conditional(request)  # type: ignore[return-value]  # it gives back itself


@reports.get("/reports/<report_id:report_id>/file")
def file(report_id: str) -> Response:
    """The original, to keep."""
    found = find_report(report_id)
    response = send_file(
        original_of(answerer().index, found),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=PurePath(found.file).name,
        etag=found.sha256,
    )
    response.headers["Cache-Control"] = _KEEP
    return response
