"""Tests of a clock that is set back or forward: builds stay in order, jobs keep their state, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.building.build import Builder
from index.building.rollback import roll_back
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.encoding.encoders import PassageEncoder
from index.errors import BuildRunning, NoIndex
from index.storage.data_folder import DataFolder, build_start
from index.storage.manifest import STORE, Manifest
from index.storage.store import Store
from qa_service.maintenance.build_jobs import Job, Jobs, JobState
from qa_service.records.conversations import Conversations
from qa_service.types import KEEP_DAYS

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Build = Callable[[str, datetime], Path]


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder.prepare(tmp_path / "data")


@pytest.fixture
def build(data: DataFolder, encoder: PassageEncoder) -> Build:
    """Add a report, build while the clock shows the given time, and return the current build."""

    def build(name: str, shown: datetime) -> Path:
        text = f"# Inspectors visit Westmarsh\n\nThe {name} team works well.\n"
        (data.reports / f"{name}.md").write_text(text, encoding="utf-8")
        builder = Builder(
            data, encoder, default_folder(), encoder.precision, lambda stage, done, total: None, lambda: shown
        )
        assert builder.build(find_sources([data.reports]), folders=[data.reports]).changed
        return data.current()

    return build


def report_files(build: Path) -> list[str]:
    return [report.file for report in Store(build / STORE).reports]


@pytest.mark.parametrize("ahead", [DAY, 400 * DAY])
def test_a_build_after_the_clock_was_set_back_is_the_newest(data: DataFolder, build: Build, ahead: timedelta) -> None:
    first = build("first", NOW + ahead)
    second = build("second", NOW)
    assert report_files(data.current()) == ["first.md", "second.md"]
    assert data.finished() == [first, second]
    assert Manifest.read(second).created == NOW.isoformat()
    assert roll_back(data) == first
    with pytest.raises(NoIndex):
        roll_back(data)
    third = build("third", NOW + timedelta(minutes=5))
    assert data.finished()[-1] == third
    assert roll_back(data) == second


def test_builds_at_the_same_time_have_different_names(data: DataFolder, build: Build) -> None:
    assert build("first", NOW).name < build("second", NOW).name
    assert len(data.finished()) == 2


def test_setting_the_clock_forward_keeps_the_current_build_and_the_one_before(data: DataFolder, build: Build) -> None:
    build("first", NOW - timedelta(hours=2))
    second = build("second", NOW)
    third = build("third", NOW + DAY)
    assert data.current() == third
    assert roll_back(data) == second


def test_a_build_is_named_after_the_time_if_the_clock_was_not_set_back(data: DataFolder, build: Build) -> None:
    build("first", NOW)
    assert build_start(build("second", NOW + timedelta(seconds=3))) == NOW + timedelta(seconds=3)


def test_a_reissue_after_the_clock_was_set_back_replaces_the_earlier_issue(data: DataFolder, build: Build) -> None:
    inspection = (
        "# Inspection of Westmarsh local authority children's services\n\nInspection dates: 11 to 22 September 2023\n\n"
        "Lead inspector: Ada Example\n\nThe {} have improved.\n"
    )
    (data.reports / "old.md").write_text(inspection.format("plans"), encoding="utf-8")
    build("first", NOW + DAY)
    (data.reports / "new.md").write_text(inspection.format("visits"), encoding="utf-8")
    assert report_files(build("second", NOW)) == ["first.md", "new.md", "second.md"]


def showing(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that always shows the same time."""
    return lambda: moment


def wait_for_end(jobs: Jobs, job: Job) -> Job:
    for _ in range(1200):
        job_read = jobs.read(job.id)
        assert job_read is not None
        if not job_read.running:
            return job_read
        time.sleep(0.1)
    raise AssertionError(f"job {job.id} did not end")


@pytest.mark.e2e  # the job is a process that loads the encoder
@pytest.mark.parametrize("shift", [-DAY, DAY])
def test_a_running_job_is_the_latest_whatever_the_clock_shows(data: DataFolder, shift: timedelta) -> None:
    (data.reports / "a.md").write_text("# Inspectors visit Westmarsh\n\nChildren are safe.\n", encoding="utf-8")
    before = Job("20261122120000000000-00000000", "ada", NOW.isoformat(), state=JobState.DONE, stage="Done")
    Jobs(data).write(before)
    job = Jobs(data, lambda: NOW + shift).start("ada")
    for clock in (NOW, NOW + DAY, NOW - DAY):
        jobs = Jobs(data, showing(clock))
        latest = jobs.latest()
        assert latest is not None
        assert (latest.id, latest.state) == (job.id, JobState.RUNNING)
        with pytest.raises(BuildRunning, match=job.id):
            jobs.start("bob")
    assert wait_for_end(Jobs(data), job).state is JobState.DONE
    assert Jobs(data).latest().id == job.id


def starting(data: DataFolder, ticks: float, started: datetime) -> Job | None:
    """Write the record of a job whose process has not reported anything, and read it back."""
    job = Job("20261122120000000000-0000000a", "ada", started.isoformat(), ticks=ticks)
    Jobs(data).write(job)
    return Jobs(data).read(job.id)


@pytest.mark.parametrize("shift", [-DAY, timedelta(0), DAY])
def test_a_job_whose_process_died_at_the_start_is_interrupted(data: DataFolder, shift: timedelta) -> None:
    job_read = starting(data, time.monotonic() - 60, datetime.now(UTC) + shift)
    assert job_read is not None
    assert job_read.state is JobState.INTERRUPTED


@pytest.mark.parametrize("shift", [-DAY, timedelta(0), DAY])
def test_a_job_whose_process_is_starting_is_running(data: DataFolder, shift: timedelta) -> None:
    job_read = starting(data, time.monotonic() - 1, datetime.now(UTC) + shift)
    assert job_read is not None
    assert job_read.running


def test_a_job_from_before_a_restart_of_the_machine_is_interrupted(data: DataFolder) -> None:
    job_read = starting(data, time.monotonic() + 10_000, datetime.now(UTC))
    assert job_read is not None
    assert job_read.state is JobState.INTERRUPTED


def test_a_running_job_is_kept_although_other_jobs_have_later_ids(data: DataFolder) -> None:
    jobs = Jobs(data, lambda: NOW)
    done = Job("", "ada", NOW.isoformat(), state=JobState.DONE, stage="Done")
    for number in range(60):
        jobs.write(replace(done, id=f"2027112212000000{number:04}-00000000"))
    job = jobs.start("ada")
    try:
        assert jobs.latest() == job
    finally:
        jobs.cancel(job.id)
        wait_for_end(jobs, job)


def test_setting_the_clock_by_a_day_deletes_no_recent_conversation(tmp_path: Path) -> None:
    conversations = Conversations.open(tmp_path)
    name = conversations.begin("me", "first")
    now = datetime.now(UTC)
    assert conversations.delete_expired(now - DAY) == 0
    assert conversations.delete_expired(now + DAY) == 0
    assert conversations.delete_expired(now + (KEEP_DAYS - 1) * DAY) == 0
    assert conversations.find("me", name) is not None
    assert conversations.delete_expired(now + (KEEP_DAYS + 1) * DAY) == 1
