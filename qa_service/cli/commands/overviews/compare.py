"""The command ``qa-service compare``."""

from __future__ import annotations

from pathlib import Path

import click

from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Filters
from qa_service.analysis.authorities import authority_named
from qa_service.analysis.themes import find_theme, themes_of
from qa_service.answering.overviews.comparison import (
    HOW_COMPARED,
    MAX_ASPECTS,
    MAX_AUTHORITIES,
    Aspect,
    compare,
)
from qa_service.answering.overviews.comparison_table import comparison_table
from qa_service.cli.comparison_rendering import comparison_text
from qa_service.cli.options import OUT, table_format
from qa_service.cli.rendering import wrapped
from qa_service.installation import Installation


@click.command("compare")
@click.argument("authorities", nargs=-1, required=True, metavar="AUTHORITY…")
@click.option(
    "--theme", "theme_ids", multiple=True, metavar="ID", help="A theme, such as supervision. You can repeat this."
)
@click.option("--words", "phrases", multiple=True, help="Your own words, such as “kinship care”. You can repeat this.")
@OUT
def compare_command(
    authorities: tuple[str, ...], theme_ids: tuple[str, ...], phrases: tuple[str, ...], out: Path | None
) -> None:
    """Compare what the reports on two or more authorities say about themes, or about your own words.

    The list of themes is in “qa-service themes”.
    """
    if not 2 <= len(set(authorities)) <= MAX_AUTHORITIES:
        raise click.UsageError(f"Give 2 to {MAX_AUTHORITIES} authorities.")
    if not 1 <= len(theme_ids) + len(phrases) <= MAX_ASPECTS:
        raise click.UsageError(f"Give 1 to {MAX_ASPECTS} aspects with --theme and --words.")
    format_ = table_format(out)
    installation = Installation.from_environment()
    index = SearchIndex.open(DataFolder(installation.data_dir), open_encoder(installation.encoder))
    reports = index.allowed(Filters())
    aspects = [*(_theme(index, theme_id) for theme_id in theme_ids), *map(Aspect, phrases)]
    rows = compare(index, reports, [authority_named(reports, name) for name in authorities], aspects)
    if out and format_:
        table = comparison_table(rows, "", index.manifest.build)
        out.write_bytes(table.write(format_, "Comparison"))
        click.echo(f"Wrote {len(table.rows)} rows to {out}.")
        return
    click.echo("\n".join([*comparison_text(rows), "", wrapped(HOW_COMPARED)]))


def _theme(index: SearchIndex, theme_id: str) -> Aspect:
    theme = find_theme(index, theme_id)
    if theme is None:
        known = ", ".join(each.id for each in themes_of(index))
        raise click.ClickException(f"There is no theme “{theme_id}” in the index. The themes are: {known}.")
    return Aspect.of_theme(theme)
