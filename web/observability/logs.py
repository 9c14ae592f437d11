"""The log: one JSON object a line on standard error. Questions are in it only where that is switched on."""

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
_BEGAN, _TOLD = "log_began", "log_answer"
_QUIET = frozenset({"static", "health.alive", "health.ready", "metrics.measurements"})
"""Asked again and again by machines: told only when they fail."""
_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


# Lines go to Python's own logging, whatever it does with them.
structlog.configure(
    processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
)


def write_json() -> None:
    """Have this process write its log, and that of its libraries, as JSON on standard error."""
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
    """Register the log of an app's requests. ``who`` returns the name of the person who asks, empty if unknown."""
    app.config["LOG_QUESTIONS"] = questions
    app.before_request(_begin)
    app.after_request(lambda response: _tell(app, who, response))


def note(answer: Answer) -> None:
    """Have the request's line say how a question ended; a batch has many."""
    g.setdefault(_TOLD, []).append(answer)


def _begin() -> None:
    setattr(g, _BEGAN, time.perf_counter())


def _tell(app: Flask, who: Callable[[], str], response: Response) -> Response:
    if request.endpoint in _QUIET and response.status_code < 400:
        return response
    facts: dict[str, object] = {
        "request_id": request_id(),
        "method": request.method,
        "endpoint": request.endpoint,  # not its address: a quote or a name can be in that
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get(_BEGAN, time.perf_counter())) * 1000, 1),
        "who": who() or None,
    }
    answers: list[Answer] = g.get(_TOLD, [])
    if answers:
        facts |= {"answers": [_ending(one, asked=app.config["LOG_QUESTIONS"]) for one in answers]}
        facts["build"] = answers[0].build
    _LOG.info("request", **facts)
    return response


def _ending(answer: Answer, *, asked: bool) -> dict[str, object]:
    """How a question ended, and what took how long; where that is asked for, what it was."""
    told: dict[str, object] = {"status": answer.status.value}
    told["stages"] = {stage: round(ms, 1) for stage, ms in answer.timings.items()}
    return told | ({"question": answer.question} if asked else {})
