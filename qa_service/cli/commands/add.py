"""qa-service add: files into the data's own folder, and a build."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from index.storage.data_folder import DataFolder
from qa_service.cli import rendering
from qa_service.cli.commands.updating import LEFT_OUT, updater, user
from qa_service.cli.progress import Bars
from qa_service.installation import Installation
from qa_service.maintenance.uploads import IncomingFile, UploadResult, add


@click.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replaces", help="Id or file name of the report that the one FILE takes the place of.")
@click.option("--quiet", is_flag=True, help="No progress bars.")
def add_command(files: tuple[Path, ...], replaces: str | None, *, quiet: bool) -> None:
    """Copy FILES into the data's own reports folder and build. A report removed before is let in again."""
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    if replaces and len(files) > 1:
        raise click.BadParameter("--replaces takes one file: the one that takes the other's place.")
    began = time.perf_counter()
    added = add(data, [IncomingFile(path.name, path) for path in files], user(), replaces=replaces)
    click.echo("\n".join(map(_line, added)))
    if any(one.is_new for one in added) or (not data.finished() and any(one.is_duplicate for one in added)):
        with Bars(quiet=quiet) as bars:
            built = updater(installation, data, bars.update).build()
        assert built is not None  # noqa: S101 - a file was added now or before, so one is there
        click.echo(rendering.build_summary(built.outcome, time.perf_counter() - began, built.changes))
        if built.outcome.manifest.failures:
            click.echo(rendering.failure_list(built.outcome.manifest.failures), err=True)
    if not all(one.is_new or one.is_duplicate for one in added):
        sys.exit(LEFT_OUT)


def _line(one: UploadResult) -> str:
    return f"{one.file}: {one.outcome.value}" + (f". {one.detail}" if one.detail else "")
