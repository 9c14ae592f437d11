"""Limits how many requests we handle at the same time, and how many may wait. It refuses any others immediately.

A processor does not work faster when there are more requests. Without a limit, each request would slow down all the
others until all of them time out. With a limit, each request that we let in takes its usual time.
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

_REQUESTS, _UPLOADS, _HELD_SLOT = "request_limiter", "upload_limiter", "held_slot"
PATIENCE = 30.0
"""Maximum expected wait in seconds. If the wait would be longer, we refuse a request at once, because a person would
give up by then."""
_MAX_WAIT = 90.0
"""Maximum number of seconds that a request really waits, if the estimate was too low."""
_RETRY_AFTER = 2
"""Seconds after which a client should send a refused request again."""
_WEIGHT = 0.1
"""Weight of the latest request in the moving average of the time that a request takes."""
_UNLIMITED = frozenset({"metrics.measurements", "upkeep_api.events"})
"""Endpoints that need no slot, in addition to public ones. They take almost no time, or spend it waiting."""
_UPLOAD_ENDPOINTS = frozenset({"additions.add", "upkeep_api.add"})
"""Endpoints that take as long as the upload does. They have their own limiter, so that they do not delay questions."""
_UPLOADS_AT_ONCE = 2


class ConcurrencyLimiter:
    """Gives a fixed number of slots to requests, in order of arrival. Lets a limited number of other requests wait."""

    def __init__(self, at_once: int, waiting: int, patience: float = PATIENCE) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._patience = patience
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()
        self._running = 0
        self._mean_seconds = 0.0

    @property
    def present(self) -> int:
        """The number of requests that have a slot or are waiting for one."""
        return self._running + len(self._queue)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Keep a slot for as long as the block runs. Raises Overloaded if the wait would be too long."""
        self.acquire()
        began = time.monotonic()
        try:
            yield
        finally:
            self.release(time.monotonic() - began)

    def acquire(self) -> None:
        """Wait for a slot.

        Raises Overloaded at once if too many other requests are waiting or the wait would be too long.
        """
        with self._lock:
            if self._running < self._at_once:
                self._running += 1
                return
            expected = (len(self._queue) + 1) * self._mean_seconds / self._at_once
            if len(self._queue) >= self._waiting or expected > self._patience:
                raise Overloaded("Too many requests are waiting at the moment.", seconds=_RETRY_AFTER)
            granted = threading.Event()
            self._queue.append(granted)
        if not granted.wait(_MAX_WAIT) and self._leave_queue(granted):
            raise Overloaded("Your request waited too long.", seconds=_RETRY_AFTER)

    def release(self, seconds: float) -> None:
        """Give back a slot that was in use for ``seconds``. The first request in the queue gets it."""
        with self._lock:
            self._mean_seconds += _WEIGHT * (seconds - self._mean_seconds)
            if self._queue:
                self._queue.popleft().set()  # the slot stays in use, so the count does not change
            else:
                self._running -= 1

    def _leave_queue(self, granted: threading.Event) -> bool:
        """Leave the queue. Return False if a slot has just been granted."""
        with self._lock:
            if granted not in self._queue:
                return False
            self._queue.remove(granted)
            return True


def register(app: Flask, at_once: int, waiting: int) -> None:
    """Register an app's limits. Register the guard first, so that requests without permission take no slot."""
    app.extensions[_REQUESTS] = ConcurrencyLimiter(at_once, waiting)
    app.extensions[_UPLOADS] = ConcurrencyLimiter(_UPLOADS_AT_ONCE, waiting)
    app.before_request(_acquire_slot)
    app.teardown_request(_release_slot)


def request_limiter() -> ConcurrencyLimiter:
    """Return the limiter for all requests except uploads."""
    limiter: ConcurrencyLimiter = current_app.extensions[_REQUESTS]
    return limiter


def upload_limiter() -> ConcurrencyLimiter:
    """Return the limiter for uploads."""
    limiter: ConcurrencyLimiter = current_app.extensions[_UPLOADS]
    return limiter


def _acquire_slot() -> None:
    if request.endpoint in _UNLIMITED or is_public(request.endpoint):
        return
    if request.endpoint in _UPLOAD_ENDPOINTS:
        limiter = upload_limiter()
    else:
        limiter = request_limiter()
        if 0 < (request.content_length or 0) <= MAX_BODY:
            request.get_data()  # read the body before taking a slot, so that a slow sender delays nobody
    limiter.acquire()
    setattr(g, _HELD_SLOT, (limiter, time.monotonic()))


def _release_slot(error: BaseException | None) -> None:  # noqa: ARG001 - Flask passes it, but it makes no difference
    if held_slot := g.pop(_HELD_SLOT, None):
        limiter, began = held_slot
        limiter.release(time.monotonic() - began)
