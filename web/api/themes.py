"""The JSON interface for the themes of practice."""

from __future__ import annotations

from flask import Response, url_for

from index.types import Stance
from qa_service.addresses import quote_url
from qa_service.analysis.themes import HOW_COUNTED, HOW_SURE, ThemeCount, count_themes, study_theme
from qa_service.answer_json.values import box_json, shown_reading
from qa_service.answering.overviews.remark_quotes import QuotedReport, RemarkQuote, quote_remarks
from qa_service.types import Citation, Statement
from web.api.blueprint import api
from web.contract.operation import operation
from web.contract.overviews import theme_responses
from web.contract.parsing import read_parameters
from web.contract.requests import ThemeRequest, ThemesRequest
from web.contract.responses import add_offset_links, cacheable_response
from web.serving.index_service import answerer
from web.serving.overviews.chosen_reports import known_theme, matching_reports

_TAG = "Themes"


@api.get("/themes")
@operation(
    "List the themes", _TAG, params=ThemesRequest, replies={200: theme_responses.ThemesResponse},
    problems=("invalid-filters", "invalid-request", "unknown-collection"), etag=True,
)  # fmt: skip
def themes() -> Response:
    """For each theme of practice, count the reports that praise it and the reports that criticise it."""
    query = read_parameters(ThemesRequest)
    index = answerer().index
    reports = matching_reports(index, query.to_filters(), query.collection)
    return cacheable_response(
        theme_responses.ThemesResponse(
            reports=len(reports),
            how_counted=HOW_COUNTED,
            how_sure=HOW_SURE,
            themes=[_row(count) for count in count_themes(index, reports)],
        )
    )


@api.get("/themes/<theme_id>")
@operation(
    "Get a theme", _TAG, params=ThemeRequest, replies={200: theme_responses.ThemeResponse},
    problems=("invalid-filters", "invalid-request", "unknown-collection", "unknown-theme"), etag=True, paged=True,
)  # fmt: skip
def theme(theme_id: str) -> Response:
    """Get what the reports say about a theme: the counts, the counts by year, and a list of reports with quotes."""
    query = read_parameters(ThemeRequest)
    index = answerer().index
    chosen = known_theme(index, theme_id)
    reports = matching_reports(index, query.to_filters(), query.collection)
    findings = study_theme(index, chosen, reports, query.stance, query.order)
    total, end = len(findings.listed), query.offset + query.limit
    reply = theme_responses.ThemeResponse(
        **dict(_row(findings.count)),
        words=list(chosen.words),
        exceptions=list(chosen.exceptions),
        how_counted=HOW_COUNTED,
        how_sure=HOW_SURE,
        by_year=[
            theme_responses.ThemeYear(
                year=each.year, reports=each.reports, strengths=each.strengths, weaknesses=each.weaknesses
            )
            for each in findings.years
        ],
        undated=findings.undated,
        stance=query.stance,
        order=query.order,
        total=total,
        limit=query.limit,
        offset=query.offset,
        next_offset=end if end < total else None,
        listed=[_report(quoted) for quoted in quote_remarks(index, findings.listed[query.offset : end])],
    )
    return add_offset_links(cacheable_response(reply), offset=query.offset, limit=query.limit, total=total)


def _row(count: ThemeCount) -> theme_responses.ThemeRow:
    return theme_responses.ThemeRow(
        id=count.theme.id,
        name=count.theme.name,
        about=count.theme.about,
        reports=count.reports,
        strengths=count.strengths,
        weaknesses=count.weaknesses,
        url=url_for("themes.theme", theme_id=count.theme.id),
    )


def _report(quoted: QuotedReport) -> theme_responses.ThemeReport:
    report = quoted.report
    return theme_responses.ThemeReport(
        id=report.id,
        file=report.file,
        title=report.title,
        authority=report.authority,
        kind=report.kind,
        inspected_from=report.inspected_from,
        inspected_to=report.inspected_to,
        published=report.published,
        strengths=quoted.found.count(Stance.STRENGTH),
        weaknesses=quoted.found.count(Stance.WEAKNESS),
        remarks=[_remark(quote) for quote in quoted.quotes],
        url=url_for("reports.report", report_id=report.id),
    )


def _remark(quote: RemarkQuote) -> theme_responses.RemarkModel:
    passage = quote.citation.scored.passage
    return theme_responses.RemarkModel(
        stance=quote.remark.stance,
        certainty=round(quote.remark.certainty, 3),
        text=quote.statement.text,
        passage_id=passage.id,
        section=list(passage.section),
        paragraph=passage.label,
        quotes=remark_parts(quote.statement, quote.citation),
    )


def remark_parts(statement: Statement, citation: Citation) -> list[theme_responses.RemarkPart]:
    """Return the words of a statement on each of its pages."""
    return [
        theme_responses.RemarkPart(
            text=part.text,
            page=part.page,
            page_label=part.page_label,
            boxes=[box_json(box) for box in part.boxes],
            reading=shown_reading(part.reading),
            unsure=[list(span) for span in part.unsure],
            url=quote_url(part, citation),
        )
        for part in statement.quotes
    ]
