"""The pages for adding, replacing and removing reports, and for watching the build that follows."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from corpus.formats import SUFFIXES
from corpus.types import REPORT_ID_LENGTH
from index.errors import SearchIndexError
from index.storage.manifest import Manifest
from qa_service.access import Scope
from qa_service.maintenance.build_jobs import Job, Jobs
from qa_service.maintenance.updates import find_files, mark_removed
from qa_service.maintenance.uploads import UploadResult
from web.api.builds import as_seen, find_job, who
from web.contract.problems import RequestProblem
from web.guard.identity import identity
from web.pages.reports import find_report
from web.serving.index_service import service
from web.serving.received_files import allow_files, take

additions = Blueprint("additions", __name__)


@additions.get("/reports/add")
def form() -> str:
    """Where files are added, and what the last build left out."""
    return _form()


@additions.post("/reports/add")
def add() -> str | tuple[str, int]:
    """Add the files sent; each has its outcome, and a build takes them in."""
    allow_files()
    data = service().data
    try:
        added = take(data, who())
    except RequestProblem as problem:
        return _form(problem=problem), 422
    log = [f"{one.file}: {one.outcome}. {one.detail}".strip() for one in added]
    job = Jobs(data).request(who(), log=log) if any(one.is_new for one in added) else None
    return _form(added=added, job=job)


@additions.route("/reports/<report_id:report_id>/remove", methods=["GET", "POST"])
def remove(report_id: str) -> str | AnyResponse:
    """Ask whether a report is to be removed, and remove it."""
    data = service().data
    report = find_report(report_id)
    if request.method == "GET":
        return render_template("remove.html", report=report)
    held = find_files(data, [report_id])
    jobs, log = Jobs(data), [f"{report.file}: removed"]
    if request.form.get("purge"):
        job = jobs.start(who(), purge=True, log=log)
        mark_removed(data, held, who())
    else:
        mark_removed(data, held, who())
        job = jobs.request(who(), log=log)
    return redirect(url_for("additions.build", job_id=job.id), 303)


@additions.post("/builds")
def start() -> AnyResponse:
    """Look for files that have come, changed or gone."""
    job = Jobs(service().data).request(who())
    return redirect(url_for("additions.build", job_id=job.id), 303)


@additions.get("/builds/<job_id>")
def build(job_id: str) -> str:
    """How far a build is; without scripts the page loads itself again."""
    return render_template("build.html", job=as_seen(find_job(job_id)))


@additions.post("/builds/<job_id>/cancel")
def cancel(job_id: str) -> AnyResponse:
    """Cancel a build."""
    job = find_job(job_id)
    Jobs(service().data).cancel(job.id)
    return redirect(url_for("additions.build", job_id=job.id), 303)


def _form(
    added: list[UploadResult] | None = None, job: Job | None = None, problem: RequestProblem | None = None
) -> str:
    data = service().data
    replaces = request.values.get("replaces", "")
    try:
        failures = Manifest.read(data.current()).failures
        replacing = len(replaces) == REPORT_ID_LENGTH and identity().may(Scope.ADMIN)
        named = find_files(data, [replaces]) if replacing else ()
    except SearchIndexError:
        failures, named = (), ()
    if not service().views.sees_all(identity()):
        failures = ()  # they name files, perhaps of reports that are not theirs to see
    latest = job or Jobs(data).latest()
    shown = latest if job or (latest and latest.running) else None
    return render_template(
        "add.html",
        added=added or [],
        job=as_seen(shown) if shown else None,
        failures=failures,
        replaced=named[0] if named else None,
        folder=data.reports,
        suffixes=",".join(SUFFIXES),
        problem=problem,
    )
