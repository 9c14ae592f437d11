"""What each address asks for: one table. An address that is not in it asks for the most."""

from __future__ import annotations

from qa_service.access import Scope

_PUBLIC = frozenset({"static", "health.alive", "health.ready", "problems.explain", "openapi.document"})
"""Told to anybody: they hold nothing of reports, questions or people."""
_ASK = frozenset({"pages", "conversations", "reports", "authorities", "exports", "feedback", "api", "api_conversations",
                  "api_feedback"})  # fmt: skip
"""Blueprints for those who ask and read."""
_ADD = frozenset({"additions", "upkeep_api"})
_ADMIN = frozenset({"additions.remove", "upkeep_api.remove"})


def is_public(endpoint: str | None) -> bool:
    """Whether an endpoint asks for no right; an address where there is nothing asks for none."""
    return endpoint is None or endpoint in _PUBLIC or endpoint.startswith("sign_in.")


def needed(endpoint: str) -> Scope:
    """The scope that an endpoint asks for."""
    blueprint = endpoint.partition(".")[0]
    if endpoint == "metrics.measurements":
        return Scope.METRICS
    if endpoint in _ADMIN:
        return Scope.ADMIN
    if blueprint in _ADD:
        return Scope.ADD
    return Scope.ASK if blueprint in _ASK else Scope.ADMIN
