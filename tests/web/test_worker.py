"""Tests of slow, broken and dishonest clients, using a real gunicorn with our worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough
THREADS = 3
APP = """
import time
from web import worker

worker.GRACE = 1.0
def app(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(1.5)
    size = len(environ["wsgi.input"].read())
    if environ["PATH_INFO"] == "/who":
        size = len(environ.get("HTTP_X_FORWARDED_USER", ""))
    body = b"x" * 30_000_000 if environ["PATH_INFO"] == "/large" else b"%d" % size
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with running(tmp_path_factory.mktemp("worker")) as started:
        yield started


@contextmanager
def running(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    (folder / "small_app.py").write_text(APP, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config=python:web.gunicorn_conf", f"--bind=127.0.0.1:{port}",
         f"--threads={THREADS}", "small_app:app"],
        cwd=root, env={**os.environ, "PYTHONPATH": f"{folder}:{root}"}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield port, process
    process.terminate()
    process.wait(timeout=30)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def get(port: int, path: str = "/") -> bytes:
    with connect(port) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: client.recv(65536), b""))


def is_closed(client: socket.socket, within: float) -> bool:
    client.settimeout(within)
    try:
        return client.recv(1) == b"" or b"HTTP" in client.recv(100)
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def test_silent_connections_take_no_thread(server) -> None:
    port, _ = server
    silent = [connect(port) for _ in range(THREADS * 10)]
    began = time.monotonic()
    assert b"200 OK" in get(port)
    assert time.monotonic() - began < 2
    for client in silent:
        client.close()


@pytest.mark.parametrize(
    "start",
    [b"GET / HTTP/1.1\r\nHost: local", b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc"],
    ids=["headers", "body"],
)
def test_slow_clients_lose_their_connections(server, start: bytes) -> None:
    port, _ = server
    slow = [connect(port) for _ in range(THREADS * 2)]
    for client in slow:
        client.sendall(start)
    began = time.monotonic()
    assert b"200 OK" in get(port)
    assert time.monotonic() - began < 6
    trickled = 0
    for _ in range(30):  # sending a byte from time to time does not keep the connection open
        try:
            slow[-1].sendall(b"a")
            trickled += 1
            time.sleep(0.2)
        except OSError:
            break
    assert trickled < 30
    assert all(is_closed(client, 5) for client in slow)
    for client in slow:
        client.close()


def test_a_client_that_does_not_read_its_reply_loses_it(server) -> None:
    port, _ = server
    clients = []
    for _ in range(THREADS):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        clients.append(client)
    time.sleep(0.3)
    began = time.monotonic()
    assert b"200 OK" in get(port)
    assert time.monotonic() - began < 8
    for client in clients:
        client.close()


def test_a_client_that_reads_its_reply_gets_all_of_it(server) -> None:
    port, _ = server
    assert len(get(port, "/large")) > 30_000_000


def test_a_broken_upload_does_not_harm_the_service(server) -> None:
    port, _ = server
    for _ in range(10):
        with connect(port) as client:
            client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 5000)
    assert b"200 OK" in get(port)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /x",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nBad\x00Name: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-A: b\r\n" * 80 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + b"b" * 9000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_a_malformed_request_is_refused(server, request_line: bytes) -> None:
    port, _ = server
    with connect(port) as client:
        client.sendall(request_line)
        client.shutdown(socket.SHUT_WR)
        reply = b"".join(iter(lambda: client.recv(65536), b""))
    assert b" 200 " not in reply.split(b"\r\n")[0]
    assert b"200 OK" in get(port)


@pytest.mark.parametrize(("header", "read"), [(b"X-Forwarded-User", b"4"), (b"X_Forwarded_User", b"0")])
def test_a_header_with_underscores_is_not_mistaken_for_one_with_hyphens(server, header: bytes, read: bytes) -> None:
    port, _ = server
    with connect(port) as client:
        client.sendall(b"GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + b": mary\r\n\r\n")
        assert b"".join(iter(lambda: client.recv(65536), b"")).endswith(b"\r\n\r\n" + read)


def test_a_stop_lets_running_requests_finish(tmp_path: Path) -> None:
    with running(tmp_path) as (port, process), connect(port) as client:
        client.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.4)
        process.send_signal(signal.SIGTERM)
        assert b"200 OK" in client.recv(4096)
    assert process.wait(timeout=30) == 0
