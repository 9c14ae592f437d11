"""Finds a background build, and decides what a person may know about it."""

from __future__ import annotations

from dataclasses import replace

from qa_service.maintenance.build_jobs import Job, Jobs
from web.contract.problems import UnknownJob
from web.guard.identity import identity
from web.serving.index_service import current_service

_MAX_ID = 40
"""Maximum number of characters in a job's id."""


def find_job(job_id: str) -> Job:
    """Return the job for a background build. Raises UnknownJob."""
    plain = job_id.replace("-", "").isalnum() and job_id.isascii() and len(job_id) <= _MAX_ID
    job = Jobs(current_service().data).read(job_id) if plain else None
    if job is None:
        raise UnknownJob(f"No build has the id “{job_id[:60]}”.")
    return job


def visible_job(job: Job) -> Job:
    """Return what the sender of the request is allowed to know about a job."""
    return job if sees_every_report() else without_files(job)


def sees_every_report() -> bool:
    """Return whether no report is hidden from the sender of the request."""
    return current_service().views.sees_all(identity())


def without_files(job: Job) -> Job:
    """Return a job without the names and numbers of its files, some of which may belong to hidden reports.

    The job's progress is shown as a percentage instead.
    """
    percentage = 100 * job.done // job.total if job.total else 0
    return replace(job, who="", log=(), done=percentage, total=100 if job.total else 0)
