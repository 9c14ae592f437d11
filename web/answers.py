"""Answers to the questions of requests, found in a few threads of their own.

Requests come in many threads. Were answers found in each of those, each would come to hold the model's scratch memory
and a connection to the store: memory would grow until every thread had answered once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask, current_app

from qa_service.types import Answer, Question
from web import logs, metrics
from web.service import answerer

_HELD = "answering_threads"


def register(app: Flask, at_once: int) -> None:
    """Have an app find so many answers at once: as many as its gate lets in."""
    app.extensions[_HELD] = ThreadPoolExecutor(at_once, thread_name_prefix="answering")


def answered(question: Question) -> Answer:
    """The answer to a question from what whoever asks may see; counted, and noted for the log."""
    threads: ThreadPoolExecutor = current_app.extensions[_HELD]
    answer = threads.submit(answerer().answer, question).result()
    metrics.observe(answer)
    logs.note(answer)
    return answer
