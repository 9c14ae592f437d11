"""A name for each request: in its reply, in the log, and in what a person is told when something fails."""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
_PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_HELD = "request_id"


def register(app: Flask) -> None:
    """Have every reply of an app carry its request's id."""
    app.before_request(_name)
    app.after_request(_tell)


def request_id() -> str:
    """The id of the request at hand: the client's own where it is plain, else a new one."""
    if _HELD not in g:
        given = request.headers.get(HEADER, "")
        setattr(g, _HELD, given if _PLAIN.fullmatch(given) else secrets.token_hex(8))
    held: str = getattr(g, _HELD)
    return held


def _name() -> None:
    request_id()


def _tell(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    return response
