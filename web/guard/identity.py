"""Who sent the request that is being served."""

from __future__ import annotations

from flask import g, request

from qa_service.access import ANYBODY, Identity

_IDENTITY = "identity"
NOBODY = Identity("", "nobody", frozenset())
"""The sender of a request that needs no permission."""


def identity() -> Identity:
    """Return who sent the request. Until the guard has looked at it, and outside requests, this is NOBODY."""
    sender: Identity = g.get(_IDENTITY, NOBODY)
    return sender


def set_identity(sender: Identity) -> None:
    """Record who sent the request."""
    setattr(g, _IDENTITY, sender)


def access_is_open() -> bool:
    """Return whether access is open: anyone on this machine may ask, and we cannot tell people apart."""
    return identity() is ANYBODY


def requester() -> str:
    """Return the name to record for a change to the index: the person's name or, if access is open, the address."""
    return f"web, {identity().name or request.remote_addr}"
