"""Whose conversations these are: of whoever is signed in, else of a browser, known by a token that it alone holds."""

from __future__ import annotations

import re
import secrets

from flask import Response, g, request

from web.guard.identity import identity
from web.guard.security import public_url

NAME = "qa_browser"
_TOKEN = re.compile(r"[\w-]{32,64}", re.ASCII)
_NEW = "browser_token"
_PROGRAMS = "programs of this machine"
"""With open access programs, which hold no cookies, share their conversations: the ids are not to be guessed."""


def owner() -> str | None:
    """Whoever is signed in, else the token of the browser that asks; None where it brought none."""
    if subject := identity().subject:
        return f"person {subject}"
    token = request.cookies.get(NAME, "")
    if _TOKEN.fullmatch(token):
        return token
    return _PROGRAMS if request.path.startswith("/api/") else g.get(_NEW)


def known_owner() -> str:
    """Whoever is signed in, else the token of the browser that asks, which gets one with the reply if it has none."""
    token = owner()
    if token is None:
        token = secrets.token_urlsafe(32)
        setattr(g, _NEW, token)
    return token


def keep(response: Response, days: int) -> Response:
    """Have the browser hold its token as long as its conversations are kept."""
    if not identity().subject and (token := owner()):
        secure = public_url().startswith("https://")
        response.set_cookie(NAME, token, max_age=days * 86_400, httponly=True, samesite="Lax", secure=secure, path="/")
    return response
