"""The command ``qa-service watch``."""

from __future__ import annotations

import os
import time

import click

from index.storage.data_folder import DataFolder
from qa_service.cli.commands.upkeep.updating import user
from qa_service.installation import Installation
from qa_service.maintenance.build_jobs import Jobs
from qa_service.maintenance.updates import folders_to_build
from qa_service.maintenance.watching import Watch, snapshot


@click.command("watch")
@click.option(
    "--every",
    default=3.0,
    show_default=True,
    type=click.FloatRange(0.2, 3600),
    help="Set how many seconds to wait between checks for changes.",
)
@click.option("--parent", type=int, hidden=True, help="End when the process with this number is no longer the parent.")
def watch_command(every: float, parent: int | None) -> None:
    """Build whenever files in the reports folders change.

    Stop it with Ctrl-C.
    """
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    who = f"{user()} (watching)"

    def start() -> None:
        job = Jobs(data).start(who)
        click.echo(f"Files have changed, so build job {job.id} has started.", err=True)

    watch = Watch(lambda: snapshot([*folders_to_build(data), data.reports]), start)
    while parent is None or os.getppid() == parent:
        time.sleep(every)
        watch.step()
