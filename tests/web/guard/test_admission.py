from __future__ import annotations

import subprocess
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

ROOT = Path(__file__).resolve().parents[3]


def test_a_limited_number_run_at_once_and_the_others_wait() -> None:
    limiter, inside, most = ConcurrencyLimiter(2, 10), 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        with limiter.slot():
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
    assert (most, limiter.present) == (2, 0)


def test_a_request_too_many_is_refused_at_once_and_later_ones_are_let_in() -> None:
    limiter = ConcurrencyLimiter(1, 1)
    limiter.acquire()
    waiter = threading.Thread(target=limiter.acquire)
    waiter.start()
    while limiter.present < 2:
        time.sleep(0.001)
    began = time.perf_counter()
    with pytest.raises(Overloaded) as refusal:
        limiter.acquire()
    assert time.perf_counter() - began < 0.1
    assert refusal.value.seconds > 0
    limiter.release(0.1)
    waiter.join(timeout=5)
    limiter.release(0.1)
    with limiter.slot():
        assert limiter.present == 1


def test_a_request_that_would_wait_too_long_is_refused() -> None:
    limiter = ConcurrencyLimiter(1, 100, patience=1.0)
    for _ in range(50):  # each request takes ten seconds, so the next one would wait for ten seconds
        limiter.acquire()
        limiter.release(10.0)
    limiter.acquire()
    with pytest.raises(Overloaded):
        limiter.acquire()
    limiter.release(0.0)
    assert limiter.present == 0


def test_slots_are_given_in_the_order_of_arrival() -> None:
    limiter, order = ConcurrencyLimiter(1, 10), []
    limiter.acquire()

    def work(number: int) -> None:
        with limiter.slot():
            order.append(number)

    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=work, args=(number,)))
        threads[-1].start()
        while limiter.present < number + 2:
            time.sleep(0.001)
    limiter.release(0.0)
    for thread in threads:
        thread.join(timeout=5)
    assert order == list(range(6))


@pytest.fixture
def app(answerer: Answerer, tmp_path: Path) -> Flask:
    return guarded(answerer, tmp_path, Options(at_once=1, waiting=0))


def test_a_request_too_many_gets_a_503_with_a_time_to_retry(app: Flask) -> None:
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
def test_a_slot_is_released_however_the_request_ends(app: Flask, path: str) -> None:
    client = app.test_client()
    for _ in range(3):
        client.get(path)
        client.post(path)
    with app.app_context():
        assert request_limiter().present == 0


def test_requests_without_permission_take_no_slot(answerer: Answerer, tmp_path: Path) -> None:
    app = guarded(answerer, tmp_path, Options(mode=Mode.TOKENS, at_once=1, waiting=0))
    with app.app_context():
        request_limiter().acquire()
    client = app.test_client()
    assert client.get("/sign-in").status_code == 200
    assert client.get("/nothing").status_code == 404
    assert client.get("/api/v1/reports").status_code == 401


def test_a_question_does_not_wait_for_uploads(app: Flask) -> None:
    client = app.test_client()
    with app.app_context():
        for _ in range(2):
            upload_limiter().acquire()
    assert client.post("/api/v1/reports", data={}).status_code == 503
    assert client.get("/api/v1/reports").status_code == 200


_PRIORITIES = """
import os, sys, threading
from flask import Flask
from web.serving import answer_pool

os.nice(int(sys.argv[1]))
if os.getuid() == 0:
    os.setuid(65534)  # an ordinary user may not raise a priority again
app = Flask("priorities")
answer_pool.register(app, 1)
[pool] = app.extensions.values()
theirs = pool.threads.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result()
print(theirs, os.getpriority(os.PRIO_PROCESS, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority of threads")
@pytest.mark.parametrize("nice", [0, 3, 10, 19])
def test_answering_threads_have_a_lower_priority_even_if_the_service_is_nice(nice: int) -> None:
    command = [sys.executable, "-c", _PRIORITIES, str(nice)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    theirs, ours = map(int, ran.stdout.split())
    assert theirs == min(19, ours + 5)
