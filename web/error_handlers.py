"""Responses to errors, as JSON or as a page."""

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
from web.guard.access import signs_in
from web.observability.request_ids import request_id
from web.serving.index_service import answer_from_another_build

pages = Blueprint("problems", __name__)


@pages.get("/problems/<slug>")
def explain(slug: str) -> str:
    """What a problem's ``type`` means: the address that it names."""
    entry = entry_of(slug)
    if entry is None:
        raise NotFound
    return render_template("error.html", problem=entry)


def register(app: Flask) -> None:
    """Register the handlers that answer every error of an app."""
    app.register_blueprint(pages)
    app.register_error_handler(Exception, respond)
    app.register_error_handler(DamagedIndex, _respond_to_damage)


def respond(error: Exception) -> Response:
    """The response to an error, as a page or as JSON."""
    problem = problem_of(error, request_id())
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


def _respond_to_damage(error: DamagedIndex) -> ResponseReturnValue:
    """Answer the request from another build if possible."""
    response = answer_from_another_build(error)
    return respond(error) if response is None else response


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
    return Response(json.dumps(problem.model_dump(), ensure_ascii=False), mimetype=MEDIA_TYPE)
