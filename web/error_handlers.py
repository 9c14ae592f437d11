"""Replies to errors, as JSON for programs and as pages for people."""

from __future__ import annotations

import json

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed, NotFound

from index.errors import DamagedIndex
from web.contract import problems
from web.contract.problem_catalogue import entry_of
from web.contract.problem_details import MEDIA_TYPE, Problem, problem_of
from web.guard.access import has_sign_in
from web.observability.request_ids import request_id
from web.serving.index_service import answer_from_another_build

pages = Blueprint("problems", __name__)


@pages.get("/problems/<slug>")
def explain(slug: str) -> str:
    """Explain a problem. The problem's ``type`` is the address of this page."""
    entry = entry_of(slug)
    if entry is None:
        raise NotFound
    return render_template("error.html", problem=entry)


def register(app: Flask) -> None:
    """Register an app's replies to all errors."""
    app.register_blueprint(pages)
    app.register_error_handler(Exception, respond_to_error)
    app.register_error_handler(DamagedIndex, _respond_to_damage)


def respond_to_error(error: Exception) -> Response:
    """Return the reply to an error. Browsers that are not signed in get a redirect to the sign-in page."""
    problem = problem_of(error, request_id())
    if isinstance(error, problems.NotSignedIn) and has_sign_in() and not _is_signing_in() and not _reads_json():
        return_to = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("sign_in.form", next=return_to), 303)  # type: ignore[return-value]  # Flask returns its own class
    if problem.status >= 500 and not isinstance(error, problems.RetryLater):
        current_app.logger.error("%s on %s", type(error).__name__, request.endpoint, exc_info=error)
    response = _as_json(problem) if _reads_json() else Response(render_template("error.html", problem=problem))
    response.status_code = problem.status
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, problems.NotSignedIn):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, problems.RetryLater):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _respond_to_damage(error: DamagedIndex) -> ResponseReturnValue:
    """Answer the request from another build, if possible."""
    response = answer_from_another_build(error)
    return respond_to_error(error) if response is None else response


def _is_signing_in() -> bool:
    """Return whether the request is an attempt to sign in.

    Redirecting it to the sign-in page would cause an endless loop.
    """
    return (request.endpoint or "").startswith("sign_in.") or "Authorization" in request.headers


def _reads_json() -> bool:
    """Return whether the client is a program, judging by the address it requested and the headers it sent."""
    if request_ctx.url_adapter is None:  # the host is not valid, so we cannot make the links on a page
        return True
    accepts = request.accept_mimetypes
    return (
        request.path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))
        or "X-Fragment" in request.headers
        or accepts.best_match(["text/html", "application/json", MEDIA_TYPE], "text/html") != "text/html"
    )


def _as_json(problem: Problem) -> Response:
    return Response(json.dumps(problem.model_dump(), ensure_ascii=False), mimetype=MEDIA_TYPE)
