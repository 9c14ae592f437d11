"""The command ``qa-service summary``."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.answering.overviews.profile import profile_named
from qa_service.cli.comparison_rendering import profile_text
from qa_service.installation import Installation


@click.command("summary")
@click.argument("authority")
def summary_command(authority: str) -> None:
    """Sum up what the reports on an authority say.

    It shows the authority's grades over time, its visits since the last full inspection, what must improve, and quotes
    by theme. AUTHORITY is the name of the authority, as “qa-service reports” shows it.
    """
    installation = Installation.from_environment()
    index = SearchIndex.open(DataFolder(installation.data_dir), open_encoder(installation.encoder))
    profile = profile_named(index, authority)
    click.echo("\n".join(profile_text(profile, datetime.now(UTC).date())))
