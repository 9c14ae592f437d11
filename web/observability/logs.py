"""The log: one JSON object on each line of standard error. It contains questions only if the settings say so."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

import structlog
from flask import Flask, Response, g, request

from qa_service.types import Answer
from web.observability.request_ids import request_id

_LOG = structlog.stdlib.get_logger("web.requests")
_BEGAN, _ANSWERS = "log_began", "log_answers"
_QUIET = frozenset({"static", "health.alive", "health.ready", "metrics.measurements"})
"""Endpoints that machines request again and again. We log these requests only when they fail."""
_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


# Log lines go through Python's own logging, which decides where they are written.
structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


def write_json() -> None:
    """Write the log of this process and its libraries as JSON to standard error."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("web").setLevel(logging.INFO)


def register(app: Flask, who: Callable[[], str], *, questions: bool) -> None:
    """Register the logging of an app's requests.

    ``who`` returns the name of the person who sent the request, or an empty string. ``questions`` turns on the logging
    of questions.
    """
    app.config["LOG_QUESTIONS"] = questions  # the privacy page shows this setting
    app.before_request(_start_timer)
    app.after_request(lambda response: _log_request(response, who(), questions=questions))


def note_answer(answer: Answer) -> None:
    """Add an answer to the log line for the request. A batch adds several answers."""
    g.setdefault(_ANSWERS, []).append(answer)


def _start_timer() -> None:
    setattr(g, _BEGAN, time.perf_counter())


def _log_request(response: Response, who: str, *, questions: bool) -> Response:
    if request.endpoint in _QUIET and response.status_code < 400:
        return response
    facts: dict[str, object] = {
        "request_id": request_id(),
        "method": request.method,
        "endpoint": request.endpoint,  # not the address, because it may contain a quote or a name
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get(_BEGAN, time.perf_counter())) * 1000, 1),
        "who": who or None,
    }
    answers: list[Answer] = g.get(_ANSWERS, [])
    if answers:
        facts |= {"answers": [_outcome(answer, question=questions) for answer in answers]}
        facts["build"] = answers[0].build
    _LOG.info("request", **facts)
    return response


def _outcome(answer: Answer, *, question: bool) -> dict[str, object]:
    """Return an answer's status and the milliseconds that each stage took, with the question if requested."""
    outcome: dict[str, object] = {"status": answer.status.value}
    outcome["stages"] = {stage: round(ms, 1) for stage, ms in answer.timings.items()}
    return outcome | ({"question": answer.question} if question else {})
