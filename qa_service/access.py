"""Decides who may do what, by the scopes and groups of a person or program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """A permission that a person or program may have. ``ADMIN`` includes all other permissions."""

    ASK = "ask"
    """Ask questions, read reports and keep conversations."""
    ADD = "add"
    """Add reports, and start and watch builds."""
    ADMIN = "admin"
    """Remove and replace reports, and see the reports of every collection."""
    METRICS = "metrics"
    """Read the service's measurements, but not reports or questions."""


class Mode(StrEnum):
    """How the service identifies people and programs."""

    OPEN = "open"
    """The service does not identify people. Only this machine can reach it, and everyone who uses it may do everything.
    """
    TOKENS = "tokens"
    """The service identifies people by access tokens, which they paste into the page once."""
    PROXY = "proxy"
    """The service identifies people by the headers of a reverse proxy, where they sign in."""
    OIDC = "oidc"
    """The service identifies people through an OpenID Connect provider, where they sign in."""


@dataclass(frozen=True, slots=True)
class Roles:
    """For each permission, the groups that have it. If ``ask`` is empty, anyone who has signed in may ask."""

    ask: frozenset[str] = frozenset()
    add: frozenset[str] = frozenset()
    admin: frozenset[str] = frozenset()

    def scopes(self, groups: frozenset[str]) -> frozenset[Scope]:
        """Return the scopes of a person who is in the given groups."""
        scopes = {Scope.ASK} if not self.ask or groups & self.ask else set()
        if groups & self.add:
            scopes |= {Scope.ASK, Scope.ADD}
        if groups & self.admin:
            scopes.add(Scope.ADMIN)
        return frozenset(scopes)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or program that uses the service."""

    subject: str
    """Unique id under which conversations are kept. Empty if the service does not identify people."""
    name: str
    """Name shown in the log of changes."""
    scopes: frozenset[Scope]
    groups: frozenset[str] = frozenset()

    def may(self, scope: Scope) -> bool:
        """Return whether the person or program has the given scope."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    @property
    def sees_all(self) -> bool:
        """Whether the person or program may see the reports of every collection."""
        return self.may(Scope.ADMIN)


ANYBODY = Identity("", "", frozenset(Scope))
"""The identity that everyone has when access is open. Access is open only to people on this machine."""
