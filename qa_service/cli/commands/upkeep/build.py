"""The command ``qa-service build``."""

from __future__ import annotations

import time
from pathlib import Path

import click

from index.building.build import BuildOutcome, up_to_date_manifest
from index.building.retention import tidy
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder, revision_of
from index.storage.data_folder import DataFolder
from index.storage.removal import Removals
from qa_service.cli import rendering
from qa_service.cli.commands.upkeep.build_job import run_job
from qa_service.cli.commands.upkeep.updating import default_folders, report_failures, updater
from qa_service.cli.progress import ProgressBars
from qa_service.installation import Installation


@click.command("build")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read this folder or this report. You can repeat this. "
    "[default: the folders of the last build, and var/reports]",
)
@click.option("--again", is_flag=True, help="Read all files again, including those that could not be read before.")
@click.option("--quiet", is_flag=True, help="Hide the progress bars.")
@click.option("--job", hidden=True, help="Run as this background job, and write progress to its file.")
def build_command(folders: tuple[Path, ...], job: str | None, *, again: bool, quiet: bool) -> None:
    """Read the reports and build the index.

    Only new and changed files are read, and only new text is prepared for searching. If you have no reports yet, the
    sample reports are indexed.

    Exit status 0 means that all files are indexed, 3 that some files could not be read, and 1 that nothing was built.
    The command gives the reason for each file that it could not read.
    """
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    if job:
        run_job(installation, data, job)
        return
    chosen = list(folders) or default_folders(data)
    began = time.perf_counter()
    removed = Removals.read(data).days
    revision = revision_of(encoder_folder(installation.encoder))
    files = find_sources(chosen)
    tidy(data)
    if not again and (
        same := up_to_date_manifest(files, data=data, revision=revision, folders=chosen, removed=removed)
    ):
        click.echo(rendering.build_summary(BuildOutcome(same, changed=False), 0))
        report_failures(same)
        return
    with ProgressBars(quiet=quiet) as bars:
        update = updater(installation, data, bars.update).build(chosen, again=again)
    if update is None:
        click.echo("All reports have been removed. Add a report before you ask a question.")
        return
    click.echo(rendering.build_summary(update.outcome, time.perf_counter() - began, update.changes))
    report_failures(update.outcome.manifest)
