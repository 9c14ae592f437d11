from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from qa_service.access import Mode
from qa_service.answering.pipeline import Answerer
from tests.web.guarded import guarded
from web.app import Options
from web.contract.problems import Overloaded
from web.guard.admission import ConcurrencyLimiter, request_limiter, upload_limiter
from web.serving import answer_pool


def test_so_many_are_inside_at_once_and_the_rest_wait_their_turn() -> None:
    held, inside, most = ConcurrencyLimiter(2, 10), 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with held.slot():
            with lock:
                inside += 1
                most = max(most, inside)
            time.sleep(0.02)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, held.present) == (2, 0)


def test_one_more_than_may_wait_is_told_at_once_and_the_next_is_let_in_again() -> None:
    held = ConcurrencyLimiter(1, 1)
    held.acquire()
    waiter = threading.Thread(target=held.acquire)
    waiter.start()
    while held.present < 2:
        time.sleep(0.001)
    began = time.perf_counter()
    with pytest.raises(Overloaded) as told:
        held.acquire()
    assert time.perf_counter() - began < 0.1
    assert told.value.seconds > 0
    held.release(0.1)
    waiter.join(timeout=5)
    held.release(0.1)
    with held.slot():
        assert held.present == 1


def test_nobody_is_let_in_who_would_wait_too_long() -> None:
    held = ConcurrencyLimiter(1, 100, patience=1.0)
    for _ in range(50):  # each takes ten seconds, so the next would wait as long
        held.acquire()
        held.release(10.0)
    held.acquire()
    with pytest.raises(Overloaded):
        held.acquire()
    held.release(0.0)
    assert held.present == 0


def test_turns_come_in_the_order_of_asking() -> None:
    held, order = ConcurrencyLimiter(1, 10), []
    held.acquire()

    def work(number: int) -> None:
        with held.slot():
            order.append(number)

    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=work, args=(number,)))
        threads[-1].start()
        while held.present < number + 2:
            time.sleep(0.001)
    held.release(0.0)
    for thread in threads:
        thread.join(timeout=5)
    assert order == list(range(6))


@pytest.fixture
def app(answerer: Answerer, tmp_path: Path) -> Flask:
    return guarded(answerer, tmp_path, Options(at_once=1, waiting=0))


def test_a_request_too_many_gets_a_503_that_says_when_to_come_back(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        request_limiter().acquire()
    for path in ("/api/v1/reports", "/"):
        reply = client.get(path)
        assert reply.status_code == 503
        assert int(reply.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
    reply = client.get("/static/style.css")
    with reply:
        assert reply.status_code == 200
    with app.app_context():
        request_limiter().release(0.1)
    assert client.get("/api/v1/reports").status_code == 200


@pytest.mark.parametrize("path", ["/", "/nothing", "/reports/0000000000000000", "/api/v1/reports?limit=no"])
def test_a_turn_ends_with_its_request_however_that_ends(app: Flask, path: str) -> None:
    client = app.test_client()
    for _ in range(3):
        client.get(path)
        client.post(path)
    with app.app_context():
        assert request_limiter().present == 0


def test_strangers_take_no_turn(answerer: Answerer, tmp_path: Path) -> None:
    app = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS, at_once=1, waiting=0))
    with app.app_context():
        request_limiter().acquire()
    client = app.test_client()
    assert client.get("/sign-in").status_code == 200
    assert client.get("/nothing").status_code == 404
    assert client.get("/api/v1/reports").status_code == 401


def test_a_question_does_not_wait_for_those_who_send_files(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        for _ in range(2):
            upload_limiter().acquire()
    assert client.post("/api/v1/reports", data={}).status_code == 503
    assert client.get("/api/v1/reports").status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority of threads")
def test_whoever_finds_answers_gives_way_to_whoever_takes_requests() -> None:
    app = Flask(__name__)
    answer_pool.register(app, 1)
    [pool] = app.extensions.values()
    theirs = pool.threads.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result()
    assert theirs > os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
