"""The threads that find answers.

Many more threads handle requests. If those threads also found answers, each would keep scratch memory for the model
and a connection to the store. Memory use would then grow until every thread had answered a question.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask, current_app

from qa_service.types import Answer, Question
from web.serving.index_service import answerer

_POOL = "answer_pool"
_NICENESS = 5
"""Amount added to the niceness of these threads, so that threads that accept or refuse requests run first."""


@dataclass(frozen=True, slots=True)
class AnswerPool:
    """Threads that find answers, and the functions that are called with each answer."""

    threads: ThreadPoolExecutor
    observers: tuple[Callable[[Answer], None], ...]


def register(app: Flask, at_once: int, observers: Sequence[Callable[[Answer], None]] = ()) -> None:
    """Register a pool that finds ``at_once`` answers at a time. Each observer is called with every answer."""
    threads = ThreadPoolExecutor(at_once, thread_name_prefix="answering", initializer=_lower_priority)
    app.extensions[_POOL] = AnswerPool(threads, tuple(observers))


def answer_question(question: Question) -> Answer:
    """Answer a question from the reports that the person asking it may see."""
    pool: AnswerPool = current_app.extensions[_POOL]
    answer = pool.threads.submit(answerer().answer, question).result()
    for observe in pool.observers:
        observe(answer)
    return answer


def _lower_priority() -> None:
    """Lower the priority of this thread, but only on Linux. Elsewhere, this would affect the whole process.

    The service may itself run at a low priority. Only an administrator may raise the priority of a thread again.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS)
