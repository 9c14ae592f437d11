"""The pages for adding, replacing and removing reports, and for watching the build that follows."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from corpus.formats import SUFFIXES
from corpus.types import REPORT_ID_LENGTH
from index.errors import SearchIndexError
from index.storage.manifest import Manifest
from qa_service.access import Scope
from qa_service.maintenance.build_jobs import Job, Jobs
from qa_service.maintenance.updates import find_files
from qa_service.maintenance.uploads import UploadResult
from web.contract.problems import RequestProblem
from web.guard.identity import identity, requester
from web.serving.build_lookup import find_job, sees_every_report, visible_job
from web.serving.index_service import current_service
from web.serving.received_files import allow_uploads
from web.serving.report_changes import add_files, remove_report
from web.serving.report_lookup import find_report

additions = Blueprint("additions", __name__)


@additions.get("/reports/add")
def form() -> str:
    """Show the form for adding files, and list the files that the last build left out."""
    return _form()


@additions.post("/reports/add")
def add() -> str | tuple[str, int]:
    """Add the files that were sent, and show the outcome of each and the build that adds them."""
    allow_uploads()
    try:
        added = add_files()
    except RequestProblem as problem:
        return _form(problem=problem), 422
    return _form(added=added.outcomes, job=added.job)


@additions.route("/reports/<report_id:report_id>/remove", methods=["GET", "POST"])
def remove(report_id: str) -> str | AnyResponse:
    """Ask the person to confirm that a report should be removed. Once they have confirmed, remove it."""
    report = find_report(report_id)
    if request.method == "GET":
        return render_template("remove.html", report=report)
    _, job = remove_report(report_id, purge=bool(request.form.get("purge")))
    return redirect(url_for("additions.build", job_id=job.id), 303)


@additions.post("/builds")
def start() -> AnyResponse:
    """Start a build that looks for new, changed and deleted files."""
    job = Jobs(current_service().data).request(requester())
    return redirect(url_for("additions.build", job_id=job.id), 303)


@additions.get("/builds/<job_id>")
def build(job_id: str) -> str:
    """Show the progress of a build. Without JavaScript, the page reloads itself."""
    return render_template("build.html", job=visible_job(find_job(job_id)))


@additions.post("/builds/<job_id>/cancel")
def cancel(job_id: str) -> AnyResponse:
    """Cancel a build."""
    job = find_job(job_id)
    Jobs(current_service().data).cancel(job.id)
    return redirect(url_for("additions.build", job_id=job.id), 303)


def _form(added: Sequence[UploadResult] = (), job: Job | None = None, problem: RequestProblem | None = None) -> str:
    data = current_service().data
    replaces = request.values.get("replaces", "")
    try:
        failures = Manifest.read(data.current()).failures
        replacing = len(replaces) == REPORT_ID_LENGTH and identity().may(Scope.ADMIN)
        replaced = find_files(data, [replaces]) if replacing else ()
    except SearchIndexError:
        failures, replaced = (), ()
    if not sees_every_report():
        failures = ()  # the failures name files, and some of these may belong to hidden reports
    latest = job or Jobs(data).latest()
    shown = latest if job or (latest and latest.running) else None
    return render_template(
        "add.html",
        added=added,
        job=visible_job(shown) if shown else None,
        failures=failures,
        replaced=replaced[0] if replaced else None,
        folder=data.reports,
        suffixes=",".join(SUFFIXES),
        problem=problem,
    )
