"""The JSON interface for adding, replacing and removing reports, and for the builds that follow."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, url_for

from qa_service.maintenance.build_jobs import Job, Jobs
from web.api import build_events as watching
from web.contract.operation import EVENTS, operation
from web.contract.parsing import read_parameters, refuse_unknown_parameters
from web.contract.report_responses import AdditionRow, AdditionsResponse, BuildsResponse, JobResponse, RemovalResponse
from web.contract.requests import RemovalRequest
from web.contract.responses import accept, send
from web.guard.identity import requester
from web.serving.build_lookup import find_job, sees_every_report, visible_job, without_files
from web.serving.index_service import service
from web.serving.received_files import allow_files
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
    """Add files, many at once; or with “replaces” one that takes a report's place.

    Each has its outcome, and one that is refused stops no other. They answer once the build has ended.
    """
    allow_files()
    added = add_files()
    files = [
        AdditionRow(file=one.file, outcome=one.outcome, report_id=one.report_id, detail=one.detail)
        for one in added.outcomes
    ]
    build = job_of(added.job) if added.job else None
    return accept(AdditionsResponse(files=files, build=build), build.url if build else None)


@upkeep_api.delete("/reports/<report_id:report_id>")
@operation(
    "Remove a report", _REPORTS, params=RemovalRequest, replies={202: RemovalResponse},
    problems=("unknown-report", "build-running"),
)  # fmt: skip
def remove(report_id: str) -> Response:
    """Take a report out; with “purge=true” nothing of it is left once the build has ended."""
    report, job = remove_report(report_id, purge=read_parameters(RemovalRequest).purge)
    build = job_of(job)
    return accept(RemovalResponse(report_id=report.id, file=report.file, build=build), build.url)


@upkeep_api.post("/builds")
@operation("Start a build", _BUILDS, replies={202: JobResponse}, problems=("build-running",))
def build() -> Response:
    """Look for files that have come, changed or gone, in the background. One at a time: 409 where one runs."""
    job = job_of(Jobs(service().data).start(requester()))
    return accept(job, job.url)


@upkeep_api.get("/builds")
@operation("List the builds", _BUILDS, replies={200: BuildsResponse})
def builds() -> Response:
    """The builds in the background whose account is kept, the newest first."""
    return send(BuildsResponse(builds=[job_of(job) for job in Jobs(service().data).read_all()]))


@upkeep_api.get("/builds/<job_id>")
@operation("Get a build", _BUILDS, replies={200: JobResponse}, problems=("unknown-job",))
def progress(job_id: str) -> Response:
    """How far a build is."""
    return send(job_of(find_job(job_id)))


@upkeep_api.get("/builds/<job_id>/events")
@operation(
    "Watch a build", _BUILDS, replies={200: None}, media_type=EVENTS, problems=("unknown-job", "overloaded")
)  # fmt: skip
def events(job_id: str) -> Response:
    """How far a build is, as Server-Sent Events: “progress” whenever that changes, at last “end”; data as of the build.

    Told for 15 minutes at most: who wants to see more asks again.
    """
    find_job(job_id)
    account = _account(job_id)
    leave = watching.take_room()  # last: nothing may fail between it and what gives it back
    response = Response(watching.events(account), mimetype=EVENTS)
    response.call_on_close(leave)
    response.headers["X-Accel-Buffering"] = "no"  # proxies of nginx's kind would hold the events back
    return response


@upkeep_api.post("/builds/<job_id>/cancel")
@operation("Cancel a build", _BUILDS, replies={202: JobResponse}, problems=("unknown-job",))
def cancel(job_id: str) -> Response:
    """Cancel a build: it stops at its next step, and nothing of it stays."""
    job = find_job(job_id)
    Jobs(service().data).cancel(job.id)
    return accept(job_of(job), _address(job.id))


def job_of(job: Job) -> JobResponse:
    """A job as clients read it."""
    return _told(visible_job(job), _address(job.id))


def _address(job_id: str) -> str:
    return url_for("upkeep_api.progress", job_id=job_id)


def _told(job: Job, address: str) -> JobResponse:
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


def _account(job_id: str) -> Callable[[], JobResponse | None]:
    """What reads a job's account once the request that asked for it is over."""
    jobs, address, sees_all = Jobs(service().data), _address(job_id), sees_every_report()

    def read() -> JobResponse | None:
        job = jobs.read(job_id)
        if job is None:  # fifty others were started since
            return None
        return _told(job if sees_all else without_files(job), address)

    return read
