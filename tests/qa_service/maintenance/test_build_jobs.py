"""The account of background builds, where a process ends while it is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.storage.data_folder import DataFolder
from qa_service.maintenance.build_jobs import Job, Jobs, JobState


def job(state: JobState = JobState.RUNNING) -> Job:
    return Job("1-a", "ada", "2026-11-27T10:00:00+00:00", state=state, stage="Writing the index")


def test_a_job_that_ends_well_while_it_is_read_is_not_told_to_be_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs(DataFolder.prepare(tmp_path))
    jobs.write(job())

    def ends(self: Jobs, running: Job) -> bool:
        self.write(replace(running, state=JobState.DONE, stage="Done"))  # between the look at it and the look for it
        return False

    monkeypatch.setattr(Jobs, "_is_alive", ends)
    found = jobs.read("1-a")
    assert found is not None
    assert found.state is JobState.DONE


def test_a_job_whose_process_has_gone_without_a_word_is_interrupted(tmp_path: Path) -> None:
    jobs = Jobs(DataFolder.prepare(tmp_path))
    jobs.write(job())
    found = jobs.read("1-a")
    assert found is not None
    assert (found.state, found.stage) == (JobState.INTERRUPTED, "Interrupted")
