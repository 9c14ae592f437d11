"""Tests of the Python client with the real application, over real sockets."""

from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from corpus.types import Report
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.maintenance.build_jobs import Job, Jobs, JobState
from web import client as module
from web.app import create_app
from web.client import Client, ServiceError
from web.serving.index_service import current_service

pytestmark = pytest.mark.thorough

QUESTION = "What do Westmarsh care leavers get to set up home?"
Wsgi = Callable[..., Iterable[bytes]]


@contextmanager
def serving(app: Wsgi) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def client(app: Flask) -> Iterator[Client]:
    with serving(app) as url:
        yield Client(url)


@pytest.fixture
def data(app: Flask) -> DataFolder:
    with app.app_context():
        return current_service().data


def test_it_follows_a_list_to_its_end(many_answerer: Answerer) -> None:
    with serving(create_app(many_answerer)) as url:
        answers = list(Client(url).ask_all("Which authorities are rated good?", top_k=1))
        [alone] = Client(url).ask_all("How often does supervision take place in Ambleford?")
    assert [len(answer["answer"]) for answer in answers] == [20, 4]
    assert alone["answered"]


def test_it_needs_only_the_standard_library() -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {str(name).partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_a_question_is_answered_with_its_options(client: Client, westmarsh: Report) -> None:
    answer = client.ask(QUESTION, top_k=2, filters={"report_id": [westmarsh.id]})
    assert answer["answered"]
    assert {passage["report"]["id"] for passage in answer["passages"]} == {westmarsh.id}


def test_a_problem_is_raised_with_its_fields(client: Client) -> None:
    with pytest.raises(ServiceError, match="at least 1 character") as raised:
        client.ask("")
    error = raised.value
    assert (error.type, error.status, error.field) == ("/problems/invalid-question", 422, "question")
    assert error.remedy
    assert error.instance
    with pytest.raises(ServiceError) as raised:
        client.report("0000000000000000")
    assert raised.value.status == 404


def test_many_questions_come_back_in_order_over_several_batches(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    answers = list(client.ask_many([QUESTION, "", {"question": "How is supervision?", "top_k": 1}]))
    assert [one if isinstance(one, ServiceError) else one["question"] for one in answers[::2]] == [
        QUESTION,
        "How is supervision?",
    ]
    assert isinstance(answers[1], ServiceError)
    assert answers[1].type == "/problems/invalid-question"


def test_reports_come_from_all_pages_of_the_list(client: Client) -> None:
    every = [report["id"] for report in client.reports()]
    assert len(set(every)) == len(every) > 4
    assert [report["id"] for report in client.reports(limit=3)] == every
    assert {report["kind"] for report in client.reports(kind=["ilacs", "focused-visit"], limit=2)} == {
        "ilacs",
        "focused-visit",
    }
    assert client.page(every[0], 1)["report_id"] == client.report(every[0])["id"] == every[0]


def test_files_are_sent_complete_with_their_names(client: Client, samples: Path, tmp_path: Path) -> None:
    sample = next(samples.glob("westmarsh*2023*.pdf"))
    odd = tmp_path / 'a"quoted".exe'
    odd.write_bytes(b"MZ" + b"\x00" * 200_000)
    reply = client.add([sample, str(odd)])
    assert [one["outcome"] for one in reply["files"]] == ["already there", "refused"]
    assert reply["files"][0]["file"] == sample.name
    assert reply["build"] is None


def test_a_build_is_watched_until_it_has_ended(client: Client, data: DataFolder) -> None:
    job = Job("20260101120000000000-0a0b0c0d", "ada", "2026-01-01T12:00:00+00:00", stage="Reading", done=1, total=2)
    data.jobs.mkdir(parents=True, exist_ok=True)
    jobs = Jobs(data)
    try:
        with jobs.lock(job.id):
            jobs.write(job)
            watched = client.watch(job.id)
            assert next(watched)["state"] == "running"
            jobs.write(replace(job, done=2, state=JobState.DONE, stage="Done", ended=job.started))
            assert [job["state"] for job in watched] == ["done"]
        assert client.builds()[0] == client.progress(job.id)
    finally:
        (data.jobs / f"{job.id}.json").unlink()
    with pytest.raises(ServiceError) as raised:
        client.cancel(job.id)
    assert raised.value.type == "/problems/unknown-job"


def test_a_conversation_from_start_to_deletion(client: Client) -> None:
    client.forget_all()
    name = client.ask(QUESTION, remember=True)["conversation_id"]
    client.ask("What about Aldermere?", conversation_id=name)
    assert client.turn(name, 2)["turn"]["question"] == "What about Aldermere?"
    assert client.rename(name, "Leaving care")["title"] == "Leaving care"
    assert [one["title"] for one in client.conversations()] == ["Leaving care"]
    assert client.feedback("right", "As printed.", conversation_id=name, turn=1)["quotes"]
    client.forget(name)
    with pytest.raises(ServiceError):
        client.conversation(name)
    assert client.forget_all() == 0


@contextmanager
def refusing(app: Wsgi, times: int, status: str, after: str) -> Iterator[tuple[Client, list[Any]]]:
    """Yield a client of a service that is busy at first, and a list of the Authorization headers it received."""
    asked: list[Any] = []

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        asked.append(environ.get("HTTP_AUTHORIZATION"))
        if len(asked) > times:
            return app(environ, start)
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start(status, [("Retry-After", after)] if after else [])
        return [b"no time"]

    with serving(serve) as url:
        yield Client(url, timeout=10), asked


def test_a_busy_service_is_asked_again(app: Flask, samples: Path) -> None:
    with refusing(app, 2, "503 Service Unavailable", "0") as (client, asked):
        assert client.add([next(samples.glob("westmarsh*2023*.pdf"))])["files"][0]["outcome"] == "already there"
        assert len(asked) == 3
    with refusing(app, 1, "429 Too Many Requests", "0") as (client, asked):
        assert client.ask(QUESTION)["answered"]
        assert len(asked) == 2


@pytest.mark.parametrize(
    ("status", "after", "tries"), [("503 X", "0", module.TRIES), ("503 X", "", 1), ("503 X", "999", 1)]
)
def test_it_gives_up_on_a_busy_service(app: Flask, status: str, after: str, tries: int) -> None:
    with refusing(app, 99, status, after) as (client, asked), pytest.raises(ServiceError) as raised:
        client.ask(QUESTION)
    assert (raised.value.status, len(asked)) == (503, tries)


def test_a_token_is_sent_and_goes_nowhere_else(app: Flask) -> None:
    with refusing(app, 99, "302 Found", "") as (client, asked):
        holder = Client(client._url, token="secret")  # noqa: S106 - the token is made up, and the address is the same service
        with pytest.raises(ServiceError):
            holder.ask(QUESTION)
    assert asked == ["Bearer secret"]


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="file:///etc/passwd"):
        Client("file:///etc/passwd")
