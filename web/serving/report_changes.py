"""Adding and removing reports for a request, and starting the build that follows."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.maintenance.build_jobs import Job, Jobs
from qa_service.maintenance.updates import KnownFile, find_files, mark_removed
from qa_service.maintenance.uploads import UploadResult
from web.guard.identity import requester
from web.serving.index_service import service
from web.serving.received_files import take


@dataclass(frozen=True, slots=True)
class AddedFiles:
    """The outcome of each file that a request sent."""

    outcomes: tuple[UploadResult, ...]
    job: Job | None
    """The build that takes them in. None if no file was kept."""


def add_files() -> AddedFiles:
    """Add the files that the request sent, and start a build if any was kept. Raises RequestProblem."""
    data = service().data
    outcomes = take(data, requester())
    log = [f"{one.file}: {one.outcome}. {one.detail}".strip() for one in outcomes]
    job = Jobs(data).request(requester(), log=log) if any(one.is_new for one in outcomes) else None
    return AddedFiles(tuple(outcomes), job)


def remove_report(report_id: str, *, purge: bool) -> tuple[KnownFile, Job]:
    """Remove a report, and start a build without it. With ``purge``, the build also deletes every trace of it.

    Raises index.errors.UnknownReport, or with ``purge`` BuildRunning.
    """
    data = service().data
    [report] = find_files(data, [report_id])
    jobs, log = Jobs(data), [f"{report.file}: removed"]
    if purge:
        job = jobs.start(requester(), purge=True, log=log)
        mark_removed(data, [report], requester())
    else:
        mark_removed(data, [report], requester())
        job = jobs.request(requester(), log=log)
    return report, job
