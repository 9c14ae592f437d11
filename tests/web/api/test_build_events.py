"""Tests of the events of a build, with a simulated clock."""

from __future__ import annotations

import json
from collections.abc import Iterator

from qa_service.maintenance.build_jobs import JobState
from web.api.build_events import HEARTBEAT, INTERVAL, MAX_SECONDS, progress_events
from web.contract.report_responses import JobResponse

JOB = JobResponse(
    id="1-a", who="", state=JobState.RUNNING, stage="Reading", done=1, total=4, seconds_left=None, started="", ended=None,
    build=None, log=["a\nb"], url="",
)  # fmt: skip


class Clock:
    """A clock that advances only when the code under test waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


def events_of(job: JobResponse | None, clock: Clock) -> Iterator[str]:
    return progress_events(lambda: job, clock.now, clock.wait)


def test_without_changes_it_sends_comments_and_stops_after_the_maximum_time() -> None:
    clock = Clock()
    sent = list(events_of(JOB, clock))
    assert sent[0].startswith("event: progress\n")
    assert set(sent[1:]) == {": still at it\n\n"}
    assert MAX_SECONDS / (HEARTBEAT + INTERVAL) - 1 <= len(sent) - 1 <= MAX_SECONDS / HEARTBEAT
    assert MAX_SECONDS <= clock.seconds <= MAX_SECONDS + INTERVAL


def test_an_event_is_one_line_of_json_even_if_the_log_has_line_breaks() -> None:
    event = next(events_of(JOB, Clock()))
    name, data, *ends = event.split("\n")
    assert (name, ends) == ("event: progress", ["", ""])
    assert json.loads(data.removeprefix("data: "))["log"] == ["a\nb"]


def test_the_events_stop_if_the_record_of_the_build_is_deleted() -> None:
    assert list(events_of(None, Clock())) == []
