"""Health checks: whether the process is alive, and whether it can answer questions."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from flask import Blueprint, Flask, Response, current_app, jsonify

from index.errors import DamagedIndex
from index.types import Query
from qa_service.answering.pipeline import Answerer

health = Blueprint("health", __name__)
_PROBE, _SERVICE = "probe", "checked_service"
_INTERVAL = 5.0
"""Minimum number of seconds between test searches. Anyone may request the check, and a search takes time."""


class CheckedService(Protocol):
    """The service that the health checks test."""

    def answerer(self) -> Answerer:
        """Return the answerer of the build in use. Raises SearchIndexError if there is no build."""

    def damage(self) -> str:
        """Return the reason why the current build cannot be used, or an empty string if it can."""


class Probe:
    """Tests whether an index answers a query, at most once every few seconds."""

    def __init__(self, interval: float = _INTERVAL) -> None:
        self._interval = interval
        self._lock = threading.Lock()
        self._last_passed: tuple[Answerer | None, float] = (None, 0.0)

    def check(self, answerer: Answerer) -> None:
        """Run a test search. Raises DamagedIndex if it finds nothing."""
        with self._lock:
            passed, when = self._last_passed
            if passed is answerer and time.monotonic() - when < self._interval:
                return
            if not answerer.index.retrieve(Query("help and protection for children"), 1):
                raise DamagedIndex("The index is open, but a test search found nothing.")
            self._last_passed = answerer, time.monotonic()


def register(app: Flask, service: Callable[[], CheckedService]) -> None:
    """Register health checks for an app. ``service`` returns the service to check."""
    app.extensions[_PROBE], app.extensions[_SERVICE] = Probe(), service
    app.register_blueprint(health)


@health.get("/healthz")
def alive() -> Response:
    """Report that the process is alive."""
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> Response:
    """Report whether the index answers a query. If it does not, the reply is an error with status 503.

    “degraded” lists the parts that are not working. Without the encoder, the service still answers questions, but
    searches by words alone.
    """
    service: CheckedService = current_app.extensions[_SERVICE]()
    if damage := service.damage():
        raise DamagedIndex(f"The current build is damaged: {damage}")
    answerer = service.answerer()
    current_app.extensions[_PROBE].check(answerer)
    status = "degraded" if answerer.degraded else "ready"
    return jsonify(status=status, build=answerer.index.manifest.build, degraded=list(answerer.degraded))
