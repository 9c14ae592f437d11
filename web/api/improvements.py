"""The JSON interface for the improvement registers of authorities."""

from __future__ import annotations

from flask import Response

from web.api.blueprint import api
from web.contract.improvement_responses import ImprovementsResponse
from web.contract.operation import operation
from web.contract.parsing import read_parameters
from web.contract.requests import ImprovementsRequest
from web.contract.responses import cacheable_response
from web.serving.improvements import register_named, register_response
from web.serving.index_service import answerer


@api.get("/authorities/<authority>/improvements")
@operation(
    "Get an authority's improvement register", "Reports", params=ImprovementsRequest,
    replies={200: ImprovementsResponse}, problems=("unknown-authority",), etag=True,
)  # fmt: skip
def improvements(authority: str) -> Response:
    """Get what an authority's reports asked to improve, what later reports say about it, and what recurs."""
    query = read_parameters(ImprovementsRequest)
    index = answerer().index
    return cacheable_response(register_response(index, register_named(index, authority), query.outcome))
