"""What commands that change the index share: what changes it, the folders to read, who runs them."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import open_encoder
from index.storage.data_folder import DataFolder
from index.storage.manifest import Manifest
from index.types import Progress
from qa_service.cli import rendering
from qa_service.installation import Installation
from qa_service.maintenance.updates import Updater, folders_to_build
from qa_service.samples import sample_folder

LEFT_OUT = 3
"""Exit status of a build that left out files that cannot be read."""


def told_folders(data: DataFolder) -> list[Path]:
    """The folders to build from where none is named; that the samples are taken is said."""
    folders = folders_to_build(data)
    if folders == [sample_folder()]:
        click.echo(f"No reports in {data.reports} yet: taking the shipped samples.", err=True)
    return folders


def updater(installation: Installation, data: DataFolder, on_progress: Progress, who: str | None = None) -> Updater:
    """What changes the index, in the name of whoever runs the command where no other is given."""

    def builder() -> Builder:
        encoder = open_encoder(installation.encoder)
        return Builder(data, encoder, encoder_folder(installation.encoder), encoder.precision, on_progress)

    return Updater(data, builder, who or user())


def user() -> str:
    """Whoever runs the command, by the name of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account that has no name
        return "unknown"


def report_failures(manifest: Manifest) -> None:
    """Name the files that a build left out, and end with the status that says so."""
    if manifest.failures:
        click.echo(rendering.failure_list(manifest.failures), err=True)
        sys.exit(LEFT_OUT)
