"""Who asks, in the request at hand."""

from __future__ import annotations

from flask import g, request

from qa_service.access import ANYBODY, Identity

_HELD = "identity"
NOBODY = Identity("", "nobody", frozenset())
"""Whoever looks at what needs no right."""


def identity() -> Identity:
    """Who asks. Outside a guarded request, and before the guard, nobody does."""
    held: Identity = g.get(_HELD, NOBODY)
    return held


def recognise(person: Identity) -> None:
    """Have the request be a person's or program's."""
    setattr(g, _HELD, person)


def is_open() -> bool:
    """Whether access is open: whoever is at this machine asks, and nobody is told from anybody."""
    return identity() is ANYBODY


def requester() -> str:
    """Return who changes the index, for its records: the person's name or, if access is open, the address."""
    return f"web, {identity().name or request.remote_addr}"
