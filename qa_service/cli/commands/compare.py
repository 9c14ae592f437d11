"""The command ``qa-service compare``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from corpus.types import Report
from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Filters
from qa_service.analysis.themes import find_theme, themes_of
from qa_service.answering.comparison import (
    HOW_COMPARED,
    MAX_ASPECTS,
    MAX_AUTHORITIES,
    Aspect,
    ComparisonCell,
    ComparisonRow,
    compare,
)
from qa_service.answering.comparison_table import NOT_STATED, comparison_table, says
from qa_service.cli.options import OUT, table_format
from qa_service.cli.rendering import wrapped
from qa_service.export.references import Reference, dated
from qa_service.export.references import quoted as in_marks
from qa_service.installation import Installation
from qa_service.wording import READINGS, capitalised, kind_words, month_of


@click.command("compare")
@click.argument("authorities", nargs=-1, required=True, metavar="AUTHORITY…")
@click.option("--theme", "theme_ids", multiple=True, metavar="ID", help="A theme, such as supervision. Repeat this.")
@click.option("--words", "phrases", multiple=True, help="Sentences must have all of these words. You can repeat this.")
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
    rows = compare(index, reports, [_authority(name, reports) for name in authorities], aspects)
    if out and format_:
        table = comparison_table(rows, "", index.manifest.build)
        out.write_bytes(table.write(format_, "Comparison"))
        click.echo(f"Wrote {len(table.rows)} rows to {out}.")
        return
    click.echo("\n".join([*_lines(rows), "", wrapped(HOW_COMPARED)]))


def _theme(index: SearchIndex, theme_id: str) -> Aspect:
    theme = find_theme(index, theme_id)
    if theme is None:
        known = ", ".join(each.id for each in themes_of(index))
        raise click.ClickException(f"There is no theme “{theme_id}” in the index. The themes are: {known}.")
    return Aspect.of_theme(theme)


def _authority(name: str, reports: Sequence[Report]) -> str:
    known = next((r.authority for r in reports if r.authority and r.authority.casefold() == name.casefold()), None)
    if known is None:
        raise click.ClickException(f"We have no reports about “{name}”. “qa-service reports” lists the authorities.")
    return known


def _lines(rows: Sequence[ComparisonRow]) -> Iterator[str]:
    for row in rows:
        grade = f"{capitalised(row.grade.judgement.grade)} {month_of(row.grade.report)}" if row.grade else "none found"
        yield f"{row.authority} (overall grade: {grade})"
        for cell in row.cells:
            yield from _cell(cell)
        yield ""


def _cell(cell: ComparisonCell) -> Iterator[str]:
    if cell.report is None:
        yield f"  {cell.aspect.name}: {NOT_STATED[0].lower()}{NOT_STATED[1:]} ({cell.reports})"
        return
    yield f"  {cell.aspect.name}: {kind_words(cell.report)}, {dated(cell.report)}"
    for quote in cell.quotes:
        page = Reference.build(quote.citation, quote.statement).page
        label = f"{says(quote)}: " if says(quote) else ""
        note = READINGS[quote.statement.reading]
        yield "    " + wrapped(f"{label}{in_marks(quote.statement.text)} (page {page}) {note}".strip(), "    ")
