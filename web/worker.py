"""gunicorn's threaded worker, which holds clients to a pace: one that dawdles loses its connection.

gunicorn itself waits for a request's bytes, and for its reply to be taken, as long as a client likes.
"""

from __future__ import annotations

import errno
import select
import socket
import sys
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from gunicorn.workers import gthread

GRACE = 10.0
"""Seconds that a client may make the service wait in all, for each of its requests …"""
PACE = 16 * 1024
"""… and a second back for each so many bytes that it sends or takes: the slowest of mobile lines does this."""
_TURN = 0.001
"""Seconds that a thread has the interpreter for while others wait."""
_FIRST = 0.05
"""Seconds that a thread waits for a new connection's first bytes before it leaves the wait to the poller."""


class PacedSocket:
    """A socket that gives up on a client that has kept it waiting too long. All else is the socket's own."""

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._left = GRACE

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def begin(self) -> None:
        """Give the client its time anew: another request begins."""
        self._left = GRACE

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Bytes that the client sends. Raises ConnectionResetError where it is too slow."""
        self._wait(select.POLLIN)
        received = self._inner.recv(size, flags)
        self._credit(len(received))
        return received

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """Send bytes as fast as the client takes them. Raises ConnectionResetError where that is too slow."""
        view = memoryview(data)
        while view:
            self._wait(select.POLLOUT)
            sent = self._inner.send(view[: 256 * 1024], flags | socket.MSG_DONTWAIT)
            self._credit(sent)
            view = view[sent:]

    def _credit(self, count: int) -> None:
        self._left = min(GRACE, self._left + count / PACE)  # what buffers took at once is no time saved up

    def _wait(self, event: int) -> None:
        began, limit = time.monotonic(), self._inner.gettimeout()
        poller = select.poll()
        poller.register(self._inner, event)
        ready = poller.poll(max(0.0, self._left if limit is None else min(limit, self._left)) * 1000)
        self._left -= time.monotonic() - began
        if not ready:
            with suppress(OSError):
                self._inner.shutdown(socket.SHUT_RDWR)  # no farewell: the client would not take that either
            raise ConnectionResetError(errno.ECONNRESET, "the client is too slow")


class PacedWorker(gthread.ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A threaded worker whose clients are held to a pace."""

    def init_process(self) -> None:
        """Start; whoever waits for the interpreter's lock gets it after a fifth of the usual time.

        The thread that takes connections waits for it at each, beside those that find answers.
        """
        sys.setswitchinterval(_TURN)
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread."""
        if not isinstance(conn.sock, PacedSocket):
            conn.sock = PacedSocket(conn.sock)
        conn.sock.begin()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Serve a connection's next request; one that says nothing yet takes no thread."""
        if not conn.initialized and not conn.data_ready and not conn.wait_for_data(_FIRST):
            return gthread._DEFER  # noqa: SLF001 - how this worker hands a silent connection to its poller
        return super().handle(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Keep a connection for its next request, or end it: in a thread, as clients may be slow to close."""
        if self.alive and not fs.cancelled() and fs.exception() is None and not fs.result():
            self.nr_conns -= 1
            self.tpool.submit(conn.close, graceful=True)
        else:
            super().finish_request(conn, fs)
