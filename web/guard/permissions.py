"""The permission that each address needs. An address that is not listed here needs the highest one."""

from __future__ import annotations

from qa_service.access import Scope

_PUBLIC = frozenset({"static", "health.alive", "health.ready", "problems.explain", "openapi.document"})
"""Endpoints that are open to everyone, because they reveal nothing about reports, questions or people."""
_ASK = frozenset({"pages", "conversations", "reports", "authorities", "grades", "comparisons", "news", "themes",
                  "exports", "feedback", "saved", "api", "api_conversations", "api_feedback", "api_saved"})  # fmt: skip
"""Blueprints for people who ask questions and read reports."""
_ADD = frozenset({"additions", "upkeep_api"})
"""Blueprints for people who add reports."""
_ADMIN = frozenset({"additions.remove", "upkeep_api.remove"})
"""Endpoints that remove reports."""


def is_public(endpoint: str | None) -> bool:
    """Return whether an endpoint needs no permission. ``endpoint`` is None if the address does not exist."""
    return endpoint is None or endpoint in _PUBLIC or endpoint.startswith("sign_in.")


def required_scope(endpoint: str) -> Scope:
    """Return the scope that an endpoint needs."""
    blueprint = endpoint.partition(".")[0]
    if endpoint == "metrics.measurements":
        return Scope.METRICS
    if endpoint in _ADMIN:
        return Scope.ADMIN
    if blueprint in _ADD:
        return Scope.ADD
    return Scope.ASK if blueprint in _ASK else Scope.ADMIN
