"""Who may ask, and what a browser may do with the answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError

from web.problems import CrossSite

HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that this service answers under: a page elsewhere that points its own name here is refused."""
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


def register(app: Flask) -> None:
    """Guard an app that answers under the loopback names."""
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_PARTS=100)
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)


def _refuse_other_hosts() -> None:
    """Not by Flask's TRUSTED_HOSTS, which cuts names at their first colon and so takes no IPv6 address."""
    try:
        known = urlsplit(f"//{request.host}").hostname in HOSTS
    except ValueError:
        known = False
    if not known:
        raise SecurityError


def _refuse_other_sites() -> None:
    """A browser says which site's page sent a request; programs say nothing and are let through."""
    if request.method in _SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in {"same-origin", "none"} if site else origin is None or urlsplit(origin).netloc == request.host
    if not own:
        raise CrossSite("A page of another website sent this request, so it was not carried out.")


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    # What is asked and answered is nobody else's business; what may be kept says so itself.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
