"""How many requests are worked on at once, and how many may wait: the rest are told at once to come back.

A processor answers no faster for being asked by more at a time. Without a gate every request would slow all others down
until none is answered in time; with it those let in are answered in the time that they take.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, request

from web.contract.problems import Overloaded
from web.guard.permissions import is_public
from web.guard.security import MAX_BODY

_GATE, _UPLOADS_GATE, _INSIDE = "gate", "uploads_gate", "inside_gate"
PATIENCE = 30.0
"""Seconds of waiting to be expected beyond which nobody is let in: by then a person has given up."""
_LIMIT = 90.0
"""Seconds that anybody waits at most, should the expectation have been wrong."""
_AGAIN = 2
"""Seconds after which one that was not let in should ask again."""
_WEIGHT = 0.1
"""Of the latest request in the mean time that one takes."""
_FREE = frozenset({"metrics.measurements", "upkeep_api.events"})
"""Endpoints that need no turn, as the public ones do: they take no time, or wait for something else."""
_UPLOADS = frozenset({"additions.add", "upkeep_api.add"})
"""Endpoints that take as long as the sender's line: with a gate of their own, so that no question waits for them."""
_UPLOADS_AT_ONCE = 2


class Gate:
    """Lets in so many at once, in the order in which they came, and has others wait while that is not too long."""

    def __init__(self, at_once: int, waiting: int, patience: float = PATIENCE) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._patience = patience
        self._lock = threading.Lock()
        self._line: deque[threading.Event] = deque()
        self._inside = 0
        self._mean = 0.0

    @property
    def present(self) -> int:
        """Requests inside or waiting."""
        return self._inside + len(self._line)

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Wait for a turn, and hold it. Raises Overloaded where it would be too long."""
        self.take()
        began = time.monotonic()
        try:
            yield
        finally:
            self.leave(time.monotonic() - began)

    def take(self) -> None:
        """Wait for a turn. Raises Overloaded at once where too many wait, or it would be too long."""
        with self._lock:
            if self._inside < self._at_once:
                self._inside += 1
                return
            expected = (len(self._line) + 1) * self._mean / self._at_once
            if len(self._line) >= self._waiting or expected > self._patience:
                raise Overloaded("Too many requests are waiting at the moment.", seconds=_AGAIN)
            turn = threading.Event()
            self._line.append(turn)
        if not turn.wait(_LIMIT) and self._gives_up(turn):
            raise Overloaded("Your request waited too long.", seconds=_AGAIN)

    def leave(self, seconds: float) -> None:
        """Let the next in, after so many seconds inside."""
        with self._lock:
            self._mean += _WEIGHT * (seconds - self._mean)
            if self._line:
                self._line.popleft().set()  # whose turn it is takes the place
            else:
                self._inside -= 1

    def _gives_up(self, turn: threading.Event) -> bool:
        """Whether somebody leaves the line; not where their turn has come this moment."""
        with self._lock:
            if turn not in self._line:
                return False
            self._line.remove(turn)
            return True


def register(app: Flask, at_once: int, waiting: int) -> None:
    """Have an app work on so many requests at once, and have so many wait. After the guard: strangers take no turn."""
    app.extensions[_GATE] = Gate(at_once, waiting)
    app.extensions[_UPLOADS_GATE] = Gate(_UPLOADS_AT_ONCE, waiting)
    app.before_request(_take)
    app.teardown_request(_leave)


def gate() -> Gate:
    """The app's gate."""
    held: Gate = current_app.extensions[_GATE]
    return held


def _take() -> None:
    if request.endpoint in _FREE or is_public(request.endpoint):
        return
    entered = gate()
    if request.endpoint in _UPLOADS:
        entered = current_app.extensions[_UPLOADS_GATE]
    elif 0 < (request.content_length or 0) <= MAX_BODY:
        request.get_data()  # before the turn: who sends slowly holds nobody up
    entered.take()
    setattr(g, _INSIDE, (entered, time.monotonic()))


def _leave(error: BaseException | None) -> None:  # noqa: ARG001 - Flask hands it over; a turn ends either way
    if inside := g.pop(_INSIDE, None):
        entered, began = inside
        entered.leave(time.monotonic() - began)
