"""Adds and removes reports at a person's request, and starts the build that follows."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.maintenance.build_jobs import Job, Jobs
from qa_service.maintenance.updates import KnownFile, find_files, mark_removed
from qa_service.maintenance.uploads import UploadResult
from web.guard.identity import requester
from web.serving.index_service import current_service
from web.serving.received_files import add_received_files


@dataclass(frozen=True, slots=True)
class AddedFiles:
    """The outcome of each file that a request sent."""

    outcomes: tuple[UploadResult, ...]
    job: Job | None
    """The build that adds the files to the index. None if no file was accepted."""


def add_files() -> AddedFiles:
    """Add the files that the request sent, and request a build if any was accepted. Raises RequestProblem."""
    data = current_service().data
    outcomes = add_received_files(data, requester())
    log = [f"{file.file}: {file.outcome}. {file.detail}".strip() for file in outcomes]
    job = Jobs(data).request(requester(), log=log) if any(file.is_new for file in outcomes) else None
    return AddedFiles(tuple(outcomes), job)


def remove_report(report_id: str, *, purge: bool) -> tuple[KnownFile, Job]:
    """Remove a report, and request a build without it. With ``purge``, that build also deletes all traces of it.

    Raises index.errors.UnknownReport. With ``purge``, raises BuildRunning if another build is running.
    """
    data = current_service().data
    [report] = find_files(data, [report_id])
    jobs, log = Jobs(data), [f"{report.file}: removed"]
    if purge:
        job = jobs.start(requester(), purge=True, log=log)
        mark_removed(data, [report], requester())
    else:
        mark_removed(data, [report], requester())
        job = jobs.request(requester(), log=log)
    return report, job
