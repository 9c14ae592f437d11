"""The JSON interface for questions, reports and pages."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from web.api.asking import ask
from web.contract import report_responses
from web.contract.answer_responses import AnswerResponse, AnswersResponse
from web.contract.operation import operation
from web.contract.parsing import read_json, read_one, read_parameters, refuse_unknown_parameters
from web.contract.problems import RequestProblem
from web.contract.requests import QueriesRequest, QueryRequest, ReportsRequest
from web.contract.responses import link_pages, send_kept, send_plain
from web.error_handlers import problem_of
from web.pages.reports import find_page, find_report
from web.serving import report_list
from web.serving.index_service import answerer
from web.serving.links import page_url, picture_url
from web.serving.page_view import has_pictures, original_of, text_of_page

api = Blueprint("api", __name__, url_prefix="/api/v1")
api.before_request(refuse_unknown_parameters)
MAX_BATCH_BODY = 256 * 1024
"""Bytes of a request that brings many questions."""
_PICTURE_WIDTH = 1200
_QUESTIONS, _REPORTS = "Questions", "Reports"
_ASKED = ("invalid-question", "invalid-filters", "unknown-conversation", "conversation-moved", "not-kept")
_HELD = ("unknown-report", "removed-report")


@api.post("/query")
@operation(
    "Answer a question", _QUESTIONS, body=QueryRequest, replies={200: AnswerResponse}, problems=_ASKED
)  # fmt: skip
def query() -> Response:
    """Answer a question in the reports' own words, each sentence cited to its page, or say why there is no answer.

    Nothing is kept of it unless “remember” is true or “conversation_id” names a conversation.
    """
    return send_plain(ask(read_json(QueryRequest)))


@api.post("/queries")
@operation("Answer many questions", _QUESTIONS, body=QueriesRequest, replies={200: AnswersResponse})
def queries() -> Response:
    """Answer at most 20 questions, one after another. What is wrong with one is told in its place."""
    request.max_content_length = MAX_BATCH_BODY
    return send_plain({"answers": [_one_of_many(value) for value in read_json(QueriesRequest).queries]})


@api.get("/reports")
@operation(
    "List the reports", _REPORTS, params=ReportsRequest, replies={200: report_responses.ReportsResponse},
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
    _REPORTS,
    replies={200: report_responses.ReportResponse},
    problems=_HELD,
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
    "Get the text of a page", _REPORTS, replies={200: report_responses.PageResponse},
    problems=(*_HELD, "unknown-page", "original-missing", "unreadable-original"), etag=True,
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


def _one_of_many(value: object) -> dict[str, Any]:
    """A question of many, answered or with what is wrong with it; the others go on either way."""
    try:
        return {"status": 200, "answer": ask(read_one(QueryRequest, value))}
    except (RequestProblem, sqlite3.Error) as error:
        problem = problem_of(error)
        if problem.status >= 500:
            current_app.logger.exception("%s within a batch", type(error).__name__)
        return {"status": problem.status, "problem": asdict(problem)}
