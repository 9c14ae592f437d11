"""The themes of practice as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.analysis.themes import HOW_COUNTED, HOW_SURE, ThemeCount, ThemeFindings
from qa_service.answering.overviews.remark_quotes import QuotedReport
from qa_service.answering.overviews.remark_table import NO_QUOTE, SAYS
from qa_service.cli.rendering import wrapped
from qa_service.export.references import Reference, dated, quoted
from qa_service.wording import READINGS, capitalised, kind_words

_NO_REPORTS = "No report matches. Change --since, --until, --kind or --authority."


def counts_text(counts: Sequence[ThemeCount], reports: int) -> str:
    """Return a table of the themes, and an explanation of how we count."""
    if not reports:
        return _NO_REPORTS
    rows = [("ID", "Theme", "Criticised by", "Praised by")]
    rows += [
        (each.theme.id, each.theme.name, f"{each.weaknesses} of {reports}", f"{each.strengths} of {reports}")
        for each in counts
    ]
    return "\n".join([*_table(rows), "", wrapped(HOW_COUNTED), "", wrapped(HOW_SURE)])


def findings_text(findings: ThemeFindings, shown: Sequence[QuotedReport]) -> str:
    """Return the counts of a theme, the counts by year, and the first reports of the list with their quotes."""
    count = findings.count
    if not count.reports:
        return _NO_REPORTS
    said = f"criticised by {count.weaknesses} of {count.reports} reports, praised by {count.strengths}."
    lines = [f"{count.theme.name}: {said}", ""]
    years = [("Year", "Reports", "Criticise", "Praise")]
    years += [(str(each.year), str(each.reports), str(each.weaknesses), str(each.strengths)) for each in findings.years]
    lines += [*_table(years), ""] if findings.years else []
    for each in shown:
        lines += [*_report(each), ""]
    if len(shown) < len(findings.listed):
        lines += [wrapped(f"These are {len(shown)} of {len(findings.listed)} reports. --csv writes all of them."), ""]
    return "\n".join([*lines, wrapped(HOW_COUNTED), "", wrapped(HOW_SURE)])


def _report(each: QuotedReport) -> list[str]:
    report = each.report
    lines = [f"{report.authority or report.title} · {capitalised(kind_words(report))} · {dated(report)}"]
    for quote in each.quotes:
        page = Reference.build(quote.citation, quote.statement).page
        note = READINGS[quote.statement.reading]
        said = f"{SAYS[quote.remark.stance]}: {quoted(quote.statement.text)} (page {page})"
        lines.append(wrapped(f"{said} {note}".strip(), "  "))
    return lines if each.quotes else [*lines, wrapped(NO_QUOTE, "  ")]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
