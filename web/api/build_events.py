"""The progress of a build as Server-Sent Events: one for each change, until the build has ended."""

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
"""Seconds without an event before we send a comment, which shows us which clients have left and keeps proxies open."""
MAX_SECONDS = 15 * 60.0
"""Seconds after which the events stop. A client can then ask for more."""
MAX_CLIENTS = 16
"""How many clients can watch builds at once in each process. There is a limit because each client occupies a thread."""
_RETRY_AFTER = 10
"""Seconds after which a refused client should ask again."""
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
    """Yield a “progress” event for each change of a build, and an “end” event when it has ended.

    ``read`` returns the build as it is now, or None if its record was deleted. Then the events stop without an end.
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
