"""A signed-in person's session: a signed cookie with who they are and until when, and nothing else."""

from __future__ import annotations

import logging
import os
import secrets
import time
from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app, session

from qa_service.access import Identity, Roles
from qa_service.records.tokens import Token, TokenKeeper

KEY = "session.key"
"""The file in a data folder with the key that signs sessions. Who deletes it signs everybody out."""
_LOG = logging.getLogger(__name__)
_UNTIL, _TOKEN, _SUBJECT, _NAME, _GROUPS = "until", "token", "subject", "name", "groups"
_MOST_GROUPS = 100
"""In a cookie of 4 KB."""


def register(app: Flask, key: bytes, hours: float, *, secure: bool) -> None:
    """Have an app keep sessions of so many hours, sent over HTTPS alone where ``secure``."""
    app.secret_key = key
    app.config.update(
        SESSION_COOKIE_NAME="__Host-qa_session" if secure else "qa_session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=hours),
    )


def open_key(root: Path) -> bytes:
    """The key of a data folder, made where there is none; every process finds the same."""
    path = root / KEY
    root.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        partial = root / f"{KEY}.{secrets.token_hex(8)}.new"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - by handle, so that nobody else reads it
                file.write(secrets.token_bytes(32))
            try:
                os.link(partial, path)  # whole at once, and never in another's place
            except FileExistsError:
                pass
            except OSError:  # a file system without links
                partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return path.read_bytes()


def begin_by_token(token: Token) -> None:
    """Sign in whoever holds a token."""
    _begin({_TOKEN: token.id})


def begin_by_provider(subject: str, name: str, groups: list[str]) -> None:
    """Sign in whom a provider vouches for; of very many groups, the first."""
    if len(groups) > _MOST_GROUPS:
        _LOG.warning("%s has %d groups, of which only the first %d count", subject, len(groups), _MOST_GROUPS)
    _begin({_SUBJECT: subject, _NAME: name, _GROUPS: groups[:_MOST_GROUPS]})


def end() -> None:
    """Sign out."""
    session.clear()


def person(tokens: TokenKeeper, roles: Roles) -> Identity | None:
    """Who is signed in; None where nobody is, their time is over, or their token was revoked."""
    until = session.get(_UNTIL)
    if not isinstance(until, int | float) or time.time() >= until:
        return None
    if _TOKEN in session:
        token = tokens.by_id(str(session[_TOKEN]))
        return token.identity if token else None
    if _SUBJECT not in session:
        return None
    groups = frozenset(session.get(_GROUPS, ()))
    return Identity(str(session[_SUBJECT]), str(session[_NAME]), roles.scopes(groups), groups)


def _begin(facts: dict[str, object]) -> None:
    session.clear()  # nothing of before, such as a state that another may have planted
    session.permanent = True
    session.update(facts)
    session[_UNTIL] = time.time() + current_app.permanent_session_lifetime.total_seconds()
