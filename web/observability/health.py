"""Whether the process lives, and whether it can answer."""

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
_EVERY = 5.0
"""Seconds that a probe of the index counts for: anybody may ask whether it answers, and a search takes its time."""


class Answering(Protocol):
    """What the service answers from."""

    def answerer(self) -> Answerer:
        """Return the answerer. Raises SearchIndexError if there is none."""

    def damage(self) -> str:
        """Return why the current build cannot answer; empty if it can."""


class Probe:
    """Whether an index answers a query; asked of the index itself every few seconds at most."""

    def __init__(self, every: float = _EVERY) -> None:
        self._every = every
        self._lock = threading.Lock()
        self._last: tuple[Answerer | None, float] = (None, 0.0)

    def check(self, held: Answerer) -> None:
        """Raises DamagedIndex where it finds nothing."""
        with self._lock:
            whose, when = self._last
            if whose is held and time.monotonic() - when < self._every:
                return
            if not held.index.retrieve(Query("help and protection for children"), 1).passages:
                raise DamagedIndex("The index is open, but a test search found nothing.")
            self._last = held, time.monotonic()


def register(app: Flask, service: Callable[[], Answering]) -> None:
    """Register the health checks of an app. ``service`` returns what it answers from."""
    app.extensions[_PROBE], app.extensions[_SERVICE] = Probe(), service
    app.register_blueprint(health)


@health.get("/healthz")
def alive() -> Response:
    """The process lives."""
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> Response:
    """The index answers a query; where it does not, the error's own status (503) says so.

    “degraded” names what is not at work: without the encoder the words alone are searched, and it still answers.
    """
    service: Answering = current_app.extensions[_SERVICE]()
    if damage := service.damage():
        raise DamagedIndex(f"The current build is damaged: {damage}")
    held = service.answerer()
    current_app.extensions[_PROBE].check(held)
    status = "degraded" if held.degraded else "ready"
    return jsonify(status=status, build=held.index.manifest.build, degraded=list(held.degraded))
