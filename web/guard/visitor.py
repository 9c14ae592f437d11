"""The owner of conversations: the person who is signed in or, if nobody is, a browser known by its secret cookie."""

from __future__ import annotations

import re
import secrets

from flask import Response, g, request

from web.guard.identity import identity
from web.guard.security import public_url

COOKIE_NAME = "qa_browser"
_TOKEN = re.compile(r"[\w-]{32,64}", re.ASCII)
_NEW = "browser_token"
_PROGRAMS = "programs of this machine"
"""The owner of the conversations of programs, if access is open. Programs keep no cookies, but nobody can guess an
id."""


def owner() -> str | None:
    """Return the person who is signed in or, if nobody is, the browser's token.

    Return None if the browser sent no token.
    """
    if subject := identity().subject:
        return f"person {subject}"
    token = request.cookies.get(COOKIE_NAME, "")
    if _TOKEN.fullmatch(token):
        return token
    return _PROGRAMS if request.path.startswith("/api/") else g.get(_NEW)


def owner_or_new() -> str:
    """Return the owner. A browser without a token gets a new one, which ``keep_cookie`` sends to it."""
    token = owner()
    if token is None:
        token = secrets.token_urlsafe(32)
        setattr(g, _NEW, token)
    return token


def keep_cookie(response: Response, days: int) -> Response:
    """Set a cookie with the browser's token.

    It lasts for as long as we keep the conversations or questions that it opens.
    """
    if not identity().subject and (token := owner()):
        secure = public_url().startswith("https://")
        response.set_cookie(
            COOKIE_NAME, token, max_age=days * 86_400, httponly=True, samesite="Lax", secure=secure, path="/"
        )
    return response
