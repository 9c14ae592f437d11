"""Answers to the questions of requests, found in a few threads of their own.

Requests come in many threads. Were answers found in each of those, each would come to hold the model's scratch memory
and a connection to the store: memory would grow until every thread had answered once.
"""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from flask import Flask, current_app

from qa_service.types import Answer, Question
from web.observability import logs, metrics
from web.serving.index_service import answerer

_HELD = "answering_threads"
_YIELDING = 5
"""How much these threads give way to the others of the machine: who takes a request, or refuses it, does so at once."""


def register(app: Flask, at_once: int) -> None:
    """Have an app find so many answers at once: as many as its gate lets in."""
    app.extensions[_HELD] = ThreadPoolExecutor(at_once, thread_name_prefix="answering", initializer=_give_way)


def _give_way() -> None:
    """Runs in each of the threads. Linux alone knows a priority of threads; elsewhere it would be the process's."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _YIELDING)


def answered(question: Question) -> Answer:
    """The answer to a question from what whoever asks may see; counted, and noted for the log."""
    threads: ThreadPoolExecutor = current_app.extensions[_HELD]
    answer = threads.submit(answerer().answer, question).result()
    metrics.observe(answer)
    logs.note(answer)
    return answer
