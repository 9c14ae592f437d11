"""Sessions for signed-in people. A session is a signed cookie that says only who the person is and when it expires."""

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
"""The file in a data folder that contains the key for signing sessions. Deleting it signs everyone out."""
_LOG = logging.getLogger(__name__)
_UNTIL, _TOKEN, _SUBJECT, _NAME, _GROUPS = "until", "token", "subject", "name", "groups"
_MAX_GROUPS = 100
"""Maximum number of groups in a session. The limit is there because a cookie can be at most 4 KB."""


def register(app: Flask, key: bytes, hours: float, *, secure: bool) -> None:
    """Register sessions for an app. If ``secure`` is true, browsers send the session cookies only over HTTPS."""
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


def load_or_create_key(root: Path) -> bytes:
    """Return the session key in a data folder, after creating it if there is none. All processes get the same key."""
    path = root / KEY
    root.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        partial = root / f"{KEY}.{secrets.token_hex(8)}.new"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - opened by handle, so that nobody else can read it
                file.write(secrets.token_bytes(32))
            try:
                os.link(partial, path)  # the file appears complete, and never replaces another process's key
            except FileExistsError:
                pass
            except OSError:  # the file system does not support links
                partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return path.read_bytes()


def begin_with_token(token: Token) -> None:
    """Sign in the owner of a token."""
    _begin({_TOKEN: token.id})


def begin_with_provider(subject: str, name: str, groups: list[str]) -> None:
    """Sign in a person whose identity a provider has confirmed.

    If they are in more than 100 groups, keep the first 100.
    """
    if len(groups) > _MAX_GROUPS:
        _LOG.warning("%s has %d groups, of which only the first %d count", subject, len(groups), _MAX_GROUPS)
    _begin({_SUBJECT: subject, _NAME: name, _GROUPS: groups[:_MAX_GROUPS]})


def end() -> None:
    """Sign out."""
    session.clear()


def signed_in_identity(tokens: TokenKeeper, roles: Roles) -> Identity | None:
    """Return who is signed in. None if nobody is, if the session has ended, or if the token was revoked."""
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
    session.clear()  # an attacker may have set the earlier contents
    session.permanent = True
    session.update(facts)
    session[_UNTIL] = time.time() + current_app.permanent_session_lifetime.total_seconds()
