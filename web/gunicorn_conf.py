"""Settings for gunicorn. “qa-service serve” passes this module to gunicorn."""

from __future__ import annotations

import os
import shutil
from typing import Any

worker_class = "web.worker.PacedWorker"
worker_connections = 1000
keepalive = 5
timeout = 60  # seconds after which the server replaces a worker that shows no sign of life
graceful_timeout = 20  # seconds for requests in progress to finish before the server stops
sendfile = False  # the worker sends files itself, so that it can drop slow clients
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = ""  # a client must not be able to change its apparent address with a header
header_map = "drop"
loglevel = "warning"
server_software = "qa-service"


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn passes both
    """Remove a worker's gauges from the metrics when the worker has ended."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:  # noqa: ARG001 - gunicorn passes it
    """Delete the metrics folder that “qa-service serve” made for this server."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)
