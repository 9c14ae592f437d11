"""The JSON interface for what authorities were asked to improve, and for their summaries."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response

from index.search.filtering import report_day
from qa_service.analysis.grade_history import months_between
from qa_service.answering.overviews.profile import profile_named
from qa_service.answering.overviews.register import prove, register_named
from web.api.blueprint import api
from web.api.comparison import comparison_cell
from web.api.grades import given_grade, graded_inspection
from web.contract.operation import operation
from web.contract.overviews.improvement_responses import ImprovementsResponse
from web.contract.overviews.profile_responses import AreaHistory, ProfileResponse
from web.contract.parsing import read_parameters
from web.contract.requests import ImprovementsRequest
from web.contract.responses import cacheable_response
from web.serving.index_service import answerer
from web.serving.overviews.improvements import counts_response, item_response, register_response


@api.get("/authorities/<authority>/improvements")
@operation(
    "Get an authority's improvement register", "Reports", params=ImprovementsRequest,
    replies={200: ImprovementsResponse}, problems=("unknown-authority",), etag=True,
)  # fmt: skip
def improvements(authority: str) -> Response:
    """Get what an authority's reports asked to improve, what later reports say about it, and what keeps coming back."""
    query = read_parameters(ImprovementsRequest)
    index = answerer().index
    return cacheable_response(register_response(index, register_named(index, authority), query.outcome))


@api.get("/authorities/<authority>/summary")
@operation(
    "Get a summary of an authority", "Reports", replies={200: ProfileResponse}, problems=("unknown-authority",),
    etag=True,
)  # fmt: skip
def summary(authority: str) -> Response:
    """Get an authority's grades, its last full inspection and later visits, what must improve, and quotes by theme.

    The reply depends on today's date, which is in ``as_of``.
    """
    index, today = answerer().index, datetime.now(UTC).date()
    profile = profile_named(index, authority)
    full = profile.last_full
    quotes = prove(index, [word for item in profile.asked for word in item.later])
    return cacheable_response(
        ProfileResponse(
            authority=profile.authority,
            as_of=today,
            last_full_inspection=graded_inspection(full) if full else None,
            months_since=months_between(report_day(full), today) if full else None,
            areas=[
                AreaHistory(
                    area=area.key,
                    grades=[given_grade(given) for given in history.grades],
                    unread=[graded_inspection(report) for report in history.unread],
                )
                for area, history in profile.histories
            ],
            visits=[graded_inspection(visit) for visit in profile.visits],
            must_improve=[item_response(item, quotes) for item in profile.asked],
            outcomes=counts_response(profile.register),
            recurring=len(profile.register.recurring),
            themes=[comparison_cell(cell) for cell in profile.themes],
        )
    )
