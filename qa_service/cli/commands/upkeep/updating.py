"""Code that the commands share if they change the index: the updater, the folders to read and the user's name."""

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
"""Exit status if some files could not be read or were refused."""


def default_folders(data: DataFolder) -> list[Path]:
    """Return the folders to build from if the user names none.

    If the only one is the samples folder, print a line that says so.
    """
    folders = folders_to_build(data)
    if folders == [sample_folder()]:
        click.echo(f"There are no reports in {data.reports} yet, so the sample reports are used.", err=True)
    return folders


def updater(installation: Installation, data: DataFolder, on_progress: Progress, who: str | None = None) -> Updater:
    """Return an updater for the index. The log of changes will name ``who``, or the user if ``who`` is not given."""

    def builder() -> Builder:
        encoder = open_encoder(installation.encoder)
        return Builder(data, encoder, encoder_folder(installation.encoder), encoder.precision, on_progress)

    return Updater(data, builder, who or user())


def user() -> str:
    """Return the name of the account that runs the command, or "unknown"."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # the account has no name
        return "unknown"


def report_failures(manifest: Manifest) -> None:
    """Print the files that a build left out, and exit with :data:`LEFT_OUT` if there are any."""
    if manifest.failures:
        click.echo(rendering.failure_list(manifest.failures), err=True)
        sys.exit(LEFT_OUT)
