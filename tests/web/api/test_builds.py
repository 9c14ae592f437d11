"""Tests of builds through the JSON API, using stored records. tests/e2e/test_upkeep.py tests builds that really run."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.maintenance.build_jobs import Job, Jobs, JobState
from tests.web.contract_checks import checked
from web.api import build_events
from web.app import Options, assemble
from web.serving.index_service import IndexService

JOB = Job("20260101120000000000-0a0b0c0d", "ada", "2026-01-01T12:00:00+00:00", stage="Reading", done=1, total=4)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    data = DataFolder.prepare(tmp_path / "data")
    data.jobs.mkdir(parents=True, exist_ok=True)
    return data


@pytest.fixture
def app(data: DataFolder, answerer: Answerer) -> Flask:
    return assemble(IndexService(data, lambda _: answerer), Options())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return checked(app)


def read(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Parse the events in a stream."""
    parts = [part.split("\n") for part in text.split("\n\n") if part.startswith("event: ")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in parts]


def test_builds_are_listed_newest_first(client: FlaskClient, data: DataFolder) -> None:
    assert client.get("/api/v1/builds").json == {"builds": []}
    names = [f"2026010112000000000{number}-0a0b0c0d" for number in range(3)]
    for name in names:
        Jobs(data).write(replace(JOB, id=name, state=JobState.DONE, ended=JOB.started))
    listed = client.get("/api/v1/builds").json["builds"]
    assert [build["id"] for build in listed] == names[::-1]
    assert client.get(listed[0]["url"]).json == listed[0]


def test_each_change_of_a_build_is_sent_and_then_its_end(client: FlaskClient, data: DataFolder) -> None:
    jobs = Jobs(data)
    ended = replace(JOB, state=JobState.DONE, stage="Done", done=4, ended="2026-01-01T12:00:09+00:00", build="b")

    def work() -> None:
        for job in (replace(JOB, done=2), replace(JOB, done=3), ended):
            time.sleep(0.7)
            jobs.write(job)

    with jobs.lock(JOB.id):
        jobs.write(JOB)
        worker = threading.Thread(target=work)
        worker.start()
        response = client.get(f"/api/v1/builds/{JOB.id}/events")
        received = read(response.text)  # this reads each event as it arrives
        worker.join()
    assert response.mimetype == "text/event-stream"
    assert [(name, job["done"]) for name, job in received] == [
        ("progress", 1),
        ("progress", 2),
        ("progress", 3),
        ("end", 4),
    ]
    assert received[-1][1] == client.get(f"/api/v1/builds/{JOB.id}").json


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED])
def test_a_build_that_has_ended_sends_only_its_end(client: FlaskClient, data: DataFolder, state: JobState) -> None:
    Jobs(data).write(replace(JOB, state=state))
    assert [name for name, _ in read(client.get(f"/api/v1/builds/{JOB.id}/events").text)] == ["end"]


def test_an_unknown_build_has_no_events(client: FlaskClient) -> None:
    response = client.get("/api/v1/builds/none/events")
    assert (response.status_code, response.json["type"]) == (404, "/problems/unknown-job")


def test_a_client_that_leaves_frees_its_place(client: FlaskClient, data: DataFolder) -> None:
    address, jobs = f"/api/v1/builds/{JOB.id}/events", Jobs(data)
    with jobs.lock(JOB.id):
        jobs.write(JOB)
        watching = [client.get(address, buffered=False) for _ in range(build_events.MAX_CLIENTS)]
        assert b"event: progress" in next(watching[0].iter_encoded())
        refused = client.get(address)
        assert (refused.status_code, refused.json["type"]) == (503, "/problems/overloaded")
        assert int(refused.headers["Retry-After"]) > 0
        for reply in watching:
            reply.close()
        assert client.head(address).status_code == 200
        again = client.get(address, buffered=False)
        assert again.status_code == 200
        again.close()
