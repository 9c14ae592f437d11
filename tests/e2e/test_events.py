"""Tests that gunicorn sends Server-Sent Events immediately, and only to clients that are still connected."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.harness.service import serving
from index.storage.data_folder import DataFolder
from qa_service.maintenance.build_jobs import Job, Jobs, JobState
from web.api.build_events import HEARTBEAT, MAX_CLIENTS

pytestmark = pytest.mark.e2e
JOB = Job("20260101120000000000-0a0b0c0d", "ada", "2026-01-01T12:00:00+00:00", stage="Reading", done=1, total=2)


def watch(url: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", f"/api/v1/builds/{JOB.id}/events")
    return connection, connection.getresponse()


def test_events_arrive_as_they_happen_and_clients_that_leave_make_room(tmp_path: Path) -> None:
    data = DataFolder.prepare(tmp_path / "data")
    data.jobs.mkdir(parents=True, exist_ok=True)
    jobs = Jobs(data)
    with jobs.lock(JOB.id), serving(data.root, probe="/healthz") as url:
        jobs.write(JOB)
        watching = [watch(url) for _ in range(MAX_CLIENTS)]
        assert [reply.status for _, reply in watching] == [200] * MAX_CLIENTS
        assert watching[0][1].readline() == b"event: progress\n"
        connection, refused = watch(url)
        assert (refused.status, json.load(refused)["type"]) == (503, "/problems/overloaded")
        connection.close()
        for connection, reply in watching[1:]:
            reply.close()
            connection.close()
        left = time.monotonic()
        while time.monotonic() - left < 3 * HEARTBEAT:
            connection, again = watch(url)
            if again.status == 200:
                break
            connection.close()
            time.sleep(1)
        assert again.status == 200
        jobs.write(replace(JOB, done=2, state=JobState.DONE, stage="Done", ended=JOB.started))
        assert b"event: end\n" in again.read()
        assert b"event: end\n" in watching[0][1].read()
        connection.close()
        watching[0][0].close()
