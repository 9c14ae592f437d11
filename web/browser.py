"""Whose conversations these are: a browser is known by a token that it alone holds, and by nothing about its user."""

from __future__ import annotations

import re
import secrets

from flask import Response, g, request

NAME = "qa_browser"
_TOKEN = re.compile(r"[\w-]{32,64}", re.ASCII)
_NEW = "browser_token"


def owner() -> str | None:
    """The token of the browser that asks; None where it brought none."""
    token = request.cookies.get(NAME, "")
    return token if _TOKEN.fullmatch(token) else g.get(_NEW)


def known_owner() -> str:
    """The token of the browser that asks; where it brought none it gets one with the reply."""
    token = owner()
    if token is None:
        token = secrets.token_urlsafe(32)
        setattr(g, _NEW, token)
    return token


def keep(response: Response, days: int) -> Response:
    """Have the browser hold its token as long as its conversations are kept."""
    if token := owner():
        response.set_cookie(
            NAME, token, max_age=days * 86_400, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
        )
    return response
