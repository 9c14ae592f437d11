"""qa-service build."""

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
from qa_service.cli.commands.build_job import run_job
from qa_service.cli.commands.updating import report_failures, told_folders, updater
from qa_service.cli.progress import Bars
from qa_service.installation import Installation


@click.command("build")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with reports, or one report; can be given again. Default: those of the last build, and var/reports.",
)
@click.option("--again", is_flag=True, help="Read all files again, those that could not be read before among them.")
@click.option("--quiet", is_flag=True, help="No progress bars.")
@click.option("--job", hidden=True, help="The background job that this process is: it tells of itself in its file.")
def build_command(folders: tuple[Path, ...], job: str | None, *, again: bool, quiet: bool) -> None:
    """Read the reports and build the index. Only what is new is read and embedded.

    Without any reports in the data's own folder, the shipped samples are indexed. Exit status: 0 all indexed, 3 some
    files could not be read (they are named), 1 nothing could be built.
    """
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    if job:
        run_job(installation, data, job)
        return
    chosen = list(folders) or told_folders(data)
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
    with Bars(quiet=quiet) as bars:
        built = updater(installation, data, bars.update).build(chosen, again=again)
    if built is None:
        click.echo("Every report was removed: nothing answers until there is another.")
        return
    click.echo(rendering.build_summary(built.outcome, time.perf_counter() - began, built.changes))
    report_failures(built.outcome.manifest)
