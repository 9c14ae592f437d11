"""Send questions from 32 clients for ten minutes, then from three times as many clients as the service can take.

The clients run in a process of their own. Each client is a thread with one connection, like a browser or a program.
They share the two cores with the service, so the figures are worse than clients on other machines would see. ADR 0028
explains why we do not use a ready-made load generator.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import multiprocessing as mp
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, development_questions, serving

CLIENTS, SECONDS = 32, 600
WORKERS, WAITING, AT_ONCE = 2, 40, 2
_HOLDS = WORKERS * (WAITING + AT_ONCE)
"""How many requests the service can accept at the same time."""
_OVER_SECONDS = 60
_QUICK = 1.0
"""Out of every 100 replies with status 503, 99 must come within this many seconds."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request: when it was sent, how long it took, and the status of the reply (0 for none)."""

    at: float
    seconds: float
    status: int
    whole: bool
    """Whether an answer is complete and all its quotes are in their passages."""


def prove(proof: Proof, data: Path, seconds: int = SECONDS) -> None:
    """Serve an index, and send both loads of questions to the service."""
    questions = [question["question"] for question in development_questions()]
    command = (*QA_SERVICE, "serve", "--workers", str(WORKERS))
    with serving(data, command) as url:
        send(url, questions, WORKERS * 2, 20)  # warm up both workers
        alone = send(url, questions, 1, 10)
        _steady(proof, url, questions, seconds)
        _beyond(proof, url, questions, statistics.median(s.seconds for s in alone))


def _steady(proof: Proof, url: str, questions: Sequence[str], seconds: int) -> None:
    sizes: list[tuple[float, int]] = []
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(url, sizes, done))
    watch.start()
    began = time.time()
    sent = send(url, questions, CLIENTS, seconds)
    done.set()
    watch.join()
    seconds_taken = sorted(s.seconds for s in sent)
    tenth = max(1, len(sizes) // 10)
    first = statistics.median(size for _, size in sizes[tenth : 2 * tenth])
    last = statistics.median(size for _, size in sizes[-tenth:])
    proof.add(f"load: minutes of {CLIENTS} clients", round((time.time() - began) / 60, 1), "≥", seconds / 60)
    proof.add("load: answers", len(sent))
    proof.add("load: answers per second", len(sent) / seconds)
    for share in (50, 95, 99):
        proof.add(f"load: p{share}, seconds", seconds_taken[min(len(sent) - 1, len(sent) * share // 100)])
    proof.add("load: errors", sum(s.status != 200 for s in sent), "=", 0)
    proof.add("load: incomplete answers", sum(s.status == 200 and not s.whole for s in sent), "=", 0)
    proof.add("load: memory after a tenth of the time, MB", first / 1e6)
    proof.add("load: memory at the end, as a share of that", last / first, "≤", 1.05)


def _beyond(proof: Proof, url: str, questions: Sequence[str], alone: float) -> None:
    clients = 3 * _HOLDS
    sent = send(url, questions, clients, _OVER_SECONDS)
    ended = time.time()
    after = send(url, questions, 1, 5)
    refused = sorted(s.seconds for s in sent if s.status == 503)
    answered = sorted(s.seconds for s in sent if s.status == 200)
    proof.add(f"overload: clients (the service holds {_HOLDS} requests)", clients)
    proof.add("overload: answers per second", len(answered) / _OVER_SECONDS)
    proof.add("overload: replies with status 503", len(refused), "≥", 1)
    proof.add("overload: requests with neither an answer nor a 503", len(sent) - len(refused) - len(answered), "=", 0)
    proof.add("overload: seconds to a 503 (p99)", refused[len(refused) * 99 // 100], "≤", _QUICK)
    proof.add("overload: seconds to an answer (p99)", answered[len(answered) * 99 // 100])
    first = next(s for s in after if s.status == 200)
    proof.add("overload: seconds from its end to the next answer", first.at + first.seconds - ended, "≤", 5.0)
    slower = statistics.median([s.seconds for s in after if s.status == 200][1:]) / alone
    proof.add("overload: time for an answer after it / before it", slower, "≤", 2.0)


def _watch(url: str, sizes: list[tuple[float, int]], done: threading.Event) -> None:
    """Record the memory use of the server and its workers every two seconds."""
    port = urlsplit(url).port
    while not done.wait(2):  # look again each time, because the server may replace a worker
        servers = [p for p in psutil.process_iter(["cmdline"]) if f":{port}" in " ".join(p.info["cmdline"] or ())]
        with contextlib.suppress(psutil.NoSuchProcess):
            sizes.append((time.time(), sum(p.memory_full_info().uss for p in servers)))


def send(url: str, questions: Sequence[str], clients: int, seconds: float) -> list[Sent]:
    """Let clients in another process ask questions for the given number of seconds, and return all their requests."""
    context = mp.get_context("spawn")
    results: Queue[list[Sent]] = context.Queue()
    process = context.Process(target=_clients, args=(url, questions, clients, seconds, results))
    process.start()
    sent = results.get(timeout=seconds + 120)
    process.join()
    return sent


def _clients(url: str, questions: Sequence[str], clients: int, seconds: float, results: Queue[list[Sent]]) -> None:
    sent: list[Sent] = []
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=_client, args=(url, questions, n, until, sent)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(sent)


def _client(url: str, questions: Sequence[str], number: int, until: float, sent: list[Sent]) -> None:
    """Ask one question after another on one connection. After a 503, wait as long as the reply says."""
    host = urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=90)
    turn = number * 7
    while time.monotonic() < until:
        body = json.dumps({"question": questions[turn % len(questions)]})
        turn += 1
        at, began, pause = time.time(), time.perf_counter(), 0.0
        status, whole = 0, False
        try:
            connection.request("POST", "/api/v1/query", body, {"Content-Type": "application/json"})
            reply = connection.getresponse()
            text = reply.read()
            status = reply.status
            whole = status != 200 or _is_whole(text)
            pause = float(reply.headers.get("Retry-After", 0))
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
        sent.append(Sent(at, time.perf_counter() - began, status, whole))
        time.sleep(min(pause, max(0.0, until - time.monotonic())))
    connection.close()


def _is_whole(text: bytes) -> bool:
    """Whether an answer is complete and all its quotes are in their passages."""
    answer = json.loads(text)
    passages = answer["passages"]
    return (
        bool(answer["status"])
        and not answer["degraded"]
        and all(
            passages[quote["citation"] - 1]["text"][quote["start"] : quote["end"]] == quote["text"]
            for statement in answer["answer"]
            for quote in statement["quotes"]
        )
    )
