"""The command ``qa-service improvements``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from corpus.types import Report
from index.encoding.encoders import open_encoder
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.register import OUTCOME_WORDS, RULE, LaterWord, Register, RegisterItem
from qa_service.answering.overviews.register import Quotes, prove, register_named
from qa_service.export.tables import Table, table_as_csv
from qa_service.installation import Installation
from qa_service.types import Quote

_COLUMNS = ("item", "asked in", "asked on", "page", "themes", "outcome", "said in", "said on", "quotes", "quote pages")


@click.command("improvements")
@click.argument("authority")
@click.option("--csv", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write the items to a CSV file.")
def improvements_command(authority: str, out: Path | None) -> None:
    """Show what an authority's reports asked to improve, and what later reports say about it.

    AUTHORITY is the name of the authority, as “qa-service reports” shows it.
    """
    installation = Installation.from_environment()
    index = SearchIndex.open(DataFolder(installation.data_dir), open_encoder(installation.encoder))
    register = register_named(index, authority)
    again = [word for matter in register.recurring for word in matter.again]
    quotes = prove(index, [*(item.latest for item in register.items if item.latest), *again])
    rows = [_row(item, quotes) for item in register.items]
    if out:
        out.write_text(table_as_csv(Table(_COLUMNS, tuple(rows))), encoding="utf-8", newline="")
        click.echo(f"Wrote {len(rows)} items to {out}.")
        return
    click.echo("\n".join(_lines(register, rows, quotes)))


def _row(item: RegisterItem, quotes: Quotes) -> tuple[str, ...]:
    latest = item.latest
    shown = _quotes_of(latest, quotes) if latest else []
    return (
        item.improvement.text,
        item.report.file,
        _day(item.report),
        str(item.improvement.page),
        ", ".join(item.themes),
        OUTCOME_WORDS[item.outcome] if item.outcome else "No later report",
        latest.report.file if latest else "",
        _day(latest.report) if latest else "",
        " | ".join(quote.text for quote in shown),
        ", ".join(str(quote.page) for quote in shown),
    )


def _quotes_of(word: LaterWord, quotes: Quotes) -> list[Quote]:
    """Return the proved quotes of what a later report says."""
    return [quote for each in word.sentences for quote in quotes.get((each.row, each.number), ())]


def _lines(register: Register, rows: list[tuple[str, ...]], quotes: Quotes) -> Iterator[str]:
    yield f"{register.authority}: {len(rows)} items. {RULE}"
    for matter in register.recurring:
        yield f"\n{matter.name or 'Similar improvements'}, in {matter.reports} reports:"
        yield from (
            f"  {_day(item.report)}, page {item.improvement.page}: {item.improvement.text}" for item in matter.items
        )
        for word in matter.again:
            for said in _quotes_of(word, quotes)[:1]:
                listed = "" if word.sentences[0].item else ", not in its list"
                yield f"  {_day(word.report)}{listed}, page {said.page}: {said.text}"
    for text, _, asked_on, page, _, outcome, _, said_on, quote, pages in rows:
        yield f"\n{asked_on}, page {page}: {text}"
        yield f"  {outcome}" + (f" ({said_on}, page {pages}): {quote}" if quote else "")


def _day(report: Report) -> str:
    day = report_day(report)
    return day.isoformat() if day > date.min else "no date"
