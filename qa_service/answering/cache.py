"""Keeps recent questions and our decisions about them.

If a question is repeated, we only have to find its quotes again.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from qa_service.types import REMEMBERED

if TYPE_CHECKING:  # importing the state loads most of this package, and only its name is needed here
    from qa_service.answering.state import PipelineState
    from qa_service.types import Question

SECONDS = 600.0
"""How long a question is kept after it is first asked."""


class StateCache:
    """Pipeline states by question, for one build and one audience.

    It does not keep quotes. We look up each quote in its original every time, and do not show it if the original has
    been damaged or removed.
    """

    def __init__(self, limit: int = REMEMBERED, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._states: OrderedDict[Question, tuple[float, PipelineState]] = OrderedDict()
        """Each state with the time it was added, oldest first."""

    def get(self, question: Question) -> PipelineState | None:
        """Return the state for the same question, history, filters and number of passages.

        None if the cache does not have it.
        """
        with self._lock:
            self._drop_expired()
            _, state = self._states.get(question, (0.0, None))
            return state

    def put(self, state: PipelineState) -> None:
        """Keep a state. If there are too many, remove the oldest one."""
        with self._lock:
            self._drop_expired()
            if self._limit:
                self._states.setdefault(state.question, (self._clock(), state))
                while len(self._states) > self._limit:
                    self._states.popitem(last=False)

    def _drop_expired(self) -> None:
        oldest_allowed = self._clock() - SECONDS
        while self._states and next(iter(self._states.values()))[0] <= oldest_allowed:
            self._states.popitem(last=False)
