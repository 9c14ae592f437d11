"""Protects against other websites: which hosts and pages may send requests, and what browsers may do with a reply."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import BadRequest, SecurityError

from web.contract.problems import CrossSite

HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Host names that the service always accepts. It refuses other names, so that no website can point its own name at
us."""
_HOSTS, _URL = "known_hosts", "PUBLIC_URL"
MAX_BODY = 64 * 1024
"""Maximum size in bytes of a request's body."""
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer", browsers would send "Origin: null" with our own forms, as they do with forms on other sites.
    # Neither value gives any information to other sites.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def register(app: Flask, url: str | None = None) -> None:
    """Register an app's checks. The app accepts the loopback names, and its public address if it has one."""
    own = urlsplit(url).hostname if url else None
    app.extensions[_HOSTS] = HOSTS | {own} if own else HOSTS
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_PARTS=100, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.config[_URL] = url
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_sites)
    app.before_request(_refuse_unreadable_addresses)
    app.after_request(_add_headers)


def _refuse_other_hosts() -> None:
    """Refuse unknown hosts. Flask's TRUSTED_HOSTS cannot handle IPv6 addresses: it cuts names at the first colon."""
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
    """Refuse requests from pages on other sites. Browsers name the page's site in a header, but programs do not."""
    if request.method in _SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in {"same-origin", "none"} if site else origin is None or _is_own(origin)
    if not own:
        raise CrossSite("A page on another website sent this request, so we refused it.")


def public_url() -> str:
    """Return the address that people use for the service, without a slash at the end."""
    return current_app.config[_URL] or request.host_url.rstrip("/")


def _is_own(origin: str) -> bool:
    """Return whether a request came from our own page. Behind a proxy, the Host header may be the proxy's."""
    try:
        return urlsplit(origin).netloc == request.host or origin == current_app.config[_URL]
    except ValueError:  # the value is not an address
        return False


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if (current_app.config[_URL] or "").startswith("https://"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    # Questions and answers are private. Replies that a browser may keep set their own header.
    response.headers.setdefault("Cache-Control", "no-store")
    return response
