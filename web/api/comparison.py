"""The JSON interface for comparisons of authorities."""

from __future__ import annotations

from flask import Response, url_for

from corpus.types import Report
from index.types import Filters
from qa_service.analysis.authorities import authority_named
from qa_service.answering.overviews.comparison import (
    HOW_COMPARED,
    Aspect,
    CellQuote,
    ComparisonCell,
    ComparisonRow,
    compare,
)
from web.api.blueprint import api
from web.api.grades import given_grade
from web.api.themes import remark_parts
from web.contract.operation import operation
from web.contract.overviews import comparison_responses as replies
from web.contract.parsing import read_parameters
from web.contract.requests import ComparisonRequest
from web.contract.responses import cacheable_response
from web.serving.index_service import answerer
from web.serving.overviews.chosen_reports import known_theme, matching_reports


@api.get("/comparison")
@operation(
    "Compare authorities", "Comparison", params=ComparisonRequest, replies={200: replies.ComparisonResponse},
    problems=("invalid-filters", "invalid-request", "unknown-authority", "unknown-collection", "unknown-theme"),
    etag=True,
)  # fmt: skip
def comparison() -> Response:
    """Compare what the reports on several authorities say about themes of practice, or about your own words."""
    query = read_parameters(ComparisonRequest)
    index = answerer().index
    reports = matching_reports(index, Filters(), query.collection)
    themes = [known_theme(index, theme_id) for theme_id in dict.fromkeys(query.theme)]
    aspects = [*map(Aspect.of_theme, themes), *map(Aspect, dict.fromkeys(query.words))]
    names = [authority_named(reports, name, query.collection) for name in query.authority]
    rows = compare(index, reports, list(dict.fromkeys(names)), aspects)
    return cacheable_response(replies.ComparisonResponse(how_compared=HOW_COMPARED, rows=[_row(row) for row in rows]))


def _row(row: ComparisonRow) -> replies.ComparisonRowModel:
    return replies.ComparisonRowModel(
        authority=row.authority,
        overall_grade=given_grade(row.grade) if row.grade else None,
        cells=[comparison_cell(cell) for cell in row.cells],
    )


def comparison_cell(cell: ComparisonCell) -> replies.ComparisonCellModel:
    """Return a cell as JSON."""
    return replies.ComparisonCellModel(
        aspect=cell.aspect.name,
        theme=cell.aspect.theme.id if cell.aspect.theme else None,
        report=_report(cell.report) if cell.report else None,
        later_reports=cell.later,
        reports=cell.reports,
        quotes=[_quote(quote) for quote in cell.quotes],
    )


def _report(report: Report) -> replies.CellReport:
    return replies.CellReport(
        id=report.id,
        file=report.file,
        title=report.title,
        kind=report.kind,
        inspected_from=report.inspected_from,
        inspected_to=report.inspected_to,
        published=report.published,
        url=url_for("reports.report", report_id=report.id),
    )


def _quote(quote: CellQuote) -> replies.CellQuoteModel:
    passage = quote.citation.scored.passage
    return replies.CellQuoteModel(
        stance=quote.stance,
        other_words=quote.other_words or None,
        in_list=quote.is_item,
        text=quote.statement.text,
        passage_id=passage.id,
        section=list(passage.section),
        paragraph=passage.label,
        quotes=remark_parts(quote.statement, quote.citation),
    )
