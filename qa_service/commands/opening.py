"""What several commands open: the encoder, the answerer, the folders to read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.build import find_sources
from index.errors import SearchIndexError
from index.folders import DataFolder
from index.manifest import Manifest
from qa_service import printing
from qa_service.answering import Answerer
from qa_service.samples import sample_folder
from qa_service.settings import Settings

if TYPE_CHECKING:
    from index.embedding import SentenceEncoder

LEFT_OUT = 3
"""Exit status of a build that left out files that cannot be read."""


def default_folders(data: DataFolder) -> list[Path]:
    """The data's own reports folder, or the samples while it is empty."""
    try:
        find_sources([data.reports])
    except SearchIndexError:
        click.echo(f"No reports in {data.reports} yet: taking the shipped samples.", err=True)
        return [sample_folder()]
    return [data.reports]


def open_encoder(settings: Settings) -> SentenceEncoder:
    """The encoder that the settings name."""
    from index.embedding import SentenceEncoder  # takes seconds to import: only where it is used

    return SentenceEncoder.open(settings.encoder)


def open_answerer(settings: Settings) -> Answerer:
    """The answerer of the current build. Raises what :meth:`DataFolder.current` raises."""
    data = DataFolder(settings.data_dir)
    Manifest.read(data.current())  # before the encoder's seconds of loading: a missing index is told at once
    return Answerer.open(data, open_encoder(settings))


def report_failures(manifest: Manifest) -> None:
    """Name the files that a build left out, and end with the status that says so."""
    if manifest.failures:
        click.echo(printing.failure_list(manifest.failures), err=True)
        sys.exit(LEFT_OUT)
