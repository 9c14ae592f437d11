"""Pages for signing in and out, with an access token or through an OpenID Connect provider."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from qa_service.access import Mode
from web.guard import oidc, rates, sessions
from web.guard.access import access_guard, has_sign_in
from web.guard.identity import NOBODY, identity, set_identity

sign_in = Blueprint("sign_in", __name__)
_FAILED = (
    "This access token is not valid. It may have been mistyped or revoked, or it may have expired. Check it and try "
    "again, or ask for a new one."
)


@sign_in.before_request
def _only_where_people_sign_in() -> None:
    if not has_sign_in():
        raise NotFound


@sign_in.get("/sign-in")
def form() -> str | AnyResponse:
    """Show the form for a token, or redirect the person to the provider."""
    if identity().subject:
        return redirect(own_address(request.args.get("next")), 303)
    if access_guard().mode is Mode.OIDC:
        return oidc.redirect_to_provider(url_for("sign_in.callback"), own_address(request.args.get("next")))
    return render_template("sign_in.html", next=own_address(request.args.get("next")), problem="")


@sign_in.post("/sign-in")
def by_token() -> AnyResponse | tuple[str, int]:
    """Sign in with a token."""
    if access_guard().mode is not Mode.TOKENS:
        raise NotFound
    target = own_address(request.form.get("next"))
    token = access_guard().tokens.find(request.form.get("token", "").strip())
    if token is None:
        rates.count_failure()
        return render_template("sign_in.html", next=target, problem=_FAILED), 401
    sessions.begin_with_token(token)
    return redirect(target, 303)


@sign_in.get("/sign-in/callback")
def callback() -> AnyResponse | tuple[str, int]:
    """Complete the sign-in after the provider has sent a person back."""
    if access_guard().mode is not Mode.OIDC:
        raise NotFound
    return redirect(oidc.complete_sign_in(), 303)


@sign_in.post("/sign-out")
def sign_out() -> AnyResponse | str:
    """Sign out of this service, but not of the provider."""
    sessions.end()
    set_identity(NOBODY)
    return render_template("signed_out.html")


def own_address(address: str | None) -> str:
    """Return the given address, or the address of the first page if it is not a valid address on this service."""
    home = url_for("pages.chat")
    if not address or len(address) > 2000 or not address.startswith("/"):
        return home
    # “//host” and “/\host” are addresses of other sites. Browsers ignore control characters, which could be used to
    # hide such addresses.
    is_plain = all(character >= " " and character not in "\\\x7f" for character in address)
    parts = urlsplit(address) if is_plain and not address.startswith("//") else None
    return address if parts and not parts.scheme and not parts.netloc else home
