"""Who asks, and what they may do: the scopes, and a person or program that has been recognised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What may be done. Each stands for itself, save that ``ADMIN`` holds the others."""

    ASK = "ask"
    """Ask, read the reports, keep conversations."""
    ADD = "add"
    """Add reports, start and watch builds."""
    ADMIN = "admin"
    """Remove and replace reports; sees the reports of every collection."""
    METRICS = "metrics"
    """Read the service's measurements, and nothing of reports or questions."""


class Mode(StrEnum):
    """How the service knows who asks."""

    OPEN = "open"
    """It does not: this machine alone may ask, and may do everything."""
    TOKENS = "tokens"
    """By access tokens, which people paste into the page once."""
    PROXY = "proxy"
    """By what a reverse proxy, which has signed them in, says in a header."""
    OIDC = "oidc"
    """By an OpenID Connect provider that they sign in to."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What signed-in people may do, by their groups. Without ``ask`` groups, everybody signed in may ask."""

    ask: frozenset[str] = frozenset()
    add: frozenset[str] = frozenset()
    admin: frozenset[str] = frozenset()

    def scopes(self, groups: frozenset[str]) -> frozenset[Scope]:
        """The scopes of whoever is in some groups."""
        held = {Scope.ASK} if not self.ask or groups & self.ask else set()
        if groups & self.add:
            held |= {Scope.ASK, Scope.ADD}
        if groups & self.admin:
            held.add(Scope.ADMIN)
        return frozenset(held)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or program that asks."""

    subject: str
    """Tells one from all others: their conversations belong to it. Empty where nobody is told from anybody."""
    name: str
    """What the log of changes calls them."""
    scopes: frozenset[Scope]
    groups: frozenset[str] = frozenset()

    def may(self, scope: Scope) -> bool:
        """Whether they may do what a scope stands for."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    @property
    def sees_all(self) -> bool:
        """Whether no collection is closed to them."""
        return self.may(Scope.ADMIN)


ANYBODY = Identity("", "", frozenset(Scope))
"""Whoever asks where access is open: on this machine alone."""
