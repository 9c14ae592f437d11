"""The JSON interface."""

from __future__ import annotations

import json
from time import perf_counter

from flask import Blueprint, Response, url_for
from pydantic import BaseModel

from qa_service.payload import answer_payload
from web import catalogue, schemas
from web.links import page_url, picture_url
from web.originals import has_pictures, original_of, text_of_page
from web.parsing import read_arguments, read_json
from web.reports import find_page, find_report
from web.service import answerer

api = Blueprint("api", __name__, url_prefix="/api/v1")
_PICTURE_WIDTH = 1200


@api.post("/query")
def query() -> Response:
    """Answer a question."""
    started = perf_counter()
    asked = read_json(schemas.QueryRequest)
    answer = answerer().answer(asked.to_question())
    payload = answer_payload(answer, (perf_counter() - started) * 1000)
    return Response(json.dumps(payload, ensure_ascii=False), mimetype="application/json")


@api.get("/reports")
def reports() -> Response:
    """List the reports."""
    wanted = read_arguments()
    index = answerer().index
    listed = catalogue.listing(index.store.reports, wanted)
    counts = index.store.passage_counts()
    return _json(
        schemas.ReportsResponse(
            total=len(listed.reports),
            limit=wanted.limit,
            page=wanted.page,
            facets=listed.facets,
            reports=[catalogue.row(report, counts.get(report.id, 0)) for report in listed.shown],
        )
    )


@api.get("/reports/<report_id:report_id>")
def report(report_id: str) -> Response:
    """All that is known of one report."""
    found = find_report(report_id)
    index = answerer().index
    row = catalogue.row(found, catalogue.passage_count(index, found))
    return _json(
        schemas.ReportResponse(
            **dict(row),
            form=found.form,
            published_source=found.published_source,
            lead_inspector=found.lead_inspector,
            grading=found.grading,
            improvements=catalogue.improvements(found),
            visit=found.visit,
            follows_judgement=found.follows_judgement,
            corrected=list(found.corrected),
            media_type=found.media_type,
            sha256=found.sha256,
            source_url=found.source_url,
            sections=catalogue.sections(index.store.passages_of(found.id)),
            url=url_for("reports.report", report_id=found.id),
            file_url=url_for("reports.file", report_id=found.id),
        )
    )


@api.get("/reports/<report_id:report_id>/pages/<int:number>")
def page(report_id: str, number: int) -> Response:
    """The text of one page, and the address of its picture."""
    found = find_page(report_id, number)
    index = answerer().index
    return _json(
        schemas.PageResponse(
            report_id=found.id,
            page=number,
            pages=found.page_count,
            label=index.store.page_label(found.id, number),
            text=text_of_page(original_of(index, found), found, number),
            url=page_url(found.id, number),
            image_url=picture_url(found.id, number, _PICTURE_WIDTH) if has_pictures(found) else None,
        )
    )


def _json(model: BaseModel) -> Response:
    return Response(model.model_dump_json(), mimetype="application/json")
