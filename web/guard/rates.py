"""How often one person, program or address may ask. Counted in each process by itself."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from web.contract.problems import TooOften
from web.guard.identity import identity

_HELD = "rates"
FAILURES = 20
"""Failed attempts to sign in, a minute from one address."""
_PICTURES = "reports.picture"
_OF_PICTURES = 10
"""Times as many pictures as other requests: pages bring them with them, and to read twenty pages is no flood."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of an app."""

    asked: RateLimitItem
    pictures: RateLimitItem
    failed: RateLimitItem = field(default_factory=lambda: RateLimitItemPerMinute(FAILURES))
    counted: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))


def register(app: Flask, a_minute: int) -> None:
    """Have an app take so many requests a minute from each that asks."""
    app.extensions[_HELD] = Rates(
        RateLimitItemPerMinute(a_minute), RateLimitItemPerMinute(_OF_PICTURES * a_minute, namespace="PICTURES")
    )


def count_request() -> None:
    """Count a request of whoever asks. Raises TooOften."""
    rates = _rates()
    limit = rates.pictures if request.endpoint == _PICTURES else rates.asked
    _count(rates, limit, identity().subject)


def count_failure() -> None:
    """Count a failed attempt to sign in. Raises TooOften."""
    rates = _rates()
    _count(rates, rates.failed, request.remote_addr or "")


def _count(rates: Rates, limit: RateLimitItem, key: str) -> None:
    if not rates.counted.hit(limit, key):
        again = rates.counted.get_window_stats(limit, key).reset_time
        wait = max(1, round(again - time.time()))
        raise TooOften(f"You sent more than {limit.amount} requests in a minute.", seconds=wait)


def _rates() -> Rates:
    held: Rates = current_app.extensions[_HELD]
    return held
