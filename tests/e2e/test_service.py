"""Tests of the service as gunicorn runs it, with threads and real sockets."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.e2e


def query(service: str, question: str) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{service}/api/v1/query", json.dumps({"question": question}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - our own server
        body: dict[str, Any] = json.load(reply)
    return body


def test_questions_asked_at_once_get_the_same_answers_as_alone(service: str, samples: Path) -> None:
    lines = (samples / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines[:12]]
    alone = [query(service, question) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: query(service, question), questions * 3))
    for one, other in zip(alone * 3, together, strict=True):
        assert [p["passage_id"] for p in one["passages"]] == [p["passage_id"] for p in other["passages"]]
        assert [s["text"] for s in one["answer"]] == [s["text"] for s in other["answer"]]


def test_a_foreign_host_name_is_refused(service: str) -> None:
    request = urllib.request.Request(f"{service}/", headers={"Host": "evil.example"})  # noqa: S310 - our own server
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)  # noqa: S310 - our own server
    assert refused.value.code == 400
    refused.value.close()
