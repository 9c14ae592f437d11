"""Tests of files that clients send. A build is already running, so that no other build can start."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.access import Mode, Scope
from qa_service.answering.pipeline import Answerer
from qa_service.maintenance.build_jobs import Job, Jobs
from tests.web.guarded import bearer, guarded
from web.app import Options

RUNNING = Job("20260101000000000000-00000000", "tests", "2026-01-01T00:00:00+00:00", log=("hidden-draft.pdf: added",))
HEAD = b"# Inspectors visit Pellbrook\n\nChildren are safe. "


@pytest.fixture
def client(answerer: Answerer, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of a service that is already running a build."""
    app = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS))
    data = DataFolder(tmp_path)
    data.jobs.mkdir(parents=True, exist_ok=True)
    Jobs(data).write(RUNNING)
    with FileLock(Jobs(data).lock(RUNNING.id).lock_file):
        yield app.test_client()


@pytest.mark.parametrize("size", [1_000, 65_536, 66_000, 131_072, 300_000, 3_000_000])
@pytest.mark.parametrize("address", ["/api/v1/reports", "/reports/add"])
def test_a_file_of_any_size_and_content_is_accepted(
    client: FlaskClient, tmp_path: Path, address: str, size: int
) -> None:
    """The form decoder looks for the end of a part near line breaks, so files with many or none are special cases."""
    headers = bearer(tmp_path, Scope.ASK, Scope.ADD)
    words = HEAD + b"word " * (size // 5)
    chance = random.Random(size)  # noqa: S311 - this makes test data, not a secret
    lines = HEAD + bytes(chance.choices(b"ab\r\n- ", k=size))
    files = [("file", FileStorage(io.BytesIO(text), name)) for name, text in (("words.md", words), ("lines.md", lines))]
    boundary, body = encode_multipart(MultiDict(files))  # in memory, because the client would leave a file open
    reply = client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}", headers=headers)
    assert reply.status_code in (200, 202)
    assert (tmp_path / "reports" / "words.md").read_bytes() == words
    assert (tmp_path / "reports" / "lines.md").read_bytes() == lines


def test_people_who_cannot_see_all_reports_get_no_file_names_of_a_build(client: FlaskClient, tmp_path: Path) -> None:
    Collections.change(
        DataFolder(tmp_path),
        lambda collections: collections.with_collection("drafts", ["north"]).with_contents("drafts", ["0"]),
    )
    south = bearer(tmp_path, Scope.ASK, Scope.ADD, groups=["south"])
    page = client.get("/reports/add", headers=south)
    assert page.status_code == 200
    assert "hidden-draft.pdf" not in page.text
    sent = {"file": (io.BytesIO(HEAD), "own.md")}
    assert "hidden-draft.pdf" not in client.post("/reports/add", data=sent, headers=south).text
    assert "hidden-draft.pdf" in client.get("/reports/add", headers=bearer(tmp_path, Scope.ADMIN)).text
