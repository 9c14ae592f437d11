"""The JSON interface for adding, replacing and removing reports, and for background builds."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, url_for

from qa_service.maintenance.build_jobs import Job, Jobs
from web.api.build_events import progress_events, reserve_place
from web.contract.operation import EVENTS, operation
from web.contract.parsing import read_parameters, refuse_unknown_parameters
from web.contract.report_responses import AdditionRow, AdditionsResponse, BuildsResponse, JobResponse, RemovalResponse
from web.contract.requests import RemovalRequest
from web.contract.responses import accepted_response, model_response
from web.guard.identity import requester
from web.serving.build_lookup import find_job, sees_every_report, visible_job, without_files
from web.serving.index_service import current_service
from web.serving.received_files import allow_uploads
from web.serving.report_changes import add_files, remove_report

_REPORTS, _BUILDS = "Reports", "Builds"
upkeep_api = Blueprint("upkeep_api", __name__, url_prefix="/api/v1")
upkeep_api.before_request(refuse_unknown_parameters)


@upkeep_api.post("/reports")
@operation(
    "Add reports", _REPORTS, replies={202: AdditionsResponse}, files=True,
    problems=("nothing-sent", "invalid-request", "unknown-report", "unknown-collection"),
)  # fmt: skip
def add() -> Response:
    """Add one or more files or, with “replaces”, one file that replaces a report.

    Each file has its own outcome, so a refused file does not affect the others. Answers use the new reports once the
    build has ended.
    """
    allow_uploads()
    added = add_files()
    files = [
        AdditionRow(file=file.file, outcome=file.outcome, report_id=file.report_id, detail=file.detail)
        for file in added.outcomes
    ]
    build = job_response(added.job) if added.job else None
    return accepted_response(AdditionsResponse(files=files, build=build), build.url if build else None)


@upkeep_api.delete("/reports/<report_id:report_id>")
@operation(
    "Remove a report", _REPORTS, params=RemovalRequest, replies={202: RemovalResponse},
    problems=("unknown-report", "build-running"),
)  # fmt: skip
def remove(report_id: str) -> Response:
    """Remove a report. With “purge=true”, every trace of it is deleted by the end of the build."""
    report, job = remove_report(report_id, purge=read_parameters(RemovalRequest).purge)
    build = job_response(job)
    return accepted_response(RemovalResponse(report_id=report.id, file=report.file, build=build), build.url)


@upkeep_api.post("/builds")
@operation("Start a build", _BUILDS, replies={202: JobResponse}, problems=("build-running",))
def build() -> Response:
    """Start a background build that looks for new, changed and deleted files.

    Replies with status 409 if a build is already running.
    """
    job = job_response(Jobs(current_service().data).start(requester()))
    return accepted_response(job, job.url)


@upkeep_api.get("/builds")
@operation("List the builds", _BUILDS, replies={200: BuildsResponse})
def builds() -> Response:
    """List the background builds that we have a record of, newest first."""
    return model_response(BuildsResponse(builds=[job_response(job) for job in Jobs(current_service().data).read_all()]))


@upkeep_api.get("/builds/<job_id>")
@operation("Get a build", _BUILDS, replies={200: JobResponse}, problems=("unknown-job",))
def progress(job_id: str) -> Response:
    """Get the progress of a build."""
    return model_response(job_response(find_job(job_id)))


@upkeep_api.get("/builds/<job_id>/events")
@operation(
    "Watch a build", _BUILDS, replies={200: None}, media_type=EVENTS, problems=("unknown-job", "overloaded")
)  # fmt: skip
def events(job_id: str) -> Response:
    """Watch a build as Server-Sent Events: “progress” for each change, then “end”. The data in each event is the build.

    The events stop after 15 minutes. To see more, send the request again.
    """
    find_job(job_id)
    read = _job_reader(job_id)
    free_place = reserve_place()  # reserve it last, so that no error can come before call_on_close
    response = Response(progress_events(read), mimetype=EVENTS)
    response.call_on_close(free_place)
    response.headers["X-Accel-Buffering"] = "no"  # otherwise nginx would collect the events before it passes them on
    return response


@upkeep_api.post("/builds/<job_id>/cancel")
@operation("Cancel a build", _BUILDS, replies={202: JobResponse}, problems=("unknown-job",))
def cancel(job_id: str) -> Response:
    """Cancel a build. It stops at its next step, and leaves nothing behind."""
    job = find_job(job_id)
    Jobs(current_service().data).cancel(job.id)
    return accepted_response(job_response(job), _address(job.id))


def job_response(job: Job) -> JobResponse:
    """Return what the sender of the request is allowed to know about a job."""
    return _response(visible_job(job), _address(job.id))


def _address(job_id: str) -> str:
    return url_for("upkeep_api.progress", job_id=job_id)


def _response(job: Job, address: str) -> JobResponse:
    return JobResponse(
        id=job.id,
        who=job.who,
        state=job.state,
        stage=job.stage,
        done=job.done,
        total=job.total,
        seconds_left=None if job.seconds_left is None else round(job.seconds_left, 1),
        started=job.started,
        ended=job.ended,
        build=job.build,
        log=list(job.log),
        url=address,
    )


def _job_reader(job_id: str) -> Callable[[], JobResponse | None]:
    """Return a function that can read a job even after the request has ended."""
    jobs, address, sees_all = Jobs(current_service().data), _address(job_id), sees_every_report()

    def read() -> JobResponse | None:
        job = jobs.read(job_id)
        if job is None:  # the record is deleted once there are 50 newer ones
            return None
        return _response(job if sees_all else without_files(job), address)

    return read
