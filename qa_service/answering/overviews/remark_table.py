"""The reports on a theme as a table for a spreadsheet, with one row for each quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.themes import Theme
from qa_service.answering.overviews.remark_quotes import QuotedReport
from qa_service.export.references import Reference, dated
from qa_service.export.tables import Table
from qa_service.wording import READINGS, STANCES, kind_words

SAYS = {stance: verb.one.capitalize() for stance, verb in STANCES.items()}
"""What a remark does, as a label."""
NO_QUOTE = "We could not find these sentences word for word in the stored file, so we do not quote them."
_COLUMNS = (
    "Theme", "Says", "Text", "Report", "Authority", "Type", "Date", "Page", "Paragraph", "Section",
    "Link", "Note", "Build",
)  # fmt: skip


def remark_table(theme: Theme, quoted: Sequence[QuotedReport], total: int, host: str, build: str) -> Table:
    """Return the table. ``total`` is the length of the whole list, and ``host`` is the start of each link.

    If ``quoted`` is only a part of the list, the last row says so.
    """
    rows = [row for each in quoted for row in _rows(theme, each, host, build)]
    if len(quoted) < total:
        note = f"This table has the first {len(quoted)} of {total} reports. Use filters to get the others."
        rows.append((theme.name, *[""] * 10, note, build))
    return Table(_COLUMNS, tuple(rows))


def _rows(theme: Theme, quoted: QuotedReport, host: str, build: str) -> Iterator[tuple[str, ...]]:
    report, kind = quoted.report, kind_words(quoted.report)
    for quote in quoted.quotes:
        section = " › ".join(quote.citation.scored.passage.section)
        ref = Reference.build(quote.citation, quote.statement, host)
        place = (ref.report, ref.authority, kind, ref.date, ref.page, ref.paragraph, section, ref.link)
        note = READINGS[quote.statement.reading]
        yield (theme.name, SAYS[quote.remark.stance], quote.statement.text, *place, note, build)
    if not quoted.quotes:
        stances = dict.fromkeys(remark.stance for remark in quoted.found.remarks)
        says = " and ".join(SAYS[stance] for stance in stances)
        link = f"{host.rstrip('/')}/reports/{report.id}" if host else ""
        place = (report.title, report.authority or "", kind, dated(report), "", "", "", link)
        yield (theme.name, says, "", *place, NO_QUOTE, build)
