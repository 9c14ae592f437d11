"""The command ``qa-service grades``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from corpus.grades import AREAS_BY_KEY, OVERALL, Grade, Relation
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Filters
from qa_service.analysis.grade_history import (
    HOW_COMPARED,
    HOW_READ,
    HistoryOrder,
    MovementQuery,
    grade_histories,
    movements_among,
)
from qa_service.answering.overviews.grade_table import history_table, movement_table
from qa_service.cli.grade_rendering import histories_text, movements_text
from qa_service.cli.options import AUTHORITIES, OUT, SINCE, UNTIL, in_order, table_format
from qa_service.cli.rendering import wrapped
from qa_service.installation import Installation

_GRADES = click.Choice([grade.value for grade in Grade])
_CHANGES = click.Choice([change.value for change in Relation])
_ORDERS = click.Choice([order.value for order in HistoryOrder])


@click.command("grades")
@click.option(
    "--area", "area_key", type=click.Choice(list(AREAS_BY_KEY)), default=OVERALL.key, show_default=True, metavar="AREA",
    help=f"The graded area: {', '.join(AREAS_BY_KEY)}.",
)  # fmt: skip
@AUTHORITIES
@click.option(
    "--sort", type=_ORDERS, default=HistoryOrder.AUTHORITY.value, show_default=True,
    help="The order of the authorities: by name, by latest grade, or by the time since the last full inspection.",
)  # fmt: skip
@click.option(
    "--movements", "as_movements", is_flag=True, help="List how grades changed from one inspection to the next."
)
@click.option("--from", "before", type=_GRADES, multiple=True, help="List only changes from this grade.")
@click.option("--to", "after", type=_GRADES, multiple=True, help="List only changes to this grade.")
@click.option(
    "--change",
    type=_CHANGES,
    multiple=True,
    help="List only changes in this direction.",
)
@SINCE
@UNTIL
@click.option("--latest", is_flag=True, help="List only changes to the latest grade of an authority.")
@OUT
def grades_command(
    area_key: str,
    authorities: tuple[str, ...],
    sort: str,
    before: tuple[str, ...],
    after: tuple[str, ...],
    change: tuple[str, ...],
    since: date | None,
    until: date | None,
    *,
    as_movements: bool,
    latest: bool,
    out: Path | None,
) -> None:  # fmt: skip
    """Show the grades that authorities were given over time, and how the grades changed.

    With --from, --to, --change, --since, --until or --latest, it lists changes of grade instead. --since and --until
    limit the day of the later inspection.
    """
    in_order(since, until)
    format_ = table_format(out)
    index = SearchIndex.open(DataFolder(Installation.from_environment().data_dir), None)
    reports = index.allowed(Filters(authority=authorities))
    area, today, build = AREAS_BY_KEY[area_key], datetime.now(UTC).date(), index.manifest.build
    histories = grade_histories(reports, area, HistoryOrder(sort))
    query = MovementQuery(
        [Grade(each) for each in before],
        [Grade(each) for each in after],
        [Relation(each) for each in change],
        since,
        until,
        latest_only=latest,
    )
    if as_movements or query != MovementQuery([], [], []):
        movements = movements_among(histories, query)
        table, count = movement_table(movements, area, "", build), len(movements)
        text, rules = movements_text(movements), [HOW_READ, HOW_COMPARED]
    else:
        table, count = history_table(histories, area, today, "", build), len(histories)
        text, rules = histories_text(histories, today), [HOW_READ]
    if out and format_:
        out.write_bytes(table.write(format_, f"Grades {area.name}"))
        click.echo(f"Wrote {len(table.rows)} row{'' if len(table.rows) == 1 else 's'} to {out}.")
        return
    if not count:
        click.echo("Nothing matches. Change --area, --authority or the limits on changes.")
        return
    click.echo("\n".join([f"{area.name}", *text, "", *map(wrapped, rules)]))
