"""Tests of a real server whose encoder does not load, or whose disk is full or read-only."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from benchmarks.harness.service import serving
from benchmarks.proofs.index.disk import filled, forbid_writing, tmpfs
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder

pytestmark = pytest.mark.e2e
QUESTION = {"question": "What do Westmarsh care leavers get to set up home?"}
WRITES: tuple[tuple[str, str, object, str], ...] = (
    ("POST", "/api/v1/query", QUESTION | {"remember": True}, "not-kept"),
    ("POST", "/api/v1/reports", None, "no-room"),
    ("POST", "/api/v1/builds", {}, "no-room"),
)
"""Requests that write to disk, and the problem that each reply reports when writing fails."""


@pytest.fixture
def disk(sample_index: DataFolder, tmp_path: Path) -> Iterator[Path]:
    """A small disk that contains an index of the samples, but no conversations or feedback."""
    with tmpfs(tmp_path / "disk", "40m") as mounted:
        if mounted is None:
            pytest.skip("a tmpfs cannot be mounted here: this check did not run")
        without = shutil.ignore_patterns("conversations*", "feedback*")
        shutil.copytree(sample_index.root, mounted / "data", ignore=without)
        yield mounted


def ask(address: str, body: object = None, accept: str = "application/json") -> tuple[int, dict]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": accept}
    request = urllib.request.Request(address, data, headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - our own server
            text = reply.read()
            return reply.status, json.loads(text) if "json" in reply.headers["Content-Type"] else {}
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except urllib.error.URLError:
        return 0, {}


def test_a_service_without_an_encoder_searches_by_words_and_says_so(sample_index: DataFolder, tmp_path: Path) -> None:
    broken = tmp_path / "encoder"
    shutil.copytree(encoder_folder(None), broken)
    weights = next(broken.glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:1000])
    data = tmp_path / "data"
    shutil.copytree(sample_index.root, data)
    with serving(data, extra={"QA_ENCODER": str(broken)}) as url:
        assert ask(f"{url}/readyz")[1] == {
            "build": sample_index.current().name, "degraded": ["encoder"], "status": "degraded",
        }  # fmt: skip
        status, answer = ask(f"{url}/api/v1/query", QUESTION)
        assert (status, answer["status"], answer["degraded"]) == (200, "low_confidence", ["encoder"])
        assert answer["passages"]
        assert answer["answer"] == []
        status, graded = ask(f"{url}/api/v1/query", {"question": "What was Westmarsh's overall grade in 2023?"})
        assert (status, graded["status"]) == (200, "answered")


def test_a_service_on_a_read_only_disk_reports_it_and_still_answers(disk: Path) -> None:
    forbid_writing(disk)
    with serving(disk / "data") as url:
        assert ask(f"{url}/readyz")[0] == 200
        assert answers(url)
        assert refused(url) == [(503, f"/problems/{slug}") for *_, slug in WRITES]
        assert answers(url)


def test_a_service_on_a_full_disk_reports_it_still_answers_and_recovers(disk: Path) -> None:
    with serving(disk / "data") as url:
        assert answers(url)
        with filled(disk, 0):
            assert refused(url) == [(503, f"/problems/{slug}") for *_, slug in WRITES]
            assert answers(url)
        kept = ask(f"{url}/api/v1/query", QUESTION | {"remember": True})[1]["conversation_id"]
        assert ask(f"{url}/api/v1/query", QUESTION | {"conversation_id": kept})[1]["conversation_id"] == kept


def answers(url: str) -> bool:
    status, answer = ask(f"{url}/api/v1/query", QUESTION)
    return (status, answer["status"], answer["degraded"]) == (200, "answered", [])


def refused(url: str) -> list[tuple[int, str]]:
    """Send each request that writes to disk and return the status and problem type of its reply."""
    told = []
    for method, address, body, _ in WRITES:
        reply = requests.request(
            method,
            f"{url}{address}",
            timeout=60,
            **(
                {"files": {"file": ("new.md", "# Inspectors visit Pellbrook\n\nChildren wait for help.\n" * 1000)}}
                if body is None
                else {"json": body}
            ),
        )
        told.append((reply.status_code, reply.json().get("type", "")))
    return told
