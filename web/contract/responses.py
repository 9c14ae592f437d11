"""Replies in JSON, with headers for caching and for lists that have several pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for
from pydantic import BaseModel

from web.contract.operation import JSON


def model_response(reply: BaseModel, status: int = 200) -> Response:
    """Return a model as a reply."""
    return Response(reply.model_dump_json(), status=status, mimetype=JSON)


def json_response(reply: Mapping[str, Any]) -> Response:
    """Return a dictionary as a reply."""
    return Response(json.dumps(reply, ensure_ascii=False), mimetype=JSON)


def accepted_response(reply: BaseModel, address: str | None) -> Response:
    """Return a 202 reply to a request to start a build. Clients can watch the build's progress at ``address``."""
    response = model_response(reply, 202)
    if address:
        response.headers["Location"] = address
    return response


def cacheable_response(reply: BaseModel) -> Response:
    """Return a reply with an ETag, or a 304 reply if the client's copy is current."""
    response = model_response(reply)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Authorization", "Cookie"))
    return response.make_conditional(request)  # type: ignore[return-value]  # it returns this same response


def add_page_links(response: Response, *, page: int, limit: int, total: int) -> Response:
    """Add a Link header for the previous and next pages of a list, with the same parameters as this request."""
    before, after = (page - 1 if page > 1 else None), (page + 1 if page * limit < total else None)
    return _with_links(response, "page", before, after)


def add_offset_links(response: Response, *, offset: int, limit: int, total: int) -> Response:
    """Add a Link header for the parts of a list before and after this one. It keeps the parameters of this request."""
    before, after = (max(0, offset - limit) if offset else None), (offset + limit if offset + limit < total else None)
    return _with_links(response, "offset", before, after)


def _with_links(response: Response, parameter: str, before: int | None, after: int | None) -> Response:
    """Add a Link header for the parts of a list before and after this one, if there are such parts."""
    found = [(name, number) for name, number in (("prev", before), ("next", after)) if number is not None]
    if found:
        links = (f'<{_address_with(parameter, number)}>; rel="{name}"' for name, number in found)
        response.headers["Link"] = ", ".join(links)
    return response


def _address_with(name: str, number: int) -> str:
    """Return the address of this request with one parameter changed."""
    parameters: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    return url_for(request.endpoint or "", **{**parameters, name: number})
