"""A threaded gunicorn worker that drops slow clients.

gunicorn's own worker waits for as long as a client takes to send a request or receive the reply.
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
"""Total number of seconds that a client may keep the service waiting during each request."""
PACE = 16 * 1024
"""Number of bytes that earn a client one more second. The slowest mobile connections transfer this much in a second."""
_SWITCH_INTERVAL = 0.001
"""Maximum number of seconds that a thread may keep the interpreter while others wait."""
_FIRST_BYTES = 0.05
"""How many seconds a thread waits for the first bytes of a new connection before it returns the connection to the
poller."""


class PacedSocket:
    """A socket that drops a client after waiting too long for it.

    Otherwise it behaves like the socket that it wraps.
    """

    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner
        self._left = GRACE

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def begin(self) -> None:
        """Give the client its full time again, because a new request is starting."""
        self._left = GRACE

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Receive bytes from the client. Raises ConnectionResetError if the client is too slow."""
        self._wait(select.POLLIN)
        received = self._inner.recv(size, flags)
        self._credit(len(received))
        return received

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """Send bytes as fast as the client receives them. Raises ConnectionResetError if the client is too slow."""
        view = memoryview(data)
        while view:
            self._wait(select.POLLOUT)
            sent = self._inner.send(view[: 256 * 1024], flags | socket.MSG_DONTWAIT)
            self._credit(sent)
            view = view[sent:]

    def _credit(self, count: int) -> None:
        self._left = min(GRACE, self._left + count / PACE)  # a client must not save up time by filling buffers

    def _wait(self, event: int) -> None:
        began, limit = time.monotonic(), self._inner.gettimeout()
        poller = select.poll()
        poller.register(self._inner, event)
        ready = poller.poll(max(0.0, self._left if limit is None else min(limit, self._left)) * 1000)
        self._left -= time.monotonic() - began
        if not ready:
            with suppress(OSError):
                self._inner.shutdown(
                    socket.SHUT_RDWR
                )  # close it without a message, because the client would not receive one
            raise ConnectionResetError(errno.ECONNRESET, "the client is too slow")


class PacedWorker(gthread.ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A threaded worker that drops slow clients."""

    def init_process(self) -> None:
        """Start the worker with a fifth of the usual switch interval.

        While other threads find answers, the thread that accepts connections needs the interpreter's lock for each
        connection.
        """
        sys.setswitchinterval(_SWITCH_INTERVAL)
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """Pass a connection to a thread."""
        if not isinstance(conn.sock, PacedSocket):
            conn.sock = PacedSocket(conn.sock)
        conn.sock.begin()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Serve a connection's next request. A connection that sends nothing does not occupy a thread."""
        if not conn.initialized and not conn.data_ready and not conn.wait_for_data(_FIRST_BYTES):
            return gthread._DEFER  # noqa: SLF001 - this returns a silent connection to the poller
        return super().handle(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Keep a connection for its next request, or close it in a thread because the client may be slow."""
        if self.alive and not fs.cancelled() and fs.exception() is None and not fs.result():
            self.nr_conns -= 1
            self.tpool.submit(conn.close, graceful=True)
        else:
            super().finish_request(conn, fs)
