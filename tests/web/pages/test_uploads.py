"""Tests of adding, replacing and removing reports over HTTP, with real builds in separate processes."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.audit import entries
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.maintenance.build_jobs import Jobs
from web.app import create_app
from web.serving.index_service import IndexService

pytestmark = pytest.mark.e2e  # each build runs in a process that loads the encoder
REPORT = "# Inspectors visit {}\n\nChildren in {} are safe. The {} team knows its work well.\n"
Send = Callable[..., Any]


@pytest.fixture
def data(tmp_path: Path, encoder: PassageEncoder) -> DataFolder:
    """A data folder with an index of one report."""
    data = DataFolder.prepare(tmp_path / "data")
    (data.reports / "first.md").write_text(REPORT.format("Westmarsh", "Westmarsh", "first"), encoding="utf-8")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([data.reports]), folders=[data.reports])
    return data


@pytest.fixture
def client(data: DataFolder, answerer: Answerer, encoder: PassageEncoder) -> FlaskClient:
    app = create_app(answerer)
    app.extensions["answering"] = IndexService.following(data, encoder)
    return app.test_client()


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Send files with their names, along with form fields."""

    def send(files: dict[str, bytes], address: str = "/api/v1/reports", **fields: str) -> Any:
        parts = [(io.BytesIO(content), name) for name, content in files.items()]
        return client.post(address, data={"file": parts, **fields}, content_type="multipart/form-data")

    return send


def ended(client: FlaskClient, url: str) -> dict[str, Any]:
    """Wait until a background build has ended, and return it."""
    for _ in range(600):
        job: dict[str, Any] = client.get(url).json
        if job["state"] != "running":
            return job
        time.sleep(0.1)
    raise AssertionError(f"the build did not end: {job}")


def files(client: FlaskClient) -> list[str]:
    return sorted(row["file"] for row in client.get("/api/v1/reports").json["reports"])


def test_added_files_have_outcomes_and_are_used_after_the_build(
    client: FlaskClient, send: Send, data: DataFolder
) -> None:
    second = REPORT.format("Aldermere", "Aldermere", "second").encode()
    first = (data.reports / "first.md").read_bytes()
    reply = send({"second.md": second, "copy.md": first, "bad.exe": b"MZ"})
    assert reply.status_code == 202
    outcomes = {row["file"]: row["outcome"] for row in reply.json["files"]}
    assert outcomes == {"second.md": "added", "copy.md": "already there", "bad.exe": "refused"}
    job = ended(client, reply.json["build"]["url"])
    assert (job["state"], job["seconds_left"]) == ("done", None)
    assert any("Added: second.md" in line for line in job["log"])
    assert any("bad.exe: refused" in line for line in job["log"])
    assert files(client) == ["first.md", "second.md"]
    assert client.get("/readyz").json["build"] == job["build"]
    assert {entry.who for entry in entries(data)} == {"web, 127.0.0.1"}


def test_a_removed_report_leaves_lists_and_answers_and_its_links_say_so(
    client: FlaskClient, data: DataFolder, send: Send
) -> None:
    ended(client, send({"b.md": REPORT.format("Aldermere", "Aldermere", "second").encode()}).json["build"]["url"])
    report = next(row for row in client.get("/api/v1/reports").json["reports"] if row["file"] == "first.md")
    removal = client.delete(f"/api/v1/reports/{report['id']}?purge=true")
    assert (removal.status_code, removal.json["file"]) == (202, "first.md")
    assert ended(client, removal.json["build"]["url"])["state"] == "done"
    assert files(client) == ["b.md"]
    for address in (f"/api/v1/reports/{report['id']}", f"/reports/{report['id']}/pages/1"):
        gone = client.get(address)
        assert gone.status_code == 410
    assert gone.text.count("was removed on") >= 1
    assert "Westmarsh" not in client.post("/api/v1/query", json={"question": "Are children safe?"}).text
    assert not [p for p in data.root.rglob("*") if p.is_file() and b"first team" in p.read_bytes()]


def test_a_file_replaces_a_report(client: FlaskClient, send: Send) -> None:
    report = client.get("/api/v1/reports").json["reports"][0]
    corrected = REPORT.format("Westmarsh", "Westmarsh", "corrected").encode()
    both = send({"a.md": corrected, "b.md": corrected}, replaces=report["id"])
    assert (both.status_code, both.json["type"]) == (422, "/problems/invalid-request")
    reply = send({"corrected.md": corrected}, replaces=report["id"])
    ended(client, reply.json["build"]["url"])
    assert files(client) == ["corrected.md"]
    assert client.get(f"/api/v1/reports/{report['id']}").status_code == 410


def test_a_build_is_refused_while_another_runs(client: FlaskClient, data: DataFolder) -> None:
    first = client.post("/api/v1/builds")
    assert first.status_code == 202
    again = client.post("/api/v1/builds")
    assert (again.status_code, again.json["type"]) == (409, "/problems/build-running")
    assert first.json["id"] in again.json["detail"]
    assert client.get("/api/v1/builds").json["builds"][0]["id"] == first.json["id"]
    assert ended(client, first.json["url"])["state"] == "done"


def test_a_build_is_cancelled_and_changes_nothing(client: FlaskClient, data: DataFolder) -> None:
    before = client.get("/readyz").json["build"]
    (data.reports / "b.md").write_text(REPORT.format("Aldermere", "Aldermere", "second"), encoding="utf-8")
    job = client.post("/api/v1/builds").json
    assert client.post(f"{job['url']}/cancel").status_code == 202
    assert ended(client, job["url"])["state"] == "cancelled"
    assert client.get("/readyz").json["build"] == before
    assert data.unfinished() == []


def test_files_added_during_a_build_are_in_it_before_it_ends(client: FlaskClient, send: Send) -> None:
    first = send({"b.md": REPORT.format("Aldermere", "Aldermere", "second").encode()}).json["build"]
    second = send({"c.md": REPORT.format("Northwold", "Northwold", "third").encode()}).json["build"]
    assert second["id"] == first["id"]
    assert ended(client, first["url"])["state"] == "done"
    assert files(client) == ["b.md", "c.md", "first.md"]


def test_a_build_whose_process_was_killed_is_interrupted(client: FlaskClient, data: DataFolder) -> None:
    jobs = Jobs(data)
    job = jobs.start("ada")
    ended(client, f"/api/v1/builds/{job.id}")
    jobs.write(replace(job, stage="Embedding passages", done=3, total=9))
    assert client.get(f"/api/v1/builds/{job.id}").json["state"] == "interrupted"


@pytest.mark.parametrize("job_id", ["none", "..%2f..%2fetc", "a" * 500, "é"])
def test_an_unknown_build_is_reported(client: FlaskClient, job_id: str) -> None:
    assert client.get(f"/api/v1/builds/{job_id}").status_code == 404


def test_a_form_without_files_is_reported(client: FlaskClient, send: Send) -> None:
    reply = send({})
    assert (reply.status_code, reply.json["type"], reply.json["field"]) == (422, "/problems/nothing-sent", "file")


def test_the_pages_work_without_javascript(client: FlaskClient, send: Send, data: DataFolder) -> None:
    assert "Add reports" in client.get("/reports/add").text
    page = send({"b.md": REPORT.format("Aldermere", "Aldermere", "second").encode(), "bad.exe": b"MZ"}, "/reports/add")
    assert page.status_code == 200
    assert "Upload results" in page.text
    assert "Not added" in page.text
    job = Jobs(data).latest()
    assert job is not None
    assert f"/builds/{job.id}" in page.text
    assert 'http-equiv="refresh"' in client.get(f"/builds/{job.id}").text
    ended(client, f"/api/v1/builds/{job.id}")
    assert "The index is up to date" in client.get(f"/builds/{job.id}").text

    report = next(row for row in client.get("/api/v1/reports").json["reports"] if row["file"] == "b.md")
    assert "Remove this report?" in client.get(f"/reports/{report['id']}/remove").text
    removed = client.post(f"/reports/{report['id']}/remove", data={"purge": "yes"})
    assert removed.status_code == 303
    ended(client, removed.headers["Location"].replace("/builds/", "/api/v1/builds/"))
    assert files(client) == ["first.md"]
    assert send({}, "/reports/add").status_code == 422


def test_another_websites_page_adds_and_removes_nothing(client: FlaskClient, data: DataFolder) -> None:
    for method, address in (("post", "/api/v1/reports"), ("post", "/api/v1/builds"), ("post", "/reports/add")):
        reply = getattr(client, method)(address, headers={"Sec-Fetch-Site": "cross-site"})
        assert reply.status_code == 403
    assert Jobs(data).latest() is None


def test_a_superseded_report_stays_readable_and_says_so(client: FlaskClient, send: Send) -> None:
    inspection = (
        "# Inspection of Westmarsh local authority children's services\n\nInspection dates: 11 to 22 September 2023\n\n"
        "Lead inspector: Ada Example\n\nThe {} have improved.\n"
    )
    ended(client, send({"old-03-november-2023.md": inspection.format("plans").encode()}).json["build"]["url"])
    old = next(row for row in client.get("/api/v1/reports").json["reports"] if row["file"].startswith("old"))
    ended(client, send({"new-20-november-2023.md": inspection.format("visits").encode()}).json["build"]["url"])
    assert not [name for name in files(client) if name.startswith("old")]
    page = client.get(f"/reports/{old['id']}")
    assert page.status_code == 200
    assert "Replaced by a later version" in page.text
    assert client.get(f"/reports/{old['id']}/pages/1").status_code == 200
