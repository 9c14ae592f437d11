"""The command ``qa-service themes``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from corpus.types import Kind
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Filters, Stance
from qa_service.analysis.themes import Order, count_themes, find_theme, study_theme, themes_of
from qa_service.answering.overviews.remark_quotes import quote_remarks
from qa_service.answering.overviews.remark_table import remark_table
from qa_service.cli import theme_rendering
from qa_service.cli.options import AUTHORITIES, SINCE, UNTIL, in_order
from qa_service.export.tables import table_as_csv
from qa_service.installation import Installation

_SHOWN = 10
"""Number of reports to print."""


@click.command("themes")
@click.argument("theme_id", metavar="[ID]", required=False)
@SINCE
@UNTIL
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    metavar="KIND",
    help="Count only this type of inspection, such as ilacs. You can repeat this.",
)
@AUTHORITIES
@click.option(
    "--stance", type=click.Choice([stance.value for stance in Stance]), help="List only praise or only criticism."
)
@click.option("--newest", is_flag=True, help="List the latest inspections first, not those with the clearest words.")
@click.option("--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole list as CSV.")
def themes_command(
    theme_id: str | None,
    since: date | None,
    until: date | None,
    kinds: tuple[str, ...],
    authorities: tuple[str, ...],
    stance: str | None,
    *,
    newest: bool,
    table: Path | None,
) -> None:  # fmt: skip
    """Count the reports that praise and criticise each theme of practice.

    If you give the ID of a theme, such as supervision, it also shows the counts by year, and the reports with quotes.
    """
    if theme_id is None and (table or stance or newest):
        raise click.UsageError("--stance, --newest and --csv need the ID of a theme, such as supervision.")
    in_order(since, until)
    data = DataFolder(Installation.from_environment().data_dir)
    index = SearchIndex.open(data, None)
    reports = index.allowed(
        Filters(
            authority=authorities,
            kind=tuple(Kind(kind) for kind in kinds),
            inspected_from=since,
            inspected_to=until,
        )
    )
    if theme_id is None:
        click.echo(theme_rendering.counts_text(count_themes(index, reports), len(reports)))
        return
    theme = find_theme(index, theme_id)
    if theme is None:
        known = ", ".join(each.id for each in themes_of(index))
        raise click.ClickException(f"There is no theme “{theme_id}” in the index. The themes are: {known}.")
    order = Order.NEWEST if newest else Order.CLEAREST
    findings = study_theme(index, theme, reports, Stance(stance) if stance else None, order)
    if table:
        quoted = quote_remarks(index, findings.listed)
        whole = remark_table(theme, quoted, len(findings.listed), "", index.manifest.build)
        table.write_text(table_as_csv(whole), encoding="utf-8", newline="")
        click.echo(f"Wrote {len(quoted)} report{'' if len(quoted) == 1 else 's'} to {table}.")
        return
    click.echo(theme_rendering.findings_text(findings, quote_remarks(index, findings.listed[:_SHOWN])))
