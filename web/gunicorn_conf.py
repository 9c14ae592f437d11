"""What gunicorn is told beside its command line: “qa-service serve” names this module to it."""

from __future__ import annotations

import os
import shutil
from typing import Any

worker_class = "web.worker.PacedWorker"
worker_connections = 1000
keepalive = 5
timeout = 60  # a worker that has not shown a sign of life for so long is replaced
graceful_timeout = 20  # requests under way may end before a stop
sendfile = False  # the pace of clients is kept by the worker's own sending
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = ""  # no header of a client's changes who it is taken for
header_map = "drop"
loglevel = "warning"
server_software = "qa-service"


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn hands both over
    """Take an ended worker's gauges out of the measurements."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:  # noqa: ARG001 - gunicorn hands it over
    """Remove the folder of measurements, which “qa-service serve” made for this server."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)
