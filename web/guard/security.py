"""Who may ask, and what a browser may do with the answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import BadRequest, SecurityError

from web.contract.problems import CrossSite

HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that this service answers under, beside its own: a page elsewhere that points its own name here is refused."""
_HOSTS, _URL = "known_hosts", "PUBLIC_URL"
MAX_BODY = 64 * 1024
"""Bytes of a request's body."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": under it browsers send "Origin: null" with this site's own forms, which cannot be told from
    # a stranger's. Nothing goes to other sites either way.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def register(app: Flask, url: str | None = None) -> None:
    """Guard an app that answers under the loopback names, and under its public address where it has one."""
    own = urlsplit(url).hostname if url else None
    app.extensions[_HOSTS] = HOSTS | {own} if own else HOSTS
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_PARTS=100, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.config[_URL] = url
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_unreadable_addresses)
    app.after_request(_add_headers)


def _refuse_other_hosts() -> None:
    """Not by Flask's TRUSTED_HOSTS, which cuts names at their first colon and so takes no IPv6 address."""
    try:
        known = urlsplit(f"//{request.host}").hostname in current_app.extensions[_HOSTS]
    except ValueError:
        known = False
    if not known:
        raise SecurityError


def _refuse_unreadable_addresses() -> None:
    try:
        request.query_string.decode()
    except UnicodeDecodeError as error:
        raise BadRequest from error


def _refuse_other_sites() -> None:
    """A browser says which site's page sent a request; programs say nothing and are let through."""
    if request.method in _SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in {"same-origin", "none"} if site else origin is None or _is_own(origin)
    if not own:
        raise CrossSite("A page on another website sent this request, so we refused it.")


def public_url() -> str:
    """The address that people use, without a slash at its end."""
    return current_app.config[_URL] or request.host_url.rstrip("/")


def _is_own(origin: str) -> bool:
    """Whether a page of this service sent a request: behind a proxy the host header may be the proxy's."""
    try:
        return urlsplit(origin).netloc == request.host or origin == current_app.config[_URL]
    except ValueError:  # it is no address at all
        return False


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if (current_app.config[_URL] or "").startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    # What is asked and answered is nobody else's business; what may be kept says so itself.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
