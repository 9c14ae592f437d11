"""The progress of a build as Server-Sent Events: one event for each change, until the build ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from qa_service.maintenance.build_jobs import JobState
from web.contract.problems import Overloaded
from web.contract.report_responses import JobResponse

INTERVAL = 0.3
"""Seconds between checks for a change."""
HEARTBEAT = 10.0
"""Seconds without an event before we send a comment. The comment keeps the connection open, and shows whether the
client has left."""
MAX_SECONDS = 15 * 60.0
"""Seconds after which the stream of events stops. A client can then request another stream."""
MAX_CLIENTS = 16
"""Maximum number of clients watching builds at once in each process. Each client occupies a thread."""
_RETRY_AFTER = 10
"""Seconds that a refused client should wait before it tries again."""
_places = threading.BoundedSemaphore(MAX_CLIENTS)


def reserve_place() -> Callable[[], None]:
    """Reserve a place for one more client, and return the function that frees it. Raises Overloaded."""
    if not _places.acquire(blocking=False):
        raise Overloaded(
            f"{MAX_CLIENTS} clients are already watching builds. "
            "Request the build's own address from time to time instead.",
            seconds=_RETRY_AFTER,
        )
    return _places.release


def progress_events(
    read: Callable[[], JobResponse | None],
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """Yield a “progress” event for each change in a build, and an “end” event when the build ends.

    ``read`` returns the build as it is now. If the build's record has been deleted, ``read`` returns None, and the
    stream stops without an “end” event.
    """
    began = last_sent = now()
    last: JobResponse | None = None
    while now() - began < MAX_SECONDS:
        job = read()
        if job is None:
            return
        if job != last:
            last, last_sent = job, now()
            yield f"event: {'progress' if job.state is JobState.RUNNING else 'end'}\ndata: {job.model_dump_json()}\n\n"
            if job.state is not JobState.RUNNING:
                return
        elif now() - last_sent >= HEARTBEAT:
            last_sent = now()
            yield ": still at it\n\n"
        wait(INTERVAL)
