"""Questions asked lately, taken as far as the decision to answer: who asks one again waits for its quotes alone."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what serves is told its settings at once, and they need a number of this module alone
    from qa_service.answering.state import Inquiry
    from qa_service.types import Question

MOST = 64
"""Questions kept unless it is set otherwise: some 0.2 MB each."""
SECONDS = 600.0
"""How long one is kept after it was asked first."""


class InquiryCache:
    """Inquiries by their question, of one build as some people see it: another build, or view, has a cache of its own.

    What was shown is not kept: each quote is looked up in its original every time, so that one whose original was
    damaged or removed since is not shown.
    """

    def __init__(self, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Question, tuple[float, Inquiry]] = OrderedDict()
        """With when they came, oldest first."""

    def get(self, question: Question) -> Inquiry | None:
        """What was found for a question with the same history, filters and number of passages; None where it is new."""
        with self._lock:
            self._drop_old()
            _, found = self._kept.get(question, (0.0, None))
            return found

    def put(self, inquiry: Inquiry) -> None:
        """Keep one, in the place of the oldest."""
        with self._lock:
            self._drop_old()
            if self._most:
                self._kept.setdefault(inquiry.question, (self._clock(), inquiry))
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)

    def _drop_old(self) -> None:
        until = self._clock() - SECONDS
        while self._kept and next(iter(self._kept.values()))[0] <= until:
            self._kept.popitem(last=False)
