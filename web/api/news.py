"""The JSON interface for what is new."""

from __future__ import annotations

from flask import Response, url_for

from corpus.types import Report
from qa_service.analysis.news import Addition, ThemeMove, additions, news_of
from web.api.blueprint import api
from web.api.grades import movement_response
from web.contract.operation import operation
from web.contract.overviews import news_responses as replies
from web.contract.parsing import read_parameters
from web.contract.requests import NewsRequest
from web.contract.responses import add_offset_links, cacheable_response
from web.serving.index_service import answerer
from web.serving.overviews.additions import known_addition

_TAG = "What is new"


@api.get("/news")
@operation(
    "List additions of reports", _TAG, params=NewsRequest, replies={200: replies.NewsListResponse},
    problems=("invalid-request",), etag=True, paged=True,
)  # fmt: skip
def news() -> Response:
    """List the reports that were added, latest first. Reports that were added together are one addition."""
    query = read_parameters(NewsRequest)
    found = additions(answerer().index)
    total, end = len(found), query.offset + query.limit
    reply = replies.NewsListResponse(
        total=total,
        limit=query.limit,
        offset=query.offset,
        next_offset=end if end < total else None,
        additions=[_addition(each) for each in found[query.offset : end]],
    )
    return add_offset_links(cacheable_response(reply), offset=query.offset, limit=query.limit, total=total)


@api.get("/news/<addition_id>")
@operation(
    "Get what an addition changed", _TAG, replies={200: replies.NewsResponse}, problems=("unknown-addition",),
    etag=True,
)  # fmt: skip
def news_of_addition(addition_id: str) -> Response:
    """Get what changed when reports were added: grades, items to improve, and the counts of themes."""
    index = answerer().index
    found = news_of(index, known_addition(index, addition_id))
    return cacheable_response(
        replies.NewsResponse(
            **dict(_addition(found.addition)),
            movements=[
                replies.AreaMovement(area=area.key, movement=movement_response(movement))
                for area, movement in found.movements
            ],
            items=found.items,
            replaced=[_report(report) for report in found.replaced],
            themes=[_theme(move) for move in found.themes],
            replaced_later=found.reissued,
        )
    )


def _addition(addition: Addition) -> replies.AdditionModel:
    return replies.AdditionModel(
        id=addition.id,
        when=addition.when,
        first=addition.is_first,
        reports=[_report(report) for report in addition.reports],
        url=url_for("news.addition", addition_id=addition.id),
    )


def _report(report: Report) -> replies.NewReport:
    return replies.NewReport(
        id=report.id,
        file=report.file,
        title=report.title,
        authority=report.authority,
        kind=report.kind,
        url=url_for("reports.report", report_id=report.id),
    )


def _theme(move: ThemeMove) -> replies.ThemeMoveModel:
    return replies.ThemeMoveModel(
        theme=move.after.theme.id,
        name=move.after.theme.name,
        reports_before=move.before.reports,
        reports=move.after.reports,
        weaknesses_before=move.before.weaknesses,
        weaknesses=move.after.weaknesses,
        strengths_before=move.before.strengths,
        strengths=move.after.strengths,
    )
