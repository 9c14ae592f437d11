"""Builds in the background: a process of its own for each, one at a time, that anyone may watch and cancel.

A job is a small JSON file that its process replaces as it goes, so that every worker of the service can read it.
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
"""Jobs whose account is kept."""
_FIRST = "Starting"
"""The stage of a job whose process has said nothing yet."""
_STARTING = 30.0
"""Seconds that a process may take until it holds its job's lock."""
_EVERY = 0.2
"""Seconds between two accounts of the progress."""


class JobState(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """Its process ended without a word: it was killed, or the machine went off."""


@dataclass(frozen=True, slots=True)
class Job:
    """The account of one build in the background."""

    id: str
    who: str
    started: str
    purge: bool = False
    """Whether nothing is left of what was removed once it has ended."""
    state: JobState = JobState.RUNNING
    stage: str = _FIRST
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    """Of the stage; None while it cannot be told."""
    ended: str | None = None
    build: str | None = None
    """The build that answers since; None until there is one."""
    log: tuple[str, ...] = ()
    """What happened, in words, oldest first."""
    ticks: float = 0.0
    """The machine's own count of seconds as it was started: nobody sets that forward or back."""

    @property
    def running(self) -> bool:
        """Whether it is still at it."""
        return self.state is JobState.RUNNING


class Jobs:
    """The background builds of one data folder."""

    def __init__(self, data: DataFolder, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._root = data.root.resolve()
        self._folder = data.jobs
        self._clock = clock

    def start(self, who: str, *, purge: bool = False, log: Sequence[str] = ()) -> Job:
        """Start a build; ``log`` is what was done before. Raises BuildRunning, with the job's id, where one runs."""
        with self._starting():
            latest = self.latest()
            if latest and latest.running:
                raise BuildRunning(f"Build job {latest.id} is at work. Wait until it has ended, or cancel it.")
            return self._started(who, purge=purge, log=log)

    def request(self, who: str, *, purge: bool = False, log: Sequence[str] = ()) -> Job:
        """Start a build, or have the one at work look at the files once more before it ends."""
        with self._starting():
            latest = self.latest()
            if latest and latest.running:
                self._pending.touch()
                return latest
            return self._started(who, purge=purge, log=log)

    def finish(self, job: Job, end: Callable[[], None]) -> bool:
        """End a job that went well, unless it was asked to look at the files once more; whether it ended."""
        with self._starting():
            if self._pending.exists():
                self._pending.unlink()
                self._path(job.id, ".cancel").unlink(missing_ok=True)  # what came since is not what was cancelled
                return False
            end()
            return True

    def break_off(self, job: Job, end: Callable[[], None]) -> None:
        """End a job that was cancelled or failed; what it was asked for meanwhile is taken up by another."""
        with self._starting():
            end()
            if self._pending.exists():
                self._started(job.who, purge=False, log=["Going on with what came during a build that was broken off."])

    @property
    def _pending(self) -> Path:
        return self._folder / "pending"

    def _starting(self) -> FileLock:
        """Held while it is decided whether a job starts or ends."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / "start.lock", timeout=10)

    def _started(self, who: str, *, purge: bool, log: Sequence[str]) -> Job:
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
            # Its threads are as many as the server's, one: it runs beside those who ask, and they go first.
            env={**os.environ, "QA_DATA_DIR": str(self._root)},
            start_new_session=True,  # it goes on where the worker that started it ends
        )
        threading.Thread(target=process.wait, daemon=True).start()
        self._forget_oldest()
        return job

    def read(self, job_id: str) -> Job | None:
        """A job by its id; None where there is none. One whose process has gone is interrupted."""
        job = self._as_written(job_id)
        if job is None or not job.running or self._is_alive(job):
            return job
        job = self._as_written(job_id)  # once more: it may have ended well between the first look and the second
        if job is None or not job.running:
            return job
        return replace(job, state=JobState.INTERRUPTED, stage="Interrupted", seconds_left=None)

    def _as_written(self, job_id: str) -> Job | None:
        """A job as its process left it."""
        path = self._path(job_id)
        if not path.is_file():
            return None
        try:
            facts = json.loads(path.read_text(encoding="utf-8"))
            return Job(**{**facts, "state": JobState(facts["state"]), "log": tuple(facts["log"])})
        except (ValueError, TypeError, KeyError):  # cut off by a power cut
            return Job(job_id, "unknown", _now(), state=JobState.INTERRUPTED, stage="Interrupted")

    def latest(self) -> Job | None:
        """The job that was started last."""
        names = self._ids()
        return self.read(names[-1]) if names else None

    def every(self) -> list[Job]:
        """All whose account is kept, the newest first."""
        return [job for name in reversed(self._ids()) if (job := self.read(name))]

    def cancel(self, job_id: str) -> None:
        """Ask a job to stop: it does at its next step, and nothing of it stays."""
        self._path(job_id, ".cancel").touch()

    def is_cancelled(self, job_id: str) -> bool:
        """Whether a job was asked to stop."""
        return self._path(job_id, ".cancel").exists()

    def write(self, job: Job) -> None:
        """Keep a job's account, in one step."""
        partial = self._path(job.id, ".new")
        partial.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
        if not job.running:
            sync(partial)
        replace_file(partial, self._path(job.id))

    def lock(self, job_id: str) -> FileLock:
        """Held by a job's process as long as it lives."""
        return FileLock(self._path(job_id, ".lock"), timeout=0)

    def _is_alive(self, job: Job) -> bool:
        waited = time.monotonic() - job.ticks  # less than none after a restart of the machine: it counts anew
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
        """An id that sorts after all others, even where the clock was set back since the last."""
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
    """What a job's process tells of itself as it goes."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        self._jobs = jobs
        self.job = job
        self._told = self._began = 0.0

    def update(self, stage: str, done: int, total: int) -> None:
        """Tell of progress. Raises BuildCancelled where the job was asked to stop."""
        if self._jobs.is_cancelled(self.job.id):
            raise BuildCancelled("The build was cancelled. The index that answered before still does.")
        now = time.monotonic()
        if stage != self.job.stage:
            self._began = now
            self.job = replace(self.job, log=(*self.job.log, _line(stage)))
        elif now - self._told < _EVERY and done < total:
            return
        left = (now - self._began) / done * (total - done) if done else None
        self.job = replace(self.job, stage=stage, done=done, total=total, seconds_left=left)
        self._tell(now)

    def say(self, lines: Sequence[str]) -> None:
        """Tell what happened, in words."""
        self.job = replace(self.job, log=(*self.job.log, *map(_line, lines)))
        self._tell(time.monotonic())

    def end(self, state: JobState, lines: Sequence[str], build: str | None = None) -> None:
        """Tell how it ended."""
        self.job = replace(
            self.job,
            state=state,
            stage=state.value.capitalize(),
            seconds_left=None,
            ended=_now(),
            build=build,
            log=(*self.job.log, *map(_line, lines)),
        )
        self._tell(time.monotonic())

    def _tell(self, now: float) -> None:
        self._told = now
        self._jobs.write(self.job)


def _line(text: str) -> str:
    return f"{datetime.now(UTC):%H:%M:%S} {text}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
