"""The command ``qa-service add``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from index.storage.data_folder import DataFolder
from qa_service.cli import rendering
from qa_service.cli.commands.upkeep.updating import LEFT_OUT, updater, user
from qa_service.cli.progress import ProgressBars
from qa_service.installation import Installation
from qa_service.maintenance.uploads import IncomingFile, UploadResult, add


@click.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--replaces",
    help="Replace this report with FILE. Identify the report by its id or file name, and give only one FILE.",
)
@click.option("--quiet", is_flag=True, help="Hide the progress bars.")
def add_command(files: tuple[Path, ...], replaces: str | None, *, quiet: bool) -> None:
    """Add reports and build the index.

    FILES are copied into the reports folder of the service. If you add a report that was removed earlier, the service
    uses it again.

    Exit status 3 means that some files were refused. The command gives the reason for each.
    """
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    if replaces and len(files) > 1:
        raise click.BadParameter("--replaces takes only one file. Give the file that replaces the report.")
    began = time.perf_counter()
    results = add(data, [IncomingFile(path.name, path) for path in files], user(), replaces=replaces)
    click.echo("\n".join(map(_line, results)))
    is_first_build = not data.finished() and any(result.is_duplicate for result in results)
    if is_first_build or any(result.is_new for result in results):
        with ProgressBars(quiet=quiet) as bars:
            update = updater(installation, data, bars.update).build()
        assert update is not None  # noqa: S101 - the reports folder has at least one of the files
        click.echo(rendering.build_summary(update.outcome, time.perf_counter() - began, update.changes))
        if update.outcome.manifest.failures:
            click.echo(rendering.failure_list(update.outcome.manifest.failures), err=True)
    if not all(result.is_new or result.is_duplicate for result in results):
        sys.exit(LEFT_OUT)


def _line(result: UploadResult) -> str:
    return f"{result.file}: {result.outcome.value}. {result.detail}".rstrip()
