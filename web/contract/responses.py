"""Replies as JSON: what clients may hold on to, and where the rest of a list is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for
from pydantic import BaseModel

from web.contract.operation import JSON


def send(reply: BaseModel, status: int = 200) -> Response:
    """A reply. Fields of filters that were not set are left out; of all else every field is set."""
    return Response(reply.model_dump_json(exclude_unset=True), status=status, mimetype=JSON)


def send_plain(reply: Mapping[str, Any]) -> Response:
    """A reply whose form was made elsewhere."""
    return Response(json.dumps(reply, ensure_ascii=False), mimetype=JSON)


def accept(reply: BaseModel, address: str | None) -> Response:
    """A reply to what goes on in the background, with the address that tells how far it is."""
    response = send(reply, 202)
    if address:
        response.headers["Location"] = address
    return response


def send_kept(reply: BaseModel) -> Response:
    """A reply that clients may keep and ask about; 304 to those who hold it as it is."""
    response = send(reply)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Authorization", "Cookie"))
    return response.make_conditional(request)  # type: ignore[return-value]  # it gives back itself


def link_pages(response: Response, *, page: int, limit: int, total: int) -> Response:
    """Name the pages of a list before and after, with the parameters that the request had."""
    beside = [("prev", page - 1)] if page > 1 else []
    beside += [("next", page + 1)] if page * limit < total else []
    if beside:
        response.headers["Link"] = ", ".join(f'<{_address(number)}>; rel="{name}"' for name, number in beside)
    return response


def _address(page: int) -> str:
    given: dict[str, Any] = request.args.to_dict(flat=False)
    return url_for(request.endpoint or "", **{**given, "page": page})
