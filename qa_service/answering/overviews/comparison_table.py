"""A comparison of authorities as a table for a spreadsheet, with one row for each quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa_service.answering.overviews.comparison import CellQuote, ComparisonCell, ComparisonRow
from qa_service.answering.overviews.remark_table import SAYS
from qa_service.export.references import Reference
from qa_service.export.tables import Cell, Table
from qa_service.wording import READINGS, capitalised, kind_words, month_of

NOT_STATED = "Not stated in its reports"
MUST_IMPROVE = "Asks to improve"
"""The label of a quote from a report's own list of what must improve."""
_COLUMNS = (
    "Authority", "Overall grade", "Aspect", "Says", "Text", "Report", "Type", "Date", "Page", "Paragraph",
    "Later reports without it", "Link", "Note", "Build",
)  # fmt: skip


def comparison_table(rows: Iterable[ComparisonRow], host: str, build: str) -> Table:
    """Return a comparison as a table. ``host`` is the start of each link."""
    return Table(_COLUMNS, tuple(line for row in rows for cell in row.cells for line in _lines(row, cell, host, build)))


def says(quote: CellQuote) -> str:
    """Return what a quote does, as a label: "Praises". Empty if we do not know."""
    if quote.is_item:
        return MUST_IMPROVE
    return SAYS[quote.stance] if quote.stance else ""


def by_words(quote: CellQuote) -> str:
    """Say which words we found instead of the person's own words. Empty if we found the person's own words."""
    return f"We found “{quote.other_words}” instead of your words." if quote.other_words else ""


def _lines(row: ComparisonRow, cell: ComparisonCell, host: str, build: str) -> Iterator[tuple[Cell, ...]]:
    grade = f"{capitalised(row.grade.judgement.grade)} {month_of(row.grade.report)}" if row.grade else ""
    for quote in cell.quotes:
        ref = Reference.build(quote.citation, quote.statement, host)
        report = quote.citation.report
        notes = (READINGS[quote.statement.reading], by_words(quote))
        yield (
            row.authority, grade, cell.aspect.name, says(quote), quote.statement.text, ref.report, kind_words(report),
            ref.date, ref.page, ref.paragraph, cell.later, ref.link, " ".join(filter(None, notes)), build,
        )  # fmt: skip
    if not cell.quotes:
        note = f"We looked at {cell.reports} report{'' if cell.reports == 1 else 's'}."
        yield (row.authority, grade, cell.aspect.name, "", NOT_STATED, *[""] * 7, note, build)
