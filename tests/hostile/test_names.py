"""Tests that no name that a client sends reaches a forbidden file, breaks the service or reveals where files are."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from filelock import FileLock
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.types import Report
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.maintenance.build_jobs import Job, Jobs
from tests.hostile.cases_names import NAMED, NUMBERED, NUMBERS, PATHS, UPLOADS
from tests.hostile.pages import Asked, assert_guarded, assert_ours
from web.app import Options, assemble
from web.serving.index_service import IndexService

_TEXT = "Inspectors visit {}\n\nInspectors found that children in Pellbrook are safe and well looked after.\n"
_BARRED = ("Cc", "Cf", "Cs", "Zl", "Zp")


def snapshot(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("place", NAMED)
def test_a_hostile_name_in_an_address_reaches_nothing(
    client: FlaskClient, answerer: Answerer, conversation: Asked, place: str, name: str
) -> None:
    address = NAMED[place].replace("{conversation}", conversation.name)
    browser = conversation.client if place == "export" else client
    reply = browser.get(address.replace("{}", encoded(PATHS[name])))
    with reply:
        assert reply.status_code in (303, 308, 400, 404, 405), reply.text
        assert_nothing_told(reply, answerer)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("place", NUMBERED)
def test_an_invalid_number_in_an_address_reaches_nothing(
    client: FlaskClient, answerer: Answerer, report: Report, conversation: Asked, place: str, name: str
) -> None:
    address = NUMBERED[place].replace("{report}", report.id).replace("{conversation}", conversation.name)
    browser = conversation.client if place == "turn" else client
    reply = browser.get(address.replace("{}", encoded(NUMBERS[name])))
    with reply:
        first = place == "passage" and name in ("zero", "of-other-digits")  # passages are numbered from 0
        assert reply.status_code in ((200,) if first else (303, 400, 404)), reply.text
        assert_nothing_told(reply, answerer)


def encoded(name: str) -> str:
    """Encode a name for the request line and leave anything already encoded unchanged."""
    return quote(name, safe="%/\\:;$@*+,=()'")


def assert_nothing_told(reply: TestResponse, answerer: Answerer) -> None:
    assert_guarded(reply)
    assert str(answerer.index.data.root) not in reply.text
    assert "root:" not in reply.text
    assert "Traceback" not in reply.text
    assert "X-Injected" not in reply.headers
    if reply.mimetype == "text/html" and reply.status_code >= 400:
        assert_ours(reply.text)


@pytest.fixture(scope="module")
def untouched(answerer: Answerer) -> Iterator[None]:
    """Check that the tests add no files to the data folder, apart from locks and other tests' conversations."""
    folder = answerer.index.data.root
    before = snapshot(folder)
    yield
    new = {Path(path).name for path in snapshot(folder).keys() - before.keys()}
    assert {name for name in new if not name.endswith(".lock") and not name.startswith("conversations.sqlite")} == set()


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.usefixtures("untouched")
def test_an_upload_cannot_replace_a_report_that_does_not_exist(
    client: FlaskClient, answerer: Answerer, name: str
) -> None:
    sent = {"file": (io.BytesIO(b"Words."), "a.txt"), "replaces": PATHS[name] or "0" * 16}
    reply = client.post("/api/v1/reports", data=sent)
    assert_guarded(reply)
    assert reply.status_code in (400, 404, 413, 422)
    assert str(answerer.index.data.root) not in reply.text


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, answerer: Answerer) -> Iterator[DataFolder]:
    """A separate data folder with a running build, so that no other build starts."""
    data = DataFolder.prepare(tmp_path_factory.mktemp("uploads") / "data")
    jobs = Jobs(data)
    job = Job("20260101000000000000-00000000", "tests", "2026-01-01T00:00:00+00:00", stage="Embedding passages")
    data.jobs.mkdir(parents=True, exist_ok=True)
    jobs.write(job)
    with FileLock(jobs.lock(job.id).lock_file):
        yield data


@pytest.fixture(scope="module")
def sender(busy: DataFolder, answerer: Answerer) -> FlaskClient:
    return assemble(IndexService.fixed(answerer, busy), Options()).test_client()


def upload(sender: FlaskClient, address: str, name: str) -> TestResponse:
    """Upload a file under a name, sent byte for byte as the case gives it."""
    head = b'--x7y8z9\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n' % UPLOADS[name]
    body = head + _TEXT.format(f"{address} {name}").encode() + b"\r\n--x7y8z9--\r\n"
    reply = sender.post(address, data=body, headers={"Content-Type": "multipart/form-data; boundary=x7y8z9"})
    assert_guarded(reply)
    return reply


@pytest.mark.parametrize("name", UPLOADS)
def test_a_file_is_kept_under_a_plain_name_or_refused(sender: FlaskClient, busy: DataFolder, name: str) -> None:
    page = upload(sender, "/reports/add", name)
    assert_ours(page.text)
    reply = upload(sender, "/api/v1/reports", name)
    assert str(busy.root) not in reply.text
    assert page.status_code == (200 if reply.status_code == 202 else reply.status_code)
    if reply.status_code != 202:
        assert (reply.status_code, reply.json["type"]) == (422, "/problems/nothing-sent")
        return
    [row] = reply.json["files"]
    kept = row["file"]
    assert not any(unicodedata.category(character) in _BARRED for character in kept), ascii(kept)
    assert not re.search(r'[/\\:<>"|?*]', kept)
    assert len(os.fsencode(kept)) <= 130  # this includes the number that is added when the name is taken
    if row["outcome"] == "refused":
        assert row["detail"]
        return
    assert not kept.startswith((".", "~", " "))
    assert not re.match(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)", kept), kept
    assert (busy.reports / kept).is_file()


def test_uploads_leave_nothing_outside_the_reports_folder(sender: FlaskClient, busy: DataFolder) -> None:
    upload(sender, "/api/v1/reports", "parents")
    outside = [path for path in snapshot(busy.root.parent) if not path.startswith(str(busy.reports))]
    names = {Path(path).name for path in outside}
    assert not [name for name in names if "climbed" in name]
    assert not list(busy.root.glob("incoming-*"))
    kept = list(busy.reports.rglob("*"))
    assert kept
    assert all(path.parent == busy.reports for path in kept)
