"""The progress of a build as Server-Sent Events: one whenever its account changes, until it has ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from qa_service.maintenance.build_jobs import JobState
from web.contract.problems import Overloaded
from web.contract.report_responses import JobResponse

EVERY = 0.3
"""Seconds between two looks at the account."""
HEARTBEAT = 10.0
"""Seconds without an event after which a comment is sent: it finds out who has gone, and keeps proxies from closing."""
LONGEST = 15 * 60.0
"""Seconds; a client that wants to see more asks again."""
MOST = 16
"""Clients that one process tells at once: each keeps a thread of it."""
_AGAIN = 10
"""Seconds after which one that there was no room for should ask again."""
_room = threading.BoundedSemaphore(MOST)


def take_room() -> Callable[[], None]:
    """Room for one more client; what is given back ends that. Raises Overloaded where there is none."""
    if not _room.acquire(blocking=False):
        raise Overloaded(
            f"{MOST} clients are already watching builds. Request the build's own address from time to time instead.",
            seconds=_AGAIN,
        )
    return _room.release


def events(
    read: Callable[[], JobResponse | None],
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[str]:
    """A build's account whenever it has changed, as “progress” and once it has ended as “end”.

    ``read`` gives None where its account is kept no more; then there is no end to tell of.
    """
    began = told = now()
    last: JobResponse | None = None
    while now() - began < LONGEST:
        job = read()
        if job is None:
            return
        if job != last:
            last, told = job, now()
            yield f"event: {'progress' if job.state is JobState.RUNNING else 'end'}\ndata: {job.model_dump_json()}\n\n"
            if job.state is not JobState.RUNNING:
                return
        elif now() - told >= HEARTBEAT:
            told = now()
            yield ": still at it\n\n"
        wait(EVERY)
