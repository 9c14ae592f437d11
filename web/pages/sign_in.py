"""Signing in and out: with an access token pasted once, or at an OpenID Connect provider."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from qa_service.access import Mode
from web.guard import oidc, rates, sessions
from web.guard.access import guard, signs_in
from web.guard.identity import NOBODY, identity, recognise

sign_in = Blueprint("sign_in", __name__)
_FAILED = (
    "This access token is not valid. It may be mistyped, revoked or out of date. Check it and try again, or ask for a "
    "new one."
)


@sign_in.before_request
def _only_where_people_sign_in() -> None:
    if not signs_in():
        raise NotFound


@sign_in.get("/sign-in")
def form() -> str | AnyResponse:
    """Where a token is pasted, or the way to the provider."""
    if identity().subject:
        return redirect(own_address(request.args.get("next")), 303)
    if guard().mode is Mode.OIDC:
        return oidc.begin(url_for("sign_in.callback"), own_address(request.args.get("next")))
    return render_template("sign_in.html", next=own_address(request.args.get("next")), problem="")


@sign_in.post("/sign-in")
def by_token() -> AnyResponse | tuple[str, int]:
    """Sign in with a token."""
    if guard().mode is not Mode.TOKENS:
        raise NotFound
    target = own_address(request.form.get("next"))
    token = guard().tokens.find(request.form.get("token", "").strip())
    if token is None:
        rates.count_failure()
        return render_template("sign_in.html", next=target, problem=_FAILED), 401
    sessions.begin_by_token(token)
    return redirect(target, 303)


@sign_in.get("/sign-in/callback")
def callback() -> AnyResponse | tuple[str, int]:
    """Where the provider sends people back to."""
    if guard().mode is not Mode.OIDC:
        raise NotFound
    return redirect(oidc.finish(), 303)


@sign_in.post("/sign-out")
def sign_out() -> AnyResponse | str:
    """Sign out of this service; of the provider, people sign out there."""
    sessions.end()
    recognise(NOBODY)
    return render_template("signed_out.html")


def own_address(wanted: str | None) -> str:
    """An address of this service to go on to; its first page for all else."""
    home = url_for("pages.chat")
    if not wanted or len(wanted) > 2000 or not wanted.startswith("/"):
        return home
    # “//host” and “/\host” lead elsewhere, and control characters are passed over by browsers.
    plain = all(character >= " " and character not in "\\\x7f" for character in wanted)
    parts = urlsplit(wanted) if plain and not wanted.startswith("//") else None
    return wanted if parts and not parts.scheme and not parts.netloc else home
