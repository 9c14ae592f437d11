"""The command ``qa-service themes``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from corpus.types import Kind
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Filters, Stance
from qa_service.analysis.themes import Order, count_themes, find_theme, study_theme, themes_of
from qa_service.answering.remark_quotes import quote_remarks
from qa_service.answering.remark_table import remarks_csv
from qa_service.cli import theme_rendering
from qa_service.installation import Installation

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_SHOWN = 10
"""Number of reports to print."""


def _day(month: int, day: int) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """Return a function that reads a date or a year. A year stands for the given day of that year."""

    def read(ctx: click.Context, param: click.Parameter, text: str | None) -> date | None:
        if text is None:
            return None
        try:
            return date(int(text), month, day) if _YEAR.fullmatch(text) else date.fromisoformat(text)
        except ValueError as error:
            message = f"“{text}” is not a date. Give a year such as 2022, or a date such as 2022-03-31."
            raise click.BadParameter(message, ctx, param) from error

    return read


@click.command("themes")
@click.argument("theme_id", metavar="[ID]", required=False)
@click.option("--since", metavar="DATE", callback=_day(1, 1), help="Count only inspections from this year or date on.")
@click.option("--until", metavar="DATE", callback=_day(12, 31), help="Count only inspections up to this year or date.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    metavar="KIND",
    help="Count only this type of inspection, such as ilacs. You can repeat this.",
)
@click.option("--authority", "authorities", multiple=True, help="Count only this authority. You can repeat this.")
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

    With the ID of a theme, such as supervision, this also gives the counts by year, and the reports with quotes.
    """
    if theme_id is None and (table or stance or newest):
        raise click.UsageError("--stance, --newest and --csv need the ID of a theme, such as supervision.")
    if since and until and until < since:
        raise click.UsageError(f"--until {until} is before --since {since}. Exchange the two.")
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
        text = remarks_csv(theme, quoted, len(findings.listed), "", index.manifest.build)
        table.write_text(text, encoding="utf-8", newline="")
        click.echo(f"Wrote {len(quoted)} report{'' if len(quoted) == 1 else 's'} to {table}.")
        return
    click.echo(theme_rendering.findings_text(findings, quote_remarks(index, findings.listed[:_SHOWN])))
