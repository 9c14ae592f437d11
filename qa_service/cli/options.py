"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from qa_service.export.tables import TableFormat

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def _day(month: int, day: int) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """Return a function that reads a date or a year. A year means the given day of that year."""

    def read(ctx: click.Context, param: click.Parameter, text: str | None) -> date | None:
        if text is None:
            return None
        try:
            return date(int(text), month, day) if _YEAR.fullmatch(text) else date.fromisoformat(text)
        except ValueError as error:
            message = f"“{text}” is not a date. Give a year such as 2022, or a date such as 2022-03-31."
            raise click.BadParameter(message, ctx, param) from error

    return read


SINCE = click.option(
    "--since", metavar="DATE", callback=_day(1, 1), help="Count only inspections from this year or date on."
)
ADDED_SINCE = click.option(
    "--since", metavar="DATE", callback=_day(1, 1), help="Show what was added from this year or date on."
)
UNTIL = click.option(
    "--until", metavar="DATE", callback=_day(12, 31), help="Count only inspections up to this year or date."
)
AUTHORITIES = click.option(
    "--authority", "authorities", multiple=True, help="Count only this authority. You can repeat this."
)
OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a table to this .csv or .xlsx file."
)


def table_format(out: Path | None) -> TableFormat | None:
    """Return the format of the file to write, or None if there is none. Raises UsageError."""
    if out is None:
        return None
    suffix = out.suffix.lstrip(".").lower()
    if suffix not in set(TableFormat):
        raise click.UsageError(f"--out {out} must end in .csv or .xlsx.")
    return TableFormat(suffix)


def in_order(since: date | None, until: date | None) -> None:
    """Check that a time starts before it ends. Raises UsageError."""
    if since and until and until < since:
        raise click.UsageError(f"--until {until} is before --since {since}. Exchange the two.")
