"""qa-service build."""

from __future__ import annotations

import time
from pathlib import Path

import click

from index.build import BuildOutcome, build, find_sources, unchanged
from index.folders import DataFolder
from index.weights import encoder_folder, revision_of
from qa_service import printing
from qa_service.commands.opening import default_folders, open_encoder, report_failures
from qa_service.progress import Bars
from qa_service.settings import Settings


@click.command("build")
@click.option(
    "--reports",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder with reports, or one report; can be given again. Default: the reports folder of the data.",
)
@click.option("--quiet", is_flag=True, help="No progress bars.")
def build_command(folders: tuple[Path, ...], *, quiet: bool) -> None:
    """Read the reports and build the index. Only what is new is embedded.

    Without --reports, and with no reports in the data's own folder, the shipped samples are indexed. Exit status: 0
    all indexed, 3 some files could not be read (they are named), 1 nothing could be built.
    """
    settings = Settings()
    data = DataFolder.prepare(settings.data_dir)
    chosen = list(folders) or default_folders(data)
    files = find_sources(chosen)
    began = time.perf_counter()
    folder = encoder_folder(settings.encoder)
    if same := unchanged(files, data=data, revision=revision_of(folder)):
        click.echo(printing.build_summary(BuildOutcome(same, changed=False), 0))
        report_failures(same)
        return
    encoder = open_encoder(settings)
    with Bars(quiet=quiet) as bars:
        outcome = build(
            files,
            data=data,
            encoder=encoder,
            encoder_folder=folder,
            precision=encoder.precision,
            on_progress=bars.update,
        )
    click.echo(printing.build_summary(outcome, time.perf_counter() - began))
    report_failures(outcome.manifest)
