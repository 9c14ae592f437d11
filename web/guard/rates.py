"""Limits how often one person, program or address may send requests. Each worker process counts separately."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from web.contract.problems import TooOften
from web.guard.identity import identity

_EXTENSION = "rates"
FAILURES = 20
"""Number of failed sign-in attempts allowed from one address in a minute."""
_PICTURES = "reports.picture"
_PICTURE_FACTOR = 10
"""Ratio of the limit on pictures to the limit on other requests. Each page of a report loads a picture."""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """An app's limits, and the requests counted so far."""

    requests: RateLimitItem
    pictures: RateLimitItem
    failures: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(FAILURES))
    counter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))


def register(app: Flask, a_minute: int) -> None:
    """Register the number of requests per minute that an app accepts from each person or program."""
    app.extensions[_EXTENSION] = RateLimits(
        RateLimitItemPerMinute(a_minute), RateLimitItemPerMinute(_PICTURE_FACTOR * a_minute, namespace="PICTURES")
    )


def count_request() -> None:
    """Count a request against its sender's limit. Raises TooOften."""
    limits = _limits()
    limit = limits.pictures if request.endpoint == _PICTURES else limits.requests
    _count(limits, limit, identity().subject)


def count_failure() -> None:
    """Count a failed attempt to sign in. Raises TooOften."""
    limits = _limits()
    _count(limits, limits.failures, request.remote_addr or "")


def _count(limits: RateLimits, limit: RateLimitItem, key: str) -> None:
    if not limits.counter.hit(limit, key):
        reset = limits.counter.get_window_stats(limit, key).reset_time
        wait = max(1, round(reset - time.time()))
        raise TooOften(f"You sent more than {limit.amount} requests in a minute.", seconds=wait)


def _limits() -> RateLimits:
    limits: RateLimits = current_app.extensions[_EXTENSION]
    return limits
