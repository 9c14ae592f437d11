"""The JSON interface for grades over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from flask import Response, url_for

from corpus.grades import AREAS_BY_KEY
from corpus.types import Report
from index.search.filtering import report_day
from index.types import Filters
from qa_service.addresses import page_url
from qa_service.analysis.grade_history import (
    HOW_COMPARED,
    HOW_READ,
    GivenGrade,
    GradeHistory,
    HistoryOrder,
    Movement,
    grade_histories,
    grades_by_year,
    months_between,
    movements_among,
    publication_delay,
)
from web.api.blueprint import api
from web.contract.operation import operation
from web.contract.overviews import grade_responses as replies
from web.contract.parsing import read_parameters
from web.contract.requests import GradesRequest, MovementsRequest
from web.contract.responses import add_offset_links, cacheable_response
from web.serving.index_service import answerer
from web.serving.overviews.chosen_reports import matching_reports

_TAG = "Grades"


@api.get("/grades")
@operation(
    "List grades over time", _TAG, params=GradesRequest, replies={200: replies.GradesResponse},
    problems=("invalid-filters", "invalid-request", "unknown-collection"), etag=True, paged=True,
)  # fmt: skip
def grades() -> Response:
    """For each authority, list the grades that its inspections gave an area. Count the authorities by grade and year.

    The reply depends on today's date, which is in ``as_of``.
    """
    query, today = read_parameters(GradesRequest), datetime.now(UTC).date()
    histories = _histories(query.area, query.authority, query.collection, query.order)
    total, end = len(histories), query.offset + query.limit
    reply = replies.GradesResponse(
        area=query.area,
        as_of=today,
        how_read=HOW_READ,
        by_year=[
            replies.YearModel(year=each.year, counts=dict(each.counts), unknown=each.unknown)
            for each in grades_by_year(histories)
        ],
        total=total,
        limit=query.limit,
        offset=query.offset,
        next_offset=end if end < total else None,
        authorities=[_history(history, today) for history in histories[query.offset : end]],
    )
    return add_offset_links(cacheable_response(reply), offset=query.offset, limit=query.limit, total=total)


@api.get("/grades/movements")
@operation(
    "List changes of grade", _TAG, params=MovementsRequest, replies={200: replies.MovementsResponse},
    problems=("invalid-filters", "invalid-request", "unknown-collection"), etag=True, paged=True,
)  # fmt: skip
def movements() -> Response:
    """List pairs of successive inspections that grade an area, and how the grade changed between them."""
    query = read_parameters(MovementsRequest)
    histories = _histories(query.area, query.authority, query.collection)
    found = movements_among(histories, query.to_query())
    total, end = len(found), query.offset + query.limit
    reply = replies.MovementsResponse(
        area=query.area,
        how_read=HOW_READ,
        how_compared=HOW_COMPARED,
        total=total,
        limit=query.limit,
        offset=query.offset,
        next_offset=end if end < total else None,
        movements=[movement_response(movement) for movement in found[query.offset : end]],
    )
    return add_offset_links(cacheable_response(reply), offset=query.offset, limit=query.limit, total=total)


def _histories(
    area: str, authorities: Sequence[str], collection: str | None, order: HistoryOrder = HistoryOrder.AUTHORITY
) -> list[GradeHistory]:
    reports = matching_reports(answerer().index, Filters(authority=tuple(authorities)), collection)
    return grade_histories(reports, AREAS_BY_KEY[area], order)


def _history(history: GradeHistory, today: date) -> replies.HistoryModel:
    full = history.last_full
    return replies.HistoryModel(
        authority=history.authority,
        grades=[given_grade(given) for given in history.grades],
        unread=[graded_inspection(report) for report in history.unread],
        last_full_inspection=graded_inspection(full) if full else None,
        months_since=months_between(report_day(full), today) if full else None,
    )


def movement_response(movement: Movement) -> replies.MovementModel:
    """Return a movement as JSON."""
    return replies.MovementModel(
        authority=movement.authority,
        change=movement.relation,
        new_framework=movement.has_new_framework,
        latest=movement.is_latest,
        before=given_grade(movement.before),
        after=given_grade(movement.after),
    )


def given_grade(given: GivenGrade) -> replies.GivenGradeModel:
    """Return a grade as JSON."""
    return replies.GivenGradeModel(
        inspection=graded_inspection(given.report),
        area=given.judgement.area,
        printed=given.judgement.grade,
        grade=given.grade,
        shared=given.shared,
        page=given.judgement.page,
        url=page_url(given.report.id, given.judgement.page),
    )


def graded_inspection(report: Report) -> replies.InspectionModel:
    """Return the facts of an inspection as JSON."""
    return replies.InspectionModel(
        report_id=report.id,
        kind=report.kind,
        framework=report.framework,
        inspected_from=report.inspected_from,
        inspected_to=report.inspected_to,
        published=report.published,
        published_source=report.published_source,
        publication_days=publication_delay(report),
        url=url_for("reports.report", report_id=report.id),
    )
