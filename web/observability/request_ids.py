"""An id for each request. It appears in the reply, in the log and in the description of any problem."""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
_VALID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_ID = "request_id"


def register(app: Flask) -> None:
    """Register ids for an app's requests. Every reply includes the id of its request."""
    app.before_request(_assign_id)
    app.after_request(_add_header)


def request_id() -> str:
    """Return the id of the current request. If the client did not send a valid id, this is a new one."""
    if _ID not in g:
        sent = request.headers.get(HEADER, "")
        setattr(g, _ID, sent if _VALID.fullmatch(sent) else secrets.token_hex(8))
    current: str = getattr(g, _ID)
    return current


def _assign_id() -> None:
    request_id()


def _add_header(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    return response
