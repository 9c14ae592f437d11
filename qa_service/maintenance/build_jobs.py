"""Background builds, which run one at a time. People can watch and cancel them.

The process that runs a job writes its progress to a small JSON file, so that every worker of the service can read it.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import BuildCancelled, BuildRunning
from index.storage.data_folder import DataFolder, replace_file, sync

KEPT = 50
"""Number of jobs to keep. We delete the files of older jobs."""
_FIRST = "Starting"
"""The stage of a job whose process has not reported a stage yet."""
_STARTING = 30.0
"""Seconds that a process may take to start and lock its job."""
_EVERY = 0.2
"""Seconds between progress updates."""
_CONTINUED = "This build picks up changes made during a build that was cancelled or failed."


class JobState(StrEnum):
    """State of a job."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """The process ended without reporting a result, because it was killed or the machine stopped."""


@dataclass(frozen=True, slots=True)
class Job:
    """Progress and result of one background build."""

    id: str
    who: str
    started: str
    purge: bool = False
    """Whether the build deletes every trace of removed reports."""
    state: JobState = JobState.RUNNING
    stage: str = _FIRST
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    """Estimate of the time left in the stage, or None if there is no estimate yet."""
    ended: str | None = None
    build: str | None = None
    """The current build after the job, or None if the job has not ended or there is no build."""
    log: tuple[str, ...] = ()
    """Lines that say what happened, oldest first."""
    ticks: float = 0.0
    """Start time in seconds on the machine's monotonic clock. Changes to the system clock do not affect it."""

    @property
    def running(self) -> bool:
        """Whether the job is still running."""
        return self.state is JobState.RUNNING


class Jobs:
    """The background builds of one data folder."""

    def __init__(self, data: DataFolder, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._root = data.root.resolve()
        self._folder = data.jobs
        self._clock = clock

    def start(self, who: str, *, purge: bool = False, log: Sequence[str] = ()) -> Job:
        """Start a build.

        ``log`` contains lines about what was done before the build. Raises BuildRunning if a job is running.
        """
        with self._starting():
            latest = self.latest()
            if latest and latest.running:
                raise BuildRunning(f"Build job {latest.id} is running. Wait until it has ended, or cancel it.")
            return self._start_process(who, purge=purge, log=log)

    def request(self, who: str, *, purge: bool = False, log: Sequence[str] = ()) -> Job:
        """Start a build, or make the running job look for changes once more before it ends."""
        with self._starting():
            latest = self.latest()
            if latest and latest.running:
                self._pending.touch()
                return latest
            return self._start_process(who, purge=purge, log=log)

    def finish(self, job: Job, end: Callable[[], None]) -> bool:
        """End a successful job, unless it must look for changes once more. Return whether it ended."""
        with self._starting():
            if self._pending.exists():
                self._pending.unlink()
                self._path(job.id, ".cancel").unlink(missing_ok=True)  # the new changes were not cancelled
                return False
            end()
            return True

    def break_off(self, job: Job, end: Callable[[], None]) -> None:
        """End a job that was cancelled or failed. If there have been more changes, start another job for them."""
        with self._starting():
            end()
            if self._pending.exists():
                self._start_process(job.who, purge=False, log=[_CONTINUED])

    @property
    def _pending(self) -> Path:
        return self._folder / "pending"

    def _starting(self) -> FileLock:
        """Return the lock to hold while starting or ending a job."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / "start.lock", timeout=10)

    def _start_process(self, who: str, *, purge: bool, log: Sequence[str]) -> Job:
        self._pending.unlink(missing_ok=True)
        now = self._clock()
        started = now.isoformat(timespec="seconds")
        job = Job(self._next_id(now), who, started, purge=purge, log=tuple(map(_line, log)), ticks=time.monotonic())
        self.write(job)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
            [sys.executable, "-m", "qa_service.cli.main", "build", "--quiet", "--job", job.id],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # The process inherits the server's thread limit, so that questions are not slowed down.
            env={**os.environ, "QA_DATA_DIR": str(self._root)},
            start_new_session=True,  # the job carries on if the worker that started it ends
        )
        threading.Thread(target=process.wait, daemon=True).start()
        self._forget_oldest()
        return job

    def read(self, job_id: str) -> Job | None:
        """Return the job with this id, or None.

        If the process of a job has ended without a result, the job is returned as interrupted.
        """
        job = self._as_written(job_id)
        if job is None or not job.running or self._is_alive(job):
            return job
        job = self._as_written(job_id)  # read it again, because it may have ended in the meantime
        if job is None or not job.running:
            return job
        return replace(job, state=JobState.INTERRUPTED, stage="Interrupted", seconds_left=None)

    def _as_written(self, job_id: str) -> Job | None:
        """Return a job as its process last wrote it."""
        path = self._path(job_id)
        if not path.is_file():
            return None
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            return Job(**{**facts, "state": JobState(facts["state"]), "log": tuple(facts["log"])})
        except (ValueError, TypeError, KeyError):  # a power cut damaged the file
            return Job(job_id, "unknown", _now(), state=JobState.INTERRUPTED, stage="Interrupted")

    def latest(self) -> Job | None:
        """Return the job that started most recently."""
        names = self._ids()
        return self.read(names[-1]) if names else None

    def read_all(self) -> list[Job]:
        """Return the jobs whose files are kept, newest first."""
        return [job for name in reversed(self._ids()) if (job := self.read(name))]

    def cancel(self, job_id: str) -> None:
        """Ask a job to stop. It stops at its next step and leaves nothing behind."""
        self._path(job_id, ".cancel").touch()

    def is_cancelled(self, job_id: str) -> bool:
        """Return whether a job has been asked to stop."""
        return self._path(job_id, ".cancel").exists()

    def write(self, job: Job) -> None:
        """Replace the file of a job in one step."""
        partial = self._path(job.id, ".new")
        partial.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
        if not job.running:
            sync(partial)
        replace_file(partial, self._path(job.id))

    def lock(self, job_id: str) -> FileLock:
        """Return the lock that the process of a job holds until it ends."""
        return FileLock(self._path(job_id, ".lock"), timeout=0)

    def _is_alive(self, job: Job) -> bool:
        waited = time.monotonic() - job.ticks  # this is negative if the machine has restarted, and the clock with it
        if job.stage == _FIRST and 0 <= waited < _STARTING:
            return True
        try:
            with self.lock(job.id):
                return False
        except Timeout:
            return True

    def _forget_oldest(self) -> None:
        for job_id in self._ids()[:-KEPT]:
            for suffix in (".json", ".cancel", ".lock", ".new"):
                self._path(job_id, suffix).unlink(missing_ok=True)

    def _next_id(self, now: datetime) -> str:
        """Return an id that sorts after all others, even if the clock has been set back."""
        numbers = (job_id.partition("-")[0] for job_id in self._ids())
        last = max((int(number) for number in numbers if number.isdecimal()), default=0)
        return f"{max(int(f'{now:%Y%m%d%H%M%S%f}'), last + 1)}-{secrets.token_hex(4)}"

    def _ids(self) -> list[str]:
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def _path(self, job_id: str, suffix: str = ".json") -> Path:
        if not job_id.replace("-", "").isalnum():
            raise ValueError(f"a job's id is digits, letters and a dash: {job_id!r}")
        return self._folder / f"{job_id}{suffix}"


class JobReporter:
    """Reports the progress and the end of a job from the process that runs it."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs = jobs
        self.job = job
        self._last_report = self._began = 0.0

    def update(self, stage: str, done: int, total: int) -> None:
        """Report progress. Raises BuildCancelled if someone asked the job to stop."""
        if self._jobs.is_cancelled(self.job.id):
            raise BuildCancelled("The build was cancelled. The index has not changed.")
        now = time.monotonic()
        if stage != self.job.stage:
            self._began = now
            self.job = replace(self.job, log=(*self.job.log, _line(stage)))
        elif now - self._last_report < _EVERY and done < total:
            return
        left = (now - self._began) / done * (total - done) if done else None
        self.job = replace(self.job, stage=stage, done=done, total=total, seconds_left=left)
        self._write(now)

    def add_lines(self, lines: Sequence[str]) -> None:
        """Add lines to the log of the job."""
        self.job = replace(self.job, log=(*self.job.log, *map(_line, lines)))
        self._write(time.monotonic())

    def end(self, state: JobState, lines: Sequence[str], build: str | None = None) -> None:
        """Report how the job ended."""
        self.job = replace(
            self.job,
            state=state,
            stage=state.value.capitalize(),
            seconds_left=None,
            ended=_now(),
            build=build,
            log=(*self.job.log, *map(_line, lines)),
        )
        self._write(time.monotonic())

    def _write(self, now: float) -> None:
        self._last_report = now
        self._jobs.write(self.job)


def _line(text: str) -> str:
    return f"{datetime.now(UTC):%H:%M:%S} {text}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
