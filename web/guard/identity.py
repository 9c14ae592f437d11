"""The identity of the person or program that sent the current request."""

from __future__ import annotations

from flask import g, request

from qa_service.access import ANYBODY, Identity

_IDENTITY = "identity"
NOBODY = Identity("", "nobody", frozenset())
"""The identity used for a request that needs no permission."""


def identity() -> Identity:
    """Return who sent the request, or NOBODY if the guard has not checked it yet or there is no request."""
    sender: Identity = g.get(_IDENTITY, NOBODY)
    return sender


def set_identity(sender: Identity) -> None:
    """Record who sent the request."""
    setattr(g, _IDENTITY, sender)


def access_is_open() -> bool:
    """Return whether access is open.

    If it is, anyone on this machine may ask questions, and we cannot tell people apart.
    """
    return identity() is ANYBODY


def requester() -> str:
    """Return the name to record for a change to the index: the person's name or, if access is open, their address."""
    return f"web, {identity().name or request.remote_addr}"
