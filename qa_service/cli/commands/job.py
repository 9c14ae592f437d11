"""What the process of a background build does."""

from __future__ import annotations

import time

import click

from index.errors import BuildCancelled, BuildRunning, SearchIndexError
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from qa_service.cli import rendering
from qa_service.cli.commands.changing import upkeep
from qa_service.installation import Installation
from qa_service.maintenance.build_jobs import Account, Jobs, JobState
from qa_service.maintenance.updates import Upkeep, Upkept

_WAIT = 1.0
"""Seconds until it is looked again whether another build has ended."""
_UP_TO_DATE, _EMPTY = "The index is up to date.", "No report is left in the index."


def run_job(installation: Installation, data: DataFolder, job_id: str) -> None:
    """Build, and build again while files were added or removed meanwhile; tell of it all in the job's file."""
    jobs = Jobs(data)
    job = jobs.read(job_id)
    if job is None:
        raise click.ClickException(f"There is no job {job_id}.")
    account = Account(jobs, job)
    with jobs.lock(job_id):
        while not _ended(installation, data, jobs, account):
            pass


def _ended(installation: Installation, data: DataFolder, jobs: Jobs, account: Account) -> bool:
    """Build once; whether the job ended with that."""
    job = account.job
    try:
        build = _built(installation, data, account)
    except BuildCancelled as error:
        audit.record(data, job.who, AuditAction.CANCELLED, job.id)
        _break_off(jobs, account, JobState.CANCELLED, str(error))
    except SearchIndexError as error:
        audit.record(data, job.who, AuditAction.FAILED, job.id, str(error))
        _break_off(jobs, account, JobState.FAILED, str(error))
    except Exception as error:
        _break_off(jobs, account, JobState.FAILED, f"The build failed ({type(error).__name__}: {error}).")
        raise
    else:
        told = _UP_TO_DATE if build else _EMPTY
        return jobs.finish(job, lambda: account.end(JobState.DONE, [told], build))
    return True


def _break_off(jobs: Jobs, account: Account, state: JobState, why: str) -> None:
    jobs.break_off(account.job, lambda: account.end(state, [why]))


def _built(installation: Installation, data: DataFolder, account: Account) -> str | None:
    """The build that answers since; None where every report was removed."""
    account.update("Looking at the files", 0, 1)
    began = time.perf_counter()
    built = _once_free(upkeep(installation, data, account.update, account.job.who), account)
    if built is None:
        return None
    account.say(_lines(built, time.perf_counter() - began))
    return built.outcome.manifest.build


def _once_free(keeper: Upkeep, account: Account) -> Upkept | None:
    """Build once no other build is at work."""
    while True:
        try:
            return keeper.build(purge=account.job.purge)
        except BuildRunning:
            account.update("Waiting for another build to end", 0, 1)
            time.sleep(_WAIT)


def _lines(built: Upkept, seconds: float) -> list[str]:
    manifest = built.outcome.manifest
    lines = rendering.build_summary(built.outcome, seconds, built.changes).splitlines()
    return [*lines, *(rendering.failure_list(manifest.failures).splitlines() if manifest.failures else ())]
