"""Measurements of the service, for Prometheus. They contain no question, report, person or address.

If there are several worker processes, prometheus-client sums their figures through files in PROMETHEUS_MULTIPROC_DIR.
“qa-service serve” sets that variable.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from index.errors import SearchIndexError
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer

metrics = Blueprint("metrics", __name__)
_BEGAN, _ENDPOINT, _ANSWERER = "began", "other", "measured_answerer"
_REQUESTS = Counter("qa_requests", "Requests, by endpoint and status.", ["endpoint", "status"])
_SECONDS = Histogram(
    "qa_request_seconds", "Seconds until the reply started, by endpoint.", ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)  # fmt: skip
_ANSWERS = Counter("qa_answers", "Questions, by status of the answer.", ["status"])
_STAGES = Counter("qa_stage_seconds", "Seconds spent in each stage of answering.", ["stage"])
_PRESENT = Gauge("qa_requests_present", "Requests in progress or waiting.", multiprocess_mode="livesum")


class IndexCollector(Collector):
    """Measures the build that this process answers from, each time the metrics are read."""

    def __init__(self, answerer: Callable[[], Answerer]) -> None:
        self._answerer = answerer

    def collect(self) -> Iterable[Metric]:
        """Yield the name and size of the build. If the service is not ready, yield only that fact."""
        try:
            answerer = self._answerer()
        except SearchIndexError:
            yield GaugeMetricFamily("qa_ready", "1 if an index answers, otherwise 0.", value=0)
            return
        manifest = answerer.index.manifest
        yield GaugeMetricFamily("qa_ready", "1 if an index answers, otherwise 0.", value=1)
        build = GaugeMetricFamily("qa_build_info", "The build in use.", labels=["build", "encoder"])
        build.add_metric([manifest.build, manifest.encoder], 1)
        yield build
        degraded = GaugeMetricFamily("qa_degraded", "Parts of the service that are not working.", labels=["part"])
        for part in answerer.degraded:
            degraded.add_metric([part], 1)
        yield degraded
        yield GaugeMetricFamily("qa_index_reports", "Reports in the index.", value=manifest.reports)
        yield GaugeMetricFamily("qa_index_passages", "Passages in the index.", value=manifest.passages)
        yield GaugeMetricFamily("qa_index_bytes", "Bytes of the index.", value=sum(manifest.sizes.values()))


def register(app: Flask, answerer: Callable[[], Answerer]) -> None:
    """Register the measurements of an app. ``answerer`` returns the answerer in use, or raises SearchIndexError."""
    app.extensions[_ANSWERER] = answerer
    app.before_request(_start)
    app.after_request(_count_reply)
    app.teardown_request(_end)
    app.register_blueprint(metrics)


def count_answer(answer: Answer) -> None:
    """Count an answer, and record how long each stage took."""
    _ANSWERS.labels(answer.status.value).inc()
    for stage, milliseconds in answer.timings.items():
        _STAGES.labels(stage).inc(milliseconds / 1000)


@metrics.get("/metrics")
def measurements() -> Response:
    """Return all measurements."""
    index = CollectorRegistry()
    index.register(IndexCollector(current_app.extensions[_ANSWERER]))
    text = generate_latest(index)
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        all_workers = CollectorRegistry()
        MultiProcessCollector(all_workers)  # type: ignore[no-untyped-call]  # it adds itself to the registry
        text += generate_latest(all_workers)
    else:
        text += generate_latest(REGISTRY)
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _start() -> None:
    setattr(g, _BEGAN, time.perf_counter())
    _PRESENT.inc()


def _count_reply(response: Response) -> Response:
    endpoint = request.endpoint or _ENDPOINT
    _REQUESTS.labels(endpoint, str(response.status_code)).inc()
    if _BEGAN in g:
        _SECONDS.labels(endpoint).observe(time.perf_counter() - getattr(g, _BEGAN))
    return response


def _end(error: BaseException | None) -> None:  # noqa: ARG001 - Flask passes it, but it makes no difference
    if g.pop(_BEGAN, None) is not None:
        _PRESENT.dec()
