"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

import threading
import time

from flask import Blueprint, Flask, Response, current_app, jsonify

from index.errors import DamagedIndex
from index.types import Query
from qa_service.answering.pipeline import Answerer
from web.serving.index_service import service

health = Blueprint("health", __name__)
_PROBE = "probe"
_EVERY = 5.0
"""Seconds that a probe of the index counts for: anybody may ask whether it answers, and a search takes its time."""


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
            if not held.index.retrieve(Query("help and protection for children"), 1):
                raise DamagedIndex("The index is open, but a test search found nothing.")
            self._last = held, time.monotonic()


def register(app: Flask) -> None:
    """Have an app tell whether it lives and whether it answers."""
    app.extensions[_PROBE] = Probe()
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
    if damage := service().damage():
        raise DamagedIndex(f"The current build is damaged: {damage}")
    held = service().answerer()
    current_app.extensions[_PROBE].check(held)
    status = "degraded" if held.degraded else "ready"
    return jsonify(status=status, build=held.index.manifest.build, degraded=list(held.degraded))
