"""Questions asked lately, taken as far as the decision to answer: who asks one again waits for its quotes alone."""

from __future__ import annotations

import threading
from collections import OrderedDict

from qa_service.inquiry import Inquiry
from qa_service.types import Question

MOST = 64
"""Questions kept: some 0.2 MB each."""


class InquiryCache:
    """Inquiries by their question, of one build as some people see it: another build, or view, has a cache of its own.

    What was shown is not kept: each quote is looked up in its original every time, so that one whose original was
    damaged or removed since is not shown.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Question, Inquiry] = OrderedDict()

    def get(self, question: Question) -> Inquiry | None:
        """What was found for a question with the same history, filters and number of passages; None where it is new."""
        with self._lock:
            found = self._kept.get(question)
            if found is not None:
                self._kept.move_to_end(question)
            return found

    def put(self, inquiry: Inquiry) -> None:
        """Keep one, in the place of the one that was longest not asked for."""
        with self._lock:
            self._kept[inquiry.question] = inquiry
            self._kept.move_to_end(inquiry.question)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
