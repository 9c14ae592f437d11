"""How many requests are worked on at once, and how many may wait: the rest are told at once to come back.

A processor answers no faster for being asked by more at a time. Without a gate every request would slow all others down
until none is answered in time; with it those let in are answered in the time that they take.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, request

from web.problems import Overloaded

_GATE, _INSIDE = "gate", "inside_gate"
_PATIENCE = 20.0
"""Seconds that a request waits at most: a person has given up by then."""
_AGAIN = 2
"""Seconds after which one that was not let in should ask again."""
_FREE = frozenset(
    {"static", "health.alive", "health.ready", "metrics.measurements", "api_builds.events", "upkeep_api.events"}
)
"""Endpoints that need no turn: they take no time, or wait for something else."""


class Gate:
    """Lets in so many at once, and has so many wait."""

    def __init__(self, at_once: int, waiting: int, patience: float = _PATIENCE) -> None:
        self._turns = threading.Semaphore(at_once)
        self._most = at_once + waiting
        self._patience = patience
        self._lock = threading.Lock()
        self.present = 0
        """Requests inside or waiting."""

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Wait for a turn, and hold it. Raises Overloaded at once where too many wait, or when it takes too long."""
        self.take()
        try:
            yield
        finally:
            self.leave()

    def take(self) -> None:
        """Wait for a turn. Raises Overloaded."""
        with self._lock:
            if self.present >= self._most:
                raise Overloaded("More is asked than can be answered just now.", seconds=_AGAIN)
            self.present += 1
        if not self._turns.acquire(timeout=self._patience):
            with self._lock:
                self.present -= 1
            raise Overloaded("It took too long until there was time for this.", seconds=_AGAIN)

    def leave(self) -> None:
        """Let the next in."""
        with self._lock:
            self.present -= 1
        self._turns.release()


def register(app: Flask, at_once: int, waiting: int) -> None:
    """Have an app work on so many requests at once, and have so many wait. After the guard: strangers take no turn."""
    app.extensions[_GATE] = Gate(at_once, waiting)
    app.before_request(_take)
    app.teardown_request(_leave)


def gate() -> Gate:
    """The app's gate."""
    held: Gate = current_app.extensions[_GATE]
    return held


def _take() -> None:
    if request.endpoint in _FREE:
        return
    began = time.perf_counter()
    gate().take()
    setattr(g, _INSIDE, True)
    g.waited = time.perf_counter() - began


def _leave(error: BaseException | None) -> None:  # noqa: ARG001 - Flask hands it over; a turn ends either way
    if g.pop(_INSIDE, False):
        gate().leave()
