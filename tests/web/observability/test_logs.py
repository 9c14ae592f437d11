from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import structlog

from qa_service.answering.pipeline import Answerer
from tests.web.guarded import guarded
from web.app import Options

QUESTION = "What do Westmarsh care leavers get to set up home?"


def lines(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [record.msg for record in caplog.records if record.name == "web.requests"]


@pytest.mark.parametrize("questions", [False, True])
def test_a_line_has_the_outcome_and_the_question_only_if_set(
    answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture, *, questions: bool
) -> None:
    client = guarded(answerer, tmp_path, Options(log_questions=questions)).test_client()
    with caplog.at_level(logging.INFO, "web.requests"):
        reply = client.post("/api/v1/query", json={"question": QUESTION}, headers={"X-Request-ID": "my-request-7"})
        client.get(f"/reports/{answerer.index.store.reports[0].id}/pages/1?quote=Westmarsh+words")
        client.get("/healthz")
    asked, page = lines(caplog)
    assert (asked["endpoint"], asked["status"], asked["build"]) == ("api.query", 200, answerer.index.manifest.build)
    assert asked["request_id"] == reply.headers["X-Request-ID"] == "my-request-7"
    [ending] = asked["answers"]
    assert ending["status"] == "answered"
    assert ending["stages"]["retrieve"] > 0
    assert ("question" in ending) is questions
    assert page["endpoint"] == "reports.page"
    everything = json.dumps([asked, page], default=str)
    assert (QUESTION in everything) is questions
    assert "Westmarsh words" not in everything


def test_a_batch_has_the_outcome_of_each_question(
    answerer: Answerer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = guarded(answerer, tmp_path, Options()).test_client()
    queries = [{"question": QUESTION}, {"question": " "}, {"question": "What do reports say about the price of milk?"}]
    with caplog.at_level(logging.INFO, "web.requests"):
        client.post("/api/v1/queries", json={"queries": queries})
    [line] = lines(caplog)
    assert [ending["status"] != "answered" for ending in line["answers"]] == [False, True]


@pytest.mark.parametrize("given", ["short", "x" * 65, "a b c d e f", "line\nbreak-8", 'quote"-12345', "é" * 10])
def test_an_id_that_could_corrupt_the_log_is_not_used(answerer: Answerer, tmp_path: Path, given: str) -> None:
    client = guarded(answerer, tmp_path, Options()).test_client()
    if "\n" in given:
        reply = client.get("/healthz", environ_overrides={"HTTP_X_REQUEST_ID": given})
    else:
        reply = client.get("/healthz", headers={"X-Request-ID": given})
    assert reply.headers["X-Request-ID"] != given
    assert len(reply.headers["X-Request-ID"]) == 16


def test_an_error_names_its_request(answerer: Answerer, tmp_path: Path) -> None:
    client = guarded(answerer, tmp_path, Options()).test_client()
    reply = client.get("/api/v1/reports/0000000000000000", headers={"X-Request-ID": "find-me-1234"})
    assert reply.json["instance"] == "urn:request:find-me-1234"


def test_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    from web.observability import logs

    root = logging.getLogger()
    handlers, level, own = root.handlers[:], root.level, logging.getLogger("web").level
    try:
        logs.write_json()
        structlog.stdlib.get_logger("web.requests").info("request", status=200)
        logging.getLogger("index.building.build").warning("a plain %s", "line")
        written = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.getLogger("web").setLevel(own)
    assert [(one["event"], one["level"]) for one in written] == [("request", "info"), ("a plain line", "warning")]
    assert written[0]["status"] == 200
