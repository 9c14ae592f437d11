"""What the process of a background build does."""

from __future__ import annotations

import time

import click

from index import audit
from index.audit import Deed
from index.errors import BuildCancelled, BuildRunning, NoReports, SearchIndexError
from index.folders import DataFolder
from qa_service import printing
from qa_service.commands.opening import upkeep
from qa_service.jobs import Account, Jobs, JobState
from qa_service.settings import Settings
from qa_service.upkeep import Upkeep, Upkept

_WAIT = 1.0
"""Seconds until it is looked again whether another build has ended."""
_UP_TO_DATE, _EMPTY = "The index is up to date.", "No report is left in the index."


def run_job(settings: Settings, data: DataFolder, job_id: str) -> None:
    """Build, and build again while files were added or removed meanwhile; tell of it all in the job's file."""
    jobs = Jobs(data)
    job = jobs.read(job_id)
    if job is None:
        raise click.ClickException(f"There is no job {job_id}.")
    account = Account(jobs, job)
    with jobs.lock(job_id):
        while not _ended(settings, data, jobs, account):
            pass


def _ended(settings: Settings, data: DataFolder, jobs: Jobs, account: Account) -> bool:
    """Build once; whether the job ended with that."""
    who, job_id = account.job.who, account.job.id
    try:
        build = _built(settings, data, account)
    except BuildCancelled as error:
        audit.record(data, who, Deed.CANCELLED, job_id)
        account.end(JobState.CANCELLED, [str(error)])
    except SearchIndexError as error:
        audit.record(data, who, Deed.FAILED, job_id, str(error))
        account.end(JobState.FAILED, [str(error)])
    except Exception as error:
        account.end(JobState.FAILED, [f"The build failed ({type(error).__name__}: {error}). Nothing was changed."])
        raise
    else:
        return jobs.finish(lambda: account.end(JobState.DONE, [_UP_TO_DATE if build else _EMPTY], build))
    return True


def _built(settings: Settings, data: DataFolder, account: Account) -> str | None:
    """The build that answers since; None where no report is left."""
    account.update("Looking at the files", 0, 1)
    began = time.perf_counter()
    keeper = upkeep(settings, data, account.update, account.job.who)
    try:
        built = _once_free(keeper, account)
    except NoReports as error:  # the last one was removed
        account.say([str(error)])
        data.point_to_none()
        build = None
    else:
        account.say(_lines(built, time.perf_counter() - began))
        build = built.outcome.manifest.build
    if account.job.purge:
        account.update("Removing what is left of removed reports", 0, 1)
        keeper.purge()
    return build


def _once_free(keeper: Upkeep, account: Account) -> Upkept:
    """Build once no other build is at work."""
    while True:
        try:
            return keeper.build()
        except BuildRunning:
            account.update("Waiting for another build to end", 0, 1)
            time.sleep(_WAIT)


def _lines(built: Upkept, seconds: float) -> list[str]:
    manifest = built.outcome.manifest
    lines = printing.build_summary(built.outcome, seconds, built.changes).splitlines()
    return [*lines, *(printing.failure_list(manifest.failures).splitlines() if manifest.failures else ())]
