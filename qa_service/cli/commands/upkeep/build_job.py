"""The background build that ``qa-service build --job`` runs."""

from __future__ import annotations

import time

import click

from index.errors import BuildCancelled, BuildRunning, SearchIndexError
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from qa_service.cli import rendering
from qa_service.cli.commands.upkeep.updating import updater
from qa_service.installation import Installation
from qa_service.maintenance.build_jobs import JobReporter, Jobs, JobState
from qa_service.maintenance.updates import Updater, UpdateResult

_WAIT = 1.0
"""Seconds between attempts to build while another build is running."""
_UP_TO_DATE, _EMPTY = "The index is up to date.", "There are no reports left in the index."


def run_job(installation: Installation, data: DataFolder, job_id: str) -> None:
    """Build until no files have changed since the last build started, and report progress in the job's file."""
    jobs = Jobs(data)
    job = jobs.read(job_id)
    if job is None:
        raise click.ClickException(f"There is no job {job_id}.")
    reporter = JobReporter(jobs, job)
    with jobs.lock(job_id):
        while not _run_once(installation, data, jobs, reporter):
            pass


def _run_once(installation: Installation, data: DataFolder, jobs: Jobs, reporter: JobReporter) -> bool:
    """Build once, and return whether the job has ended."""
    job = reporter.job
    try:
        build = _build(installation, data, reporter)
    except BuildCancelled as error:
        audit.record(data, job.who, AuditAction.CANCELLED, job.id)
        _break_off(jobs, reporter, JobState.CANCELLED, str(error))
    except SearchIndexError as error:
        audit.record(data, job.who, AuditAction.FAILED, job.id, str(error))
        _break_off(jobs, reporter, JobState.FAILED, str(error))
    except Exception as error:
        _break_off(jobs, reporter, JobState.FAILED, f"The build failed ({type(error).__name__}: {error}).")
        raise
    else:
        line = _UP_TO_DATE if build else _EMPTY
        return jobs.finish(job, lambda: reporter.end(JobState.DONE, [line], build))
    return True


def _break_off(jobs: Jobs, reporter: JobReporter, state: JobState, reason: str) -> None:
    jobs.break_off(reporter.job, lambda: reporter.end(state, [reason]))


def _build(installation: Installation, data: DataFolder, reporter: JobReporter) -> str | None:
    """Build, and return the name of the build that is now current, or None if all reports have been removed."""
    reporter.update("Looking for changes", 0, 1)
    began = time.perf_counter()
    update = _build_when_free(updater(installation, data, reporter.update, reporter.job.who), reporter)
    if update is None:
        return None
    reporter.add_lines(_summary_lines(update, time.perf_counter() - began))
    return update.outcome.manifest.build


def _build_when_free(index: Updater, reporter: JobReporter) -> UpdateResult | None:
    """Wait for any other build to end, then build."""
    while True:
        try:
            return index.build(purge=reporter.job.purge)
        except BuildRunning:
            reporter.update("Waiting for another build to end", 0, 1)
            time.sleep(_WAIT)


def _summary_lines(update: UpdateResult, seconds: float) -> list[str]:
    failures = update.outcome.manifest.failures
    lines = rendering.build_summary(update.outcome, seconds, update.changes).splitlines()
    return [*lines, *(rendering.failure_list(failures).splitlines() if failures else ())]
