"""Tests of reading the record of a background job while its process is ending."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.storage.data_folder import DataFolder
from qa_service.maintenance.build_jobs import Job, Jobs, JobState


def job(state: JobState = JobState.RUNNING) -> Job:
    return Job("1-a", "ada", "2026-11-27T10:00:00+00:00", state=state, stage="Writing the index")


def test_a_job_that_ends_while_it_is_read_is_not_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Jobs(DataFolder.prepare(tmp_path))
    jobs.write(job())

    def end_meanwhile(self: Jobs, running: Job) -> bool:
        # The job ends after we have read its record, but before we check its process.
        self.write(replace(running, state=JobState.DONE, stage="Done"))
        return False

    monkeypatch.setattr(Jobs, "_is_alive", end_meanwhile)
    read_job = jobs.read("1-a")
    assert read_job is not None
    assert read_job.state is JobState.DONE


def test_a_job_whose_process_is_gone_is_interrupted(tmp_path: Path) -> None:
    jobs = Jobs(DataFolder.prepare(tmp_path))
    jobs.write(job())
    read_job = jobs.read("1-a")
    assert read_job is not None
    assert (read_job.state, read_job.stage) == (JobState.INTERRUPTED, "Interrupted")
