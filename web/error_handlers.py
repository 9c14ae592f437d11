"""From an exception to what a client is told, by the one table: as JSON or as a page."""

from __future__ import annotations

import errno
import json
from dataclasses import asdict, dataclass

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound

from index.errors import BuildRunning
from index.errors import UnknownReport as UnknownNamedReport
from web.contract import problems
from web.contract.problem_catalogue import ENTRIES, Entry, entry_of
from web.guard.access import signs_in
from web.observability.request_ids import request_id

MEDIA_TYPE = "application/problem+json"
_NO_WRITING = frozenset({errno.ENOSPC, errno.EROFS, errno.EFBIG, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as clients read it (RFC 9457), with the field it is about and what would be right."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None
    remedy: str
    instance: str
    """Names the request, as the log does."""

    @property
    def slug(self) -> str:
        """The end of its ``type``."""
        return self.type.rpartition("/")[2]


pages = Blueprint("problems", __name__)


@pages.get("/problems/<slug>")
def explain(slug: str) -> str:
    """What a problem's ``type`` means: the address that it names."""
    entry = entry_of(slug)
    if entry is None:
        raise NotFound
    return render_template("error.html", problem=entry)


def register(app: Flask) -> None:
    """Have every error of the app told in one way."""
    app.register_blueprint(pages)
    app.register_error_handler(Exception, respond)


def problem_of(error: Exception) -> Problem:
    """What is told of an error."""
    entry = _entry(error)
    detail, field, remedy = entry.detail, None, entry.remedy
    if isinstance(error, BuildRunning | UnknownNamedReport):
        detail = str(error)
    if isinstance(error, problems.RequestProblem):
        detail, field, remedy = error.detail, error.field, error.remedy or entry.remedy
    instance = f"urn:request:{request_id()}"
    return Problem(f"/problems/{entry.slug}", entry.title, entry.status, detail, field, remedy, instance)


def _entry(error: Exception) -> Entry:
    if isinstance(error, OSError) and error.errno in _NO_WRITING:
        return ENTRIES[problems.NoRoom]
    entry = next(ENTRIES[kind] for kind in type(error).__mro__ if kind in ENTRIES)
    if entry is ENTRIES[Exception] and isinstance(error, HTTPException) and error.code and error.code < 500:
        return Entry("bad-request", error.code, error.name, ENTRIES[BadRequest].detail, ENTRIES[BadRequest].remedy)
    return entry


def respond(error: Exception) -> Response:
    """The response to an error, as a page or as JSON."""
    problem = problem_of(error)
    if isinstance(error, problems.NotSignedIn) and signs_in() and not _is_signing_in() and not _reads_json():
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("sign_in.form", next=wanted), 303)  # type: ignore[return-value]  # Flask's own is one
    if problem.status >= 500 and not isinstance(error, problems.ComeBack):
        current_app.logger.error("%s on %s", type(error).__name__, request.endpoint, exc_info=error)
    response = _as_json(problem) if _reads_json() else Response(render_template("error.html", problem=problem))
    response.status_code = problem.status
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, problems.NotSignedIn):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, problems.ComeBack):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _is_signing_in() -> bool:
    """Whether the request is itself an attempt to sign in: to be led to where one signs in would be a circle."""
    return (request.endpoint or "").startswith("sign_in.") or "Authorization" in request.headers


def _reads_json() -> bool:
    """Whether the client is a program: by address, by header, or by what it says it reads."""
    if request_ctx.url_adapter is None:  # a host that no address can be made for: a page has links
        return True
    accepts = request.accept_mimetypes
    return (
        request.path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))
        or "X-Fragment" in request.headers
        or accepts.best_match(["text/html", "application/json", MEDIA_TYPE], "text/html") != "text/html"
    )


def _as_json(problem: Problem) -> Response:
    return Response(json.dumps(asdict(problem), ensure_ascii=False), mimetype=MEDIA_TYPE)
