"""The JSON interface for adding, replacing and removing reports, and for the builds that follow."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel

from qa_service.jobs import Job, Jobs
from qa_service.upkeep import find_held, take_out
from web import schemas
from web.incoming import allow_files, take
from web.problems import UnknownJob
from web.service import service

_ID = 40
"""Characters of a job's id, at most."""
upkeep_api = Blueprint("upkeep_api", __name__, url_prefix="/api/v1")


@upkeep_api.post("/reports")
def add() -> Response:
    """Add files, many at once; or with “replaces” one that takes a report's place."""
    allow_files()
    data = service().data
    added = take(data, who())
    log = [f"{one.file}: {one.outcome}. {one.detail}".strip() for one in added]
    job = Jobs(data).request(who(), log=log) if any(one.kept for one in added) else None
    files = [
        schemas.AdditionRow(file=one.file, outcome=one.outcome, report_id=one.report_id, detail=one.detail)
        for one in added
    ]
    return _accepted(schemas.AdditionsResponse(files=files, build=job_of(job) if job else None))


@upkeep_api.delete("/reports/<report_id:report_id>")
def remove(report_id: str) -> Response:
    """Take a report out; with “purge=true” nothing of it is left once the build has ended."""
    data = service().data
    [report] = find_held(data, [report_id])
    jobs = Jobs(data)
    if request.args.get("purge") == "true":
        job = jobs.start(who(), purge=True, log=[f"{report.file}: removed"])
        take_out(data, [report], who())
    else:
        take_out(data, [report], who())
        job = jobs.request(who(), log=[f"{report.file}: removed"])
    return _accepted(schemas.RemovalResponse(report_id=report.id, file=report.file, build=job_of(job)))


@upkeep_api.post("/builds")
def build() -> Response:
    """Start a build in the background. One at a time: 409 where one runs."""
    return _accepted(job_of(Jobs(service().data).start(who())))


@upkeep_api.get("/builds")
def builds() -> Response:
    """The last build in the background, if any."""
    latest = Jobs(service().data).latest()
    return _json({"builds": [job_of(latest).model_dump()] if latest else []})


@upkeep_api.get("/builds/<job_id>")
def progress(job_id: str) -> Response:
    """How far a build is."""
    return Response(job_of(find_job(job_id)).model_dump_json(), mimetype="application/json")


@upkeep_api.delete("/builds/<job_id>")
def cancel(job_id: str) -> Response:
    """Cancel a build: it stops at its next step, and nothing of it stays."""
    job = find_job(job_id)
    Jobs(service().data).cancel(job.id)
    return _accepted(job_of(job))


def who() -> str:
    """In whose name the request changes the index; without access control, the machine that it came from."""
    return f"web, {request.remote_addr}"


def find_job(job_id: str) -> Job:
    """A build in the background. Raises UnknownJob."""
    plain = job_id.replace("-", "").isalnum() and job_id.isascii() and len(job_id) <= _ID
    job = Jobs(service().data).read(job_id) if plain else None
    if job is None:
        raise UnknownJob(f"No build in the background has the id “{job_id[:60]}”.")
    return job


def job_of(job: Job) -> schemas.JobResponse:
    """A job as clients read it."""
    return schemas.JobResponse(
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
        url=url_for("upkeep_api.progress", job_id=job.id),
    )


def _accepted(model: BaseModel) -> Response:
    return Response(model.model_dump_json(), status=202, mimetype="application/json")


def _json(facts: dict[str, object]) -> Response:
    return Response(json.dumps(facts, ensure_ascii=False), mimetype="application/json")
